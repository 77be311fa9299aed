/// Something a person should hear of: rendered once, sent at least once, never with the secret.
package struct Alert: Sendable, Hashable {
  /// Keyed hash of fingerprint, event, episode and sink; the same alert always has the same one.
  package var id: KeyedHash
  /// The name of the sink in the configuration.
  package var sink: String
  package var event: AlertEvent
  /// JSON; absolute times only, so that it never changes.
  package var body: String
  package var createdAt: Timestamp
  /// Failed attempts so far.
  package var attempts: Int

  package init(
    id: KeyedHash, sink: String, event: AlertEvent, body: String, createdAt: Timestamp,
    attempts: Int = 0
  ) {
    self.id = id
    self.sink = sink
    self.event = event
    self.body = body
    self.createdAt = createdAt
    self.attempts = attempts
  }
}

/// An exposure that was not in the store before, or opened again, with where it was seen: what alerts are made of.
package struct ExposureChange: Sendable {
  package var event: AlertEvent
  package var cause: Cause
  /// How often the fingerprint was resolved and seen again.
  package var episode: Int
  package var exposure: Exposure
  package var sighting: Sighting

  package init(
    event: AlertEvent, cause: Cause, episode: Int, exposure: Exposure, sighting: Sighting
  ) {
    self.event = event
    self.cause = cause
    self.episode = episode
    self.exposure = exposure
    self.sighting = sighting
  }
}

/// What one pass found that no single alert told: counts by category and severity.
package struct PassSummary: Sendable, Hashable {
  package var counts: [Category: [Severity: Int]]
  package var agents: Int
  package var causes: Set<Cause>
  package var from: Timestamp
  package var to: Timestamp

  package init(
    counts: [Category: [Severity: Int]], agents: Int, causes: Set<Cause>, from: Timestamp,
    to: Timestamp
  ) {
    self.counts = counts
    self.agents = agents
    self.causes = causes
    self.from = from
    self.to = to
  }
}
