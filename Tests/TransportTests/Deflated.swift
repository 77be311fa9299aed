/// Gzip by hand: just enough of RFC 1951 and 1952 for the tests.
enum Deflated {
  /// Text in one stored block.
  static func gzip(_ content: [UInt8]) -> [UInt8] {
    let length = UInt16(content.count)
    return header + [1] + bytes(length) + bytes(~length) + content + bytes(crc32(content))
      + bytes(UInt32(content.count))
  }

  /// So many times 258 zeros, each in 13 bits; without a trailer, which nobody will reach.
  static func bomb(repeats: Int) -> [UInt8] {
    var bits = Bits()
    // The last block, of fixed codes: a literal zero, then `258 bytes from 1 back` over and over.
    bits.write(0b011, 3)
    bits.writeCode(0b00110000, 8)
    for _ in 0..<repeats {
      bits.writeCode(0b11000101, 8)
      bits.writeCode(0, 5)
    }
    bits.writeCode(0, 7)
    return header + bits.padded
  }

  private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]

  private static func bytes<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Number(8 * $0)) }
  }

  private static func crc32(_ content: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in content {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}

private struct Bits {
  private var bytes: [UInt8] = []
  private var pending: UInt32 = 0
  private var count = 0

  /// Least significant bit first.
  mutating func write(_ value: UInt32, _ width: Int) {
    pending |= value << UInt32(count)
    count += width
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  /// Most significant bit first, as Huffman codes are.
  mutating func writeCode(_ value: UInt32, _ width: Int) {
    for bit in (0..<width).reversed() { write(value >> UInt32(bit) & 1, 1) }
  }

  var padded: [UInt8] { count > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes }
}
