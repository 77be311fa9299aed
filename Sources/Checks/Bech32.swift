import Core
import Crypto

/// BIP-173's bech32: a readable prefix, a 1, and groups of five bits that end with a checksum.
enum Bech32 {
  static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

  /// Prefix (in lower case) and groups without the checksum; nil for mixed case and foreign
  /// characters.
  static func decode(_ text: [UInt8]) -> (prefix: [UInt8], groups: [UInt8], isIntact: Bool)? {
    let folded = text.map(\.asciiLowercased)
    let hasCapitals = folded != text
    guard text.count <= 1_024,
      !hasCapitals || !text.contains(where: { (0x61...0x7A).contains($0) }),
      let separator = folded.lastIndex(of: UInt8(ascii: "1")), separator > 0,
      folded.count - separator > 6
    else { return nil }
    let prefix = Array(folded[..<separator])
    let groups = folded[(separator + 1)...].compactMap { character in
      alphabet.firstIndex(of: character).map { UInt8($0) }
    }
    guard groups.count == folded.count - separator - 1 else { return nil }
    let isIntact = checksum(expanded(prefix) + groups) == 1
    return (prefix, Array(groups.dropLast(6)), isIntact)
  }

  /// The text in lower case.
  static func encode(_ prefix: String, _ bytes: [UInt8]) -> [UInt8] {
    let prefix = Array(prefix.utf8)
    var groups: [UInt8] = []
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      pending = pending << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        groups.append(UInt8(pending >> bits & 31))
      }
    }
    if bits > 0 { groups.append(UInt8(pending << (5 - bits) & 31)) }
    let sum = checksum(expanded(prefix) + groups + [UInt8](repeating: 0, count: 6)) ^ 1
    groups += (0..<6).map { UInt8(sum >> UInt32(5 * (5 - $0)) & 31) }
    return prefix + [UInt8(ascii: "1")] + groups.map { alphabet[Int($0)] }
  }

  /// The bytes that groups of five bits spell; bits that fill none are dropped.
  static func bytes(of groups: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for group in groups {
      pending = pending << 5 | UInt32(group)
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
      }
    }
    return bytes
  }

  private static func expanded(_ prefix: [UInt8]) -> [UInt8] {
    prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 }
  }

  private static func checksum(_ values: [UInt8]) -> UInt32 {
    let generators: [UInt32] = [
      0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3,
    ]
    var sum: UInt32 = 1
    for value in values {
      let top = sum >> 25
      sum = (sum & 0x1FF_FFFF) << 5 ^ UInt32(value)
      for (bit, generator) in generators.enumerated() where top >> UInt32(bit) & 1 == 1 {
        sum ^= generator
      }
    }
    return sum
  }
}

// Prefixes of 32 secret bytes: 52 groups.
private let privateKeyPrefixes: Set<String> = ["nsec", "age-secret-key-"]
private let publicPrefixes: Set<String> = [
  "npub", "note", "nprofile", "nevent", "naddr", "age", "bc", "tb",
]

// Nostr's and age's keys; others' only by their checksum.
func checkBech32(_ secret: [UInt8]) -> CheckOutcome {
  guard let (prefix, groups, isIntact) = Bech32.decode(secret) else {
    return .failed(.structureFailed)
  }
  guard isIntact else { return .failed(.checksumFailed) }
  if privateKeyPrefixes.contains(prefix.text), groups.count != 52 {
    return .failed(.structureFailed)
  }
  guard !publicPrefixes.contains(prefix.text) else { return .publicValue(.checksumOK) }
  var outcome = CheckOutcome.passed([.checksumOK])
  outcome.details[.address] = publicHalf(of: Bech32.bytes(of: groups), prefix.text)
  return outcome
}

/// Nostr's `npub`, by which everybody knows the holder, and age's recipient.
private func publicHalf(of key: [UInt8], _ prefix: String) -> String? {
  switch prefix {
  case "nsec" where Secp256k1.isPrivateKey(key):
    return Bech32.encode("npub", Secp256k1.publicKey(of: key).x).text
  case "age-secret-key-":
    let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: key)
    return key.map { Bech32.encode("age", Array($0.publicKey.rawRepresentation)).text }
  default: return nil
  }
}
