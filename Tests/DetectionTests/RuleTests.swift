import Core
import Foundation
import TestSupport
import Testing

@testable import Detection

private let shipped: Result<RuleSet, any Error> = Result {
  try RuleSet(folder: packageRoot.appending(path: "patterns").path)
}

private let trials: [RuleTrial] = (try? shipped.get()).map { RuleTrial.all(of: $0.rules) } ?? []

@Suite struct RuleTests {
  @Test func `the shipped rules can be read`() throws {
    let rules = try shipped.get().rules
    #expect(rules.count >= 60)
    #expect(Set(rules.map(\.id)).count == rules.count)
  }

  @Test func `every example of every shipped rule holds`() throws {
    // One scanner for all: compiling the rules costs more than trying them.
    let scanner = Scanner(try Detector(shipped.get()), key: nil)
    #expect(!trials.isEmpty)
    for trial in trials {
      if let fault = trial.fault(scanner) { Issue.record("\(fault)") }
    }
  }

  @Test func `a rule file's faults are listed all at once, with file and line`() async throws {
    try await withTemporaryFolder { folder in
      let text = """
        provider: acme
        name: Acme
        family: other
        rules:
          - id: acme-key
            name: Acme key
            category: credential
            severity: grave
            confidence: high
            trigger: {literals: ['ac']}
            pattern: '(?<secret>acme_[a-z'
            exmaples: []
        """
      try Data(text.utf8).write(to: folder.appending(path: "acme.yml"))
      do {
        _ = try RuleSet(folder: folder.path)
        Issue.record("a faulty file was read")
      } catch {
        let lines = "\(error)".split(separator: "\n").map(String.init)
        let file = folder.appending(path: "acme.yml").path
        for expected in [
          "\(file):8: `severity`: `grave` is none of info, low, medium, high, critical",
          "\(file):10: the literal `ac` is shorter than 3 bytes",
          "\(file):12: unknown key `exmaples`; did you mean `examples`?",
        ] {
          #expect(lines.contains(expected))
        }
        #expect(lines.contains { $0.hasPrefix("\(file):11: ") && $0.contains("malformed") })
        #expect(lines.last?.contains("nothing was done") == true)
      }
    }
  }

  @Test func `an empty or missing folder is refused with what to do`() {
    #expect(throws: RuleError.self) { try RuleSet(folder: "/nowhere/at/all") }
  }
}

@Suite struct PromiseTests {
  @Test func `triggered matching finds what exhaustive matching finds`() throws {
    let detector = try Detector(shipped.get())
    let matcher = Matcher(detector, limits: Limits())
    // Examples run together, so that one rule's text is the next one's neighbourhood.
    for start in stride(from: 0, to: trials.count, by: 40) {
      let text = trials[start..<min(start + 40, trials.count)].map(\.text).joined(separator: " | ")
      Array(text.utf8).withUnsafeBytes { bytes in
        let found = matcher.matches(in: TextPool(bytes)).matches
        // Each text is tried with its own rules and a quarter of the others. What is no credential may take in what
        // stands around it: of those rules `rules check` tries the examples one by one.
        let own = Set(trials[start..<min(start + 40, trials.count)].map(\.rule.id))
        for rule in detector.rules.indices
        where detector.rules[rule].category == .credential
          && (own.contains(detector.rules[rule].id) || (rule + start / 40).isMultiple(of: 4))
        {
          let triggered = found.filter { $0.rule == rule }.map(\.whole)
          let exhaustive = matcher.exhaustiveMatches(of: rule, in: bytes).map(\.whole)
          let untriggered = exhaustive.filter { !triggered.contains($0) }
            .map { String(decoding: bytes[$0], as: UTF8.self) }
          #expect(triggered == exhaustive, "\(detector.rules[rule].id): \(untriggered)")
        }
      }
    }
  }
}
