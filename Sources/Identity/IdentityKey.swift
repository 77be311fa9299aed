package import Core
import Crypto

/// The installation's key: turns what must not be stored into keyed hashes that only this installation can repeat.
///
/// Every use has its own label, so that equal inputs of two purposes never meet.
package struct IdentityKey: Sendable {
  private let key: SymmetricKey

  /// What a hash is of.
  package enum Purpose: String, Sendable {
    case fingerprint, post, revision, text, alert, archive, request
    case agentName = "agent-name"
    case agentID = "agent-id"
    case archiveDigest = "archive-digest"
    case checkValue = "check-value"
  }

  /// Takes 32 random bytes.
  package init(bytes: [UInt8]) {
    key = SymmetricKey(data: bytes)
  }

  /// The hash of a value that consists of parts; parts are length-prefixed, so that no two lists collide.
  package func hash(_ purpose: Purpose, _ parts: String...) -> KeyedHash {
    hash(purpose, parts)
  }

  /// The hash of a list of parts.
  package func hash(_ purpose: Purpose, _ parts: [String]) -> KeyedHash {
    var digest = digest(purpose)
    for part in parts {
      let bytes = Array(part.utf8)
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { digest.update($0) }
      bytes.withUnsafeBytes { digest.update($0) }
    }
    return digest.value
  }

  /// The identity of a secret: of its category and canonical bytes.
  package func fingerprint(_ category: Category, _ canonical: [UInt8]) -> Fingerprint {
    var digest = digest(.fingerprint)
    Array(category.rawValue.utf8).withUnsafeBytes { digest.update($0) }
    canonical.withUnsafeBytes { digest.update($0) }
    return digest.value
  }

  /// What the store keeps to recognise its key.
  package var checkValue: KeyedHash { hash(.checkValue) }

  /// A hash to be fed piece by piece.
  package func digest(_ purpose: Purpose) -> KeyedDigest {
    var digest = KeyedDigest(state: HMAC<SHA256>(key: key))
    Array("exuvia/\(purpose.rawValue)/".utf8).withUnsafeBytes { digest.update($0) }
    return digest
  }
}

/// A keyed hash under way; a copy goes its own way.
package struct KeyedDigest {
  private var state: HMAC<SHA256>

  fileprivate init(state: HMAC<SHA256>) { self.state = state }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    state.update(data: bytes)
  }

  /// The hash of what was fed so far; feeding may go on.
  package var value: KeyedHash {
    state.finalize().withUnsafeBytes { bytes in
      KeyedHash(
        high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }
}
