import Core
import Reporting
import TestSupport
import Testing

@Suite struct RulesReportTests {
  private let rules: [Rule] = [
    .sample(), .sample(id: "beta-webhook-signing", provider: "beta", severity: .medium),
  ]

  @Test func `rules are a table`() {
    #expect(
      RulesReport.text(rules, Style(width: 120)) == """
        ID                    KIND                  SEVERITY  CONFIDENCE  CHECK         BASIS
        acme-token            acme-token            critical  high        crc32-base62  documented
        beta-webhook-signing  beta-webhook-signing  medium    high        crc32-base62  documented

        2 rules of 2 providers.

        """)
    #expect(RulesReport.text([], Fixture.plain) == "No rules.\n")
  }

  @Test func `the page of kinds counts them by family and shows each`() {
    let page = KindsPage.markdown(rules)
    #expect(page.contains("| all | 2 | 1 | 0 | 1 | 0 | 0 | 2 |\n"))
    #expect(page.contains("| `acme-token` |") && page.contains("| `beta-webhook-signing` |"))
  }

  @Test func `faults are told to scripts, and counted for people`() throws {
    let check = RulesReport.Check(
      rules: 2, examples: 1204,
      faults: [.init(file: "patterns/acme.yml", line: 7, message: "is not found")])
    let document = try Fixture.object(RulesReport.json(check))
    #expect(document["rules"] as? Int == 2)
    let faults = try #require(document["faults"] as? [[String: Any]])
    #expect(faults.first?["line"] as? Int == 7)
    #expect(RulesReport.text(check) == "1 fault\n")
    let sound = RulesReport.Check(rules: 2, examples: 1204, faults: [])
    #expect(RulesReport.text(sound) == "2 rules, 1,204 examples: all hold\n")
  }

  @Test func `scripts find what a rule is and does`() throws {
    let document = try Fixture.object(RulesReport.json(rules))
    let listed = try #require(document["rules"] as? [[String: Any]])
    #expect(listed.map { $0["id"] as? String } == ["acme-token", "beta-webhook-signing"])
    #expect(listed[0]["check"] as? String == "crc32-base62")
    #expect((listed[0]["rotation"] as? [String: Any])?["general"] as? Bool == false)
    #expect(listed.allSatisfy { $0.count == 19 })
  }
}
