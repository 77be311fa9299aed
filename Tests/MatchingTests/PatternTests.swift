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
