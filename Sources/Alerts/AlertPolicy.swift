package import Core

/// Which changes wake somebody at once, which wait for the summary of their pass, and who hears of them.
package struct AlertPolicy: Sendable, Hashable {
  /// Seconds; only younger posts wake anybody.
  package var maxAge: Double

  /// What a successful login is called among SSH findings: the one thing beside credentials that alerts singly.
  package static let successfulLogin = "successful-login"

  package init(maxAge: Double = 7 * 86_400) {
    self.maxAge = maxAge
  }

  /// Whether the change alerts by itself and not in the summary of its pass; sinks may still ask for more.
  package func alertsSingly(_ change: ExposureChange) -> Bool {
    let exposure = change.exposure
    guard exposure.state.stands else { return false }
    switch exposure.category {
    case .credential: break
    case .sshFailure where exposure.kind == AlertPolicy.successfulLogin: break
    default: return false
    }
    switch change.event {
    case .summary: return false
    // What is overdue is old by its nature.
    case .overdue: return true
    case .leaked, .spread, .reopened: return change.cause == .live && isYoung(change.sighting)
    }
  }

  private func isYoung(_ sighting: Sighting) -> Bool {
    sighting.seenAt - (sighting.publishedAt ?? sighting.seenAt) < maxAge
  }

  /// One alert for each sink that asks for the change; `hash` is the keyed hash of an id's parts.
  ///
  /// Equal changes give equal ids, whatever agent or post they came by: the queue takes an id once.
  package func alerts(
    for change: ExposureChange, sinks: [SinkSettings], rule: (String) -> Rule?,
    hash: ([String]) -> KeyedHash
  ) -> [Alert] {
    let exposure = change.exposure
    let sinks = sinks.filter {
      exposure.severity >= $0.minSeverity && exposure.confidence >= $0.minConfidence
    }
    guard !sinks.isEmpty, alertsSingly(change) else { return [] }
    let body = AlertRendering.body(of: change, rule: rule)
    return sinks.map { sink in
      let id = hash([
        exposure.fingerprint.description, change.event.name, String(change.episode), sink.name,
      ])
      return Alert(
        id: id, sink: sink.name, event: change.event, body: body,
        createdAt: change.sighting.seenAt)
    }
  }

  /// One alert for each sink that asks for anything that the summary counts.
  package func alerts(
    for summary: PassSummary, sinks: [SinkSettings], hash: ([String]) -> KeyedHash
  ) -> [Alert] {
    guard let worst = summary.worst else { return [] }
    let body = AlertRendering.body(of: summary)
    return sinks.filter { worst >= $0.minSeverity }.map { sink in
      let id = hash([
        summary.from.description, AlertEvent.summary.name, summary.to.description, sink.name,
      ])
      return Alert(
        id: id, sink: sink.name, event: .summary, body: body, createdAt: summary.to)
    }
  }
}
