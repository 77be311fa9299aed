import Core
import Crypto

/// Makes a whole value out of its argument (empty where there is none); nil where the argument
/// makes no sense.
typealias Generator = @Sendable (_ random: inout SplitMix64, _ argument: String) -> [UInt8]?

let generators: [String: Generator] = [
  "uuid": { random, _ in random.patternless { uuid(&$0) } },
  "jwt": { random, claims in jwt(&random, claims) },
  "wif": { random, _ in
    random.patternless { Base58.encodeChecked([0x80] + curveKey(&$0)) }
  },
  "wif-compressed": { random, _ in
    random.patternless { Base58.encodeChecked([0x80] + curveKey(&$0) + [1]) }
  },
  "xprv": { random, _ in random.patternless { extendedKey(&$0) } },
  "nsec": { random, _ in random.patternless { Bech32.encode("nsec", curveKey(&$0)) } },
  "age": { random, _ in
    random.patternless { Bech32.encode("age-secret-key-", $0.bytes(32)).map(capital) }
  },
  "bip39": { random, count in
    guard let words = Int(count), (12...24).contains(words), words.isMultiple(of: 3) else {
      return nil
    }
    return BIP39.phrase(random.bytes(words * 4 / 3))
  },
  "solana": { random, _ in random.patternless { Base58.encode(keyPair(&$0)) } },
  "solana-json": { random, _ in
    Array("[\(keyPair(&random).map(String.init).joined(separator: ","))]".utf8)
  },
  "evm": { random, _ in evmKey(&random) },
  "aws-id": { random, prefix in
    guard prefix.utf8.count == 4 else { return nil }
    return Array(prefix.utf8) + random.patternless { awsID(&$0) }
  },
  "card": { random, _ in card(&random) },
  "snowflake": { random, _ in snowflake(&random) },
  "discord-id": { random, _ in Base64.encodeURL(snowflake(&random)) },
  "pem": { random, label in label.isEmpty ? nil : pem(&random, label) },
  "openssh": { random, _ in pem(&random, "OPENSSH PRIVATE KEY") },
  "pgp": { random, _ in pem(&random, "PGP PRIVATE KEY BLOCK") },
]

private func capital(_ byte: UInt8) -> UInt8 { byte.isASCIILetter ? byte & 0xDF : byte }

// Sixteen digits that begin like many a bank's, the last by Luhn.
private func card(_ random: inout SplitMix64) -> [UInt8] {
  let body = Array("4539".utf8) + random.characters(.digits, 11)
  let last = (UInt8(0x30)...0x39).first { checkLuhn(body + [$0]).verdict == .passed }
  return body + [last ?? 0x30]
}

private func uuid(_ random: inout SplitMix64) -> [UInt8] {
  var bytes = random.bytes(16)
  bytes[6] = bytes[6] & 0x0F | 0x40
  bytes[8] = bytes[8] & 0x3F | 0x80
  let hex = Hex.encode(bytes)
  return Array(
    [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { hex[$0] }.joined(separator: [0x2D]))
}

// Claims as `iss=supabase,exp=4102444800`; whole numbers become numbers, and `alg` goes into the
// header.
private func jwt(_ random: inout SplitMix64, _ list: String) -> [UInt8]? {
  var algorithm = "HS256"
  var claims: [JSONValue.Member] = []
  for item in list.split(separator: ",") {
    let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    if parts[0] == "alg" {
      algorithm = parts[1]
    } else {
      let value = Int(parts[1]).map(JSONValue.int) ?? .string(parts[1])
      claims.append(JSONValue.Member(parts[0], value))
    }
  }
  claims += [
    JSONValue.Member("sub", .string(random.characters(.hex, 24).text)),
    JSONValue.Member("iat", .int(1_700_000_000 + Int(random.below(50_000_000)))),
  ].filter { member in !claims.contains { $0.key == member.key } }
  let header: JSONValue = ["alg": .string(algorithm), "typ": .string("JWT")]
  let message = [header, .object(claims)]
    .map { Base64.encodeURL(Array($0.rendered.utf8)) }.joined(separator: [0x2E])
  let key = SymmetricKey(data: random.bytes(32))
  let signature: [UInt8] =
    switch algorithm {
    case "none": []
    case "HS256": Array(HMAC<SHA256>.authenticationCode(for: Array(message), using: key))
    case "ES256": random.bytes(64)
    default: random.bytes(256)
    }
  return message + [0x2E] + Base64.encodeURL(signature)
}

private func curveKey(_ random: inout SplitMix64) -> [UInt8] {
  while true {
    let key = random.bytes(32)
    if Secp256k1.isPrivateKey(key) { return key }
  }
}

// A master key: depth, parent and number are zero.
private func extendedKey(_ random: inout SplitMix64) -> [UInt8] {
  let version: [UInt8] = [0x04, 0x88, 0xAD, 0xE4]
  let origin = [UInt8](repeating: 0, count: 9)
  return Base58.encodeChecked(version + origin + random.bytes(32) + [0] + curveKey(&random))
}

private func evmKey(_ random: inout SplitMix64) -> [UInt8] {
  while true {
    let key = random.characters(.lowerhex, 64)
    if checkSecp256k1(key).verdict != .failed { return key }
  }
}

private func keyPair(_ random: inout SplitMix64) -> [UInt8] {
  let seed = random.bytes(32)
  return seed + ed25519PublicKey(seed)
}

/// The public key of 32 bytes; every 32 bytes have one.
func ed25519PublicKey(_ seed: [UInt8]) -> [UInt8] {
  let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
  return key.map { Array($0.publicKey.rawRepresentation) } ?? []
}

private func awsID(_ random: inout SplitMix64) -> [UInt8] {
  let account = 100_000_000_000 + random.below(900_000_000_000)
  let head = 1 << 47 | account << 7 | random.below(128)
  let bytes = withUnsafeBytes(of: head.bigEndian) { Array($0.suffix(6)) } + random.bytes(4)
  let id = Base32.encode(bytes)
  return id.contains(where: \.isASCIIDigit) ? id : awsID(&random)
}

// Of 2016 to 2024: 18 or 19 digits.
private func snowflake(_ random: inout SplitMix64) -> [UInt8] {
  let milliseconds = 31_536_000_000 + random.below(284_000_000_000)
  return Array(String(milliseconds << 22 | random.below(1 << 22)).utf8)
}
