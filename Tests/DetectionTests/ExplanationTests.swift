import Core
import Foundation
import TestSupport
import Testing

@testable import Detection

private let body = "q7RvK2mZx9LdT4nWbY8sH3"

private func rule(
  _ id: String, _ pattern: String, _ literal: String, change: (inout Rule) -> Void = { _ in }
) -> Rule {
  var rule = Rule(
    id: id, name: id, provider: Provider(slug: "acme", name: "Acme", family: .other), kind: id,
    category: .credential, severity: .high, confidence: .medium, trigger: .literals([literal]),
    pattern: pattern, publicPrefix: literal)
  change(&rule)
  return rule
}

private let plain = rule("acme-key", "(?<secret>acme_[A-Za-z0-9]{22})", "acme_")
private let near = rule("acme-near", "(?<secret>near_[A-Za-z0-9_]{22})", "near_") {
  $0.context = Context(words: ["acme"], within: 20)
}
private let wide = rule("acme-url", "(?<secret>https://acme\\.test/acme_\\w{22})", "https://acme")

private func explain(_ text: String, limits: Limits = Limits()) -> Explanation {
  let rules = RuleSet(rules: [plain, near, wide], digest: "test")
  return Scanner(Detector(rules), key: nil, limits: limits).explanation(of: text)
}

@Suite struct ExplanationTests {
  @Test func `a match tells what its rule says and what each reason did to that`() throws {
    let raised = try #require(explain("at Acme: near_\(body)").matches.first)
    #expect(raised.outcome == .found)
    #expect(raised.confidence == .medium && raised.finding.confidence == .high)
    #expect(raised.finding.reasons == [.context] && raised.effects == [.raises])

    let held = try #require(explain("near_your_key_goes_here_now_").matches.first)
    #expect(held.outcome == .heldBack)
    #expect(held.effects.contains(.holds))
    #expect(held.missing == [.context])
  }

  @Test func `a match that gives way names the one that stays`() {
    let matches = explain("https://acme.test/acme_\(body)").matches
    #expect(matches.map(\.finding.rule) == ["acme-url", "acme-key"])
    #expect(matches.map(\.outcome) == [.found, .givesWay(to: "acme-url")])
  }

  @Test func `triggers tell where they stand and which rules matched there`() {
    let triggers = explain("acme_ and acme_\(body) and near_").triggers
    #expect(triggers.map(\.span) == [0..<5, 10..<15, 42..<47])
    #expect(triggers.map(\.cause) == [.literal("acme_"), .literal("acme_"), .literal("near_")])
    #expect(triggers.map(\.matched) == [[], ["acme-key"], []])
    #expect(triggers.map(\.unmatched) == [["acme-key"], [], ["acme-near"]])
  }

  @Test func `readings tell what they undo and where`() throws {
    let encoded = Data("the key is acme_\(body)".utf8).base64EncodedString()
    let explanation = explain("see \(encoded)!")
    let reading = try #require(explanation.readings.first)
    #expect(reading.disguise == [.base64] && reading.parent == nil)
    #expect(reading.span == 4..<4 + encoded.utf8.count)
    #expect(explanation.matches.map(\.reading) == [1])
    #expect(explanation.matches.map(\.finding.disguise) == [[.base64]])
    #expect(explanation.triggers.map(\.reading) == [1])

    let twice = explain(Data("so: \(encoded)".utf8).base64EncodedString())
    #expect(twice.readings.map(\.parent).contains(1))
  }

  @Test func `a text without triggers has nothing to tell`() {
    let explanation = explain("I keep my keys in a vault.")
    #expect(explanation.matches.isEmpty && explanation.triggers.isEmpty && explanation.cuts == 0)
  }

  @Test func `what is too much is cut, and counted`() {
    var limits = Limits()
    limits.findingsPerText = 3
    let explanation = explain(String(repeating: "acme_\(body) ", count: 5), limits: limits)
    #expect(explanation.matches.count == 3 && explanation.triggers.count == 3)
    #expect(explanation.triggersLeft == 2)
    #expect(explanation.cuts > 0)
    limits.text = 20
    #expect(explain("acme_\(body)", limits: limits).bytes == 20)
  }

  @Test func `of every text it tells exactly the findings, and no secret`() throws {
    let scanner = Scanner(try shippedDetector.get(), key: nil)
    let labels = scanner.detector.rules.flatMap { rule -> [String] in
      guard case .literals(let literals) = rule.trigger else { return [] }
      return rule.canonical == .armour ? literals : []
    }
    for post in try generatedPosts(oneIn: 397, seed: 5) {
      let findings = scanner.findings(in: post).findings
      let explanation = scanner.explanation(of: post.body ?? "")
      let told = explanation.matches.filter { $0.outcome == .found || $0.outcome == .heldBack }
      #expect(told.count == findings.count, "\(findings.map(\.rule))")
      for finding in findings {
        #expect(told.contains { $0.finding == finding }, "\(finding.rule)")
      }
      let words = "\(explanation)"
      for finding in findings where finding.category == .credential {
        guard let secret = scanner.reveal(finding, in: post) else { continue }
        // What any rule knows to be public of it, and what armour is known by.
        let shown = explanation.matches.flatMap { $0.finding.details.values.map(\.string) } + labels
        let pieces = pieces(of: secret, shown, scanner.detector.rule(finding.rule))
        #expect(pieces.filter { words.contains($0) } == [], "\(finding.rule)")
      }
    }
  }

  /// Every twelve bytes of a secret that neither its rule's words nor what of it is public hold.
  private func pieces(of secret: String, _ shown: [String], _ rule: Rule?) -> [String] {
    var known = shown + [rule?.publicPrefix ?? "", rule?.id ?? "", rule?.name ?? ""]
    if case .literals(let literals) = rule?.trigger { known += literals }
    let bytes = Array(secret.utf8)
    guard bytes.count >= 12 else { return [] }
    return (0...bytes.count - 12).map { String(decoding: bytes[$0..<$0 + 12], as: UTF8.self) }
      .filter { piece in Set(piece).count > 1 && !known.contains { $0.contains(piece) } }
  }
}
