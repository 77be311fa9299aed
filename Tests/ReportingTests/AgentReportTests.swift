import Core
import Reporting
import TestSupport
import Testing

@Suite struct AgentReportTests {
  private func standing(
    _ name: String?, _ counts: [Severity: Int], lastSeen: String = "2026-11-21T11:30:00Z"
  ) -> AgentStanding {
    AgentStanding(
      platform: PublicText("moltbook"), name: name.map(PublicText.init(masked:)),
      id: nil, open: counts, exposures: counts.values.reduce(0, +) + 1,
      firstSeen: Timestamp("2026-11-01T00:00:00Z"), lastSeen: Timestamp(lastSeen))
  }

  private var history: AgentHistory {
    AgentHistory(
      platform: PublicText("moltbook"), name: PublicText("newt"), id: PublicText("u-1"),
      exposures: [
        ExposureHistory(
          exposure: .sample(
            id: 15, kind: "other-key", rule: "other", severity: .high, state: .resolved,
            sightings: 1, preview: "‹password›"), sightings: [.sample()]),
        ExposureHistory(
          exposure: .sample(), sightings: (1...5).map { .sample(post: "p-\($0)", url: nil) }),
      ])
  }

  @Test func `the worst agent comes first, posts without an author last`() {
    let agents = [
      standing(nil, [.critical: 9]), standing("calm", [:]), standing("low", [.low: 90]),
      standing("twice", [.critical: 2]), standing("once-high", [.critical: 1, .high: 1]),
      standing("once", [.critical: 1, .medium: 8]),
      standing("once-later", [.critical: 1, .medium: 8], lastSeen: "2026-11-22T00:00:00Z"),
    ]
    let order = AgentStanding.worstFirst(agents).map { $0.name?.string }
    #expect(order == ["twice", "once-high", "once-later", "once", "low", "calm", nil])
    #expect(AgentStanding.worstFirst(agents.reversed()).map { $0.name?.string } == order)
  }

  @Test func `an agent's page counts every state`() {
    var history = history
    history.exposures = ExposureState.allCases.map {
      ExposureHistory(exposure: .sample(state: $0), sightings: [])
    }
    let text = AgentReport.text(history, rule: Fixture.rule, Style(width: 200), now: Fixture.now)
    #expect(
      text.contains(
        "1 open exposure: 1 critical; 1 acknowledged; 1 resolved; 1 ignored; 1 disputed. First"))
    history.exposures.removeFirst()
    #expect(
      AgentReport.text(history, rule: Fixture.rule, Style(width: 200), now: Fixture.now)
        .contains("\nNothing open; 1 acknowledged;"))
  }

  @Test func `agents are a table`() {
    let agents = [standing("newt", [.critical: 1, .low: 1]), standing(nil, [.high: 1])]
    #expect(
      AgentReport.text(agents, Fixture.plain, now: Fixture.now) == """
        AGENT      PLATFORM  WORST     OPEN  ALL  FIRST SEEN   LAST SEEN
        newt       moltbook  critical     2    3  22 days ago  2 days ago
        (unknown)  moltbook  high         1    2  22 days ago  2 days ago

        One of them: exuvia agent PLATFORM/NAME

        """)
    #expect(
      AgentReport.text([], Fixture.plain, now: Fixture.now)
        == "No agent has exposed anything that was seen.\n")
  }

  @Test func `scripts find the agents worst first`() throws {
    let json = AgentReport.json([standing(nil, [:]), standing("newt", [.critical: 1])])
    let document = try Fixture.object(json)
    let agents = try #require(document["agents"] as? [[String: Any]])
    #expect(agents.map { $0["name"] as? String } == ["newt", nil])
    #expect(agents[0]["worst"] as? String == "critical")
    #expect(agents[0]["open"] as? Int == 1)
    #expect(agents[0]["exposures"] as? Int == 2)
    #expect(
      Set(agents[1].keys) == [
        "platform", "name", "id", "worst", "open", "exposures", "open_by_severity", "first_seen",
        "last_seen",
      ])
  }

  @Test func `an agent's page says who, what first, and what is settled`() {
    #expect(
      AgentReport.text(history, rule: Fixture.rule, Fixture.plain, now: Fixture.now) == """
        newt on moltbook (id u-1)
        1 open exposure: 1 critical; 1 resolved. First seen 2026-11-20 10:00 UTC
        (3 days ago), last seen 2026-11-21 11:30 UTC (2 days ago).

        First: Acme token acme_…a1b2
          Revoke the old token. Do it now, before a new one works: an outage costs less
          than a stranger's use.

        critical  acme-token acme_…a1b2, open, high confidence, exposure 12
                  seen 2 times, from 2026-11-20 10:00 UTC (3 days ago) to
                  2026-11-21 11:30 UTC (2 days ago)
                  p-1
                  p-2
                  p-3
                  and in 2 more places: exuvia exposures show 12

        high      other-key ‹password›, resolved, high confidence, exposure 15
                  seen once, 2026-11-21 11:30 UTC (2 days ago)
                  https://moltbook.example/post/p-17

        What to do: exuvia plan moltbook/newt

        """)
  }

  @Test func `an agent without exposures has a page too`() {
    let empty = AgentHistory(
      platform: PublicText("moltbook"), name: PublicText("newt"), id: nil, exposures: [])
    #expect(
      AgentReport.text(empty, rule: Fixture.rule, Fixture.plain, now: Fixture.now)
        == "newt on moltbook\nNo exposures.\n")
    #expect(AgentReport.json(empty).contains(#""first_seen": null"#))

    var quiet = empty
    quiet.posts = Timestamp("2026-11-20T10:00:00Z")...Timestamp("2026-11-21T11:30:00Z")
    #expect(
      AgentReport.text(quiet, rule: Fixture.rule, Fixture.plain, now: Fixture.now) == """
        newt on moltbook
        No exposures in its posts from 2026-11-20 10:00 UTC (3 days ago) to
        2026-11-21 11:30 UTC (2 days ago).

        """)
    #expect(AgentReport.json(quiet).contains(#""first_seen": "2026-11-20T10:00:00Z""#))
  }

  @Test func `places that are one page are told once`() {
    let sightings = ["p-1", "p-2"].map { Sighting.sample(post: $0) }
    let history = AgentHistory(
      platform: PublicText("moltbook"), name: PublicText("newt"), id: nil,
      exposures: [ExposureHistory(exposure: .sample(), sightings: sightings)])
    let text = AgentReport.text(history, rule: Fixture.rule, Fixture.plain, now: Fixture.now)
    #expect(text.split(separator: "\n").count { $0.contains("post/p-17") } == 1)
    #expect(!text.contains("more place"))
  }

  @Test func `a name that cannot be pasted gives the plan of the worst exposure`() throws {
    var history = history
    history.name = PublicText("$(reboot)")
    let document = try Fixture.object(AgentReport.json(history))
    #expect(document["next"] as? String == "exuvia plan 12")
  }

  @Test func `scripts find an agent's exposures with their places`() throws {
    let document = try Fixture.object(AgentReport.json(history))
    #expect((document["agent"] as? [String: Any])?["id"] as? String == "u-1")
    let exposures = try #require(document["exposures"] as? [[String: Any]])
    #expect(exposures.map { $0["id"] as? String } == ["12", "15"])
    #expect((exposures[0]["seen"] as? [Any])?.count == 5)
    #expect(document["next"] as? String == "exuvia plan moltbook/newt")
  }

  @Test func `what was lost, what was given away and what was planted stand apart`() {
    var history = history
    history.exposures += [
      ExposureHistory(
        exposure: .sample(
          id: 21, category: .openPort, kind: "network-nmap-port", rule: "other", severity: .low,
          preview: "203.0.113.20 22 tcp ssh",
          details: [
            .host: PublicText("203.0.113.20"), .port: PublicText("22"),
            .protocol: PublicText("tcp"), .service: PublicText("ssh"),
          ]), sightings: [.sample()]),
      ExposureHistory(
        exposure: .sample(
          id: 22, category: .sshFailure, kind: "ssh-failed-login", rule: "other", severity: .low,
          preview: "root web-1",
          details: [.host: PublicText("web-1"), .user: PublicText("root")]),
        sightings: [.sample()]),
      ExposureHistory(
        exposure: .sample(
          id: 23, category: .injection, kind: "injection-override", rule: "other",
          severity: .high, preview: "Instruction to drop earlier instructions"),
        sightings: [.sample()]),
    ]
    let text = AgentReport.text(history, rule: Fixture.rule, Fixture.plain, now: Fixture.now)
    #expect(
      text.contains(
        """

        Recon: high. 2 finds together tell an attacker of a target:
          hosts        203.0.113.20, web-1
          doors        22/tcp ssh
          accounts     root

        Credentials
        critical  acme-token
        """))
    let order = [
      "Credentials\n", "exposure 12\n", "What else it gave away\n", "exposure 21\n",
      "exposure 22\n", "Texts that read as if planted for others\n", "exposure 23\n",
    ].map { text.firstRange(of: $0)?.lowerBound }
    #expect(!order.contains(nil) && order.compactMap(\.self) == order.compactMap(\.self).sorted())
  }
}
