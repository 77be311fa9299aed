package import Core
import GRDB

extension Store {
  /// Queues requests: a pass's top requests, whose walks end where the listing is covered, and follow-ups.
  package func enqueue(_ requests: [FeedRequest]) throws {
    try write { db in
      let frontier = frontier(db)
      for request in requests {
        if let walk = request.walk {
          try frontier.queueTop(request, walk)
        } else {
          try frontier.queue(request)
        }
      }
    }
  }

  /// The request to be made next: walks from the tops of listings, then gaps, the newest first, then follow-ups, the
  /// oldest first.
  ///
  /// The walks of listings whose budget the pass has `spent` wait.
  package func next(
    of source: String, at now: Timestamp, without spent: Set<String> = []
  ) throws
    -> FeedRequest?
  {
    try read { db in
      try db.row(
        """
        SELECT s.name AS source, f.key, f.path, f.subject, f.purpose, f.expected, f.cause, f.listing,
          f.pages, f.oldest, f.newest, f.floor
        FROM frontier f JOIN source s ON s.id = f.source
        WHERE s.name = ? AND f.done_at IS NULL AND (f.not_before IS NULL OR f.not_before <= ?)
          AND (f.listing IS NULL OR f.listing NOT IN (SELECT value FROM json_each(?)))
        ORDER BY f.priority, f.newest DESC, f.id LIMIT 1
        """,
        [source, now.microseconds, WordList.json(spent.sorted())]
      ).map(FeedRequest.init)
    }
  }

  /// Notes that a request failed and may be made again later; after `Limits.requestAttempts` it is given up.
  ///
  /// The label is a bounded case name, never text of a response.
  package func failed(
    _ request: FeedRequest, label: String, at now: Timestamp, retryAt: Timestamp
  ) throws {
    try write { try frontier($0).fail(request, label: label, at: now, retryAt: retryAt) }
  }

  /// The walks of a source that wait for a later pass, newest first.
  package func openGaps(of source: String) throws -> [Gap] {
    try read { db in
      try db.rows(
        """
        SELECT f.listing, f.floor, f.oldest FROM frontier f JOIN source s ON s.id = f.source
        WHERE s.name = ? AND f.done_at IS NULL AND f.pages > 0
        ORDER BY f.oldest DESC, f.id
        """,
        [source]
      ).map { row in
        try Gap(
          listing: row.get("listing"), oldest: row.optionalTime("floor"),
          newest: row.optionalTime("oldest"))
      }
    }
  }

  /// How many requests of a source wait, and how many were given up.
  package func waiting(of source: String) throws -> WaitingRequests {
    try read { db in
      let counts = try db.rows(
        """
        SELECT CASE WHEN f.done_at IS NULL THEN f.priority ELSE -1 END AS class, count(*) AS count
        FROM frontier f JOIN source s ON s.id = f.source
        WHERE s.name = ? AND (f.done_at IS NULL OR f.last_error IS NOT NULL)
        GROUP BY class
        """,
        [source]
      ).map { row -> (Int, Int) in try (row.get("class"), row.get("count")) }
      let byClass = Dictionary(uniqueKeysWithValues: counts)
      return WaitingRequests(
        walks: byClass[Frontier.Priority.walk.rawValue] ?? 0,
        gaps: byClass[Frontier.Priority.gap.rawValue] ?? 0,
        followUps: byClass[Frontier.Priority.followUp.rawValue] ?? 0, givenUp: byClass[-1] ?? 0)
    }
  }

  private func frontier(_ db: Database) -> Frontier {
    Frontier(db: db, key: key, names: LookUps(db: db), limits: limits)
  }
}

/// A span of a listing that is still to be read.
package struct Gap: Sendable, Hashable {
  package var listing: String
  /// Where the listing is covered again; nil where it never was.
  package var oldest: Timestamp?
  /// How far down it was read; nil where posts bear no times.
  package var newest: Timestamp?
}

/// The requests of a source that are not answered.
package struct WaitingRequests: Sendable, Hashable {
  /// Of the pass at hand, from the tops of listings.
  package var walks: Int
  package var gaps: Int
  package var followUps: Int
  /// Not to be made again, since they failed too often.
  package var givenUp: Int

  /// All that will still be made.
  package var count: Int { walks + gaps + followUps }
}
