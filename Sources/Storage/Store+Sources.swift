package import Core
import GRDB

extension Store {
  /// What of a source's listings is covered, newest first.
  package func sourceState(_ source: String) throws -> SourceState {
    try read { db in
      let rows = try db.rows(
        """
        SELECT c.listing, c.oldest, c.newest FROM covered c JOIN source s ON s.id = c.source
        WHERE s.name = ? ORDER BY c.newest DESC
        """,
        [source])
      return try rows.reduce(into: SourceState()) { state, row in
        let span = try Interval(oldest: row.time("oldest"), newest: row.time("newest"))
        state.covered[try row.get("listing"), default: []].append(span)
      }
    }
  }

  /// The moment since which every listing of the source, or of all sources, is covered without a gap; nil where
  /// none is.
  package func coveredSince(_ source: String? = nil) throws -> Timestamp? {
    try read { db in
      try db.row(
        """
        SELECT max(oldest) AS since FROM (
          SELECT c.oldest, row_number() OVER (
            PARTITION BY c.source, c.listing ORDER BY c.newest DESC) AS place
          FROM covered c JOIN source s ON s.id = c.source
          WHERE ?1 IS NULL OR s.name = ?1)
        WHERE place = 1
        """,
        [source]
      )?.optionalTime("since")
    }
  }

  /// What a host's pace remembers; empty where it was never called.
  package func hostState(_ host: String) throws -> HostState {
    try read { db in
      let row = try db.row("SELECT not_before, sent FROM host WHERE name = ?", [host])
      return try row.map { row in
        try HostState(
          notBefore: row.optionalTime("not_before"),
          sent: WordList.numbers(row.get("sent")).map(Timestamp.init(microseconds:)))
      } ?? HostState()
    }
  }

  /// Keeps a host's pace for later runs.
  package func setHostState(_ state: HostState, of host: String) throws {
    try write { db in
      try db.run(
        """
        INSERT INTO host (name, not_before, sent) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET not_before = excluded.not_before, sent = excluded.sent
        """,
        [host, state.notBefore?.microseconds, WordList.json(state.sent.map(\.microseconds))])
    }
  }

  /// How far the archive was read that the hash stands for.
  package func archivePosition(of archive: KeyedHash) throws -> ArchivePosition? {
    try read { db in
      try db.row(
        """
        SELECT a.position, a.lines, a.digest, r.name AS rules
        FROM archive a JOIN ruleset r ON r.id = a.ruleset WHERE a.identity = ?
        """,
        [archive.blob]
      ).map { row in
        try ArchivePosition(
          archive: archive, offset: row.get("position"), lines: row.get("lines"),
          digest: row.hash("digest"), rules: row.get("rules"))
      }
    }
  }

  /// Findings that were held back for want of confidence, by rule.
  package func heldBack() throws -> [String: Int] {
    try read { db in
      let rows = try db.rows(
        """
        SELECT r.name, sum(h.count) AS count FROM held_back h JOIN rule r ON r.id = h.rule
        GROUP BY r.id
        """)
      return try rows.reduce(into: [:]) { counts, row in
        counts[try row.get("name")] = try row.get("count") as Int
      }
    }
  }
}
