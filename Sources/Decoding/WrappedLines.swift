/// Finds the lines that one encoding was wrapped over.
struct WrappedLines {
  /// The alphabet of the encoding.
  let digits: ByteSet
  let text: UnsafeRawBufferPointer

  /// A run and those of the lines after it that go on with it: all but the last end at one column.
  func lines(from first: Range<Int>) -> [Range<Int>] {
    var lines = [first]
    var column = 0
    while let last = lines.last, let next = continuation(after: last.upperBound) {
      if column == 0 { column = lines.count == 1 ? width(of: first) : 0 }
      guard next.count <= column else { break }
      lines.append(next)
      if lines.count == 2, next.count < column { column = max(next.count, width(of: next)) }
      if width(of: next) < column { break }
    }
    return lines
  }

  /// The end of the alphabet's run that begins at a place.
  func end(from start: Int, to limit: Int) -> Int {
    var end = start
    while end < limit, digits.contains(text[end]) { end += 1 }
    return end
  }

  /// Bytes from a line's beginning to the end of a run in it.
  private func width(of run: Range<Int>) -> Int {
    var start = run.lowerBound
    while start > 0, run.upperBound - start < 1_000, !isLineEnd(text[start - 1]) { start -= 1 }
    return run.upperBound - start
  }

  private func continuation(after end: Int) -> Range<Int>? {
    var at = end
    while at < text.count, isBlank(text[at]) || text[at] == UInt8(ascii: "\\") { at += 1 }
    guard at < text.count, isLineEnd(text[at]) else { return nil }
    while at < text.count, isLineEnd(text[at]), at - end < 4 { at += 1 }
    while at < text.count, isBlank(text[at]) || text[at] == UInt8(ascii: ">") { at += 1 }
    let stop = self.end(from: at, to: text.count)
    guard stop > at else { return nil }
    // Only what stands alone on its line goes on; the padding belongs to it.
    var rest = stop
    while rest < text.count, text[rest] == UInt8(ascii: "=") { rest += 1 }
    let isAlone =
      rest == text.count || !isAlphanumeric(text[rest]) && !(isBlank(text[rest]) && goesOn(rest))
    return isAlone ? at..<stop : nil
  }

  private func goesOn(_ at: Int) -> Bool {
    var at = at
    while at < text.count, isBlank(text[at]) { at += 1 }
    return at < text.count && !isLineEnd(text[at])
  }
}
