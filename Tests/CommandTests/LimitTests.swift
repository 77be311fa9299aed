import Foundation
import Testing

/// Inputs that are made to be slow or large: each is cut by a limit, and the answer says so.
@Suite(.serialized) struct LimitTests {
  /// An input, and what is said of it.
  struct Attack: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var file = "attack.txt"
    /// Where standard error says it; else the summary counts something that was cut.
    var fault: String?
    /// Whether a limit has to be reached at all.
    var isCut = true
    var code: Int32 = 0
    var text: @Sendable () -> String
  }

  static let attacks = [
    Attack(testDescription: "a pattern that goes back and forth") {
      "slow_" + String(repeating: "a", count: 5_000)
    },
    Attack(testDescription: "10 MB of triggers") { String(repeating: "acme_ ", count: 1_750_000) },
    Attack(testDescription: "10 MB of one letter") { String(repeating: "a", count: 10 << 20) },
    Attack(testDescription: "base64 in base64, ten times") {
      (0..<10).reduce("the key is under the mat, as ever") { text, _ in
        Data(text.utf8).base64EncodedString()
      }
    },
    Attack(
      testDescription: "JSON 10,000 levels deep", file: "attack.ndjson",
      fault: "attack.ndjson:1: arrays and objects nest deeper than allowed"
    ) {
      let brackets = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
      return #"{"id": "1", "text": "x", "deep": \#(brackets)}"# + "\n"
    },
    Attack(
      testDescription: "a record of 30 MB", file: "attack.ndjson",
      fault: "attack.ndjson:1: longer than a line may be"
    ) { #"{"id": "1", "text": "\#(String(repeating: "word ", count: 6 << 20))"}"# + "\n" },
    Attack(testDescription: "a million findings", code: 1) {
      // All but the first hundred thousand lie behind the end of the longest text.
      String(repeating: "acmes-q7RvK2mZx9LdT4nWbY8sH3cF6gJ1pQ5u ", count: 1_000_000)
    },
    Attack(testDescription: "100,000 entities", isCut: false) {
      String(repeating: "&#97;", count: 100_000)
    },
    Attack(testDescription: "100,000 percent signs, twice over", isCut: false) {
      String(repeating: "%2561", count: 100_000)
    },
    Attack(testDescription: "a title of megabytes beside a thousand keys", file: "attack.ndjson") {
      let keys = (1_000...3_000).map { "near_q7RvK2mZx9LdT4nWbY8s\($0)" }.joined(separator: " ")
      let title = String(repeating: "x y ", count: 500_000)
      return #"{"id": "1", "title": "\#(title)", "text": "\#(keys)"}"# + "\n"
    },
  ]

  @Test(.timeLimit(.minutes(1)), arguments: attacks)
  func `an attack is cut, and counted`(attack: Attack) async throws {
    try await withHome { home in
      try home.write("rules/slow.yml", Self.rules)
      try home.write(attack.file, attack.text())
      try await expect(attack, in: home)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `compressed emptiness is not inflated past the limit`() async throws {
    try await withHome { home in
      let make = "head -c 100000000 /dev/zero | gzip -1 | base64 -w 0 > attack.txt"
      #expect(try await home.shell(make).code == 0)
      try await expect(Attack(testDescription: "a bomb") { "" }, in: home)
    }
  }

  private func expect(_ attack: Attack, in home: Home) async throws {
    let outcome = try await home.run("check", attack.file, "--format", "json")
    #expect(outcome.code == attack.code)
    #expect(outcome.err == (attack.fault.map { "exuvia: \($0)\n" } ?? ""))
    let count = outcome.out.firstMatch(of: /"texts_cut":(\d+)/).flatMap { Int($0.output.1) }
    #expect(((count ?? 0) > 0) == (attack.isCut && attack.fault == nil))

    let lines = try await home.run("check", attack.file, "--format", "jsonl")
    #expect(attack.fault != nil || lines.err.contains("cut short by a limit") == attack.isCut)
  }

  private static let rules = """
    provider: slow
    name: Slow
    family: other
    rotation:
      steps: [Make another.]
    rules:
      - id: slow-key
        name: A key whose pattern is a trap
        category: credential
        severity: high
        confidence: high
        trigger: {literals: ['slow_']}
        pattern: '(?<secret>slow_(?:[a-z]+[a-z]*)+[0-9])'
        examples: ['«slow_ab1»']
        negative_examples: [{text: 'slow_', why: too short}]
        basis: observed
      - id: slow-near
        name: A key that wants its name beside it
        category: credential
        severity: high
        confidence: low
        trigger: {literals: ['near_']}
        pattern: '(?<secret>near_[A-Za-z0-9]{24})(?![A-Za-z0-9])'
        context: {words: [slowly], within: 100}
        examples: ['slowly «near_{base62:24}»']
        negative_examples: [{text: 'near_', why: too short}]
        basis: observed

    """
}
