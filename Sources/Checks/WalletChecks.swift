import Core
import Crypto

// Bitcoin's import format, BIP-32's extended keys, addresses; other coins' only by their checksum.
func checkBase58Check(_ secret: [UInt8]) -> CheckOutcome {
  guard let (payload, isIntact) = Base58.decodeChecked(secret) else {
    return .failed(.structureFailed)
  }
  guard isIntact else { return .failed(.checksumFailed) }
  let known = base58Versions.first {
    $0.lengths.contains(payload.count) && payload.starts(with: $0.bytes)
  }
  guard let known else { return .passed([.checksumOK]) }
  let details: [DetailKey: String] = [.environment: known.environment]
  let key: ArraySlice<UInt8>
  switch known.content {
  case .importedKey:
    guard payload.count == 33 || payload.last == 1 else { return .failed(.structureFailed) }
    key = payload[1..<33]
  case .extendedKey:
    guard payload[45] == 0 else { return .failed(.structureFailed) }
    key = payload[46...]
  case .publicValue: return .publicValue(.checksumOK, details: details)
  }
  guard Secp256k1.isPrivateKey(key) else { return .failed(.structureFailed) }
  return .passed([.checksumOK], details: details)
}

/// What a version says of a base58 payload.
private struct Base58Version {
  let bytes: [UInt8]
  let lengths: Set<Int>
  let content: Content
  let environment: String

  /// What follows the version.
  enum Content { case importedKey, extendedKey, publicValue }

  init(_ content: Content, _ environment: String, _ version: UInt32) {
    let isExtended = version > 0xFF
    bytes =
      isExtended ? withUnsafeBytes(of: version.bigEndian) { Array($0) } : [UInt8(version)]
    lengths = isExtended ? [78] : content == .importedKey ? [33, 34] : [21]
    self.content = content
    self.environment = environment
  }
}

// SLIP-132 gives extended keys of each script type a version of their own.
private let base58Versions: [Base58Version] =
  [0x80].map { Base58Version(.importedKey, "mainnet", $0) }
  + [0xEF].map { Base58Version(.importedKey, "testnet", $0) }
  + [0x0488_ADE4, 0x049D_7878, 0x04B2_430C, 0x0295_B005, 0x02AA_7A99].map {
    Base58Version(.extendedKey, "mainnet", $0)
  }
  + [0x0435_8394, 0x044A_4E28, 0x045F_18BC, 0x0242_85B5, 0x0257_5048].map {
    Base58Version(.extendedKey, "testnet", $0)
  }
  + [0x0488_B21E, 0x049D_7CB2, 0x04B2_4746, 0x0295_B43F, 0x02AA_7ED3, 0x00, 0x05].map {
    Base58Version(.publicValue, "mainnet", $0)
  }
  + [0x0435_87CF, 0x044A_5262, 0x045F_1CF6, 0x0242_89EF, 0x0257_5483, 0x6F, 0xC4].map {
    Base58Version(.publicValue, "testnet", $0)
  }

// Nearly every 32-byte value is in range, a transaction's hash as well as a key: only the opposite
// tells anything.
func checkSecp256k1(_ secret: [UInt8]) -> CheckOutcome {
  guard let bytes = Hex.decode(canonicalHex(secret)[...]), Secp256k1.isPrivateKey(bytes) else {
    return .failed(.structureFailed)
  }
  return .inapplicable
}

// The same; and the address, which proves the key where it stands beside it.
func checkEthereum(_ secret: [UInt8]) -> CheckOutcome {
  guard let key = Hex.decode(canonicalHex(secret)[...]), Secp256k1.isPrivateKey(key) else {
    return .failed(.structureFailed)
  }
  var outcome = CheckOutcome.inapplicable
  outcome.details[.address] = ethereumAddress(of: key)
  return outcome
}

/// In lower case, as most texts have it.
func ethereumAddress(of key: [UInt8]) -> String {
  let point = Secp256k1.publicKey(of: key)
  return "0x" + Hex.encode(keccak256(point.x + point.y).suffix(20)).text
}

// 64 bytes, as base58 or as a JSON array: an Ed25519 seed and the public key that belongs to it.
// Signatures are as long and fail.
func checkSolana(_ secret: [UInt8]) -> CheckOutcome {
  let isArray = secret.contains(UInt8(ascii: "["))
  guard let bytes = isArray ? byteArray(secret) : Base58.decode(secret), bytes.count == 64,
    let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes[..<32])
  else { return .failed(.structureFailed) }
  guard key.publicKey.rawRepresentation.elementsEqual(bytes[32...]) else {
    return .failed(.checksumFailed)
  }
  return .passed([.checksumOK], details: [.address: Base58.encode(Array(bytes[32...])).text])
}

private func byteArray(_ text: [UInt8]) -> [UInt8]? {
  let compact = text.filter { !$0.isASCIISpace }
  guard compact.first == UInt8(ascii: "["), compact.last == UInt8(ascii: "]"), compact.count < 512
  else { return nil }
  let items = compact.dropFirst().dropLast()
    .split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
  let bytes = items.compactMap { $0.allSatisfy(\.isASCIIDigit) ? UInt8($0.text) : nil }
  return bytes.count == items.count ? bytes : nil
}
