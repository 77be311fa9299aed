/// Parts that may be one word, and the seams between them.
struct Chain {
  /// Bytes that a word and its seams have at most.
  static let longest = 4_096

  private(set) var parts: [Part]
  private(set) var seams: [Seam] = []

  var style: Seam.Style { seams[0].style }
  var start: Int { parts[0].range.lowerBound }
  var end: Int { parts[parts.count - 1].end }

  /// Reads on from a part over seams of one style; nil where none is, or where nothing looks like a key's part.
  init?(from first: Range<Int>, in text: UnsafeRawBufferPointer, isStart: (Int) -> Bool) {
    parts = [Part(first, in: text)]
    while end - start < Chain.longest, end < text.count, let seam = Seam(after: end, in: text),
      seams.first?.style ?? seam.style == seam.style
    {
      let next = seam.range.upperBound
      let part = Part(next..<endOfPiece(from: next, in: text), in: text)
      // Another beginning is another secret of a list, unless an operator says otherwise.
      let isOther = seam.style != .quoted && isStart(next)
      guard !part.range.isEmpty, !isOther, goesOn(with: part, after: seam, in: text) else { break }
      seams.append(seam)
      parts.append(part)
    }
    guard let style = seams.first?.style, !parts[0].isNameOfPart(in: text) else { return nil }
    let telling = style == .emphasis || style == .quoted ? parts[...] : parts.prefix(1)
    guard isStart(start) || telling.contains(where: \.looksRandom) else { return nil }
  }

  /// The marks around an expression of literals.
  func outerQuotes(in text: UnsafeRawBufferPointer) -> (open: Range<Int>, close: Range<Int>)? {
    guard style == .quoted, start > 0, end < text.count, isQuote(text[start - 1]),
      text[start - 1] == text[end]
    else { return nil }
    return (start - 1..<start, end..<end + 1)
  }

  /// Whether a part may go on what stands before a seam.
  private func goesOn(
    with part: Part, after seam: Seam, in text: UnsafeRawBufferPointer
  ) -> Bool {
    switch seam.style {
    case .emphasis, .quoted: return true
    case .listed, .named: return part.looksRandom && !part.isAssignment(in: text)
    case .wrapped:
      guard !part.isAssignment(in: text) else { return false }
      let fills =
        parts.count > 1 && parts[1].range.count >= part.range.count
        && parts.dropFirst().allSatisfy { $0.range.count == parts[1].range.count }
      return part.isNoWord || fills && !part.isWord(in: text)
        || part.looksRandom && part.isAlone(in: text)
    }
  }
}

extension Part {
  /// Whether it is a name and its value.
  fileprivate func isAssignment(in text: UnsafeRawBufferPointer) -> Bool {
    let name = endOfName(from: range.lowerBound, in: text)
    guard name < end - 1, name > range.lowerBound, text[name] == UInt8(ascii: "=") else {
      return false
    }
    return text[range.lowerBound..<name].allSatisfy { !isDigit($0) }
      && text[name + 1] != UInt8(ascii: "=")
  }

  /// Whether its value only tells that parts follow: `KEY=part`.
  fileprivate func isNameOfPart(in text: UnsafeRawBufferPointer) -> Bool {
    guard let sign = text[range].lastIndex(where: { "=:".utf8.contains($0) }) else { return false }
    return sign + 1 < end && Label(sign + 1..<end, in: text) == .telling
  }

  /// Whether nothing else stands on its line but a few signs.
  fileprivate func isAlone(in text: UnsafeRawBufferPointer) -> Bool {
    var at = end
    while at < text.count, !isLineEnd(text[at]), at - end < 8 {
      if isAlphanumeric(text[at]) { return false }
      at += 1
    }
    return at >= text.count || isLineEnd(text[at])
  }

  /// Whether a blank parts it from more on its line, as the first word of a sentence.
  fileprivate func isWord(in text: UnsafeRawBufferPointer) -> Bool {
    !looksRandom && end < text.count && isBlank(text[end])
  }
}

/// The end of a literal without blanks, where one begins at a place, and else of a part.
func endOfPiece(from start: Int, in text: UnsafeRawBufferPointer) -> Int {
  let end = endOfPart(from: start, in: text)
  guard start > 0, isQuote(text[start - 1]) else { return end }
  var at = end
  while at < text.count, text[at] > 0x20, !isQuote(text[at]), at - start < Chain.longest { at += 1 }
  return at < text.count && text[at] == text[start - 1] ? at : end
}
