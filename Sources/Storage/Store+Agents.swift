package import Core
import Foundation
import GRDB
import Identity

extension Store {
  /// All agents that posts named, the worst first: by open exposures of each severity, then all, then last seen.
  package func agents() throws -> [AgentRecord] {
    try read { try AgentRecord.select($0, where: "TRUE", []) }
  }

  /// The agent that a person means, by the key of the folded name or of the platform's id.
  ///
  /// Names that only look alike are never taken for the one that was asked for; they are offered.
  package func findAgent(_ query: AgentQuery, on platform: String? = nil) throws -> AgentMatch {
    try read { db in
      let found = try agents(db, query, on: platform)
      if found.count == 1 { return .one(found[0]) }
      guard case .name(let name) = query else {
        return found.isEmpty ? .none(near: []) : .several(found)
      }
      guard found.isEmpty else {
        let exact = found.filter { $0.name.map { Spelling($0.string) } == Spelling(name) }
        return exact.count == 1 ? .one(exact[0]) : .several(found)
      }
      return .none(near: try near(db, name, on: platform))
    }
  }

  /// The platforms that posts came from.
  package func platforms() throws -> [PublicText] {
    try read { try $0.rows("SELECT name FROM platform ORDER BY name").map { try $0.text("name") } }
  }

  private func agents(
    _ db: Database, _ query: AgentQuery, on platform: String?
  ) throws
    -> [AgentRecord]
  {
    let platforms =
      try platform.map { [$0] } ?? String.fetchAll(db, sql: "SELECT name FROM platform")
    let column: String
    let keys: [Data]
    switch query {
    case .name(let name):
      column = "name_key"
      keys = platforms.map { key.agentName(platform: $0, name: name).blob }
    case .id(let id):
      column = "id_key"
      keys = platforms.map { key.agentID(platform: $0, id: id).blob }
    }
    // The keys hold the platform already.
    let marks = Array(repeating: "?", count: keys.count).joined(separator: ", ")
    let identities = try Int64.fetchAll(
      db,
      sql: """
        SELECT DISTINCT i.identity FROM agent a JOIN agent_identity i ON i.agent = a.id
        WHERE a.\(column) IN (\(marks))
        """,
      arguments: StatementArguments(keys))
    return try AgentRecord.select(
      db, where: "a.id IN (SELECT value FROM json_each(?))", [WordList.json(identities)])
  }

  private func near(_ db: Database, _ name: String, on platform: String?) throws -> [AgentRecord] {
    let wanted = NameShape(name)
    let rows = try db.rows(
      """
      SELECT i.identity, a.name FROM agent a
        JOIN agent_identity i ON i.agent = a.id JOIN platform p ON p.id = a.platform
      WHERE a.name IS NOT NULL AND (?1 IS NULL OR p.name = ?1)
      ORDER BY a.last_seen DESC, a.id
      """,
      [platform])
    var near: [(distance: Int, agent: Int64)] = []
    for row in rows {
      guard let distance = try wanted.distance(to: NameShape(row.get("name"))) else { continue }
      let agent: Int64 = try row.get("identity")
      if !near.contains(where: { $0.agent == agent }) { near.append((distance, agent)) }
    }
    let closest = near.enumerated()
      .sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
      .prefix(limits.suggestions).map(\.element.agent)
    let records = try AgentRecord.select(
      db, where: "a.id IN (SELECT value FROM json_each(?))", [WordList.json(closest)])
    return closest.compactMap { id in records.first { $0.id == id } }
  }
}

/// What a person calls an agent by, as typed.
package enum AgentQuery: Sendable, Hashable {
  case name(String)
  case id(String)
}

/// The agents that a name or an id stands for.
package enum AgentMatch: Sendable {
  /// Never seen; some that look or sound alike were.
  case none(near: [AgentRecord])
  case one(AgentRecord)
  /// Of several platforms, or several ids under one name.
  case several([AgentRecord])
}

/// One agent, with how it stands.
package struct AgentRecord: Sendable, Hashable {
  /// For `ExposureFilter.agent`.
  package let id: Int64
  package let platform: PublicText
  package let name: PublicText?
  /// The platform's own id.
  package let nativeID: PublicText?
  package let firstSeen: Timestamp
  package let lastSeen: Timestamp
  /// Open exposures by severity; severities without any are left out.
  package let open: [Severity: Int]
  /// Exposures in any state.
  package let exposures: Int

  private init(_ row: Row) throws {
    id = try row.get("id")
    platform = try row.text("platform")
    name = try row.optionalText("name")
    nativeID = try row.optionalText("native_id")
    firstSeen = try row.time("first_seen")
    lastSeen = try row.time("last_seen")
    exposures = try row.get("exposures")
    let counts: [(Severity, Int)] = try Severity.allCases.map {
      ($0, try row.get("open_\($0.rawValue)"))
    }
    open = Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 })
  }

  /// The condition names the agent's row by `a`; posts without an author are nobody's.
  fileprivate static func select(
    _ db: Database, where condition: String, _ arguments: StatementArguments
  ) throws -> [AgentRecord] {
    let levels = Severity.allCases.map(\.rawValue)
    let counts = levels.map { "count(CASE open WHEN \($0) THEN 1 END) AS open_\($0)" }
    let worst = levels.reversed().map { "t.open_\($0) DESC" }
    // One grouping of agents' rows and exposures together: a join of the two groupings would be quadratic.
    let sql = """
      SELECT a.id, p.name AS platform, a.name, a.native_id, t.*
      FROM (
        SELECT identity, min(first_seen) AS first_seen, max(last_seen) AS last_seen,
          count(exposure) AS exposures, \(counts.joined(separator: ", "))
        FROM (
          SELECT i.identity, b.first_seen, b.last_seen, NULL AS exposure, NULL AS open
          FROM agent_identity i JOIN agent b ON b.id = i.agent
          UNION ALL
          SELECT agent, first_seen, last_seen, id, CASE state WHEN 'open' THEN severity END
          FROM exposure_shown WHERE confidence >= 1)
        GROUP BY identity
      ) t
        JOIN agent a ON a.id = t.identity
        JOIN platform p ON p.id = a.platform
      WHERE NOT (a.name_key = x'' AND a.id_key = x'') AND t.first_seen IS NOT NULL
        AND \(condition)
      ORDER BY \(worst.joined(separator: ", ")), t.exposures DESC, t.last_seen DESC, p.name, a.name, a.id
      """
    return try db.rows(sql, arguments).map(AgentRecord.init)
  }
}
