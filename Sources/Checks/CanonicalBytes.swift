package import Core

/// The form of a secret that its fingerprint is of: one secret has one, however it was written.
///
/// `groups` are the pattern's named groups in order; only logins and what is no credential need
/// them.
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
  case .groups: Array(groups.map(\.value).joined(separator: [0]))
  }
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
