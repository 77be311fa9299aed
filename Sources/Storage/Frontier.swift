import Core
import Foundation
import GRDB
import Identity

/// The rows of requests to be made, in whatever transaction it is used.
struct Frontier {
  /// What is served first.
  enum Priority: Int {
    /// A walk from a listing's top that goes on in this pass.
    case walk
    /// The rest of an earlier pass's walk.
    case gap
    case followUp
  }

  let db: Database
  let key: IdentityKey
  let names: LookUps
  let limits: Limits

  /// Queues a fresh walk from the top of a listing, down to where the listing is covered; what is left of an earlier
  /// walk becomes a gap. A top that was given up begins anew, one that waits keeps its turn.
  func queueTop(_ request: FeedRequest, _ walk: Walk) throws {
    var walk = walk
    walk.floor = try newestCovered(request.source, walk.listing)
    try db.run(
      """
      UPDATE frontier SET priority = ? WHERE source = ? AND listing = ? AND pages > 0
        AND priority = ?
      """,
      [
        Priority.gap.rawValue, try names.id(.source, request.source), walk.listing,
        Priority.walk.rawValue,
      ])
    try write(
      request, walk, .walk,
      onConflict: """
        DO UPDATE SET path = excluded.path, key = excluded.key, subject = excluded.subject,
          expected = excluded.expected, floor = excluded.floor, pages = excluded.pages,
          oldest = excluded.oldest, newest = excluded.newest,
          attempts = CASE WHEN done_at IS NULL THEN attempts ELSE 0 END,
          not_before = CASE WHEN done_at IS NULL THEN not_before END,
          last_error = CASE WHEN done_at IS NULL THEN last_error END,
          done_at = NULL
        """)
  }

  /// Queues the rest of a walk under a key of its own, so that it is no obstacle to the next pass's top.
  func queueRest(_ request: FeedRequest, _ walk: Walk, priority: Priority) throws {
    var request = request
    request.key = "rest \(walk.listing) \(request.path)"
    // Two walks that came to one place go on as one.
    try write(
      request, walk, priority,
      onConflict: """
        DO UPDATE SET path = excluded.path, key = excluded.key, attempts = 0, not_before = NULL,
          last_error = NULL, done_at = NULL, pages = excluded.pages, priority = excluded.priority,
          oldest = coalesce(min(oldest, excluded.oldest), oldest, excluded.oldest),
          newest = coalesce(max(newest, excluded.newest), newest, excluded.newest),
          floor = coalesce(min(floor, excluded.floor), floor, excluded.floor)
        """)
  }

  /// Queues a follow-up that was never queued before.
  func queue(_ request: FeedRequest) throws {
    try write(request, nil, .followUp, onConflict: "DO NOTHING")
  }

  /// Takes an answered request of a walk away.
  func remove(_ request: FeedRequest) throws {
    try db.run(
      "DELETE FROM frontier WHERE source = ? AND identity = ?",
      [try names.id(.source, request.source), identity(request)])
  }

  /// Notes that a follow-up was answered; `next` goes on with it, under the same key or another.
  func finish(_ request: FeedRequest, next: FeedRequest?, at now: Timestamp) throws {
    try queue(request)
    if let next, next.key == request.key, next.path != request.path {
      try db.run(
        """
        UPDATE frontier SET path = ?, attempts = 0, not_before = NULL, last_error = NULL
        WHERE source = ? AND identity = ? AND done_at IS NULL
        """,
        [next.path, try names.id(.source, request.source), identity(request)])
    } else {
      try close(request, error: nil, at: now)
      if let next { try queue(next) }
    }
  }

  /// Notes a failed attempt; after the last one the request is given up.
  func fail(_ request: FeedRequest, label: String, at now: Timestamp, retryAt: Timestamp) throws {
    let source = try names.id(.source, request.source)
    let label = String(label.prefix(limits.labelCharacters))
    try db.run(
      """
      UPDATE frontier SET attempts = attempts + 1, not_before = ?, last_error = ?
      WHERE source = ? AND identity = ? AND done_at IS NULL
      """,
      [retryAt.microseconds, label, source, identity(request)])
    let attempts = try db.number(
      "SELECT attempts FROM frontier WHERE source = ? AND identity = ?",
      [source, identity(request)])
    if let attempts, attempts >= limits.requestAttempts {
      try close(request, error: label, at: now)
    }
  }

  private func close(_ request: FeedRequest, error: String?, at now: Timestamp) throws {
    try db.run(
      """
      UPDATE frontier SET key = NULL, path = NULL, subject = NULL, last_error = ?,
        done_at = ifnull(done_at, ?)
      WHERE source = ? AND identity = ?
      """,
      [error, now.microseconds, try names.id(.source, request.source), identity(request)])
  }

  private func write(
    _ request: FeedRequest, _ walk: Walk?, _ priority: Priority, onConflict: String
  ) throws {
    try db.run(
      """
      INSERT INTO frontier (source, identity, key, path, subject, purpose, priority, expected, cause,
        listing, pages, oldest, newest, floor)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (source, identity) \(onConflict)
      """,
      [
        try names.id(.source, request.source), identity(request), request.key, request.path,
        request.subject, request.purpose.name, priority.rawValue, request.expected,
        request.cause?.name, walk?.listing, walk?.pages, walk?.read?.oldest.microseconds,
        walk?.read?.newest.microseconds, walk?.floor?.microseconds,
      ])
  }

  private func newestCovered(_ source: String, _ listing: String) throws -> Timestamp? {
    try db.row(
      "SELECT max(newest) AS newest FROM covered WHERE source = ? AND listing = ?",
      [try names.id(.source, source), listing]
    )?.optionalTime("newest")
  }

  private func identity(_ request: FeedRequest) -> Data {
    key.hash(.request, request.source, request.key).blob
  }
}

extension FeedRequest {
  /// Takes back a request that waits.
  init(_ row: Row) throws {
    let listing: String? = try row.get("listing")
    let oldest = try row.optionalTime("oldest")
    let newest = try row.optionalTime("newest")
    let read = oldest.flatMap { oldest in newest.map { Interval(oldest: oldest, newest: $0) } }
    try self.init(
      source: row.get("source"), purpose: row.named("purpose"), path: row.get("path"),
      key: row.get("key"),
      walk: listing.map {
        try Walk(listing: $0, pages: row.get("pages"), read: read, floor: row.optionalTime("floor"))
      }, subject: row.get("subject"), expected: row.get("expected"),
      cause: row.get("cause") as String? == nil ? nil : row.named("cause"))
  }
}
