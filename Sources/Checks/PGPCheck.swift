import Core
import Crypto

// RFC 4880: an armoured private key, whose first packet is a secret key; with a CRC-24 where its
// writer made one.
func checkPGP(_ secret: [UInt8]) -> CheckOutcome {
  guard let armour = Armour(secret), armour.label == "PGP PRIVATE KEY BLOCK",
    let bytes = armour.bytes, let packet = PGP.firstPacket(bytes), packet.tag == PGP.secretKeyTag
  else { return .failed(.structureFailed) }
  let reason: Reason
  if let given = armour.checksum {
    guard given == PGP.checksum(bytes) else { return .failed(.checksumFailed) }
    reason = .checksumOK
  } else {
    guard armour.isClosed else { return .failed(.structureFailed) }
    reason = .structureOK
  }
  var outcome =
    PGP.isProtected(packet.content)
    ? CheckOutcome.passphraseProtected(reason, algorithm: nil) : .passed([reason])
  outcome.details[.fingerprint] = PGP.fingerprint(packet.content)
  return outcome
}

/// OpenPGP's packets, as far as the first one of a private key.
enum PGP {
  static let secretKeyTag: UInt8 = 5

  /// The CRC-24 in base64.
  static func checksum(_ bytes: [UInt8]) -> [UInt8] {
    let crc = Checksum.crc24(bytes)
    return Base64.encode([16, 8, 0].map { UInt8(truncatingIfNeeded: crc >> UInt32($0)) })
  }

  /// The first packet's tag and content; the content may be short where the packet is cut or comes
  /// in parts.
  static func firstPacket(_ bytes: [UInt8]) -> (tag: UInt8, content: ArraySlice<UInt8>)? {
    guard let first = bytes.first, first & 0x80 != 0, bytes.count > 6 else { return nil }
    guard first & 0x40 != 0 else {
      // Old format: 1, 2 or 4 bytes of length, or none where the packet fills the rest.
      let size = [1, 2, 4, 0][Int(first & 3)]
      return (first >> 2 & 15, content(bytes, 1, size))
    }
    let tag = first & 63
    return switch bytes[1] {
    case 0..<192: (tag, content(bytes, 1, 1))
    case 192..<224: (tag, bytes[3...].prefix(Int(bytes[1] - 192) << 8 + Int(bytes[2]) + 192))
    case 255: (tag, content(bytes, 2, 4))
    default: (tag, bytes[2...])
    }
  }

  private static func content(_ bytes: [UInt8], _ start: Int, _ size: Int) -> ArraySlice<UInt8> {
    let rest = bytes[(start + size)...]
    guard size > 0 else { return rest }
    return rest.prefix(bytes[start..<start + size].reduce(0) { $0 << 8 | Int($1) })
  }

  /// Whether a version 4 secret key is encrypted: a byte after its public part says so.
  static func isProtected(_ content: ArraySlice<UInt8>) -> Bool {
    publicPart(content).flatMap { content.dropFirst($0.count).first }.map { $0 != 0 } ?? false
  }

  /// A version 4 key's fingerprint, whose last 16 digits are its id: SHA-1 over the public part.
  static func fingerprint(_ content: ArraySlice<UInt8>) -> String? {
    guard let part = publicPart(content) else { return nil }
    let length = [
      UInt8(truncatingIfNeeded: part.count >> 8), UInt8(truncatingIfNeeded: part.count),
    ]
    return Hex.encode(Insecure.SHA1.hash(data: [0x99] + length + part)).text.uppercased()
  }

  /// Version, time, algorithm and public numbers of a version 4 key; nil where they are cut or unknown.
  private static func publicPart(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = content
    guard rest.popFirst() == 4, rest.count > 5 else { return nil }
    rest = rest.dropFirst(4)
    switch rest.popFirst() {
    case 1, 2, 3: skipNumbers(2, &rest)
    case 16: skipNumbers(3, &rest)
    case 17: skipNumbers(4, &rest)
    case 19, 22:
      skipString(&rest)
      skipNumbers(1, &rest)
    case 18:
      skipString(&rest)
      skipNumbers(1, &rest)
      skipString(&rest)
    // RFC 9580: native points of fixed length.
    case 25, 27: rest = rest.dropFirst(32)
    case 26: rest = rest.dropFirst(56)
    case 28: rest = rest.dropFirst(57)
    default: return nil
    }
    return rest.isEmpty ? nil : content[..<rest.startIndex]
  }

  private static func skipNumbers(_ count: Int, _ rest: inout ArraySlice<UInt8>) {
    for _ in 0..<count {
      let bits = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(2 + (bits + 7) / 8)
    }
  }

  private static func skipString(_ rest: inout ArraySlice<UInt8>) {
    let length = rest.popFirst() ?? 0
    rest = rest.dropFirst(Int(length))
  }
}
