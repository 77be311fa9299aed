import Testing

@testable import Matching

private func bytes<Result>(
  _ text: String, _ body: (UnsafeRawBufferPointer) throws -> Result
)
  rethrows -> Result
{
  try Array(text.utf8).withUnsafeBytes(body)
}

@Suite struct PatternTests {
  struct Row: CustomTestStringConvertible {
    var pattern: String
    var anchored: Bool
    var text: String
    var from: Int
    var through: Int
    var expected: Scratch.Outcome
    var testDescription: String { "\(pattern) in \(text) from \(from)" }
  }

  @Test(arguments: [
    Row(pattern: "b+", anchored: true, text: "abbb", from: 1, through: 1, expected: .match(1..<4)),
    Row(pattern: "b+", anchored: true, text: "abbb", from: 0, through: 0, expected: .none),
    Row(pattern: "b+", anchored: false, text: "abbb", from: 0, through: 3, expected: .match(1..<4)),
    Row(pattern: "c", anchored: false, text: "abbc", from: 0, through: 2, expected: .none),
    Row(pattern: "c", anchored: false, text: "abbc", from: 0, through: 3, expected: .match(3..<4)),
    Row(pattern: "(?<!a)b", anchored: true, text: "ab", from: 1, through: 1, expected: .none),
    Row(pattern: "b", anchored: true, text: "", from: 0, through: 0, expected: .none),
    Row(pattern: "\\xff", anchored: false, text: "ÿ", from: 0, through: 1, expected: .none),
  ])
  func `a search begins where it may`(row: Row) throws {
    let pattern = try Pattern(row.pattern, anchored: row.anchored)
    var scratch = Scratch(matchSteps: 100_000)
    let outcome = bytes(row.text) {
      scratch.firstMatch(of: pattern, in: $0, from: row.from, through: row.through)
    }
    #expect(outcome == row.expected)
  }

  @Test func `named groups are found by name, also where alternatives share one`() throws {
    let pattern = try Pattern("(?<host>[a-z]+):(?<port>\\d+)|(?<port>\\d+)@", anchored: true)
    #expect(pattern.groups.map(\.name) == ["host", "port", "port"])
    var scratch = Scratch(matchSteps: 100_000)
    let ranges = bytes("web:80") { text in
      _ = scratch.firstMatch(of: pattern, in: text, from: 0, through: 0)
      return pattern.groups.map { scratch.range(ofGroup: $0.number) }
    }
    #expect(ranges == [0..<3, 4..<6, nil])
  }

  @Test func `a pattern made to backtrack is cut, not hung`() throws {
    let pattern = try Pattern("(a+)+$", anchored: true)
    var scratch = Scratch(matchSteps: 100_000)
    let text = String(repeating: "a", count: 5_000) + "b"
    let outcome = bytes(text) { scratch.firstMatch(of: pattern, in: $0, from: 0, through: 0) }
    #expect(outcome == .cut)
  }

  @Test func `what overflows the JIT's stack is matched by the interpreter`() throws {
    let pattern = try Pattern("(?:(?:x|(y))(?=(.)))*z", anchored: true)
    var scratch = Scratch(matchSteps: 10_000_000)
    let text = String(repeating: "xy", count: 60_000) + "z"
    let outcome = bytes(text) { scratch.firstMatch(of: pattern, in: $0, from: 0, through: 0) }
    #expect(outcome == .match(0..<120_001) || outcome == .cut)
    #expect(outcome != .none)
  }

  // An offset limit left in the match context made PCRE2 refuse the next anchored pattern.
  @Test func `an anchored search after a floating one finds its match`() throws {
    let floating = try Pattern("b", anchored: false)
    let anchored = try Pattern("a", anchored: true)
    var scratch = Scratch(matchSteps: 100_000)
    bytes("ab") { text in
      #expect(scratch.firstMatch(of: floating, in: text, from: 0, through: 1) == .match(1..<2))
      #expect(scratch.firstMatch(of: anchored, in: text, from: 0, through: 0) == .match(0..<1))
    }
  }

  @Test func `a malformed pattern says what and where`() {
    #expect(throws: PatternError.self) { try Pattern("ab(c", anchored: true) }
    do {
      _ = try Pattern("ab(c", anchored: true)
    } catch {
      #expect(error.description.contains("at byte 4"))
    }
  }

  @Test func `unicode patterns read characters, others bytes`() throws {
    var scratch = Scratch(matchSteps: 100_000)
    for (unicode, expected) in [(true, 0..<2), (false, 0..<1)] {
      let pattern = try Pattern(".", anchored: true, unicode: unicode)
      let outcome = bytes("é") { scratch.firstMatch(of: pattern, in: $0, from: 0, through: 0) }
      #expect(outcome == .match(expected))
    }
  }
}

@Suite struct LiteralIndexTests {
  @Test(arguments: [0, 1, 2, 3, 5, 6, 7, 8, 13])
  func `a literal is found at every offset`(padding: Int) {
    let index = LiteralIndex([.init("ghp_", ignoresCase: false), .init("key", ignoresCase: true)])
    let text = String(repeating: "·", count: padding) + "ghp_KeyGHP_"
    let start = 2 * padding
    var hits: [[Int]] = []
    bytes(text) { index.forEachHit(in: $0) { hits.append([$0, $1]) } }
    #expect(hits == [[0, start], [1, start + 4]])
  }

  @Test func `hits equal those of a plain search over random texts`() {
    var generator = SystemRandomNumberGenerator()
    let words = ["abc", "bca", "ABCA", "cab_", "aaa", "b-c-a"]
    let index = LiteralIndex(words.map { .init($0, ignoresCase: false) })
    for _ in 0..<300 {
      let length = Int.random(in: 0...60, using: &generator)
      let text = (0..<length).map { _ in "abcABC_-".randomElement(using: &generator) ?? "a" }
      let utf8 = Array(String(text).utf8)
      var hits: Set<[Int]> = []
      utf8.withUnsafeBytes { index.forEachHit(in: $0) { hits.insert([$0, $1]) } }
      var expected: Set<[Int]> = []
      for (number, word) in words.enumerated() {
        for at in utf8.indices where utf8[at...].starts(with: word.utf8) {
          expected.insert([number, at])
        }
      }
      #expect(hits == expected, "\(String(text))")
    }
  }
}

@Suite struct RunFinderTests {
  @Test func `runs equal those of a plain search`() {
    var generator = SystemRandomNumberGenerator()
    let finder = RunFinder("ab".utf8, min: 5)
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
        "aaabbb.".randomElement(using: &generator) ?? "a"
      }
      let utf8 = Array(String(text).utf8)
      var runs: [Range<Int>] = []
      utf8.withUnsafeBytes { finder.forEachRun(in: $0) { runs.append($0) } }
      var expected: [Range<Int>] = []
      var start = 0
      for at in 0...utf8.count where at == utf8.count || utf8[at] == 0x2E {
        if at - start >= 5 { expected.append(start..<at) }
        start = at + 1
      }
      #expect(runs == expected, "\(String(text))")
    }
  }
}

@Suite struct WordRowFinderTests {
  private let finder = WordRowFinder(
    min: 4, shortest: 3, longest: 5, widestGap: 6,
    isListed: {
      ["able", "bird", "cat", "door", "earth"].contains(String(decoding: $0, as: UTF8.self))
    })

  @Test(arguments: [
    ("able bird cat door", 0..<18), ("so: able, bird, cat\n4. door now", 4..<27),
    (String(repeating: "prose ", count: 9) + "cat cat cat cat", 54..<69),
    (String(repeating: "x", count: 7) + " earth door cat bird able cat", 8..<36),
  ])
  func `a row is found whole`(text: String, expected: Range<Int>) {
    var rows: [Range<Int>] = []
    bytes(text) { finder.forEachRow(in: $0) { rows.append($0) } }
    #expect(rows == [expected])
  }

  @Test(arguments: ["able bird cat", "able bird dog cat door", "able bird cats door able", ""])
  func `short and broken rows are no rows`(text: String) {
    var rows: [Range<Int>] = []
    bytes(text) { finder.forEachRow(in: $0) { rows.append($0) } }
    #expect(rows.isEmpty)
  }
}
