/// What stands between two parts of a text that may be one word.
struct Seam {
  enum Style {
    /// Emphasis that begins or ends in the midst of a word.
    case emphasis
    /// The end of one string literal and the beginning of the next.
    case quoted
    /// The end of a line, with what quotes and indents the next.
    case wrapped
    /// Words that say that parts follow one another, bullets, cells of a table, commas between literals.
    case listed
    /// The end of one variable's value and the beginning of another's.
    case named
  }

  let style: Style
  let range: Range<Int>
  /// The name that the next part is given, where it is given one.
  let name: Range<Int>?

  /// The seam after a place, which must be a part's end; nil where no part follows.
  init?(after end: Int, in text: UnsafeRawBufferPointer) {
    var walk = SeamWalk(from: end, in: text)
    guard walk.reachesPart() else { return nil }
    let signs = walk.signs
    guard
      let row = Seam.styles.first(where: {
        signs.isSuperset(of: $0.needed) && signs.isSubset(of: $0.needed.union($0.allowed))
      })
    else { return nil }
    style = row.style
    range = end..<walk.at
    name = walk.name
  }

  /// What a seam of each style is made of: all of the one, and what else of the other.
  private static let styles: [(style: Style, needed: SeamSigns, allowed: SeamSigns)] = [
    (.emphasis, [.mark], []),
    (.quoted, [.quote, .secondQuote], [.blank, .line, .emptyLine, .glue, .bracket]),
    (.wrapped, [.line], [.blank, .glue]),
    (.named, [.name], [.plain, .quotes, .label]),
    (.listed, [.quote, .secondQuote, .comma], .plain),
    (.listed, [.line, .bullet], .any),
    (.listed, [.line, .mark], [.blank, .mark, .quote, .secondQuote]),
    (.listed, [.label, .blank], .any),
    (.listed, [.label, .line], .any),
  ]
}

/// What is met on the way from one part to the next.
struct SeamSigns: OptionSet {
  let rawValue: UInt16

  static let blank = SeamSigns(rawValue: 1)
  static let line = SeamSigns(rawValue: 2)
  static let emptyLine = SeamSigns(rawValue: 4)
  static let quote = SeamSigns(rawValue: 8)
  static let secondQuote = SeamSigns(rawValue: 16)
  /// Emphasis, and tags of HTML.
  static let mark = SeamSigns(rawValue: 32)
  /// Operators, continuation signs, signs of quoted lines and of comments.
  static let glue = SeamSigns(rawValue: 64)
  static let comma = SeamSigns(rawValue: 128)
  static let bracket = SeamSigns(rawValue: 256)
  static let bullet = SeamSigns(rawValue: 512)
  static let colon = SeamSigns(rawValue: 1_024)
  /// A word that tells that a part follows.
  static let label = SeamSigns(rawValue: 2_048)
  /// A variable that is set.
  static let name = SeamSigns(rawValue: 4_096)

  static let quotes: SeamSigns = [.quote, .secondQuote]
  static let plain: SeamSigns = [.blank, .line, .emptyLine, .glue, .comma, .bracket]
  static let any: SeamSigns = [
    .plain, .quotes, .mark, .bullet, .colon, .label,
  ]
}
