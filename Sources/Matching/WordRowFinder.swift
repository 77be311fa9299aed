/// Finds rows of words of a list, looking at one word in every stretch that a row would have to cover.
@safe
package struct WordRowFinder: Sendable {
  private let isListed: @Sendable (UnsafeRawBufferPointer) -> Bool
  private let min: Int
  private let shortest: Int
  private let longest: Int
  private let widestGap: Int

  /// Takes the fewest words of a row, the list's shortest and longest word, and the bytes that may part two words.
  package init(
    min: Int, shortest: Int, longest: Int, widestGap: Int,
    isListed: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
  ) {
    self.min = min
    self.shortest = shortest
    self.longest = longest
    self.widestGap = widestGap
    unsafe self.isListed = isListed
  }

  /// Calls `body` with the bytes of every row, by ascending place.
  package func forEachRow(in text: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) {
    let count = text.count
    // A row spans at least this many bytes, so one of two probes this far apart lies on each of its halves.
    let stride = Swift.max(1, min * (shortest + 1) / 2)
    var done = 0
    var probe = stride
    while probe < count {
      guard let word = unsafe word(in: text, atOrAfter: probe, from: done),
        unsafe isListed(UnsafeRawBufferPointer(rebasing: text[word]))
      else {
        probe += stride
        continue
      }
      let row = unsafe row(around: word, in: text, from: done)
      if row.words >= min { body(row.span) }
      done = row.span.upperBound
      probe = Swift.max(done, probe) + stride
    }
  }

  /// The word that covers a place, else the next one within a gap's reach; nil for words longer than any listed, which
  /// are not measured to their ends: a text of one letter would cost its length at every probe.
  private func word(
    in text: UnsafeRawBufferPointer, atOrAfter place: Int, from floor: Int
  ) -> Range<Int>? {
    var start = place
    let limit = Swift.min(text.count, place + widestGap)
    while start < limit, unsafe !isLetter(text[start]) { start += 1 }
    guard start < limit else { return nil }
    let lowest = Swift.max(floor, start - longest)
    while start > lowest, unsafe isLetter(text[start - 1]) { start -= 1 }
    let highest = Swift.min(text.count, start + longest + 1)
    var end = start
    while end < highest, unsafe isLetter(text[end]) { end += 1 }
    return end - start <= longest ? start..<end : nil
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
    while start > floor, end - start <= longest, unsafe isLetter(text[start - 1]) { start -= 1 }
    return unsafe listed(start..<end, in: text)
  }

  private func neighbour(after place: Int, in text: UnsafeRawBufferPointer) -> Range<Int>? {
    let count = text.count
    var start = place
    while start < count, start - place < widestGap, unsafe !isLetter(text[start]) { start += 1 }
    var end = start
    while end < count, end - start <= longest, unsafe isLetter(text[end]) { end += 1 }
    return unsafe listed(start..<end, in: text)
  }

  private func listed(_ word: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int>? {
    guard word.count >= shortest, word.count <= longest,
      unsafe isListed(UnsafeRawBufferPointer(rebasing: text[word]))
    else { return nil }
    return word
  }
}

private func isLetter(_ byte: UInt8) -> Bool {
  (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
}
