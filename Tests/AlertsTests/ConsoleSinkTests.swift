import Alerts
import Core
import Synchronization
import TestSupport
import Testing

@Suite struct ConsoleSinkTests {
  private func printed(_ alert: Alert) async throws -> String {
    let lines = Lines()
    let settings = SinkSettings(name: "here", kind: .console)
    try await AlertSinks.sink(settings, by: Fixture.means(print: lines.add)).send(alert)
    return lines.text
  }

  @Test(arguments: [
    (AlertEvent.leaked, "posted by"), (.spread, "now also posted by"),
    (.reopened, "posted again by"), (.overdue, "still public, posted by"),
  ])
  func `an alert is two lines`(event: AlertEvent, verb: String) async throws {
    let body = AlertRendering.body(of: Fixture.change(event), rule: Fixture.rule)
    #expect(
      try await printed(Fixture.alert(body, event)) == """
        critical: Acme token acme_…a1b2 \(verb) newt on moltbook, high confidence, first seen \
        2026-11-20T10:00:00Z
          First: Revoke the old token. Do it now, before a new one works: an outage costs less \
        than a stranger's use. Look: exuvia exposures show 12

        """)
  }

  @Test func `a post without an author is told as such`() async throws {
    let change = Fixture.change(exposure: .sample(agent: nil))
    let text = try await printed(
      Fixture.alert(AlertRendering.body(of: change, rule: Fixture.rule)))
    #expect(text.contains("posted by (unknown) on moltbook"))
  }

  @Test func `a summary is two lines`() async throws {
    let alert = Fixture.alert(AlertRendering.body(of: Fixture.summary), .summary)
    #expect(
      try await printed(alert) == """
        summary: 7 exposures of 3 agents from 2026-11-23T10:00:00Z to 2026-11-23T10:01:30Z: \
        credential 1 critical, 2 high; injection 4 medium
          Look: exuvia exposures list

        """)
  }

  @Test(arguments: ["", "{}", "no JSON", #"{"severity":1}"#, "[]"])
  func `a body that cannot be read is told, not thrown`(body: String) async throws {
    #expect(
      try await printed(Fixture.alert(body))
        == "An alert could not be read; look: exuvia alerts list\n")
  }

  @Test(arguments: HostileText.all)
  func `hostile text moves no cursor`(hostile: HostileText) async throws {
    let text = hostile.text
    let exposure = Exposure.sample(platform: text, agent: text, preview: text)
    let body = AlertRendering.body(of: Fixture.change(exposure: exposure), rule: { _ in nil })
    let shown = try await printed(Fixture.alert(body))
    #expect(shown.count { $0 == "\n" } == 2)
    #expect(!shown.unicodeScalars.contains { $0.isHarmful && $0 != "\n" })
  }

  @Test func `a stored body that was tampered with moves no cursor either`() async throws {
    let body = AlertRendering.body(of: Fixture.change(), rule: Fixture.rule)
      .replacing(#""newt""#, with: #""\u001b[2Jnewt\n\u202e""#)
    let shown = try await printed(Fixture.alert(body))
    #expect(shown.contains("\u{FFFD}[2Jnewt\u{FFFD}\u{FFFD} on moltbook"))
    #expect(shown.count { $0 == "\n" } == 2)
  }
}

/// What was printed.
private final class Lines: Sendable {
  private let lines = Mutex("")
  var text: String { lines.withLock { $0 } }
  @Sendable func add(_ text: String) { lines.withLock { $0 += text } }
}
