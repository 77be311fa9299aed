import Core

// RFC 7468: PKCS #1, SEC 1 and PKCS #8 keys. What only its passphrase opens is less severe; what is
// public fails.
func checkPEM(_ secret: [UInt8]) -> CheckOutcome {
  let armour = Armour(secret) ?? Armour(bare: secret)
  switch armour.label {
  case "OPENSSH PRIVATE KEY": return checkOpenSSH(secret)
  case "PGP PRIVATE KEY BLOCK": return checkPGP(secret)
  case let label where label.isEmpty || label.hasSuffix("PRIVATE KEY"): break
  default:
    var outcome = CheckOutcome.failed(.structureFailed)
    outcome.reasons.append(.publicByDesign)
    outcome.severity = .info
    return outcome
  }
  let algorithm = algorithm(ofLabel: armour.label)
  let isEncrypted = armour.headers.contains { $0.contains("ENCRYPTED") }
  guard let bytes = armour.bytes else {
    // In a block on one line the headers cannot be told from the body.
    return isEncrypted ? .inapplicable : .failed(.structureFailed)
  }
  guard isEncrypted else { return checkDER(bytes, algorithm) }
  // What a block cipher leaves.
  return bytes.count.isMultiple(of: 8)
    ? .passphraseProtected(.structureOK, algorithm: algorithm?.rawValue)
    : .failed(.structureFailed)
}

private func checkDER(_ bytes: [UInt8], _ algorithm: KeyAlgorithm?) -> CheckOutcome {
  guard let outer = DER.elements(bytes[...]), outer.count == 1, outer[0].tag == DER.sequence,
    let parts = DER.elements(outer[0].content), parts.count >= 2
  else { return .failed(.structureFailed) }
  if parts.map(\.tag) == [DER.sequence, DER.octetString] {
    return .passphraseProtected(.structureOK, algorithm: nil)
  }
  // Every private key begins with a version; public keys and certificates begin with a sequence.
  guard parts[0].tag == DER.integer, parts[0].content.count == 1 else {
    return .failed(.structureFailed)
  }
  var outcome = CheckOutcome.passed([.structureOK])
  outcome.details[.algorithm] = (algorithm ?? KeyAlgorithm(of: parts))?.rawValue
  outcome.details[.fingerprint] = SSHPublicKey.blob(of: parts).map(SSHPublicKey.fingerprint)
  return outcome
}

private func algorithm(ofLabel label: String) -> KeyAlgorithm? {
  KeyAlgorithm(rawValue: label.prefix { $0 != " " }.lowercased())
}

extension KeyAlgorithm {
  /// What PKCS #8 says after the version.
  fileprivate init?(of parts: [DER.Element]) {
    guard let named = DER.elements(parts[1].content)?.first, parts[1].tag == DER.sequence,
      let algorithm = KeyAlgorithm.allCases.first(where: {
        named.tag == DER.objectIdentifier && $0.identifier.elementsEqual(named.content)
      })
    else { return nil }
    self = algorithm
  }
}

// OpenSSH's own format: cipher, KDF, public keys, and the private ones, in length-prefixed strings.
func checkOpenSSH(_ secret: [UInt8]) -> CheckOutcome {
  let armour = Armour(secret) ?? Armour(bare: secret)
  var reader = SSHReader(rest: (armour.bytes ?? [])[...])
  guard reader.skip(SSHReader.magic), reader.string() != nil, let kdf = reader.string(),
    reader.string() != nil, let count = reader.number(), (1...16).contains(count)
  else { return .failed(.structureFailed) }
  let publicKeys = (0..<count).map { _ in reader.string() }
  guard let first = publicKeys[0], publicKeys.allSatisfy({ $0 != nil }),
    let algorithm = SSHReader.name(of: first), let keys = reader.string(), reader.rest.isEmpty
  else { return .failed(.structureFailed) }
  var outcome: CheckOutcome
  if kdf.elementsEqual("none".utf8) {
    // Two equal random numbers tell the reader that it decrypted rightly.
    var fields = SSHReader(rest: keys)
    guard let check = fields.number(), check == fields.number() else {
      return .failed(.structureFailed)
    }
    outcome = .passed([.structureOK], details: [.algorithm: algorithm])
  } else {
    outcome = .passphraseProtected(.structureOK, algorithm: algorithm)
  }
  outcome.details[.fingerprint] = SSHPublicKey.fingerprint(first)
  return outcome
}

/// Reads RFC 4251's numbers and strings.
struct SSHReader {
  static let magic = Array("openssh-key-v1\0".utf8)

  private(set) var rest: ArraySlice<UInt8>

  init(rest: ArraySlice<UInt8>) {
    self.rest = rest
  }

  /// The first string of a public key: its algorithm.
  static func name(of key: ArraySlice<UInt8>) -> String? {
    var fields = SSHReader(rest: key)
    return fields.string()?.text
  }

  mutating func skip(_ bytes: [UInt8]) -> Bool {
    guard rest.starts(with: bytes) else { return false }
    rest = rest.dropFirst(bytes.count)
    return true
  }

  mutating func number() -> UInt32? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func string() -> ArraySlice<UInt8>? {
    guard let length = number(), length <= rest.count else { return nil }
    defer { rest = rest.dropFirst(Int(length)) }
    return rest.prefix(Int(length))
  }

  static func encode(_ string: some Collection<UInt8>) -> [UInt8] {
    encode(UInt32(string.count)) + string
  }

  static func encode(_ number: UInt32) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }
}
