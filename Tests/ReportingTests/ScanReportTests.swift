import Core
import Reporting
import TestSupport
import Testing

@Suite struct ScanReportTests {
  private var eventful: ScanSummary {
    var summary = ScanSummary()
    summary.store = "/var/lib/exuvia/exuvia.db"
    summary.postsRead = 1204
    summary.postsNew = 98
    summary.exposuresNew = 3
    summary.newBySeverity = [.critical: 1, .high: 2]
    summary.newAgents = 2
    summary.news = [
      NewExposure(
        id: 12, platform: PublicText("moltbook"), agent: PublicText("newt"), kind: "acme-token",
        preview: PublicText("acme_…a1b2"), severity: .critical),
      NewExposure(
        id: 7, platform: PublicText("moltbook"), agent: nil, kind: "other-key",
        preview: PublicText("‹password›"), severity: .high),
    ]
    summary.exposuresSeenAgain = 5
    summary.alertsSent = 2
    summary.alertsWaiting = 1
    summary.complete = false
    summary.skipped = ["clawhub"]
    summary.incomplete = [.init(source: "moltbook", why: "It did not answer in time.")]
    summary.lag = .init(median: 12.5, p95: 400)
    summary.seconds = 41.2504
    summary.cut = 1
    summary.faults = 4
    summary.heldBack = ["acme-token": 2, "basic-auth": 10]
    return summary
  }

  @Test func `scripts find every key on one line`() {
    #expect(
      ScanReport.json(eventful) == """
        {"schema":1,"store":"/var/lib/exuvia/exuvia.db","posts_read":1204,"posts_new":98,\
        "exposures_new":3,"exposures_new_by_severity":{"critical":1,"high":2,"medium":0,"low":0,\
        "info":0},"exposures_seen_again":5,"alerts_sent":2,"alerts_waiting":1,"complete":false,\
        "skipped":["clawhub"],"incomplete":[{"source":"moltbook",\
        "why":"It did not answer in time."}],"lag_seconds":{"median":12.5,"p95":400},\
        "seconds":41.25,"cut":1,"faults":4,"held_back":{"acme-token":2,"basic-auth":10}}

        """)
  }

  @Test func `an unknown lag is null, an impossible duration too`() throws {
    var summary = ScanSummary()
    summary.seconds = .nan
    let json = ScanReport.json(summary)
    #expect(json.contains(#""lag_seconds":{"median":null,"p95":null},"seconds":null"#))
    #expect(try Fixture.object(json).count == 17)
  }

  @Test func `people read what matters first and the next step with it`() {
    #expect(
      ScanReport.text(eventful, Fixture.plain, verbose: true) == """
        3 new exposures of 2 agents: 1 critical, 2 high.

        ID  SEVERITY  AGENT               KIND        PREVIEW
        12  critical  moltbook/newt       acme-token  acme_…a1b2
         7  high      moltbook/(unknown)  other-key   ‹password›
        And 1 more: exuvia exposures list

        Incomplete: moltbook: It did not answer in time.
        What was read is stored; the next pass goes on from there.
        1 alert waits to be sent; the next pass tries again.
        1,204 posts read, 98 new; 5 exposures seen again; 2 alerts sent; 4 records unreadable; \
        1 text cut; 41 s.
        Not due: clawhub.
        From publication to record: median 13 s, 95th percentile 7 min.
        Held back: basic-auth 10, acme-token 2.
        Store: /var/lib/exuvia/exuvia.db

        """)
  }

  @Test func `a quiet pass is told in two lines`() {
    var summary = ScanSummary()
    summary.postsRead = 1
    summary.seconds = 2.04
    #expect(ScanReport.text(summary, Fixture.plain) == "Nothing new.\n1 post read, 0 new; 2.0 s.\n")
  }

  @Test func `the worst of what is new gives the colour`() {
    let text = ScanReport.text(eventful, Style(colour: true))
    #expect(text.hasPrefix("\u{1B}[1;31m3 new exposures\u{1B}[0m of 2 agents: 1 critical"))
  }

  @Test func `nothing new is said of what was read only`() {
    var summary = ScanSummary()
    summary.complete = false
    summary.incomplete = [.init(source: "moltbook", why: "a gap is open")]
    let text = ScanReport.text(summary, Fixture.plain)
    #expect(text.hasPrefix("Nothing new in what was read.\nIncomplete: moltbook: a gap is open.\n"))
  }

  /// One way for a pass to be worth telling, or not.
  struct Pass: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var isWorthTelling: Bool
    var change: @Sendable (inout ScanSummary) -> Void
  }

  @Test(arguments: [
    Pass(testDescription: "nothing", isWorthTelling: false) { _ in },
    Pass(testDescription: "posts", isWorthTelling: false) { $0.postsNew = 10 },
    Pass(testDescription: "seen again", isWorthTelling: false) { $0.exposuresSeenAgain = 10 },
    Pass(testDescription: "not due", isWorthTelling: false) { $0.skipped = ["moltbook"] },
    Pass(testDescription: "held back", isWorthTelling: false) { $0.heldBack = ["a": 1] },
    Pass(testDescription: "new", isWorthTelling: true) { $0.exposuresNew = 1 },
    Pass(testDescription: "incomplete", isWorthTelling: true) { $0.complete = false },
    Pass(testDescription: "optional source failed", isWorthTelling: true) {
      $0.incomplete = [.init(source: "a", why: "It is gone.")]
    },
    Pass(testDescription: "alerts stuck", isWorthTelling: true) { $0.alertsWaiting = 1 },
  ])
  func `silence is broken by what is new, incomplete or stuck`(pass: Pass) {
    var summary = ScanSummary()
    pass.change(&summary)
    #expect(summary.isWorthTelling == pass.isWorthTelling)
  }

  @Test func `lags are told by nearest rank`() {
    #expect(ScanSummary.Lag(of: []) == nil)
    #expect(ScanSummary.Lag(of: [7]) == .init(median: 7, p95: 7))
    #expect(ScanSummary.Lag(of: [3, 1, 2, 4]) == .init(median: 2, p95: 4))
    #expect(ScanSummary.Lag(of: (1...100).map(Double.init)) == .init(median: 50, p95: 95))
  }
}
