/// A text to look for, and whether ASCII case matters to it.
package struct Literal: Sendable, Hashable {
  /// The shortest that can be looked for, in bytes.
  package static let shortest = 3

  package var bytes: [UInt8]
  package var ignoresCase: Bool

  package init(_ text: String, ignoresCase: Bool) {
    bytes = Array(text.utf8)
    self.ignoresCase = ignoresCase
    if ignoresCase { bytes = bytes.map(folded) }
  }

  /// Where neighbouring grams of some bytes begin that everyday text holds least of, among some places.
  func rarestGrams(_ count: Int, of length: Int, among places: some Sequence<Int>) -> Int? {
    func commonness(_ first: Int) -> Double {
      (first..<first + count).reduce(0) { sum, gram in
        sum + bytes[gram..<gram + length].reduce(1) { $0 * share(of: $1) }
      }
    }
    return places.min { commonness($0) < commonness($1) }
  }
}

/// A literal, by its position in the list, and where it begins.
package struct LiteralHit: Equatable, Comparable {
  package var at: Int
  package var literal: Int

  package init(at: Int, literal: Int) {
    self.at = at
    self.literal = literal
  }

  package static func < (a: LiteralHit, b: LiteralHit) -> Bool {
    (a.at, a.literal) < (b.at, b.literal)
  }
}

/// How often a byte stands in English prose, in thousandths, roughly; capitals as often as small letters.
func share(of byte: UInt8) -> Double {
  switch folded(byte) {
  case 0x20: 180
  case UInt8(ascii: "e"), UInt8(ascii: "t"), UInt8(ascii: "a"), UInt8(ascii: "o"): 80
  case UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "s"), UInt8(ascii: "r"),
    UInt8(ascii: "h"):
    60
  case UInt8(ascii: "k"), UInt8(ascii: "v"): 9
  case UInt8(ascii: "j"), UInt8(ascii: "q"), UInt8(ascii: "x"), UInt8(ascii: "z"): 1.5
  case 0x61...0x7A: 25
  case 0x2D...0x39: 6
  default: 2
  }
}

@inline(__always)
func folded(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}
