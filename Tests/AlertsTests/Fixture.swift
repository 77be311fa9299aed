import Alerts
import Core
import TestSupport
import Transport

/// What the suites share: a change, a hash that shows its parts, and what sinks send by.
enum Fixture {
  static func change(
    _ event: AlertEvent = .leaked, cause: Cause = .live, episode: Int = 0,
    exposure: Exposure = .sample(), sighting: Sighting = .sample()
  ) -> ExposureChange {
    ExposureChange(
      event: event, cause: cause, episode: episode, exposure: exposure, sighting: sighting)
  }

  static func rule(_ id: String) -> Rule? { id == "acme-token" ? .sample() : nil }

  /// No keyed hash, but equal for equal parts and different for different ones.
  static func hash(_ parts: [String]) -> KeyedHash {
    var low: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in parts.joined(separator: "/").utf8 { low = (low ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return KeyedHash(high: UInt64(parts.count), low: low)
  }

  static func sink(
    _ name: String = "ops", _ severity: Severity = .high, _ confidence: Confidence = .high
  ) -> SinkSettings {
    SinkSettings(
      name: name, kind: .console, minSeverity: severity, minConfidence: confidence)
  }

  static let summary = PassSummary(
    counts: [
      .injection: [.medium: 4, .low: 0], .credential: [.high: 2, .critical: 1],
      .openPort: [.low: 0],
    ], agents: 3, causes: [.rulesChanged, .firstPass], from: Timestamp("2026-11-23T10:00:00Z"),
    to: Timestamp("2026-11-23T10:01:30Z"))

  static func alert(_ body: String, _ event: AlertEvent = .leaked) -> Alert {
    Alert(
      id: KeyedHash(high: 1, low: 2), sink: "ops", event: event, body: body,
      createdAt: Timestamp("2026-11-23T10:00:00Z"))
  }

  static func means(
    print: @escaping @Sendable (String) -> Void = { _ in },
    send: @escaping AlertSinks.Send = { _, _ in HTTPResponse(status: 204) }
  ) -> AlertSinks.Means {
    AlertSinks.Means(
      print: print, send: send, now: { Timestamp("2026-11-23T10:00:00.9Z") },
      userAgent: "exuvia (test)")
  }
}
