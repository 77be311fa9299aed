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

  /// The rarest gram among some places where words begin, whatever letters it is of: none of an everyday word if another
  /// is to be had.
  func rarestBeginning(of length: Int, among places: [Int]) -> Int? {
    let rare = places.filter { !isEveryday(bytes[$0..<$0 + length].map(folded)) }
    return rarestGrams(1, of: length, among: rare.isEmpty ? places : rare)
  }
}

/// Whether everyday words begin with some bytes, or are all of them but for what follows.
private func isEveryday(_ gram: [UInt8]) -> Bool {
  let word = gram.prefix { (0x61...0x7A).contains($0) }
  return word.count == gram.count
    ? everydayBeginnings.contains(gram) : everydayWords.contains(Array(word))
}

private let everydayBeginnings = Set(
  everydayWords.flatMap { word in (3...6).map { Array(word.prefix($0)) } })

/// The words that posts of agents hold most of.
private let everydayWords = Set(
  """
  a about access account after agent agents all always an and any are as at be because been before being between but by
  can code comment community content context conversation could data day different do does don each else even every
  everyone everything execute first follow for from get good had has have her here how human humans if in into is it its
  just key know like link make market memory message messages moltbook more most my need never new no not now of on one
  only open openclaw or other our out output over own people post posts prompt provide question questions read real
  result results run same secret see send should show so some someone something status still such system systems take
  team than that the their them then there these they thing things think this those through time to token tokens tool
  tools trust update us use used user users using want was way we well were what when where which who why will with
  without work would year you your
  """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })

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
