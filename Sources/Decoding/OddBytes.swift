import Bytes

/// Where a text's characters change their class as often as keys' do and prose hardly ever: a digit beside a letter, or
/// a capital behind a small letter, and another such change within twelve bytes.
struct OddBytes {
  /// A bit a byte, as in `ByteMasks`: the first of two changes.
  let masks: [UInt64]
  private let count: Int

  init(_ text: ByteMasks) {
    count = text.count
    let blocks = text.blocks
    masks = [UInt64](unsafeUninitializedCapacity: blocks.count) { masks, count in
      var this = OddBytes.changes(0, blocks)
      for block in blocks.indices {
        let next = OddBytes.changes(block + 1, blocks)
        masks[block] = this == 0 ? 0 : this & OddBytes.ahead(this, next)
        this = next
      }
      count = blocks.count
    }
  }

  /// Whether there is one in a range, of which what lies outside the text is nothing.
  func stand(in range: Range<Int>) -> Bool {
    let range = range.clamped(to: 0..<count)
    guard !range.isEmpty else { return false }
    let (first, last) = (range.lowerBound / 64, (range.upperBound - 1) / 64)
    for block in first...last {
      var bits = masks[block]
      if block == first { bits &= .max &<< UInt64(range.lowerBound % 64) }
      if block == last { bits &= .max &>> UInt64(63 - (range.upperBound - 1) % 64) }
      if bits != 0 { return true }
    }
    return false
  }

  /// The bytes of a block that are of another class than the one behind them, small letters before others only.
  @inline(__always)
  private static func changes(_ block: Int, _ blocks: [ByteMasks.Block]) -> UInt64 {
    guard block < blocks.count else { return 0 }
    let this = blocks[block]
    let next = block + 1 < blocks.count ? blocks[block + 1] : ByteMasks.Block()
    let digitsNext = this.digit &>> 1 | next.digit &<< 63
    let lettersNext = this.letter &>> 1 | next.letter &<< 63
    let capitalsNext = this.capital &>> 1 | next.capital &<< 63
    return this.digit & lettersNext | this.letter & digitsNext
      | this.letter & ~this.capital & capitalsNext
  }

  /// The bytes that have a change from one to twelve bytes ahead.
  private static func ahead(_ this: UInt64, _ next: UInt64) -> UInt64 {
    var near: UInt64 = 0
    for distance in UInt64(1)...12 {
      near |= this &>> distance | next &<< (64 - distance)
    }
    return near
  }
}
