/// Finds rows of words of a list, looking at one word in every stretch that a row would have to cover.
package struct WordRowFinder: Sendable {
  private let words: WordSet
  private let min: Int
  private let widestGap: Int

  /// Takes a list of words of at most 12 ASCII letters, the fewest words of a row, and how many bytes may part two of
  /// them; ASCII case does not matter.
  package init(_ words: [[UInt8]], min: Int, widestGap: Int) {
    self.words = WordSet(words)
    self.min = min
    self.widestGap = widestGap
  }

  /// Calls `body` with the bytes of every row, by ascending place.
  package func forEachRow(in text: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) {
    let count = text.count
    // No row spans fewer bytes than this, so that one of the places probed lies on a word of it, or before its next.
    let stride = Swift.max(1, min * (words.shortest + 1) - 1)
    var done = 0
    var probe = stride - 1
    while probe < count {
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

  /// The listed word that covers a place, else the next one within a gap's reach. Words longer than any listed are not
  /// measured to their ends: a text of one letter would cost its length at every probe.
  @inline(__always)
  private func word(
    in text: UnsafeRawBufferPointer, atOrAfter place: Int, from floor: Int
  ) -> Range<Int>? {
    var start = place
    let limit = Swift.min(text.count, place + widestGap)
    while start < limit, unsafe !isLetter(text[start]) { start += 1 }
    guard start < limit else { return nil }
    let lowest = Swift.max(floor, start - words.longest)
    while start > lowest, unsafe isLetter(text[start - 1]) { start -= 1 }
    return unsafe listedWord(in: text, from: start)
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
    var end = place
    while end > floor, place - end < widestGap, unsafe !isLetter(text[end - 1]) { end -= 1 }
    var start = end
    while start > floor, end - start <= words.longest, unsafe isLetter(text[start - 1]) {
      start -= 1
    }
    guard start < end, let word = unsafe listedWord(in: text, from: start), word.upperBound == end
    else { return nil }
    return word
  }

  private func neighbour(after place: Int, in text: UnsafeRawBufferPointer) -> Range<Int>? {
    let limit = Swift.min(text.count, place + widestGap)
    var start = place
    while start < limit, unsafe !isLetter(text[start]) { start += 1 }
    return start < text.count ? unsafe listedWord(in: text, from: start) : nil
  }

  /// The word that begins at a place, if it is listed.
  @inline(__always)
  private func listedWord(in text: UnsafeRawBufferPointer, from start: Int) -> Range<Int>? {
    let limit = Swift.min(text.count, start + words.longest + 1)
    var packed: UInt64 = 0
    var end = start
    while end < limit, unsafe isLetter(text[end]) {
      packed = packed << 5 | UInt64(unsafe text[end] & 0x1F)
      end += 1
    }
    return end - start <= words.longest && words.contains(packed) ? start..<end : nil
  }
}

/// Words packed five bits a letter; most others are told by one load.
private struct WordSet: Sendable {
  let shortest: Int
  let longest: Int
  /// A bit for every hash of a word.
  private var bitmap = [UInt8](repeating: 0, count: 1 << 13)
  /// The words by hash, the next free slot taken; 0 is none.
  private var slots = [UInt64](repeating: 0, count: 1 << 16)

  init(_ words: [[UInt8]]) {
    precondition(words.allSatisfy { (1...12).contains($0.count) && $0.allSatisfy(isLetter) })
    shortest = words.map(\.count).min() ?? 1
    longest = words.map(\.count).max() ?? 1
    for word in words {
      let packed = word.reduce(UInt64(0)) { $0 << 5 | UInt64($1 & 0x1F) }
      var slot = WordSet.slot(packed)
      bitmap[slot >> 3] |= 1 << UInt8(slot & 7)
      while slots[slot] != 0 { slot = (slot + 1) & 0xFFFF }
      slots[slot] = packed
    }
  }

  @inline(__always)
  func contains(_ word: UInt64) -> Bool {
    var slot = WordSet.slot(word)
    guard bitmap[slot >> 3] & (1 << UInt8(slot & 7)) != 0 else { return false }
    while slots[slot] != 0 {
      if slots[slot] == word { return true }
      slot = (slot + 1) & 0xFFFF
    }
    return false
  }

  @inline(__always)
  private static func slot(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 48)
  }
}

@inline(__always)
private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
