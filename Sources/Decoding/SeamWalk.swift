/// The way from a part's end to where the next one may begin.
struct SeamWalk {
  /// The longest seam.
  private static let longest = 96

  private let text: UnsafeRawBufferPointer
  private let most: Int
  private(set) var at: Int
  private(set) var signs: SeamSigns = []
  private(set) var name: Range<Int>?

  init(from end: Int, in text: UnsafeRawBufferPointer) {
    self.text = text
    at = end
    most = min(text.count - 1, end + SeamWalk.longest)
  }

  /// Goes on to where a part begins; false where something else comes first.
  mutating func reachesPart() -> Bool {
    while at < most {
      let byte = text[at]
      // Right after the second quote the next part begins, whatever with.
      if signs.contains(.secondQuote), isQuote(text[at - 1]), isPart(byte) { return true }
      let isWord = isAlphanumeric(byte) || byte == UInt8(ascii: "_") && isPart(text[at + 1])
      let passes = isWord ? passWord() : passSign(byte)
      guard passes else { return !signs.isEmpty && isPart(byte) && !isAfterLiteral }
    }
    return false
  }

  /// Whether something stands between the second quotation mark and here.
  private var isAfterLiteral: Bool {
    signs.contains(.secondQuote) && text[at - 1] < 0x80 && !isQuote(text[at - 1])
  }

  private mutating func passWord() -> Bool {
    var end = endOfName(from: at, in: text)
    guard end < most, !signs.isEmpty else { return false }
    if isStringPrefix(at..<end) {
      at = end
      return true
    }
    let word = at..<end
    let label = Label(word, in: text)
    if signs.contains(.line) || signs.contains(.comma), let value = valueOfName(endingAt: end) {
      signs.insert(value.isAppended || label == .telling ? .label : .name)
      name = word
      at = value.start
      return true
    }
    guard label != .none else { return false }
    // 1/2
    if isDigit(text[end - 1]), text[end] == UInt8(ascii: "/"), isDigit(text[end + 1]) {
      end = endOfName(from: end + 1, in: text)
    }
    guard end < most, endsLabel(end, label) else { return false }
    if label != .everyday { signs.insert(.label) }
    at = end
    return true
  }

  /// Whether a word ends where a label would; a number or a letter needs a sign after it, or a word before.
  private func endsLabel(_ end: Int, _ label: Label) -> Bool {
    let next = end + 1 < text.count ? text[end + 1] : 0x0A
    if text[end] == UInt8(ascii: ":") { return label == .telling || !isPart(next) }
    if isPart(text[end]) { return !isPart(next) }
    return label != .number || !signs.isDisjoint(with: [.label, .bullet])
      || ")]|".utf8.contains(text[end])
  }

  private mutating func passSign(_ byte: UInt8) -> Bool {
    let next = at + 1 < text.count ? text[at + 1] : 0x0A
    let last = at > 0 ? text[at - 1] : 0x0A
    switch byte {
    case 0x0A:
      guard !signs.contains(.emptyLine) else { return false }
      signs.insert(signs.contains(.line) ? .emptyLine : .line)
    case 0x0D: break
    case 0x20, 0x09: signs.insert(.blank)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
      guard !signs.contains(.secondQuote) else { return false }
      signs.insert(signs.contains(.quote) ? .secondQuote : .quote)
    case UInt8(ascii: "*"):
      signs.insert(isBlank(next) && signs.contains(.line) ? .bullet : .mark)
    case UInt8(ascii: "|"): signs.insert(next == byte || last == byte ? .mark : .bullet)
    case UInt8(ascii: "~"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "/"):
      // All may also be characters of the next part.
      let isApart =
        isBlank(next) || isLineEnd(next) || isQuote(next) || next == byte || last == byte
      guard isApart else { return false }
      signs.insert(
        byte == UInt8(ascii: "~") ? .mark : byte == UInt8(ascii: "-") ? .bullet : .glue)
    case UInt8(ascii: "<"): return passTag()
    case 0x80...: return passCharacter()
    default:
      guard let sign = SeamSigns(plain: byte) else { return false }
      signs.insert(sign)
    }
    at += 1
    return true
  }

  /// An operator, or a tag of HTML: `<br>` ends a line.
  private mutating func passTag() -> Bool {
    var end = at + 1
    while end < most, isAlphanumeric(text[end]) || " /".utf8.contains(text[end]) { end += 1 }
    guard end < most, text[end] == UInt8(ascii: ">") else {
      signs.insert(.glue)
      at += 1
      return true
    }
    let isLine = text[at + 1..<end].starts(with: "br".utf8)
    signs.insert(end == at + 1 ? .glue : isLine ? .line : .mark)
    at = end + 1
    return true
  }

  /// Curly quotation marks; others are dots, dashes and arrows.
  private mutating func passCharacter() -> Bool {
    let (value, length) = character(text, at)
    switch value {
    case 0x2018...0x201F:
      guard !signs.contains(.secondQuote) else { return false }
      signs.insert(signs.contains(.quote) ? .secondQuote : .quote)
    case 0x2026, 0x21A9, 0x21B5, 0x23CE: signs.insert(.glue)
    // Punctuation, arrows, symbols and emoji; letters of any script are words.
    case 0xA0...0xBF, 0x2000...0x2BFF, 0x3000...0x303F, 0xFE00...0xFF0F, 0x1F000...:
      signs.insert(.bullet)
    default: return false
    }
    at += length
    return true
  }

  /// Letters right before a literal: `f"…"`, `b'…'`.
  private func isStringPrefix(_ word: Range<Int>) -> Bool {
    signs.contains(.quote) && word.count <= 2 && isQuote(text[word.upperBound])
      && text[word].allSatisfy { "fbruFBRUL".utf8.contains($0) }
  }

  /// Where the value of the variable begins whose name ends at a place, and whether it is put behind what the variable
  /// holds already; nil where none is set.
  private func valueOfName(endingAt end: Int) -> (start: Int, isAppended: Bool)? {
    var at = end
    while at < most, isBlank(text[at]) { at += 1 }
    let sign = at + 1 < most && text[at + 1] == UInt8(ascii: "=") ? text[at] : 0
    if "+.:".utf8.contains(sign) { at += 1 }
    guard at + 1 < most, text[at] == UInt8(ascii: "=") else { return nil }
    let value = isBlank(text[at + 1]) ? at + 2 : at + 1
    let isLiteral = value + 1 < most && isQuote(text[value]) && isPart(text[value + 1])
    guard isLiteral || Label(self.at..<end, in: text) != .none else { return nil }
    return (at + 1, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "."))
  }
}

extension SeamSigns {
  /// What a byte is wherever it stands; nil for what is none.
  fileprivate init?(plain byte: UInt8) {
    switch byte {
    case UInt8(ascii: "_"), UInt8(ascii: ">"), UInt8(ascii: "#"), UInt8(ascii: "\\"),
      UInt8(ascii: "&"), UInt8(ascii: "^"):
      self = .glue
    case UInt8(ascii: ","), UInt8(ascii: ";"): self = .comma
    case UInt8(ascii: ":"), UInt8(ascii: "!"): self = .colon
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "{"), UInt8(ascii: "}"):
      self = .bracket
    default: return nil
    }
  }
}
