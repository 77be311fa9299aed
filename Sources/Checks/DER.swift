/// The distinguished encoding of ASN.1, as far as keys need it.
enum DER {
  static let integer: UInt8 = 0x02
  static let bitString: UInt8 = 0x03
  static let octetString: UInt8 = 0x04
  static let null: UInt8 = 0x05
  static let objectIdentifier: UInt8 = 0x06
  static let sequence: UInt8 = 0x30

  /// A tag and what it holds.
  struct Element {
    let tag: UInt8
    let content: ArraySlice<UInt8>
  }

  /// The elements that fill the bytes exactly; nil where lengths do not add up.
  static func elements(_ bytes: ArraySlice<UInt8>) -> [Element]? {
    var elements: [Element] = []
    var rest = bytes
    while let tag = rest.popFirst() {
      guard let length = length(&rest), length <= rest.count else { return nil }
      elements.append(Element(tag: tag, content: rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return elements
  }

  private static func length(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard let first = rest.popFirst() else { return nil }
    guard first >= 0x80 else { return Int(first) }
    let count = Int(first & 0x7F)
    guard (1...4).contains(count), rest.count >= count else { return nil }
    let length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(count)
    return length
  }

  static func encode(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let size = withUnsafeBytes(of: UInt32(content.count).bigEndian) { Array($0.drop { $0 == 0 }) }
    let length = content.count < 0x80 ? [UInt8(content.count)] : [0x80 | UInt8(size.count)] + size
    return [tag] + length + content
  }

  static func encode(_ tag: UInt8, _ parts: [[UInt8]]) -> [UInt8] {
    encode(tag, Array(parts.joined()))
  }

  /// A positive number from its bytes, most significant first.
  static func encode(number: [UInt8]) -> [UInt8] {
    let digits = Array(number.drop { $0 == 0 })
    return encode(integer, (digits.first ?? 0x80) >= 0x80 ? [0] + digits : digits)
  }
}

/// What a private key is of, by the object identifier of PKCS #8 (its content's bytes).
enum KeyAlgorithm: String, CaseIterable {
  case rsa, dsa, ec, ed25519, x25519, ed448

  var identifier: [UInt8] {
    switch self {
    case .rsa: [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
    case .dsa: [0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x01]
    case .ec: [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
    case .ed25519: [0x2B, 0x65, 0x70]
    case .x25519: [0x2B, 0x65, 0x6E]
    case .ed448: [0x2B, 0x65, 0x71]
    }
  }
}
