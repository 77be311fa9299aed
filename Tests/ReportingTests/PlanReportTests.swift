import Core
import Foundation
import Reporting
import TestSupport
import Testing

@Suite struct PlanReportTests {
  private let plan = Recommendation.plan(
    for: [
      .sample(), .sample(id: 13, agent: "toad", fingerprint: 12),
      .sample(
        id: 14, category: .openPort, kind: "redis", rule: "redis-open", severity: .medium,
        preview: "203.0.113.7:6379/tcp"),
    ], rule: Fixture.rule)

  @Test func `steps are numbered, the most urgent matter first`() {
    #expect(
      PlanReport.text(plan, Fixture.plain, now: Fixture.now) == """
        2 matters, 1 to settle now.

        1. Acme token acme_…a1b2: critical, to settle now
           exposures 12, 13, posted by newt on moltbook, toad on moltbook, public since
           2026-11-20 10:00 UTC (3 days ago)
           It grants everything the token's scopes allow at Acme.
           1) Revoke the old token. Do it now, before a new one works: an outage costs
              less than a stranger's use.
           2) Beside that, have the post taken down; it was read, so this undoes
              nothing.
           3) Create a token with the same scopes.
           4) Put it where the old one was read.
           5) Read the security log for its use.
           Where: https://acme.example/tokens
           Note: Who posted it need not own it: if it is not yours, tell the owner in
           private and never try it.
           Note: 2 agents showed it: one replacement serves all, each post needs care.

        2. redis 203.0.113.7:6379/tcp: medium, to look through
           exposure 14, posted by newt on moltbook, public since 2026-11-20 10:00 UTC
           (3 days ago)
           1) Close the port to the internet, or let the service listen on a private
              address only.
           2) Ask for a login on what answers there, and bring it up to date.
           3) Read its logs for strangers since 2026-11-20T10:00:00Z.
           Note: The steps are general: none are written for it.

        """)
  }

  @Test func `what holds for every matter is said once`() {
    let plan = Recommendation.plan(
      for: [.sample(), .sample(id: 13, preview: "acme_…c3d4", fingerprint: 99)],
      rule: Fixture.rule)
    let text = PlanReport.text(plan, Fixture.plain, now: Fixture.now)
    #expect(
      text.hasSuffix(
        """

        On all: Who posted it need not own it: if it is not yours, tell the owner in
        private and never try it.

        """))
    #expect(text.components(separatedBy: "need not own").count == 2)
  }

  @Test func `nothing to do is said`() {
    #expect(
      PlanReport.text([], Fixture.plain, now: Fixture.now)
        == "Nothing to do: no exposure stands open.\n")
    #expect(PlanReport.json([]) == "{\n  \"schema\": 1,\n  \"plan\": []\n}\n")
  }

  @Test func `a matter of many exposures names the first of them`() {
    let many = (1...30).map { Exposure.sample(id: $0, agent: "newt-\($0)", fingerprint: 1) }
    let text = PlanReport.text(
      Recommendation.plan(for: many, rule: Fixture.rule), Style(width: 400), now: Fixture.now)
    #expect(text.contains("exposures 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 20 more, posted by newt-1"))
    #expect(text.contains("newt-5 on moltbook and 25 more,"))
  }

  @Test func `scripts find the steps in order`() throws {
    let document = try Fixture.object(PlanReport.json(plan))
    let matters = try #require(document["plan"] as? [[String: Any]])
    #expect(matters.map { $0["urgency"] as? String } == ["now", "review"])
    #expect(matters[0]["exposures"] as? [String] == ["12", "13"])
    #expect(
      (matters[0]["agents"] as? [[String: String]])?.last == [
        "platform": "moltbook", "name": "toad",
      ])
    #expect((matters[0]["steps"] as? [String])?.count == 5)
    #expect(matters[1]["general"] as? Bool == true)
    #expect(matters.allSatisfy { $0.count == 15 })
  }
}
