import Core

/// An armoured block: keys are well-formed, their numbers invented.
func pem(_ random: inout SplitMix64, _ label: String) -> [UInt8] {
  switch label {
  case "OPENSSH PRIVATE KEY":
    return armoured(label, opensshKey(&random), width: 70, tail: [])
  case "PGP PRIVATE KEY BLOCK":
    let bytes = pgpKey(&random)
    return armoured(
      label, bytes, width: 64, head: "\n", tail: [0x3D] + PGP.checksum(bytes) + [0x0A])
  default:
    let make = derKeys[label] ?? { pkcs8(&$0) }
    return armoured(label, make(&random), width: 64, tail: [])
  }
}

private func armoured(
  _ label: String, _ bytes: [UInt8], width: Int, head: String = "", tail: [UInt8]
) -> [UInt8] {
  let text = Base64.encode(bytes)
  let lines = stride(from: 0, to: text.count, by: width).flatMap {
    text[$0..<min($0 + width, text.count)] + [0x0A]
  }
  return Array("-----BEGIN \(label)-----\n\(head)".utf8) + lines + tail
    + Array("-----END \(label)-----".utf8)
}

private let derKeys: [String: @Sendable (inout SplitMix64) -> [UInt8]] = [
  "RSA PRIVATE KEY": { rsaKey(&$0) },
  "DSA PRIVATE KEY": { random in
    DER.encode(
      DER.sequence,
      [DER.encode(DER.integer, [0])]
        + [128, 20, 128, 128, 20].map { DER.encode(number: random.bytes($0)) })
  },
  "EC PRIVATE KEY": { random in
    DER.encode(
      DER.sequence,
      [
        DER.encode(DER.integer, [1]), DER.encode(DER.octetString, random.bytes(32)),
        DER.encode(0xA0, prime256v1), DER.encode(0xA1, publicPoint(&random)),
      ])
  },
  "ENCRYPTED PRIVATE KEY": { random in encryptedKey(&random) },
  "RSA PUBLIC KEY": { random in rsaPublicKey(&random) },
  "PUBLIC KEY": { random in publicKey(&random) },
  "CERTIFICATE": { random in
    let body = DER.encode(
      DER.sequence,
      [DER.encode(number: random.bytes(16)), algorithmIdentifier(.rsa), publicKey(&random)])
    let signature = DER.encode(DER.bitString, [0] + random.bytes(256))
    return DER.encode(DER.sequence, [body, algorithmIdentifier(.rsa), signature])
  },
]

private let prime256v1 = DER.encode(
  DER.objectIdentifier, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07])
private let publicExponent = DER.encode(DER.integer, [1, 0, 1])

private func algorithmIdentifier(_ algorithm: KeyAlgorithm) -> [UInt8] {
  DER.encode(
    DER.sequence,
    [DER.encode(DER.objectIdentifier, algorithm.identifier), DER.encode(DER.null, [UInt8]())])
}

private func number(_ random: inout SplitMix64, _ size: Int) -> [UInt8] {
  var bytes = random.bytes(size)
  bytes[0] |= 0x80
  bytes[size - 1] |= 1
  return DER.encode(number: bytes)
}

// PKCS #1 of 2,048 bits: version, modulus, exponents, two primes and what speeds them up.
private func rsaKey(_ random: inout SplitMix64) -> [UInt8] {
  let numbers = [256, 128, 128, 128, 128, 128].map { number(&random, $0) }
  return DER.encode(
    DER.sequence,
    [DER.encode(DER.integer, [0]), number(&random, 256), publicExponent] + numbers)
}

private func rsaPublicKey(_ random: inout SplitMix64) -> [UInt8] {
  DER.encode(DER.sequence, [number(&random, 256), publicExponent])
}

private func publicKey(_ random: inout SplitMix64) -> [UInt8] {
  let key = DER.encode(DER.bitString, [0] + rsaPublicKey(&random))
  return DER.encode(DER.sequence, [algorithmIdentifier(.rsa), key])
}

private func pkcs8(_ random: inout SplitMix64) -> [UInt8] {
  DER.encode(
    DER.sequence,
    [
      DER.encode(DER.integer, [0]), algorithmIdentifier(.rsa),
      DER.encode(DER.octetString, rsaKey(&random)),
    ])
}

private func publicPoint(_ random: inout SplitMix64) -> [UInt8] {
  DER.encode(DER.bitString, [0, 4] + random.bytes(64))
}

// PKCS #8 under PBES2, of which readers look no further than the two outer parts.
private func encryptedKey(_ random: inout SplitMix64) -> [UInt8] {
  let pbes2: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0D]
  let salt = DER.encode(DER.sequence, [DER.encode(DER.octetString, random.bytes(16))])
  let scheme = DER.encode(DER.sequence, [DER.encode(DER.objectIdentifier, pbes2), salt])
  return DER.encode(
    DER.sequence, [scheme, DER.encode(DER.octetString, random.bytes(1_216))])
}

// Ed25519 without a passphrase; the private part is padded with 1, 2, 3, … to eight bytes.
private func opensshKey(_ random: inout SplitMix64) -> [UInt8] {
  let seed = random.bytes(32)
  let publicKey = ed25519PublicKey(seed)
  let kind = SSHReader.encode(Array("ssh-ed25519".utf8))
  let check = random.bytes(4)
  var keys = check + check + kind
  keys += SSHReader.encode(publicKey) + SSHReader.encode(seed + publicKey)
  keys += SSHReader.encode(Array("agent@example".utf8))
  keys += (0..<(8 - keys.count % 8) % 8).map { UInt8($0 + 1) }
  let none = SSHReader.encode(Array("none".utf8))
  return SSHReader.magic + none + none + SSHReader.encode([UInt8]()) + SSHReader.encode(UInt32(1))
    + SSHReader.encode(kind + SSHReader.encode(publicKey)) + SSHReader.encode(keys)
}

// A version 4 Ed25519 key without a passphrase, a user id, and an invented signature.
private func pgpKey(_ random: inout SplitMix64) -> [UInt8] {
  let curve: [UInt8] = [0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x0F, 0x01]
  let time: [UInt8] = [0x65] + random.bytes(3)
  let secret = pgpNumber(&random)
  let sum = secret.reduce(UInt16(0)) { $0 &+ UInt16($1) }
  var key: [UInt8] = [4] + time + [22, UInt8(curve.count)] + curve
  key += [0x01, 0x07, 0x40] + random.bytes(32)
  key += [0] + secret + [UInt8(sum >> 8), UInt8(sum & 0xFF)]
  let user = Array("Agent <agent@example.org>".utf8)
  var signature: [UInt8] = [4, 0x13, 22, 8, 0, 6, 5, 2] + time + [0, 0] + random.bytes(2)
  signature += pgpNumber(&random) + pgpNumber(&random)
  return [(PGP.secretKeyTag, key), (13, user), (2, signature)].flatMap { tag, content in
    [0x80 | tag << 2, UInt8(content.count)] + content
  }
}

// 256 bits, length first.
private func pgpNumber(_ random: inout SplitMix64) -> [UInt8] {
  [0x01, 0x00, 0x80 | UInt8(random.below(128))] + random.bytes(31)
}
