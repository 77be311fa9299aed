/// Finds Markdown's marks that touch a key or break its lines.
struct MarkFinder {
  private let text: UnsafeRawBufferPointer

  static func find(
    in text: UnsafeRawBufferPointer, _ runs: [Range<Int>], _ list: inout EditList
  ) {
    let finder = MarkFinder(text: text)
    var done = 0
    for run in runs {
      finder.addEmphasis(around: run, &list)
      guard run.lowerBound >= done, finder.isQuoted(lineOf: run.lowerBound) else { continue }
      done = finder.addQuoteMarks(around: run.lowerBound, &list)
    }
  }

  /// Underscores that open and close emphasis are also characters of keys.
  private func addEmphasis(around run: Range<Int>, _ list: inout EditList) {
    let mark = UInt8(ascii: "_")
    var count = 0
    while count < 3, text[run.lowerBound + count] == mark { count += 1 }
    guard count > 0 else { return }
    var end = run.upperBound
    while end > run.lowerBound, ".,:".utf8.contains(text[end - 1]) { end -= 1 }
    guard end - run.lowerBound > 2 * count,
      text[end - count..<end].allSatisfy({ $0 == mark })
    else { return }
    list.group { list in
      list.delete(run.lowerBound..<run.lowerBound + count, .markdown)
      list.delete(end - count..<end, .markdown)
    }
  }

  private func isQuoted(lineOf place: Int) -> Bool {
    startOfQuote(beforeLineOf: place) != nil
  }

  /// Where a line's quote marks begin; nil where it has none. Long lines are nobody's quote of wrapped text.
  private func startOfQuote(beforeLineOf place: Int) -> Int? {
    var start = place
    while start > 0, place - start < 200, !isLineEnd(text[start - 1]) { start -= 1 }
    while start < place, isBlank(text[start]) { start += 1 }
    return start < text.count && text[start] == UInt8(ascii: ">") ? start : nil
  }

  /// Takes the marks off a whole block of lines; gives its end.
  private func addQuoteMarks(around place: Int, _ list: inout EditList) -> Int {
    var first = startOfQuote(beforeLineOf: place) ?? place
    while first > 1, place - first < 4_096, let before = startOfQuote(beforeLineOf: first - 1) {
      first = before
    }
    var at = first
    while at < text.count, text[at] == UInt8(ascii: ">") {
      let start = at
      while at < text.count, text[at] == UInt8(ascii: ">") || isBlank(text[at]) { at += 1 }
      list.delete(start..<at, .markdown)
      while at < text.count, !isLineEnd(text[at]) { at += 1 }
      while at < text.count, isLineEnd(text[at]) { at += 1 }
      while at < text.count, isBlank(text[at]) { at += 1 }
    }
    return max(at, place + 1)
  }
}
