import Core
import GRDB

extension Store {
  /// The store's contents in a form that equal histories share: no row ids, no times of sight, sorted lines.
  ///
  /// Left out are what depends on when one looked (passes, hosts, attempts, how often a post was skipped), raw texts
  /// of requests and the bodies of alerts.
  package func dump() throws -> String {
    try read { db in
      let tables = try Dump.tables.map { table in
        try Row.fetchAll(db, sql: table.sql).map { "\(table.name) \(Dump.line($0))\n" }.sorted()
      }
      return tables.joined().joined()
    }
  }
}

private enum Dump {
  /// Columns in the order of the query, as one JSON object.
  static func line(_ row: Row) -> String {
    let members = row.map { column, value in
      JSONValue.Member(column, json(value.storage))
    }
    return JSONValue.object(members).rendered
  }

  private static func json(_ value: DatabaseValue.Storage) -> JSONValue {
    switch value {
    case .null: .null
    case .int64(let number): .number(String(number))
    case .double(let number): .number(String(number))
    case .string(let text): .string(text)
    case .blob(let bytes): .text(KeyedHash(blob: bytes).map(\.description) ?? "")
    }
  }

  static let tables: [(name: String, sql: String)] = [
    ("installation", "SELECT key_check FROM installation"),
    (
      "agent",
      """
      SELECT p.name AS platform, a.name_key, a.id_key, a.name, a.native_id, u.name AS rules,
        b.name_key AS identity_name, b.id_key AS identity_id,
        \(dated("first_seen")), \(dated("last_seen"))
      FROM agent a
        JOIN platform p ON p.id = a.platform
        JOIN ruleset u ON u.id = a.ruleset
        JOIN agent_identity i ON i.agent = a.id
        JOIN agent b ON b.id = i.identity
      """
    ),
    (
      "post",
      """
      SELECT p.name AS platform, t.identity, t.native_id, t.kind, a.name_key AS agent_name,
        a.id_key AS agent_id, t.url, t.channel, t.parent, t.published_at, t.comment_count,
        u.name AS rules
      FROM post t
        JOIN platform p ON p.id = t.platform
        JOIN agent a ON a.id = t.agent
        JOIN ruleset u ON u.id = t.ruleset
      """
    ),
    (
      "revision",
      """
      SELECT t.identity AS post, r.hash, r.title, u.name AS rules
      FROM revision r JOIN post t ON t.id = r.post JOIN ruleset u ON u.id = r.ruleset
      """
    ),
    (
      "exposure",
      """
      SELECT p.name AS platform, a.name_key AS agent_name, a.id_key AS agent_id, e.category,
        e.fingerprint, r.name AS rule, v.name AS provider, k.name AS kind, e.severity, e.confidence,
        e.stage, e.preview, e.details, e.reasons, e.state, e.resolution, e.ignored_until, e.episode,
        e.cause, e.announced,
        CASE WHEN undated.exposure IS NULL THEN e.first_seen END AS first_seen,
        CASE WHEN undated.exposure IS NULL THEN e.last_seen END AS last_seen
      FROM exposure e
        JOIN agent a ON a.id = e.agent
        JOIN platform p ON p.id = e.platform
        JOIN rule r ON r.id = e.rule
        JOIN provider v ON v.id = e.provider
        JOIN kind k ON k.id = e.kind
        LEFT JOIN (
          SELECT DISTINCT s.exposure FROM sighting s
            JOIN revision o ON o.id = s.revision JOIN post t ON t.id = o.post
          WHERE t.published_at IS NULL
        ) undated ON undated.exposure = e.id
      """
    ),
    (
      "sighting",
      """
      SELECT a.name_key AS agent_name, a.id_key AS agent_id, e.category, e.fingerprint,
        t.identity AS post, o.hash AS revision, s.field, s.count, s.span_start, s.span_end,
        s.disguise, s.excerpt
      FROM sighting s
        JOIN exposure e ON e.id = s.exposure
        JOIN agent a ON a.id = e.agent
        JOIN revision o ON o.id = s.revision
        JOIN post t ON t.id = o.post
      """
    ),
    (
      "journal",
      """
      SELECT a.name_key AS agent_name, a.id_key AS agent_id, e.category, e.fingerprint, j.event
      FROM journal j JOIN exposure e ON e.id = j.exposure JOIN agent a ON a.id = e.agent
      """
    ),
    (
      "held_back",
      """
      SELECT t.identity AS post, o.hash AS revision, r.name AS rule, h.count
      FROM held_back h
        JOIN revision o ON o.id = h.revision
        JOIN post t ON t.id = o.post
        JOIN rule r ON r.id = h.rule
      """
    ),
    (
      "skipped",
      """
      SELECT s.name AS source, k.native_id, k.reason
      FROM skipped k JOIN source s ON s.id = k.source
      """
    ),
    (
      "covered",
      """
      SELECT s.name AS source, c.listing, c.oldest, c.newest
      FROM covered c JOIN source s ON s.id = c.source
      """
    ),
    (
      "frontier",
      """
      SELECT s.name AS source, f.identity, f.purpose, f.priority, f.expected, f.cause, f.listing,
        f.pages, f.oldest, f.newest, f.floor, f.done_at IS NOT NULL AS done, f.last_error
      FROM frontier f JOIN source s ON s.id = f.source
      """
    ),
    (
      "archive",
      """
      SELECT a.identity, a.position, a.lines, a.digest, u.name AS rules
      FROM archive a JOIN ruleset u ON u.id = a.ruleset
      """
    ),
    (
      "alert",
      """
      SELECT id, sink, event, sent_at IS NOT NULL AS sent, dead_at IS NOT NULL AS dead FROM alert
      """
    ),
  ]

  /// A time of an agent, unless it may be one of sight.
  private static func dated(_ column: String) -> String {
    """
    CASE WHEN NOT EXISTS (
      SELECT 1 FROM post t WHERE t.agent = a.id AND t.published_at IS NULL) THEN a.\(column) END
      AS \(column)
    """
  }
}
