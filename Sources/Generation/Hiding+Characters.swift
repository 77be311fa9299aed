import Core

extension Hiding {
  /// Characters that are not seen, and characters that look like others.
  static let characters: [Hiding] =
    [
      Hiding(.zeroWidth, "zero-width characters", alone(interspersed(zeroWidth, oneIn: 8))),
      Hiding(.zeroWidth, "after each character", alone(interspersed(zeroWidth, oneIn: 1))),
      Hiding(.zeroWidth, "soft hyphens", alone(interspersed(["\u{AD}"], oneIn: 10))),
      Hiding(.zeroWidth, "word joiners", alone(interspersed(["\u{2060}"], oneIn: 6))),
      Hiding(.zeroWidth, "bidirectional controls", alone(interspersed(bidirectional, oneIn: 8))),
      Hiding(.zeroWidth, "throughout the line", interspersed(zeroWidth + bidirectional, oneIn: 5)),
      Hiding(.tagCharacters, "the secret", alone(tags)),
      Hiding(.tagCharacters, "the line", tags),
      Hiding(.compatibility, "full-width", alone(respelled { fullWidth($0) })),
      Hiding(
        .compatibility, "full-width here and there", alone(respelled(oneIn: 4) { fullWidth($0) })),
      Hiding(.compatibility, "the line full-width", respelled { fullWidth($0) }),
      Hiding(.compatibility, "no-break spaces", respelled { $0 == " " ? "\u{A0}" : nil }),
    ]
    + mathematical.map { style in
      Hiding(.compatibility, style.name, alone(respelled { style.letter($0) }))
    } + [
      Hiding(.lookAlike, "Cyrillic here and there", alone(respelled(oneIn: 3) { cyrillic[$0] })),
      Hiding(.lookAlike, "Cyrillic", alone(respelled { cyrillic[$0] })),
      Hiding(.lookAlike, "Greek", alone(respelled { greek[$0] })),
      Hiding(.lookAlike, "dashes", alone(dashed)),
    ]

  private static let zeroWidth = ["\u{200B}", "\u{200C}", "\u{200D}", "\u{FEFF}", "\u{2060}"]
  private static let bidirectional = [
    "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{2066}", "\u{2068}",
    "\u{2069}", "\u{61C}",
  ]

  private static let tags: Change = { text, random in
    guard text.isOneLine, text.bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    return respelled { scalar($0, 0xE0000 + $0.value) }(text, &random)
  }

  private static func fullWidth(_ character: Unicode.Scalar) -> String? {
    switch character.value {
    case 0x21...0x7E: scalar(character, character.value + 0xFEE0)
    case 0x20: "\u{3000}"
    default: nil
    }
  }

  /// An alphabet of its own, of which compatibility folding makes the plain letters.
  private struct Style: Sendable {
    let name: String
    let upper: UInt32
    let lower: UInt32
    let digit: UInt32?
    /// Letters that stand elsewhere.
    var others: [Unicode.Scalar: String] = [:]

    func letter(_ character: Unicode.Scalar) -> String? {
      if let other = others[character] { return other }
      return switch character.value {
      case 0x41...0x5A: scalar(character, upper + character.value - 0x41)
      case 0x61...0x7A: scalar(character, lower + character.value - 0x61)
      case 0x30...0x39: digit.flatMap { scalar(character, $0 + character.value - 0x30) }
      default: nil
      }
    }
  }

  private static let mathematical = [
    Style(name: "mathematical bold", upper: 0x1D400, lower: 0x1D41A, digit: 0x1D7CE),
    Style(name: "mathematical sans-serif", upper: 0x1D5A0, lower: 0x1D5BA, digit: 0x1D7E2),
    Style(name: "mathematical monospace", upper: 0x1D670, lower: 0x1D68A, digit: 0x1D7F6),
    Style(
      name: "mathematical script", upper: 0x1D49C, lower: 0x1D4B6, digit: nil,
      others: [
        "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ",
        "g": "ℊ", "o": "ℴ",
      ]),
    Style(name: "circled", upper: 0x24B6, lower: 0x24D0, digit: 0x245F, others: ["0": "⓪"]),
  ]

  private static let cyrillic: [Unicode.Scalar: String] = [
    "a": "а", "c": "с", "e": "е", "o": "о", "p": "р", "x": "х", "y": "у", "s": "ѕ", "i": "і",
    "j": "ј", "A": "А", "B": "В", "C": "С", "E": "Е", "H": "Н", "K": "К", "M": "М", "O": "О",
    "P": "Р", "T": "Т", "X": "Х", "S": "Ѕ", "I": "І", "J": "Ј",
  ]
  private static let greek: [Unicode.Scalar: String] = [
    "o": "ο", "v": "ν", "A": "Α", "B": "Β", "E": "Ε", "Z": "Ζ", "H": "Η", "I": "Ι", "K": "Κ",
    "M": "Μ", "N": "Ν", "O": "Ο", "P": "Ρ", "T": "Τ", "Y": "Υ", "X": "Χ",
  ]

  private static let dashed: Change = { text, random in
    let dash = random.pick(["\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}"])
    return respelled { $0 == "-" ? dash : nil }(text, &random)
  }
}

private func scalar(_ plain: Unicode.Scalar, _ value: UInt32) -> String {
  "\(Unicode.Scalar(value) ?? plain)"
}
