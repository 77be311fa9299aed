package import Core

/// The form of a secret that its fingerprint is of: one secret has one, however it was written.
///
/// `groups` are the pattern's named groups; only logins need them.
package func canonicalBytes(
  _ canonical: Canonical, secret: [UInt8], groups: [(name: String, value: [UInt8])]
) -> [UInt8] {
  switch canonical {
  case .bytes: secret
  case .hex: canonicalHex(secret)
  case .digits: withoutGroups(secret)
  case .armour: Armour(secret)?.bytes ?? secret.filter { !$0.isASCIISpace }
  case .words: canonicalWords(secret)
  case .login: login(secret, groups)
  }
}

/// A passage of prose as copies of it share it: small letters and digits, with addresses and names of agents taken out.
package func canonicalPassage(_ passage: [UInt8]) -> [UInt8] {
  let words = String(decoding: passage, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    .filter { !$0.contains("://") && !$0.hasPrefix("@") }
  let letters = words.map { $0.lowercased().filter { $0.isLetter || $0.isNumber } }
  return Array(letters.filter { !$0.isEmpty }.joined(separator: " ").utf8)
}

func canonicalHex(_ secret: [UInt8]) -> [UInt8] {
  let folded = secret.map(\.asciiLowercased)
  return folded.starts(with: "0x".utf8) ? Array(folded.dropFirst(2)) : folded
}

func canonicalWords(_ secret: [UInt8]) -> [UInt8] {
  Array(letterRuns(secret).joined(separator: [0x20])).map(\.asciiLowercased)
}

/// The unbroken runs of ASCII letters.
func letterRuns(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
  text.split { !$0.isASCIILetter }
}

// Host names have no case.
private func login(_ password: [UInt8], _ groups: [(name: String, value: [UInt8])]) -> [UInt8] {
  func group(_ name: String) -> [UInt8] { groups.first { $0.name == name }?.value ?? [] }
  let parts = [group("user"), group("host").map(\.asciiLowercased), password]
  return Array(parts.joined(separator: [0]))
}
