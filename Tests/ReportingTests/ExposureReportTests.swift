import Core
import Foundation
import Reporting
import TestSupport
import Testing

@Suite struct ExposureReportTests {
  private let exposures: [Exposure] = [
    .sample(), .sample(id: 130, agent: "toad", severity: .high, state: .resolved),
    .sample(
      id: 14, agent: nil, category: .openPort, kind: "redis", rule: "redis-open", severity: .medium,
      sightings: 1, preview: "203.0.113.7:6379/tcp", details: [.port: PublicText("6379")],
      reasons: []),
  ]

  private var history: ExposureHistory {
    ExposureHistory(
      exposure: exposures[0],
      sightings: [
        .sample(),
        .sample(
          post: "p-99", url: nil, field: .title, count: 3, publishedAt: nil,
          seenAt: "2026-11-21T11:30:00Z", excerpt: nil),
      ])
  }

  @Test func `the list is a table as wide as it needs`() {
    #expect(
      ExposureReport.text(exposures, Style(width: 120), now: Fixture.now) == """
         ID  SEVERITY  AGENT               KIND        PREVIEW               STATE     LAST SEEN
         12  critical  moltbook/newt       acme-token  acme_…a1b2            open      2 days ago
        130  high      moltbook/toad       acme-token  acme_…a1b2            resolved  2 days ago
         14  medium    moltbook/(unknown)  redis       203.0.113.7:6379/tcp  open      2 days ago

        One of them: exuvia exposures show ID

        """)
  }

  @Test(arguments: [80, 60])
  func `a narrow terminal narrows the widest columns`(width: Int) {
    let text = ExposureReport.text(exposures, Style(width: width), now: Fixture.now)
    let lines = text.split(separator: "\n")
    // Beneath its columns' least widths a table is cut no further.
    #expect(lines.allSatisfy { $0.count <= max(width, 80) })
    #expect(text.contains("moltbook/(u"))
    #expect(lines[0].contains("SEVERITY"))
  }

  @Test func `no exposures make no table`() {
    #expect(ExposureReport.text([], Fixture.plain, now: Fixture.now) == "No exposures.\n")
    #expect(ExposureReport.json([]) == "{\n  \"schema\": 1,\n  \"exposures\": []\n}\n")
  }

  @Test func `scripts find every key of an exposure`() throws {
    let document = try Fixture.object(ExposureReport.json(exposures))
    #expect(document["schema"] as? Int == 1)
    let listed = try #require(document["exposures"] as? [[String: Any]])
    #expect(listed.map { $0["id"] as? String } == ["12", "130", "14"])
    let first = listed[0]
    #expect(first["first_seen"] as? String == "2026-11-20T10:00:00Z")
    #expect(first["fingerprint"] as? String == "00000000000000f0000000000000000c")
    #expect(first["sightings"] as? Int == 2)
    #expect((listed[2]["details"] as? [String: String]) == ["port": "6379"])
    for exposure in listed {
      #expect(
        Set(exposure.keys) == [
          "id", "platform", "agent", "category", "provider", "kind", "rule", "severity",
          "confidence", "state", "first_seen", "last_seen", "sightings", "preview", "fingerprint",
          "reasons", "details",
        ])
    }
    #expect(ExposureReport.json(exposures).contains(#""agent": null,"#))
  }

  @Test func `one exposure is told with its places and its first step`() {
    #expect(
      ExposureReport.text(history, rule: Fixture.rule, Fixture.plain, now: Fixture.now) == """
        Acme token acme_…a1b2
        exposure 12: critical, high confidence, open
          posted by    newt on moltbook
          first seen   2026-11-20 10:00 UTC (3 days ago)
          last seen    2026-11-21 11:30 UTC (2 days ago)
          sightings    2
          rule         acme-token
          why          its checksum is right
          grants       everything the token's scopes allow at Acme
          fingerprint  00000000000000f0000000000000000c

        Seen
          2026-11-21 11:30 UTC (2 days ago), in the title, 3 times
            p-99
          2026-11-20 10:00 UTC (3 days ago), in the body
            https://moltbook.example/post/p-17
            “my token is acme_…a1b2, thanks”

        First
          Revoke the old token. Do it now, before a new one works: an outage costs less
          than a stranger's use.
          Who posted it need not own it: if it is not yours, tell the owner in private
          and never try it.

        All steps: exuvia plan 12

        """)
  }

  @Test func `a settled exposure asks for nothing`() {
    let settled = ExposureHistory(exposure: .sample(state: .resolved), sightings: [])
    let text = ExposureReport.text(settled, rule: Fixture.rule, Fixture.plain, now: Fixture.now)
    #expect(text.hasSuffix("\nNothing to do: resolved.\n"))
    #expect(!text.contains("Revoke"))
  }

  @Test func `an exposure of an unknown rule is told by its kind`() {
    let text = ExposureReport.text(history, rule: { _ in nil }, Fixture.plain, now: Fixture.now)
    #expect(text.hasPrefix("acme-token acme_…a1b2\n"))
    #expect(text.contains("The steps are general"))
  }

  @Test func `scripts find where an exposure was seen and what to do`() throws {
    let json = ExposureReport.json(history, rule: Fixture.rule)
    let document = try Fixture.object(json)
    #expect(
      Set(document.keys) == [
        "schema", "exposure", "rule_name", "grants", "seen", "steps", "next",
      ])
    let seen = try #require(document["seen"] as? [[String: Any]])
    #expect(seen.map { $0["post"] as? String } == ["p-99", "p-17"])
    #expect(seen[0]["url"] is NSNull)
    #expect(seen[1]["published_at"] as? String == "2026-11-20T10:00:00Z")
    #expect((document["steps"] as? [String])?.count == 5)
    #expect(document["next"] as? String == "exuvia plan 12")
  }
}
