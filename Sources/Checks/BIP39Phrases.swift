extension BIP39 {
  /// The phrases in a span of a text: of every row of listed words those of 12, 15, 18, 21 or 24 that keep their
  /// checksum and stand by themselves, else the row as it is where its words are evenly parted.
  ///
  /// One row of twelve words in sixteen keeps the checksum by chance, so that a phrase must also be set off: by the row's
  /// ends, by another separator than the one between its words, or by a word such as `phrase` before it. Where one side
  /// goes on without a break, fewer than twelve more words may stand there; words in alphabetical order are a list.
  package static func phrases(
    in text: UnsafeRawBufferPointer, _ span: Range<Int>
  ) -> [Range<Int>] {
    rows(in: text, span).flatMap { row -> [Range<Int>] in
      let phrases = row.phrases.filter {
        span.lowerBound <= $0.lowerBound && $0.upperBound <= span.upperBound
      }
      guard phrases.isEmpty, row.isEven, let whole = row.whole, whole.overlaps(span) else {
        return phrases
      }
      return [whole.clamped(to: span)]
    }
  }

  private static let widestGap = 12

  private static func rows(
    in text: UnsafeRawBufferPointer, _ span: Range<Int>
  ) -> [PhraseRow] {
    var rows: [PhraseRow] = []
    var row = PhraseRow()
    var end: Int?
    // Twelve words beside the span tell whether the row goes on there.
    forEachWord(in: text, max(0, span.lowerBound - 256)..<min(text.count, span.upperBound + 256)) {
      word in
      let index = index(of: text[word].bindMemory(to: UInt8.self).span)
      if index == nil || word.lowerBound - (end ?? word.lowerBound) > widestGap {
        rows.append(row)
        row = PhraseRow()
      }
      end = word.upperBound
      guard let index else { return }
      row.append(index, word, in: text)
    }
    rows.append(row)
    return rows.filter { $0.count >= 12 }
  }

  // Runs of letters that begin and end within the range.
  private static func forEachWord(
    in text: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Range<Int>) -> Void
  ) {
    var at = range.lowerBound
    while at < range.upperBound {
      guard text[at].isASCIILetter else {
        at += 1
        continue
      }
      var end = at + 1
      while end < range.upperBound, text[end].isASCIILetter { end += 1 }
      let isCut =
        (at == range.lowerBound && at > 0 && text[at - 1].isASCIILetter)
        || (end == range.upperBound && end < text.count && text[end].isASCIILetter)
      if !isCut { body(at..<end) }
      at = end
    }
  }
}

/// Listed words one after the other, with what stands between them.
private struct PhraseRow {
  private var indexes: [Int] = []
  private var words: [Range<Int>] = []
  /// The separator before each word, by its place in `separators`; one of its own before the first.
  private var gaps: [Int] = []
  private var separators: [Separator] = []

  var count: Int { words.count }

  var whole: Range<Int>? {
    guard let first = words.first, let last = words.last else { return nil }
    return first.lowerBound..<last.upperBound
  }

  /// Whether the same stands between all words: one separator, numbers, or white space.
  var isEven: Bool { isEven(gaps.dropFirst()) }

  mutating func append(_ index: Int, _ word: Range<Int>, in text: UnsafeRawBufferPointer) {
    let gap = words.last.map { text[$0.upperBound..<word.lowerBound] }
    let separator = Separator(gap ?? text[0..<0])
    let known = separators.firstIndex(of: separator)
    if known == nil { separators.append(separator) }
    indexes.append(index)
    words.append(word)
    gaps.append(known ?? separators.count - 1)
  }

  /// Those that are set off on both sides first, then on one; the commonest lengths first.
  var phrases: [Range<Int>] {
    let windows = [24, 12, 18, 21, 15].flatMap { length in
      (0..<max(0, count - length + 1)).map { $0..<($0 + length) }
    }
    let apart = windows.map { (window: $0, sides: sidesSetOff($0)) }
    var taken: [Range<Int>] = []
    for sides in [2, 1] {
      for (window, _) in apart.filter({ $0.sides == sides })
      where !taken.contains(where: window.overlaps) && isPhrase(indexes[window]) {
        taken.append(window)
      }
    }
    return taken.map { words[$0.lowerBound].lowerBound..<words[$0.upperBound - 1].upperBound }
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  private func isPhrase(_ window: ArraySlice<Int>) -> Bool {
    let pairs = zip(window, window.dropFirst())
    guard !pairs.allSatisfy({ $0 < $1 }), !pairs.allSatisfy({ $0 > $1 }) else { return false }
    return BIP39.isIntact(Array(window))
  }

  /// On how many sides a window is set off; 0 also where its words are not evenly parted or too many go on.
  private func sidesSetOff(_ window: Range<Int>) -> Int {
    let (start, end) = (window.lowerBound, window.upperBound)
    let isNamed = start > 0 && labels.contains(indexes[start - 1])
    // Most windows of a long list lie in its midst: two comparisons tell.
    let inMidst =
      start > 0 && end < count && !isNamed && gaps[start] == gaps[start + 1]
      && gaps[end] == gaps[end - 1]
    let inner = gaps[(start + 1)..<end]
    guard !inMidst, isEven(inner) else { return 0 }
    let isNumbered = inner.allSatisfy { separators[$0].isNumber }
    func goesOn(_ gap: Int) -> Bool {
      isNumbered ? separators[gap].isNumber : inner.contains(gap)
    }
    let before = gaps[..<(start + 1)].dropFirst().suffix(12).reversed().prefix(while: goesOn)
    let after = gaps[end...].prefix(12).prefix(while: goesOn)
    switch (isNamed ? 0 : before.count, after.count) {
    case (0, 0): return 2
    case (0, 1..<12), (1..<12, 0): return 1
    default: return 0
    }
  }

  private func isEven(_ gaps: ArraySlice<Int>) -> Bool {
    gaps.allSatisfy { $0 == gaps.first } || gaps.allSatisfy { separators[$0].isNumber }
      || gaps.allSatisfy { separators[$0].isBlank }
  }
}

/// What stands between two words; whatever number there is counts as the same.
private struct Separator: Equatable {
  let bytes: [UInt8]
  let isNumber: Bool
  let isBlank: Bool

  init(_ gap: Slice<UnsafeRawBufferPointer>) {
    let number = UInt8(ascii: "#")
    var bytes: [UInt8] = []
    for byte in gap {
      let sign = byte.isASCIIDigit ? number : byte
      if sign != number || bytes.last != number { bytes.append(sign) }
    }
    self.bytes = bytes
    isNumber = gap.contains(where: \.isASCIIDigit)
    isBlank = gap.allSatisfy(\.isASCIISpace)
  }
}

/// Listed words that name a phrase before it begins.
private let labels = Set(
  ["seed", "phrase", "word", "secret", "key", "code", "account"].compactMap { label in
    BIP39.words.firstIndex { $0.elementsEqual(label.utf8) }
  })
