/// Base64 in either alphabet, as it stands in texts: with padding or without.
struct Base64Text {
  let bytes: [UInt8]
  /// Bits of the last character that stand for nothing: 0, 2 or 4.
  let spareBits: Int
  /// Whether the spare bits are zero, as every encoder leaves them.
  let isCanonical: Bool

  /// Reads a whole text; nil for foreign characters, mixed alphabets, impossible lengths or wrong
  /// padding.
  init?(_ text: some Collection<UInt8>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var pending: UInt32 = 0
    var bits = 0
    var count = 0
    var padding = 0
    var alphabets: (standard: Bool, url: Bool) = (false, false)
    for character in text {
      if character == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard padding == 0, let value = Base64.value(of: character) else { return nil }
      if value >= 62 {
        if Base64.standard[Int(value)] == character {
          alphabets.standard = true
        } else {
          alphabets.url = true
        }
      }
      count += 1
      pending = pending << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
      }
    }
    guard count > 0, count % 4 != 1, !(alphabets.standard && alphabets.url) else { return nil }
    guard padding == 0 || (padding < 3 && (count + padding).isMultiple(of: 4)) else { return nil }
    self.bytes = bytes
    spareBits = bits
    isCanonical = pending & ((1 << UInt32(bits)) - 1) == 0
  }
}

/// The two alphabets of base64 and the way from bytes to text.
enum Base64 {
  static let standard = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  static let url = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// The standard alphabet, padded.
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    let text = encode(bytes, standard)
    return text + repeatElement(UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
  }

  /// The URL-safe alphabet, unpadded.
  static func encodeURL(_ bytes: [UInt8]) -> [UInt8] { encode(bytes, url) }

  private static func encode(_ bytes: [UInt8], _ alphabet: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var value = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      value <<= UInt32(8 * (3 - group.count))
      for position in 0...group.count {
        text.append(alphabet[Int(value >> UInt32(18 - 6 * position) & 63)])
      }
    }
    return text
  }

  static func value(of character: UInt8) -> UInt8? {
    switch character {
    case 0x41...0x5A: character - 0x41
    case 0x61...0x7A: character - 0x61 + 26
    case 0x30...0x39: character - 0x30 + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}

/// RFC 4648's base32: A–Z, 2–7.
enum Base32 {
  static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  static func value(of character: UInt8) -> UInt8? {
    switch character {
    case 0x41...0x5A: character - 0x41
    case 0x32...0x37: character - 0x32 + 26
    default: nil
    }
  }

  /// Unpadded; bits that fill no character are dropped.
  static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      pending = pending << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(alphabet[Int(pending >> bits & 31)])
      }
    }
    return text
  }
}
