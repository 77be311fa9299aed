import CZlib
import Crypto

/// The checksums that credentials end with.
enum Checksum {
  /// CRC-32 with the IEEE polynomial.
  static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { buffer in
      UInt32(truncatingIfNeeded: CZlib.crc32_z(0, buffer.baseAddress, buffer.count))
    }
  }

  /// OpenPGP's CRC-24 (RFC 4880, section 6.1).
  static func crc24(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xB704CE
    for byte in bytes {
      crc ^= UInt32(byte) << 16
      for _ in 0..<8 {
        crc <<= 1
        if crc & 0x100_0000 != 0 { crc ^= 0x186_4CFB }
      }
    }
    return crc & 0xFF_FFFF
  }

  /// The first four bytes of SHA-256 twice over, as Base58Check has them.
  static func doubleSHA256(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let first = Array(SHA256.hash(data: bytes))
    return Array(SHA256.hash(data: first)).prefix(4)
  }
}

/// Digits 0–9, A–Z, a–z.
enum Base62 {
  static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  static func contains(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  /// Six digits, with leading zeros: without them one token in 62 would fail its check.
  static func sixDigits(_ value: UInt32) -> [UInt8] {
    var digits: [UInt8] = []
    var rest = Int(value)
    for _ in 0..<6 {
      digits.append(alphabet[rest % 62])
      rest /= 62
    }
    return digits.reversed()
  }
}

/// Hexadecimal digits.
enum Hex {
  /// Lower-case digits of the bytes.
  static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  /// Eight lower-case digits, most significant first.
  static func encode(_ value: UInt32) -> [UInt8] {
    encode(withUnsafeBytes(of: value.bigEndian) { Array($0) })
  }

  /// The bytes of an even number of digits in either case; nil where anything else stands.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in text {
      guard let value = value(of: character) else { return nil }
      if let nibble = high {
        bytes.append(nibble << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }

  private static let digits = Array("0123456789abcdef".utf8)

  private static func value(of character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x41...0x46: character - 0x37
    case 0x61...0x66: character - 0x57
    default: nil
    }
  }
}

extension UInt8 {
  /// Folded where it is an ASCII capital.
  var asciiLowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

  var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  var isASCIIDigit: Bool { (0x30...0x39).contains(self) }

  var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension Collection<UInt8> {
  /// The bytes as text.
  var text: String { String(decoding: self, as: UTF8.self) }
}
