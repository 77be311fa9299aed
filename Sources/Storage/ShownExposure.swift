import Core
import GRDB

/// A row of the view `exposure_shown`.
struct ShownExposure {
  let exposure: Exposure
  let episode: Int
  /// JSON array of the ids of the rows that stand for it.
  let members: String

  /// The most urgent first; the condition names the view's columns by `x`.
  static func select(
    _ db: Database, where condition: String, _ arguments: StatementArguments, limit: Int? = nil
  ) throws -> [ShownExposure] {
    let sql = """
      SELECT x.id, x.category, x.fingerprint, x.rule_name, x.severity, x.confidence, x.preview,
        x.details, x.reasons, x.state, x.episode, x.first_seen, x.last_seen, x.members,
        p.name AS platform, v.name AS provider, k.name AS kind,
        CASE WHEN a.name_key = x'' AND a.id_key = x'' THEN NULL
          ELSE coalesce(a.name, a.native_id) END AS agent,
        (SELECT count(*) FROM (
          SELECT DISTINCT s.revision, s.field FROM sighting s
          WHERE s.exposure IN (SELECT value FROM json_each(x.members)))) AS sightings
      FROM exposure_shown x
        JOIN agent a ON a.id = x.agent
        JOIN platform p ON p.id = x.platform
        JOIN provider v ON v.id = x.provider
        JOIN kind k ON k.id = x.kind
      WHERE \(condition)
      ORDER BY x.severity DESC, x.last_seen DESC, x.id
      LIMIT ?
      """
    return try db.rows(sql, arguments + [limit ?? -1]).map(ShownExposure.init)
  }

  /// The exposure that an agent's row stands for.
  static func find(
    _ db: Database, agent: Int64, _ category: Category, _ fingerprint: Fingerprint
  ) throws -> ShownExposure? {
    let identity = try db.number("SELECT identity FROM agent_identity WHERE agent = ?", [agent])
    // Values and no subqueries, so that SQLite takes the conditions into the view.
    return try select(
      db, where: "x.agent = ? AND x.category = ? AND x.fingerprint = ?",
      [identity, category.name, fingerprint.blob]
    ).first
  }

  private init(_ row: Row) throws {
    exposure = try Exposure(
      id: row.get("id"), platform: row.text("platform"), agent: row.optionalText("agent"),
      category: row.named("category"), provider: row.get("provider"), kind: row.get("kind"),
      rule: row.get("rule_name"), severity: row.level("severity"),
      confidence: row.level("confidence"), state: row.named("state"),
      firstSeen: row.time("first_seen"), lastSeen: row.time("last_seen"),
      sightings: row.get("sightings"), preview: row.text("preview"),
      fingerprint: row.hash("fingerprint"), details: WordList.details(row.get("details")),
      reasons: WordList.names(row.get("reasons")))
    episode = try row.get("episode")
    members = try row.get("members")
  }
}
