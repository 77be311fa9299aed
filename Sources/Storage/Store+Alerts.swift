package import Core
import GRDB

extension Store {
  /// The alerts to be sent now, the oldest first.
  package func dueAlerts(at now: Timestamp, limit: Int) throws -> [Alert] {
    try read { db in
      try db.rows(
        """
        SELECT id, sink, event, body, created_at, attempts FROM alert
        WHERE sent_at IS NULL AND dead_at IS NULL AND (not_before IS NULL OR not_before <= ?)
        ORDER BY created_at, id LIMIT ?
        """,
        [now.microseconds, limit]
      ).map { row in
        try Alert(
          id: row.hash("id"), sink: row.get("sink"), event: row.named("event"),
          body: row.get("body"), createdAt: row.time("created_at"), attempts: row.get("attempts"))
      }
    }
  }

  /// Notes that an alert arrived.
  package func alertSent(_ id: KeyedHash, at now: Timestamp) throws {
    try write { db in
      try db.run(
        "UPDATE alert SET sent_at = ?, dead_at = NULL WHERE id = ? AND sent_at IS NULL",
        [now.microseconds, id.blob])
    }
  }

  /// Notes that an alert did not arrive; after `Limits.alertPatience` of failing it is given up.
  ///
  /// The label is a bounded case name, never text of a response.
  package func alertFailed(
    _ id: KeyedHash, label: String, at now: Timestamp, retryAt: Timestamp
  ) throws {
    let patience = Int64(limits.alertPatience * 1_000_000)
    try write { db in
      try db.run(
        """
        UPDATE alert SET attempts = attempts + 1, last_error = ?3, not_before = ?4,
          failing_since = ifnull(failing_since, ?2),
          dead_at = CASE WHEN ?2 - ifnull(failing_since, ?2) >= ?5 THEN ?2 END
        WHERE id = ?1 AND sent_at IS NULL AND dead_at IS NULL
        """,
        [
          id.blob, now.microseconds, String(label.prefix(limits.labelCharacters)),
          retryAt.microseconds, patience,
        ])
    }
  }

  /// How many alerts are still to be sent.
  package func alertsWaiting() throws -> Int {
    try read { db in
      Int(
        try db.number("SELECT count(*) FROM alert WHERE sent_at IS NULL AND dead_at IS NULL") ?? 0)
    }
  }

  /// How many alerts were given up.
  package func alertsDead() throws -> Int {
    try read { db in
      Int(try db.number("SELECT count(*) FROM alert WHERE dead_at IS NOT NULL") ?? 0)
    }
  }

  /// Records a pass, and makes one summary of what no alert has told yet; nothing where there is nothing of that.
  ///
  /// `alerts` makes the summary's alerts, one a sink that wants it; if it throws, nothing is recorded. Gives how many
  /// were queued.
  package func finishPass(_ pass: Pass, alerts: (PassSummary) throws -> [Alert]) throws -> Int {
    try write { db in
      try db.run(
        """
        INSERT INTO pass (started_at, ended_at, complete, posts_read, posts_new, exposures_new,
          exposures_seen_again)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          pass.startedAt.microseconds, pass.endedAt.microseconds, pass.isComplete,
          pass.postsRead, pass.postsNew, pass.exposuresNew, pass.exposuresSeenAgain,
        ])
      guard let summary = try summary(db, of: pass) else { return 0 }
      let queued = try Outbox(db: db).queue(try alerts(summary))
      try db.run("UPDATE exposure SET announced = 1 WHERE announced = 0 AND confidence >= 1", [])
      return queued
    }
  }

  /// The pass that ended last.
  package func lastPass() throws -> Pass? {
    try read { db in
      try db.row("SELECT * FROM pass ORDER BY ended_at DESC, id DESC LIMIT 1", []).map { row in
        try Pass(
          startedAt: row.time("started_at"), endedAt: row.time("ended_at"),
          isComplete: row.get("complete"), postsRead: row.get("posts_read"),
          postsNew: row.get("posts_new"),
          exposuresNew: row.get("exposures_new"),
          exposuresSeenAgain: row.get("exposures_seen_again"))
      }
    }
  }

  private func summary(_ db: Database, of pass: Pass) throws -> PassSummary? {
    guard try db.number("SELECT 1 FROM exposure WHERE announced = 0 LIMIT 1") != nil else {
      return nil
    }
    let rows = try db.rows(
      """
      SELECT x.category, x.severity, x.cause, x.agent, x.recorded_at,
        a.name_key = x'' AND a.id_key = x'' AS is_unknown
      FROM exposure_shown x JOIN agent a ON a.id = x.agent
      WHERE x.announced = 0 AND x.confidence >= 1 AND x.state = 'open'
      """)
    guard !rows.isEmpty else { return nil }
    var summary = PassSummary(
      counts: [:], agents: 0, causes: [], from: pass.startedAt, to: pass.endedAt)
    var agents: Set<Int64> = []
    for row in rows {
      let category: Category = try row.named("category")
      summary.counts[category, default: [:]][try row.level("severity"), default: 0] += 1
      summary.causes.insert(try row.named("cause"))
      // A pass that was cut off left its exposures to this one.
      summary.from = try min(summary.from, row.time("recorded_at"))
      let isUnknown: Bool = try row.get("is_unknown")
      if !isUnknown { agents.insert(try row.get("agent")) }
    }
    summary.agents = agents.count
    return summary
  }
}

/// What is kept of one pass over the sources.
package struct Pass: Sendable, Hashable {
  package var startedAt: Timestamp
  package var endedAt: Timestamp
  /// Whether every required source was read to where it was covered.
  package var isComplete: Bool
  package var postsRead: Int
  package var postsNew: Int
  package var exposuresNew: Int
  package var exposuresSeenAgain: Int

  package init(
    startedAt: Timestamp, endedAt: Timestamp, isComplete: Bool, postsRead: Int = 0,
    postsNew: Int = 0, exposuresNew: Int = 0, exposuresSeenAgain: Int = 0
  ) {
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.isComplete = isComplete
    self.postsRead = postsRead
    self.postsNew = postsNew
    self.exposuresNew = exposuresNew
    self.exposuresSeenAgain = exposuresSeenAgain
  }
}
