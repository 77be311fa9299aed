import Foundation

/// The file that holds the installation's key: 64 hex digits and a line end, mode 0600.
package enum KeyFile {
  /// Reads a key.
  package static func read(_ path: String) throws(KeyError) -> IdentityKey {
    guard let data = FileManager.default.contents(atPath: path) else {
      if FileManager.default.fileExists(atPath: path) { throw .unreadable(path) }
      throw .missing(path)
    }
    let digits = Array(data).filter { !" \n\r\t".utf8.contains($0) }
    guard digits.count == 64, let bytes = bytes(ofHex: digits) else { throw .malformed(path) }
    return IdentityKey(bytes: bytes)
  }

  /// Makes a new key where there is none yet.
  package static func create(_ path: String) throws(KeyError) -> IdentityKey {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let text = bytes.map { String(format: "%02x", $0) }.joined() + "\n"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return try read(path) }
      throw .unwritable(path, String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    let written = text.withCString { write(descriptor, $0, text.utf8.count) }
    guard written == text.utf8.count, fsync(descriptor) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(path)
      throw .unwritable(path, reason)
    }
    return IdentityKey(bytes: bytes)
  }

  private static func bytes(ofHex digits: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
      guard let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}

/// Why there is no key to work with.
package enum KeyError: Error, CustomStringConvertible {
  case missing(String)
  case unreadable(String)
  case malformed(String)
  case unwritable(String, String)
  /// The store was made with another key.
  case wrong(String)

  package var description: String {
    switch self {
    case .missing(let path):
      "the key \(path) is missing: put it back from a backup, or name it with EXUVIA_KEY_FILE"
    case .unreadable(let path): "the key \(path) cannot be read: check its owner and mode"
    case .malformed(let path): "the key \(path) is damaged: it must hold 64 hex digits"
    case .unwritable(let path, let reason): "the key \(path) cannot be written: \(reason)"
    case .wrong(let path):
      "the key \(path) is not the one this store was made with: name the right one with EXUVIA_KEY_FILE"
    }
  }
}
