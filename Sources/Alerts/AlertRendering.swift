package import Core

/// The bodies of alerts: JSON with absolute times only, so that a body never changes once it is made.
package enum AlertRendering {
  /// What happened to one exposure, and what to do first; holds no excerpt.
  package static func body(of change: ExposureChange, rule: (String) -> Rule?) -> String {
    let (exposure, sighting) = (change.exposure, change.sighting)
    let known = rule(exposure.rule)
    let step = Recommendation.plan(for: [exposure], rule: rule).first?.steps.first
    let body: JSONValue = [
      "schema": .int(1),
      "event": .string(change.event.name),
      "severity": .string(exposure.severity.name),
      "confidence": .string(exposure.confidence.name),
      "category": .string(exposure.category.name),
      "provider": .string(exposure.provider),
      "kind": .string(exposure.kind),
      "rule": .string(exposure.rule),
      "what": .string(known?.name ?? exposure.kind),
      "preview": .text(exposure.preview.prefix(80)),
      "fingerprint": .string(exposure.fingerprint.description),
      "platform": .text(exposure.platform.prefix(64)),
      "agent": .text(exposure.agent?.prefix(128)),
      "exposure": .string(String(exposure.id)),
      "post": .text(sighting.post.prefix(256)),
      "field": .string(sighting.field.name),
      "url": .text(sighting.url?.prefix(2_048)),
      "first_seen": .string(exposure.firstSeen.description),
      "published_at": .text(sighting.publishedAt?.description),
      "seen_at": .string(sighting.seenAt.description),
      "cause": .string(change.cause.name),
      "episode": .int(change.episode),
      "grants": .text(known?.grants),
      "first_step": .text(step),
      "look": .string(NextCommand.exposure(exposure.id)),
      "look_agent": .text(NextCommand.agent(exposure.platform, exposure.agent)),
    ]
    return body.rendered
  }

  /// What a pass found that no single alert told.
  package static func body(of summary: PassSummary) -> String {
    let counts = Category.allCases.compactMap { category -> JSONValue.Member? in
      let some = Severity.allCases.reversed().compactMap { severity -> JSONValue.Member? in
        guard let count = summary.counts[category]?[severity], count > 0 else { return nil }
        return .init(severity.name, .int(count))
      }
      return some.isEmpty ? nil : .init(category.name, .object(some))
    }
    let causes = Cause.allCases.filter(summary.causes.contains)
    let body: JSONValue = [
      "schema": .int(1),
      "event": .string(AlertEvent.summary.name),
      "severity": .text(summary.worst?.name),
      "total": .int(summary.total),
      "agents": .int(summary.agents),
      "counts": .object(counts),
      "causes": .array(causes.map { .string($0.name) }),
      "from": .string(summary.from.description),
      "to": .string(summary.to.description),
      "look": .string("exuvia exposures list"),
    ]
    return body.rendered
  }
}

extension PassSummary {
  /// How many exposures it counts.
  var total: Int { counts.values.flatMap(\.values).reduce(0, +) }

  /// The worst severity that it counts.
  var worst: Severity? {
    counts.values.flatMap { $0.filter { $0.value > 0 }.keys }.max()
  }
}
