import CBytes

/// Which bytes of a text are of which class, a bit a byte, 64 bytes a block: every search of a text begins with these,
/// found in one pass.
package struct ByteMasks: Sendable {
  /// The masks of 64 bytes, the first byte's bit the lowest, in the order that C writes them.
  package struct Block: Sendable {
    /// ASCII letters, digits and `% + , - . / : = _ ~`.
    package private(set) var token: UInt64 = 0
    /// ASCII letters, digits, `_` and `-`.
    package private(set) var word: UInt64 = 0
    /// ASCII letters.
    package private(set) var letter: UInt64 = 0
    package private(set) var digit: UInt64 = 0
    package private(set) var capital: UInt64 = 0
    /// Bytes of characters beyond ASCII.
    package private(set) var high: UInt64 = 0
    /// `%`, `&`, the backslash and ESC.
    package private(set) var escape: UInt64 = 0
    /// Quotation marks, asterisks, colons and line feeds.
    package private(set) var joint: UInt64 = 0

    /// Of nothing.
    package init() {}

    static let words = MemoryLayout<Block>.size / MemoryLayout<UInt64>.size
  }

  /// Behind the text's end no bit is set.
  package private(set) var blocks: [Block] = []
  /// Bytes of the text.
  package private(set) var count = 0

  package init() {}

  package init(_ text: UnsafeRawBufferPointer) {
    unsafe read(text)
  }

  /// Takes another text.
  package mutating func read(_ text: UnsafeRawBufferPointer) {
    count = text.count
    let whole = count / 64
    let capacity = whole + (count % 64 == 0 ? 0 : 1)
    if blocks.count < capacity || blocks.count > 4 * capacity + 64 {
      blocks = [Block](repeating: Block(), count: capacity)
    } else {
      blocks.removeLast(blocks.count - capacity)
    }
    unsafe blocks.withUnsafeMutableBytes { blocks in
      guard let text = unsafe text.baseAddress?.assumingMemoryBound(to: UInt8.self),
        let first = unsafe blocks.baseAddress?.assumingMemoryBound(to: UInt64.self)
      else { return }
      unsafe classify(text, whole, first)
      guard whole < capacity else { return }
      unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { rest in
        unsafe rest.initialize(repeating: 0)
        unsafe rest.baseAddress?.update(from: text + 64 * whole, count: count - 64 * whole)
        if let rest = rest.baseAddress { unsafe classify(rest, 1, first + Block.words * whole) }
      }
    }
  }
}

extension ByteMasks {
  /// Calls `body` with every place of the text where a character beyond ASCII begins, but for most of the everyday ones;
  /// it gives where to go on.
  @inline(__always)
  package func forEachStrange(in text: UnsafeRawBufferPointer, _ body: (Int) -> Int) {
    guard let base = unsafe text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    var next = 0
    for block in blocks.indices where blocks[block].high != 0 {
      let at = 64 &* block
      // At the text's ends what stands around is not known: there all are looked at.
      var places =
        at > 0 && at &+ 66 <= count
        ? unsafe exuvia_classify_strange(base + at) : blocks[block].high
      while places != 0 {
        let place = at &+ places.trailingZeroBitCount
        places &= places &- 1
        if place >= next, unsafe base[place] >= 0xC0 { next = body(place) }
      }
    }
  }

  /// The first byte of a class at a place or behind it.
  @inlinable @inline(__always)
  package func next(from start: Int, _ mask: (Block) -> UInt64) -> Int? {
    var block = start / 64
    guard block < blocks.count else { return nil }
    var left = mask(blocks[block]) & (.max &<< UInt64(start % 64))
    while left == 0 {
      block &+= 1
      guard block < blocks.count else { return nil }
      left = mask(blocks[block])
    }
    return 64 &* block &+ left.trailingZeroBitCount
  }

  /// Calls `body` with the stretches of whole blocks that hold a byte of a class.
  package func forEachStretch(_ mask: (Block) -> UInt64, _ body: (Range<Int>) -> Void) {
    var start: Int?
    for block in blocks.indices {
      if mask(blocks[block]) != 0 {
        start = start ?? 64 * block
      } else if let first = start {
        body(first..<64 * block)
        start = nil
      }
    }
    if let start { body(start..<count) }
  }

  /// Whether a byte of a class is in a range.
  @inlinable @inline(__always)
  package func holds(in range: Range<Int>, _ mask: (Block) -> UInt64) -> Bool {
    guard !range.isEmpty else { return false }
    let (first, last) = (range.lowerBound / 64, (range.upperBound - 1) / 64)
    var members = mask(blocks[first]) & (.max &<< UInt64(range.lowerBound % 64))
    for block in first..<last {
      if members != 0 { return true }
      members = mask(blocks[block + 1])
    }
    return members & (.max &>> UInt64(63 - (range.upperBound - 1) % 64)) != 0
  }
}

private let hasAVX2 = exuvia_has_avx2() != 0

private func classify(
  _ bytes: UnsafePointer<UInt8>, _ blocks: Int, _ masks: UnsafeMutablePointer<UInt64>
) {
  if hasAVX2 {
    unsafe exuvia_classify_avx2(bytes, blocks, masks)
  } else {
    unsafe exuvia_classify_base(bytes, blocks, masks)
  }
}
