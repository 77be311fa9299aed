import Core
import GRDB

/// The rows of alerts, in whatever transaction it is used.
struct Outbox {
  let db: Database

  /// Queues alerts; one that is there already stays as it is. Gives how many were added.
  func queue(_ alerts: [Alert]) throws -> Int {
    var added = 0
    for alert in alerts {
      let id = try db.inserted(
        """
        INSERT OR IGNORE INTO alert (id, sink, event, body, created_at, attempts)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [
          alert.id.blob, alert.sink, alert.event.name, alert.body,
          alert.createdAt.microseconds, alert.attempts,
        ])
      if id != nil { added += 1 }
    }
    return added
  }

  /// Notes that people are told of an exposure, by all the rows that stand for it.
  func markAnnounced(_ members: String) throws {
    try db.run(
      "UPDATE exposure SET announced = 1 WHERE id IN (SELECT value FROM json_each(?))", [members])
  }
}

extension PageRecorder {
  /// Lets the sinks' alerts of a live, young exposure be made; all others wait for the pass's summary.
  mutating func alert(_ event: AlertEvent, _ found: Found, at place: Place) throws {
    let age = place.post.publishedAt.map { page.seenAt - $0 } ?? 0
    guard page.cause == .live, age < terms.maxAge, let sighting = found.sightings.first else {
      return
    }
    let shown = try ShownExposure.find(
      db, agent: place.agent.id, found.category, found.fingerprint)
    guard let shown else { throw ColumnFault(column: "exposure") }
    let change = ExposureChange(
      event: event, cause: page.cause, episode: shown.episode, exposure: shown.exposure,
      sighting: Sighting(
        post: place.post.id, url: place.post.url, field: sighting.field, count: sighting.count,
        publishedAt: place.post.publishedAt, seenAt: page.seenAt,
        excerpt: place.post.excerpts[sighting.field]))
    let made = try alerts(change)
    guard !made.isEmpty else { return }
    outcome.alertsQueued += try Outbox(db: db).queue(made)
    try Outbox(db: db).markAnnounced(shown.members)
  }
}
