import Matching
import Testing

@Suite struct LiteralIndexTests {
  private typealias Hit = LiteralHit

  @Test(arguments: [0, 1, 2, 3, 5, 6, 7, 8, 13])
  func `a literal is found at every offset`(padding: Int) {
    let index = LiteralIndex([
      .init("ghp_", ignoresCase: false), .init("key", ignoresCase: true),
      .init("password", ignoresCase: true),
    ])
    let text = String(repeating: "·", count: padding) + "ghp_KeyGHP_PassWordpassworkey"
    let start = 2 * padding
    #expect(
      hits(of: index, in: Array(text.utf8))
        == [(start, 0), (start + 4, 1), (start + 11, 2), (start + 26, 1)].map(Hit.init))
  }

  @Test(arguments: 0..<300)
  func `hits equal those of a plain search over random texts`(seed: Int) {
    var random = SystemRandomNumberGenerator()
    let all = ["abc", "bca", "ABCA", "cab_", "aaa", "b-c-a", "abcabc", "abcabca", "cbacbacb"]
    let words = Array(all.prefix(seed.isMultiple(of: 3) ? 1 : all.count))
    let index = LiteralIndex(words.map { .init($0, ignoresCase: false) })
    let utf8 = (0..<Int.random(in: 0...90, using: &random)).map { _ in
      Array("abcabcABC_-".utf8).randomElement(using: &random) ?? 0
    }
    let start = Int.random(in: 0...20, using: &random)
    let end = Int.random(in: start...100, using: &random)
    var expected: [Hit] = []
    for at in utf8.indices where at >= start && at < end {
      for (number, word) in words.enumerated() where utf8[at...].starts(with: word.utf8) {
        expected.append(Hit(at: at, literal: number))
      }
    }
    #expect(hits(of: index, in: utf8, from: start, to: end) == expected)
  }

  private func hits(
    of index: LiteralIndex, in text: [UInt8], from start: Int = 0, to end: Int = .max / 2
  ) -> [Hit] {
    var hits: [Hit] = []
    text.withUnsafeBytes { index.findHits(in: $0, from: start, to: end, into: &hits) }
    return hits
  }
}
