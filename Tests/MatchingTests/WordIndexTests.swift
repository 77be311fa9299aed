import Bytes
import Testing

@testable import Matching

@Suite struct WordIndexTests {
  /// Literals, whether a word begins with them wherever they count, and the place of the gram they are known by.
  @Test(arguments: [
    ("sk-", true, 0), ("sk-", false, nil), ("-us1", false, 1), ("\"kty\":", false, 1),
    ("api key", false, 4), ("a key is", false, 2), (":18789", false, 1), ("10/tcp", false, 3),
    ("AA", true, nil), ("5 abc", false, 2), ("a \"b", true, nil), ("$2a$1", false, 1),
  ])
  func `a literal is known by a word that begins in it`(text: String, beginsWord: Bool, place: Int?)
  {
    let literal = Literal(text, ignoresCase: false)
    #expect(WordIndex.gram(of: literal, beginsWord: beginsWord)?.place == place)
  }

  @Test(arguments: 0..<300)
  func `hits equal those of a plain search over random texts`(seed: Int) {
    var random = SystemRandomNumberGenerator()
    let words = [
      ("abc", true), ("bca", true), ("cab_", true), ("-abc", false), ("ab-cab", true),
      ("b-c-abca", false), ("ABCA", true), ("abc abc", true), ("Bca", true),
    ]
    let index = WordIndex(words.map { (Literal($0, ignoresCase: false), $1) })
    let utf8 = (0..<Int.random(in: 0...200, using: &random)).map { _ in
      Array("abcabcABC_- ".utf8).randomElement(using: &random) ?? 0
    }
    var expected: [LiteralHit] = []
    for at in utf8.indices {
      for (number, (word, beginsWord)) in words.enumerated()
      where utf8[at...].starts(with: word.utf8) {
        let isBehindWord = at > 0 && isAlphanumeric(utf8[at - 1]) && !isHump(at, in: utf8)
        if !beginsWord || !isBehindWord { expected.append(.init(at: at, literal: number)) }
      }
    }
    var hits: [LiteralHit] = []
    utf8.withUnsafeBytes { index.findHits(in: $0, ByteMasks($0), within: nil, into: &hits) }
    // It may give more: where the word that it is known by is not its first.
    #expect(hits.filter(expected.contains) == expected)
    for hit in hits {
      #expect(utf8[hit.at...].starts(with: words[hit.literal].0.utf8))
    }
  }

  @Test func `only words of the wanted blocks are looked at`() {
    let index = WordIndex([(Literal("key_", ignoresCase: false), true)])
    let utf8 = Array(String(repeating: "key_ is a word of eight...\n", count: 40).utf8)
    for range in [0..<0, 0..<1, 64..<128, 100..<700, 0..<utf8.count] {
      var near = BlockSet()
      near.reset(for: utf8.count)
      near.insert(range)
      var hits: [LiteralHit] = []
      utf8.withUnsafeBytes { index.findHits(in: $0, ByteMasks($0), within: near, into: &hits) }
      let blocks = range.isEmpty ? 0..<0 : range.lowerBound / 64..<(range.upperBound + 63) / 64
      let places = stride(from: 0, to: utf8.count, by: 27).filter { blocks.contains($0 / 64) }
      #expect(hits.map(\.at) == places)
    }
  }

  /// Whether a word begins in the midst of letters: the K of `apiKey` and `APIKey`, the k of `APIkey`.
  private func isHump(_ at: Int, in utf8: [UInt8]) -> Bool {
    func isCapital(_ place: Int) -> Bool {
      utf8.indices.contains(place) && (0x41...0x5A).contains(utf8[place])
    }
    func isSmall(_ place: Int) -> Bool {
      utf8.indices.contains(place) && (0x61...0x7A).contains(utf8[place])
    }
    return isCapital(at) && (isSmall(at - 1) || isCapital(at - 1) && isSmall(at + 1))
      || isSmall(at) && isCapital(at - 1) && isCapital(at - 2)
  }
}
