/// Where variables are put together: the line up to there says what for.
struct Use {
  let firstName: Int
  let line: Range<Int>
  /// Whether a literal is open there.
  let isQuoted: Bool

  init?(of chain: Chain, in text: UnsafeRawBufferPointer) {
    guard let first = nameOfValue(at: chain.start, in: text) else { return nil }
    let names = [first] + chain.seams.compactMap(\.name)
    guard names.count > chain.seams.count else { return nil }
    let last = min(text.count, chain.end + 600)
    var at = chain.end
    while at < last, let found = Use.place(of: text[first], in: text, at..<last) {
      at = found.upperBound
      guard Use.follow(names.dropFirst(), from: at, in: text) else { continue }
      var start = found.lowerBound
      while start > 0, found.lowerBound - start < 120, !isLineEnd(text[start - 1]) { start -= 1 }
      var end = found.lowerBound
      while end > start, "${[(".utf8.contains(text[end - 1]) { end -= 1 }
      firstName = first.lowerBound
      line = start..<end
      isQuoted = !text[line].count(where: isQuote).isMultiple(of: 2)
      return
    }
    return nil
  }

  /// Whether the names come one after the other, with nothing but signs between.
  private static func follow(
    _ names: ArraySlice<Range<Int>>, from start: Int, in text: UnsafeRawBufferPointer
  ) -> Bool {
    var at = start
    for name in names {
      let most = min(text.count, at + 12 + name.count)
      guard let found = place(of: text[name], in: text, at..<most),
        !text[at..<found.lowerBound].contains(where: isAlphanumeric)
      else { return false }
      at = found.upperBound
    }
    return true
  }

  /// Where a name stands as a word.
  private static func place(
    of name: Slice<UnsafeRawBufferPointer>, in text: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> Range<Int>? {
    var at = range.lowerBound
    while at + name.count <= range.upperBound {
      let end = endOfName(from: at, in: text)
      if end - at == name.count, text[at..<end].elementsEqual(name) { return at..<end }
      at = max(end, at + 1)
    }
    return nil
  }
}

/// The name of the variable whose value begins at a place.
private func nameOfValue(at place: Int, in text: UnsafeRawBufferPointer) -> Range<Int>? {
  var at = place
  if at > 0, isQuote(text[at - 1]) { at -= 1 }
  while at > 0, isBlank(text[at - 1]) { at -= 1 }
  guard at > 0, text[at - 1] == UInt8(ascii: "=") else { return nil }
  at -= 1
  while at > 0, isBlank(text[at - 1]) || text[at - 1] == UInt8(ascii: ":") { at -= 1 }
  let end = at
  while at > 0, isAlphanumeric(text[at - 1]) || text[at - 1] == UInt8(ascii: "_") { at -= 1 }
  return at < end ? at..<end : nil
}
