import GRDB

extension Store {
  /// What is wrong with the store, a sentence each; empty where nothing is.
  package func verify() throws -> [String] {
    try read { db in
      var faults = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      faults += try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
        let table: String = try row.get("table")
        let parent: String = try row.get("parent")
        return "a row of \(table) points to a row of \(parent) that is missing"
      }
      for (rule, sql) in invariants {
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM (\(sql))") ?? 0
        if count > 0 { faults.append("\(rule): \(count) rows do not hold to it") }
      }
      return faults
    }
  }
}

/// What must be true of every store, with the query for the rows that break it.
private let invariants = [
  (
    "an exposure has a sighting",
    "SELECT 1 FROM exposure WHERE id NOT IN (SELECT exposure FROM sighting)"
  ),
  (
    "a post has a revision",
    "SELECT 1 FROM post WHERE id NOT IN (SELECT post FROM revision)"
  ),
  (
    "an exposure is on its agent's platform",
    "SELECT 1 FROM exposure e JOIN agent a ON a.id = e.agent WHERE a.platform <> e.platform"
  ),
  (
    "a post is on its agent's platform",
    "SELECT 1 FROM post t JOIN agent a ON a.id = t.agent WHERE a.platform <> t.platform"
  ),
  (
    "an exposure's times are those of its sightings",
    """
    SELECT 1 FROM exposure e
      JOIN sighting s ON s.exposure = e.id
      JOIN revision r ON r.id = s.revision
      JOIN post t ON t.id = r.post
    GROUP BY e.id
    HAVING e.first_seen <> min(coalesce(t.published_at, r.seen_at))
      OR e.last_seen <> max(coalesce(t.published_at, r.seen_at))
    """
  ),
  (
    "an agent's times are those of its posts",
    """
    SELECT 1 FROM agent a LEFT JOIN post t ON t.agent = a.id
    GROUP BY a.id
    HAVING a.first_seen IS NOT min(coalesce(t.published_at, t.seen_at))
      OR a.last_seen IS NOT max(coalesce(t.published_at, t.seen_at))
    """
  ),
  (
    "covered spans of a listing do not touch",
    """
    SELECT 1 FROM covered a JOIN covered b
      ON b.source = a.source AND b.listing = a.listing AND b.id > a.id
    WHERE a.oldest <= b.newest AND b.oldest <= a.newest
    """
  ),
  (
    "an alert that waits has a body",
    "SELECT 1 FROM alert WHERE sent_at IS NULL AND dead_at IS NULL AND body = ''"
  ),
  (
    "stored texts hold no control characters",
    """
    SELECT 1 FROM (
      SELECT name AS text FROM agent UNION ALL SELECT native_id FROM agent
      UNION ALL SELECT native_id FROM post UNION ALL SELECT url FROM post
      UNION ALL SELECT channel FROM post UNION ALL SELECT title FROM revision
      UNION ALL SELECT preview FROM exposure UNION ALL SELECT excerpt FROM sighting
      UNION ALL SELECT native_id FROM skipped)
    WHERE text GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*'
    """
  ),
]
