import Core
import Documents
import Foundation
import TestSupport
import Testing

@testable import Detection

@Suite struct PatternPartsTests {
  private static let rules = """
    provider: acme
    name: Acme
    family: other
    events:
      - {before: 'yesterday', severity: low, what: All keys were replaced.}
    rules:
      - id: acme-key
        name: Acme key
        category: credential
        severity: high
        confidence: high
        trigger: {literals: ['acme']}
        pattern: '(?x) (?<![A-Za-z0-9]) acme {{assigned}} (?<secret>[a-z]{20}){{end}}'
        examples: ['acme = «{lower:20}»']
        negative_examples: [{text: 'acme = {lower:19}', why: too short}]
        basis: observed
    """

  @Test func `a part stands for its text, and may use those above it`() {
    let faults = Faults()
    let parts = PatternParts(
      """
      parts:
        - {name: sign, pattern: '[=:]'}
        - {name: assigned, pattern: '\\s? {{sign}} \\s?'}
      """, file: "parts.yml", faults: faults)
    let rules = RuleReader(faults: faults, parts: parts).rules(in: Self.rules, file: "acme.yml")
    #expect(
      rules.first?.pattern
        == #"(?x) (?<![A-Za-z0-9]) acme \s? [=:] \s? (?<secret>[a-z]{20})"#)
    let told = faults.list.map(\.description)
    #expect(told.contains { $0.contains("no part is called `end`") })
    #expect(told.contains { $0.contains("`yesterday` is no day") })
  }

  @Test func `parts are read from their file before the rules`() async throws {
    try await withTemporaryFolder { folder in
      let rules = Self.rules.replacing("yesterday", with: "2026-02-03")
      try Data(rules.utf8).write(to: folder.appending(path: "acme.yml"))
      #expect(throws: RuleError.self) { try RuleSet(folder: folder.path) }
      let parts = """
        parts:
          - {name: assigned, pattern: ' \\s? = \\s? '}
          - {name: end, pattern: '(?![a-z])'}
        """
      try Data(parts.utf8).write(to: folder.appending(path: "parts.yml"))
      let set = try RuleSet(folder: folder.path)
      #expect(set.check() == [])
      #expect(set.rules.map(\.id) == ["acme-key"])
      #expect(set.rules.first?.provider.events.map(\.severity) == [.low])
    }
  }
}
