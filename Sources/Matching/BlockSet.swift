/// Blocks of 64 bytes of a text, a bit each: where a search is worth its while.
package struct BlockSet {
  /// The first block's bit the lowest.
  private(set) var words: [UInt64] = []

  package init() {}

  /// Empties it for a text of so many bytes.
  package mutating func reset(for count: Int) {
    let blocks = (count + 63) / 64
    words.removeAll(keepingCapacity: true)
    words.append(contentsOf: repeatElement(0, count: (blocks + 63) / 64))
  }

  /// Adds the blocks that a range of bytes touches; the range lies in the text.
  package mutating func insert(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let (first, last) = (range.lowerBound / 64, (range.upperBound - 1) / 64)
    let (low, high) = (UInt64.max << UInt64(first % 64), UInt64.max >> UInt64(63 - last % 64))
    guard first / 64 < last / 64 else {
      words[first / 64] |= low & high
      return
    }
    words[first / 64] |= low
    for word in first / 64 + 1..<last / 64 { words[word] = .max }
    words[last / 64] |= high
  }

  /// Calls `body` with every block, by ascending place.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    for index in words.indices {
      var word = words[index]
      while word != 0 {
        body(64 &* index &+ word.trailingZeroBitCount)
        word &= word &- 1
      }
    }
  }
}
