import Core
import Documents
import Foundation
import TestSupport
import Testing

@testable import Detection

@Suite struct RuleLintTests {
  private static let faulty: [(name: String, rules: [String], expected: String)] = [
    (
      "shadowed",
      [
        rule("acme-wide", "wide_", "(?<secret>wide_[a-z0-9_]{20,40})", "«wide_{alnum:30}»"),
        rule("acme-narrow", "wide_a_", "(?<secret>wide_a_[a-z0-9]{20})", "«wide_a_{alnum:20}»"),
      ], ":14: rule `acme-narrow` is shadowed: every example of it is found as `acme-wide`; narrow"
    ),
    (
      "common",
      [rule("acme-common", "the", "the key (?<secret>[a-z0-9]{10})", "the key «{alnum:10}»")],
      ":5: rule `acme-common`: its trigger stands"
    ),
    (
      "exploding",
      [
        rule(
          "acme-slow", "slow_", "(?<secret>slow_(?:[a-z0-9]{1,200}_?){1,40}!)", "«slow_{alnum:20}!»"
        )
      ], ":5: rule `acme-slow`: an attempt takes over 100000 steps"
    ),
    (
      "unbounded",
      [rule("acme-grow", "grow_", "(?<secret>grow_[a-z0-9]+9)", "«grow_{alnum:20}9»")],
      ":5: rule `acme-grow`: the longer a text that goes on with"
    ),
    (
      "early",
      [rule("acme-early", "lead_", "(?<secret>my_lead_[a-z0-9]{20})", "«my_lead_{alnum:20}»")],
      ":5: rule `acme-early`: a match begins 3 bytes before its literal; declare `lead: 3`"
    ),
    (
      "optional",
      [rule("acme-leap", "leap_", "(?<secret>(?:x_)?leap_[a-z0-9]{20})", "«leap_{alnum:20}»")],
      ":5: rule `acme-leap`: a match may begin with `x`"
    ),
  ]

  @Test(arguments: faulty.map(\.name))
  func `a faulty rule is named with its place and what to do`(_ name: String) async throws {
    let (_, rules, expected) = try #require(Self.faulty.first { $0.name == name })
    let faults = try await faults(of: rules)
    #expect(faults.contains { $0.contains("acme.yml" + expected) }, "\(faults)")
  }

  @Test func `a rule that keeps to the rules has no fault`() async throws {
    let plain = Self.rule("acme-key", "acme_", "(?<secret>acme_[a-z0-9]{20})", "«acme_{alnum:20}»")
    #expect(try await faults(of: [plain]).isEmpty)
  }

  @Test func `the shipped rules have no fault`() throws {
    let faults = try RuleSet(folder: packageRoot.appending(path: "patterns").path).check()
    #expect(faults.isEmpty, "\(faults.map(\.description).joined(separator: "\n"))")
  }

  private func faults(of rules: [String]) async throws -> [String] {
    try await withTemporaryFolder { folder in
      let head = "provider: acme\nname: Acme\nfamily: other\nrules:\n"
      try Data((head + rules.joined()).utf8).write(to: folder.appending(path: "acme.yml"))
      return try RuleSet(folder: folder.path).check().map(\.description)
    }
  }

  private static func rule(
    _ id: String, _ literal: String, _ pattern: String, _ example: String
  ) -> String {
    """
      - id: \(id)
        name: \(id)
        category: credential
        severity: high
        confidence: high
        trigger: {literals: ['\(literal)']}
        pattern: '\(pattern)'
        examples: ['\(example)']
        negative_examples: [{text: 'nothing', why: nothing}]

    """.replacing("\n\n", with: "\n")
  }
}
