/// Bitcoin's base58: base62 without 0, O, I and l.
enum Base58 {
  static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

  /// The bytes; nil for foreign characters, and for more than 256 of them, since the cost grows
  /// with the square.
  static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count <= 256 else { return nil }
    // Least significant byte first.
    var bytes: [UInt8] = []
    for character in text {
      guard let digit = values[Int(character)] else { return nil }
      var carry = UInt32(digit)
      for index in bytes.indices {
        carry += UInt32(bytes[index]) * 58
        bytes[index] = UInt8(truncatingIfNeeded: carry)
        carry >>= 8
      }
      if carry > 0 { bytes.append(UInt8(carry)) }
    }
    let zeros = text.prefix { $0 == alphabet[0] }.count
    return Array(repeating: 0, count: zeros) + bytes.reversed()
  }

  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var digits: [UInt8] = []
    for byte in bytes {
      var carry = UInt32(byte)
      for index in digits.indices {
        carry += UInt32(digits[index]) << 8
        digits[index] = UInt8(carry % 58)
        carry /= 58
      }
      while carry > 0 {
        digits.append(UInt8(carry % 58))
        carry /= 58
      }
    }
    let zeros = bytes.prefix { $0 == 0 }.count
    return Array(repeating: alphabet[0], count: zeros) + digits.reversed().map { alphabet[Int($0)] }
  }

  /// The payload before an intact checksum; nil where the text is no base58 or too short.
  static func decodeChecked(_ text: [UInt8]) -> (payload: [UInt8], isIntact: Bool)? {
    guard let bytes = decode(text), bytes.count > 4 else { return nil }
    let payload = bytes.dropLast(4)
    return (Array(payload), Checksum.doubleSHA256(payload) == bytes.suffix(4))
  }

  static func encodeChecked(_ payload: [UInt8]) -> [UInt8] {
    encode(payload + Checksum.doubleSHA256(payload[...]))
  }

  private static let values: [UInt8?] = {
    var values = [UInt8?](repeating: nil, count: 256)
    for (digit, character) in alphabet.enumerated() { values[Int(character)] = UInt8(digit) }
    return values
  }()
}
