/// Finds hexadecimal digits that write text, or gzip that inflates to some.
struct HexFinder {
  /// Digits that a secret's hexadecimal has at least.
  private static let shortest = 32

  static func find(
    in text: UnsafeRawBufferPointer, _ runs: [Range<Int>], _ list: inout EditList,
    _ budget: inout Decoder.Budget
  ) {
    for run in runs where run.count >= shortest {
      var at = run.lowerBound
      while at < run.upperBound {
        var end = at
        while end < run.upperBound, isHex(text[end]) { end += 1 }
        if end - at >= shortest { add(at..<end, in: text, &list, &budget) }
        at = end + 1
      }
    }
  }

  private static func add(
    _ digits: Range<Int>, in text: UnsafeRawBufferPointer, _ list: inout EditList,
    _ budget: inout Decoder.Budget
  ) {
    // The 0 of 0x is no digit of the value, and a letter before may look like one.
    for phase in 0..<2 {
      let start = digits.lowerBound + phase
      let range = start..<(digits.upperBound - (digits.upperBound - start) % 2)
      guard let first = byte(text, start), let second = byte(text, start + 2) else { continue }
      if first == 0x1F, second == 0x8B {
        if let inflated = inflate(decoded(range, text), &budget) {
          list.replace(range, by: inflated, [.hex, .gzip])
        }
        return
      }
      guard isPrintable(first) || first >= 0x80, isPrintable(second) || second >= 0x80 else {
        continue
      }
      let bytes = decoded(range, text)
      // Of hashes, whose bytes are any, none is text.
      guard isText(bytes) else { continue }
      list.replace(range, by: bytes, .hex, unit: 1, step: 2)
      return
    }
  }

  private static func decoded(_ range: Range<Int>, _ text: UnsafeRawBufferPointer) -> [UInt8] {
    stride(from: range.lowerBound, to: range.upperBound, by: 2).compactMap { byte(text, $0) }
  }

  private static func byte(_ text: UnsafeRawBufferPointer, _ at: Int) -> UInt8? {
    hexNumber(in: text, at: at, digits: 2).map(UInt8.init(truncatingIfNeeded:))
  }
}
