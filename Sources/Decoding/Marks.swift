/// Finds Markdown's marks that touch a key or break its lines.
struct MarkFinder {
  private let text: UnsafeRawBufferPointer

  static func find(
    in text: UnsafeRawBufferPointer, _ runs: [Range<Int>], _ list: inout EditList
  ) {
    let finder = MarkFinder(text: text)
    var done = 0
    for run in runs {
      finder.addUnderscores(around: run, &list)
      finder.addSigns(around: run, &list)
      finder.addStrike(in: run, &list)
      if run.lowerBound >= done, finder.startOfQuote(beforeLineOf: run.lowerBound) != nil {
        done = finder.addQuoteMarks(around: run.lowerBound, &list)
      }
    }
  }

  /// Underscores that open and close emphasis are also characters of keys; a value's may follow its name in one run.
  private func addUnderscores(around run: Range<Int>, _ list: inout EditList) {
    let mark = UInt8(ascii: "_")
    let end = endOfWord(run, in: text)
    guard text[end - 1] == mark else { return }
    let count = text[run.lowerBound..<end].reversed().prefix(3).prefix { $0 == mark }.count
    var start = run.lowerBound
    while start + 2 * count < end {
      let isFirst = start == run.lowerBound || "=:".utf8.contains(text[start - 1])
      if isFirst, text[start..<start + count].allSatisfy({ $0 == mark }),
        text[start + count] != mark
      {
        addPair(start..<start + count, end - count..<end, &list)
        return
      }
      start += 1
    }
  }

  /// What is struck through, or part of it; one tilde alone is a character of keys.
  private func addStrike(in run: Range<Int>, _ list: inout EditList) {
    var places: [Int] = []
    var at = run.lowerBound
    while at + 1 < run.upperBound {
      if text[at] == UInt8(ascii: "~"), text[at + 1] == text[at] {
        places.append(at)
        at += 1
      }
      at += 1
    }
    guard places.count == 2, places[1] - places[0] > 2 else { return }
    addPair(places[0]..<places[0] + 2, places[1]..<places[1] + 2, &list)
  }

  /// Emphasis, spoilers and a link around what looks like a key.
  private func addSigns(around run: Range<Int>, _ list: inout EditList) {
    guard run.lowerBound > 0, run.upperBound < text.count else { return }
    let (open, close) = (text[run.lowerBound - 1], text[run.upperBound])
    if open == UInt8(ascii: "["), close == UInt8(ascii: "]") {
      let next = run.upperBound + 1
      guard next < text.count, text[next] == UInt8(ascii: "("), Part(run, in: text).looksRandom,
        let end = text[next..<min(text.count, next + 2_000)].firstIndex(of: UInt8(ascii: ")"))
      else { return }
      addPair(run.lowerBound - 1..<run.lowerBound, run.upperBound..<end + 1, &list)
      return
    }
    guard open == close, open == UInt8(ascii: "*") || open == UInt8(ascii: "|") else { return }
    var count = 1
    while count < 3, count < run.lowerBound, run.upperBound + count < text.count,
      text[run.lowerBound - 1 - count] == open, text[run.upperBound + count] == open
    {
      count += 1
    }
    // One bar parts the cells of a table.
    guard open == UInt8(ascii: "*") || count == 2, Part(run, in: text).looksRandom else { return }
    addPair(
      run.lowerBound - count..<run.lowerBound, run.upperBound..<run.upperBound + count, &list)
  }

  private func addPair(_ first: Range<Int>, _ last: Range<Int>, _ list: inout EditList) {
    list.group { list in
      list.delete(first, .markdown)
      list.delete(last, .markdown)
    }
  }

  /// Where a line's quote marks begin; nil where it has none. Long lines are nobody's quote of wrapped text.
  private func startOfQuote(beforeLineOf place: Int) -> Int? {
    var start = place
    // A NUL parts texts that are read at once.
    while start > 0, place - start < 200, !isLineEnd(text[start - 1]), text[start - 1] != 0 {
      start -= 1
    }
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
