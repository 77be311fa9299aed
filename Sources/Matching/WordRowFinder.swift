package import Bytes

/// Finds rows of words of a list, looking at one word in every stretch that a row would have to cover.
package struct WordRowFinder: Sendable {
  private let words: WordSet
  private let min: Int
  private let widestGap: Int

  /// Takes a list of words of at most eight ASCII letters, the fewest words of a row, and how many bytes may part two of
  /// them; ASCII case does not matter.
  package init(_ words: [[UInt8]], min: Int, widestGap: Int) {
    self.words = WordSet(words)
    self.min = min
    self.widestGap = widestGap
  }

  /// Calls `body` with the bytes of every row, by ascending place.
  package func forEachRow(
    in text: UnsafeRawBufferPointer, _ masks: ByteMasks, _ body: (Range<Int>) -> Void
  ) {
    // No row spans fewer bytes than this, so that one of the places probed lies on a word of it, or before its next.
    let stride = Swift.max(1, min * (words.shortest + 1) - 1)
    forEachStretch(in: masks) { stretch in
      var done = stretch.lowerBound
      var probe = done + stride - 1
      while probe < stretch.upperBound {
        guard let word = unsafe word(in: text, atOrAfter: probe, from: done) else {
          probe += stride
          continue
        }
        let row = unsafe row(around: word, in: text, from: done)
        if row.words >= min { body(row.span) }
        done = row.span.upperBound
        probe = done + stride - 1
      }
    }
  }

  /// Calls `body` with the stretches of as many words as a row has that hold none too short to be listed, nor most that
  /// are too long: of prose they are few.
  private func forEachStretch(in masks: ByteMasks, _ body: (Range<Int>) -> Void) {
    guard words.shortest == 3, words.longest == 8 else {
      body(0..<masks.count)
      return
    }
    var start = 0
    // Words begun before the block, and before the stretch.
    var begun = 0
    var before = 0
    // From one other to the next it is at least so far if a row's words stand between: in prose it hardly ever is.
    let shortest = 2 + (min - 2) * (words.shortest + 1)
    unsafe masks.blocks.withUnsafeBufferPointer { blocks in
      var isInside: UInt64 = 0
      for block in blocks.indices {
        let letters = unsafe blocks[block].letter
        let next = block + 1 < blocks.count ? unsafe blocks[block + 1].letter : 0
        let second = letters &>> 1 | next &<< 63
        let third = letters &>> 2 | next &<< 62
        let starts = letters & ~(letters &<< 1 | isInside)
        // Nine letters or more.
        var longs = letters & letters &>> 1
        longs &= longs &>> 2
        longs &= longs &>> 4
        longs &= letters &>> 8
        var others = starts & ~(second & third) | longs & ~(longs &<< 1)
        while others != 0 {
          let bit = others.trailingZeroBitCount
          let words = begun &+ (starts & ~(.max &<< UInt64(bit))).nonzeroBitCount
          if words &- before >= min { body(start..<64 &* block &+ bit) }
          // The last one, if no row fits between it and this one; else the next.
          let last = 63 &- others.leadingZeroBitCount
          if last &- bit < shortest {
            start = 64 &* block &+ last &+ 1
            before = begun &+ (starts & ~(.max &<< UInt64(last))).nonzeroBitCount
            break
          }
          start = 64 &* block &+ bit &+ 1
          before = words
          others &= others &- 1
        }
        begun &+= starts.nonzeroBitCount
        isInside = letters &>> 63
      }
    }
    if begun - before >= min { body(start..<masks.count) }
  }

  /// The listed word that covers a place, else the next one within a gap's reach.
  @inline(__always)
  private func word(
    in text: UnsafeRawBufferPointer, atOrAfter place: Int, from floor: Int
  ) -> Range<Int>? {
    guard unsafe isLetter(text[place]) else { return unsafe neighbour(after: place, in: text) }
    let before = unsafe Sixteen(text, place - 16)
    return unsafe listedWord(in: text, from: max(floor, place - before.lettersAtEnd))
  }

  private func row(
    around word: Range<Int>, in text: UnsafeRawBufferPointer, from floor: Int
  ) -> (span: Range<Int>, words: Int) {
    var span = word
    var words = 1
    while let before = unsafe neighbour(before: span.lowerBound, in: text, from: floor) {
      span = before.lowerBound..<span.upperBound
      words += 1
    }
    while let after = unsafe neighbour(after: span.upperBound, in: text) {
      span = span.lowerBound..<after.upperBound
      words += 1
    }
    return (span, words)
  }

  private func neighbour(
    before place: Int, in text: UnsafeRawBufferPointer, from floor: Int
  ) -> Range<Int>? {
    let gap = unsafe Sixteen(text, place - 16)
    guard gap.gapAtEnd < widestGap else { return nil }
    let end = place - gap.gapAtEnd
    let start = unsafe max(floor, end - Sixteen(text, end - 16).lettersAtEnd)
    guard start < end, let word = unsafe listedWord(in: text, from: start), word.upperBound == end
    else { return nil }
    return word
  }

  private func neighbour(after place: Int, in text: UnsafeRawBufferPointer) -> Range<Int>? {
    let gap = unsafe Sixteen(text, place).gap
    return gap < widestGap ? unsafe listedWord(in: text, from: place + gap) : nil
  }

  /// The word that begins at a place, if it is listed.
  @inline(__always)
  private func listedWord(in text: UnsafeRawBufferPointer, from start: Int) -> Range<Int>? {
    let bytes = unsafe Sixteen(text, start)
    let count = bytes.letters
    return count <= words.longest && words.contains(bytes.head, count)
      ? start..<start + count : nil
  }
}

/// Sixteen bytes of a text, without a branch for each: where a word begins and ends is as good as random.
private struct Sixteen {
  /// The first eight, in the order of memory.
  let head: UInt64
  /// Which are letters, the first in the lowest bit.
  private let mask: UInt64
  /// Which are NULs, that part texts.
  private let nuls: UInt64

  /// What lies outside the text counts as NULs.
  @inline(__always)
  init(_ text: UnsafeRawBufferPointer, _ start: Int) {
    var bytes = SIMD16<UInt8>()
    if start >= 0, start + 16 <= text.count {
      bytes = unsafe text.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
    } else {
      for lane in 0..<16 where text.indices.contains(start + lane) {
        bytes[lane] = unsafe text[start + lane]
      }
    }
    // Typed constants: with others the compiler takes operators that go byte by byte.
    let small = SIMD16<UInt8>(repeating: 0x20)
    let a = SIMD16<UInt8>(repeating: 0x61)
    let count = SIMD16<UInt8>(repeating: 26)
    let zero = SIMD16<UInt8>()
    mask = bits(of: ((bytes | small) &- a) .< count)
    nuls = bits(of: bytes .== zero)
    head = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self).x
  }

  /// The letters that they begin with.
  var letters: Int { (~mask).trailingZeroBitCount }
  /// The bytes before the first letter; 64 where there is none, or a NUL before it.
  var gap: Int {
    let first = mask.trailingZeroBitCount
    return nuls.trailingZeroBitCount < first ? 64 : first
  }

  /// The letters that they end with.
  var lettersAtEnd: Int { min(16, (~mask &<< 48).leadingZeroBitCount) }
  /// The bytes behind the last letter; 64 where there is none, or a NUL behind it.
  var gapAtEnd: Int {
    let last = (mask &<< 48).leadingZeroBitCount
    return (nuls &<< 48).leadingZeroBitCount < last ? 64 : last
  }
}

/// Words of up to eight letters, a byte each; most others are told by one load.
private struct WordSet: Sendable {
  let shortest: Int
  let longest: Int
  /// A bit for every hash of a word.
  private var bitmap = [UInt8](repeating: 0, count: 1 << 13)
  /// The words by hash, the next free slot taken; 0 is none.
  private var slots = [UInt64](repeating: 0, count: 1 << 13)

  init(_ words: [[UInt8]]) {
    precondition(words.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy(isLetter) })
    shortest = words.map(\.count).min() ?? 1
    longest = words.map(\.count).max() ?? 1
    for word in words {
      let letters = word.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1 | 0x20) }
      let hash = WordSet.hash(letters)
      bitmap[hash >> 3] |= 1 << UInt8(hash & 7)
      var slot = hash >> 3
      while slots[slot] != 0 { slot = (slot + 1) & 0x1FFF }
      slots[slot] = letters
    }
  }

  /// Whether the word is listed that the first of eight bytes are, in the order of memory.
  @inline(__always)
  func contains(_ bytes: UInt64, _ count: Int) -> Bool {
    guard count >= shortest else { return false }
    let others = UInt64(64 - 8 * count)
    let word = (UInt64(littleEndian: bytes) | 0x2020_2020_2020_2020) & (.max &>> others)
    let hash = WordSet.hash(word)
    guard bitmap[hash >> 3] & (1 << UInt8(hash & 7)) != 0 else { return false }
    var slot = hash >> 3
    while slots[slot] != 0 {
      if slots[slot] == word { return true }
      slot = (slot + 1) & 0x1FFF
    }
    return false
  }

  @inline(__always)
  private static func hash(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 48)
  }
}

@inline(__always)
private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
