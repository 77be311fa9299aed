import Alerts
import Core
import TestSupport
import Testing

@Suite struct AlertPolicyTests {
  private let policy = AlertPolicy()

  private func alerts(
    _ change: ExposureChange, _ sinks: [SinkSettings] = [Fixture.sink()]
  ) -> [Alert] {
    policy.alerts(for: change, sinks: sinks, rule: Fixture.rule, hash: Fixture.hash)
  }

  @Test(arguments: Category.allCases)
  func `only credentials alert singly`(category: Category) {
    let change = Fixture.change(exposure: .sample(category: category))
    #expect(policy.alertsSingly(change) == (category == .credential))
  }

  @Test func `a successful login alerts singly, a failed one does not`() {
    for (kind, alerts) in [(AlertPolicy.successfulLogin, true), ("failed-password", false)] {
      let change = Fixture.change(exposure: .sample(category: .sshFailure, kind: kind))
      #expect(policy.alertsSingly(change) == alerts)
    }
    let elsewhere = Exposure.sample(category: .openPort, kind: AlertPolicy.successfulLogin)
    #expect(!policy.alertsSingly(Fixture.change(exposure: elsewhere)))
  }

  @Test(arguments: Cause.allCases)
  func `only what is seen live alerts singly`(cause: Cause) {
    for event in [AlertEvent.leaked, .spread, .reopened] {
      #expect(policy.alertsSingly(Fixture.change(event, cause: cause)) == (cause == .live))
    }
    #expect(policy.alertsSingly(Fixture.change(.overdue, cause: cause)))
    #expect(!policy.alertsSingly(Fixture.change(.summary, cause: cause)))
  }

  @Test(arguments: [
    ("2026-11-13T10:05:00.000001Z", true), ("2026-11-13T10:05:00Z", false),
    ("2026-11-20T10:05:00Z", true), ("2026-11-20T11:00:00Z", true),
  ])
  func `a post of seven days wakes nobody`(published: String, alerts: Bool) {
    let sighting = Sighting.sample(publishedAt: published, seenAt: "2026-11-20T10:05:00Z")
    #expect(policy.alertsSingly(Fixture.change(sighting: sighting)) == alerts)
    #expect(policy.alertsSingly(Fixture.change(.overdue, sighting: sighting)))
  }

  @Test func `a post without a time is as young as its sight`() {
    #expect(policy.alertsSingly(Fixture.change(sighting: .sample(publishedAt: nil))))
    let strict = AlertPolicy(maxAge: 1)
    #expect(strict.alertsSingly(Fixture.change(sighting: .sample(publishedAt: nil))))
    #expect(!strict.alertsSingly(Fixture.change()))
  }

  @Test func `what is settled wakes nobody`() {
    let states = ExposureState.allCases.filter {
      policy.alertsSingly(Fixture.change(.overdue, exposure: .sample(state: $0)))
    }
    #expect(states == [.open, .acknowledged, .disputed])
  }

  /// What is found, what a sink asks for, and whether they meet.
  struct Threshold: CustomTestStringConvertible {
    var severity: Severity
    var confidence: Confidence
    var sink: SinkSettings
    var meets: Bool
    var testDescription: String { "\(severity) \(confidence) at \(sink)" }
  }

  @Test(arguments: [
    Threshold(severity: .high, confidence: .high, sink: Fixture.sink(), meets: true),
    Threshold(severity: .medium, confidence: .high, sink: Fixture.sink(), meets: false),
    Threshold(severity: .critical, confidence: .medium, sink: Fixture.sink(), meets: false),
    Threshold(
      severity: .info, confidence: .medium, sink: Fixture.sink("all", .info, .medium), meets: true),
    Threshold(
      severity: .high, confidence: .high, sink: Fixture.sink("worst", .critical), meets: false),
  ])
  func `a sink hears of what reaches its thresholds`(threshold: Threshold) {
    let exposure = Exposure.sample(severity: threshold.severity, confidence: threshold.confidence)
    let alerts = alerts(Fixture.change(exposure: exposure), [threshold.sink])
    #expect(alerts.map(\.sink) == (threshold.meets ? [threshold.sink.name] : []))
  }

  @Test func `a sink asks for high severity and high confidence unless told`() {
    let settings = SinkSettings(name: "ops", kind: .console)
    #expect(settings.minSeverity == .high)
    #expect(settings.minConfidence == .high)
  }

  @Test func `each sink has its own alert with one body`() {
    let alerts = alerts(Fixture.change(), [Fixture.sink("a"), Fixture.sink("b")])
    #expect(alerts.map(\.sink) == ["a", "b"])
    #expect(Set(alerts.map(\.body)).count == 1)
    #expect(Set(alerts.map(\.id)).count == 2)
    #expect(alerts.allSatisfy { $0.event == .leaked && $0.attempts == 0 })
    #expect(alerts.allSatisfy { $0.createdAt == Timestamp("2026-11-20T10:05:00Z") })
  }

  @Test func `forty agents that show one key are one alert`() {
    let ids = (1...40).flatMap { number in
      let exposure = Exposure.sample(id: Int64(number), agent: "newt-\(number)", fingerprint: 7)
      return alerts(
        Fixture.change(exposure: exposure, sighting: .sample(post: "p-\(number)"))
      ).map(\.id)
    }
    #expect(ids.count == 40)
    #expect(Set(ids).count == 1)
  }

  @Test func `another event, episode, secret or sink is another alert`() {
    let ids = [
      alerts(Fixture.change()), alerts(Fixture.change(.spread)),
      alerts(Fixture.change(.reopened, episode: 1)), alerts(Fixture.change(.reopened, episode: 2)),
      alerts(Fixture.change(exposure: .sample(fingerprint: 99))),
      alerts(Fixture.change(), [Fixture.sink("other")]),
    ].flatMap { $0.map(\.id) }
    #expect(Set(ids).count == 6)
  }

  @Test func `a summary goes to the sinks that ask for anything in it`() {
    var summary = Fixture.summary
    let sinks = [Fixture.sink("all", .info), Fixture.sink("worst", .critical)]
    let hash = Fixture.hash
    #expect(policy.alerts(for: summary, sinks: sinks, hash: hash).map(\.sink) == ["all", "worst"])
    summary.counts = [.injection: [.medium: 4, .critical: 0]]
    let alerts = policy.alerts(for: summary, sinks: sinks, hash: hash)
    #expect(alerts.map(\.sink) == ["all"])
    #expect(alerts.first?.event == .summary)
    #expect(alerts.first?.createdAt == summary.to)
    #expect(policy.alerts(for: summary, sinks: sinks, hash: hash).map(\.id) == alerts.map(\.id))
    summary.to = summary.to + 1
    #expect(policy.alerts(for: summary, sinks: sinks, hash: hash).map(\.id) != alerts.map(\.id))
    summary.counts = [.injection: [.medium: 0]]
    #expect(policy.alerts(for: summary, sinks: sinks, hash: hash).isEmpty)
  }
}
