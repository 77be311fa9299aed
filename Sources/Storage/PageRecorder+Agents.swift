import Core
import Foundation
import GRDB

/// One pair of name and id that posts showed, as the page at hand knows it.
struct AgentRow {
  /// What a row is unique by; empty where unknown.
  struct Key: Hashable {
    let platform: Int64
    let name: Data
    let id: Data

    /// The more a row tells, the greater it is.
    static func < (a: Key, b: Key) -> Bool {
      let knows = (a.id.count, a.name.count)
      let others = (b.id.count, b.name.count)
      if knows != others { return knows < others }
      if a.id != b.id { return a.id.lexicographicallyPrecedes(b.id) }
      return a.name.lexicographicallyPrecedes(b.name)
    }
  }

  let id: Int64
  let key: Key
  var name: Spelling?
  var nativeID: Spelling?
  var ruleset: Int64
  /// Whether the table does not know it so yet.
  var isChanged = false
}

extension PageRecorder {
  /// The row of the author that a reading of a post names.
  mutating func agentRow(of post: PublicPost, platform: Int64) throws -> AgentRow {
    let key = AgentRow.Key(
      platform: platform, name: post.agent.nameKey?.blob ?? Data(),
      id: post.agent.idKey?.blob ?? Data())
    guard var row = try agents[key] ?? storedAgent(key) else {
      let row = try insert(post.agent, key)
      agents[key] = row
      return row
    }
    let name = masked(row.name, cut(post.agent.name), since: row.ruleset)
    let nativeID = masked(row.nativeID, cut(post.agent.id), since: row.ruleset)
    if name != row.name || nativeID != row.nativeID || ruleset > row.ruleset {
      row.name = name
      row.nativeID = nativeID
      row.ruleset = max(row.ruleset, ruleset)
      row.isChanged = true
    }
    agents[key] = row
    return row
  }

  /// Writes what the page's posts tell of agents, once an agent.
  func writeAgents() throws {
    for row in agents.values where row.isChanged {
      try db.run(
        "UPDATE agent SET name = ?, native_id = ?, ruleset = ? WHERE id = ?",
        [row.name?.text, row.nativeID?.text, row.ruleset, row.id])
    }
    for (agent, span) in times {
      try db.run(
        """
        UPDATE agent SET first_seen = min(ifnull(first_seen, ?1), ?1),
          last_seen = max(ifnull(last_seen, ?2), ?2)
        WHERE id = ?3 AND (first_seen IS NULL OR first_seen > ?1 OR last_seen < ?2)
        """,
        [span.oldest.microseconds, span.newest.microseconds, agent])
    }
    for agent in misdated {
      try db.run(
        """
        UPDATE agent SET (first_seen, last_seen) = (
          SELECT min(coalesce(p.published_at, p.seen_at)), max(coalesce(p.published_at, p.seen_at))
          FROM post p WHERE p.agent = agent.id)
        WHERE id = ?
        """,
        [agent])
    }
  }

  /// Of the author that a post has and the one that a new reading names, the one that tells more.
  func betterAgent(_ known: Int64, _ new: AgentRow) throws -> Int64 {
    guard known != new.id else { return known }
    let row = try db.row("SELECT platform, name_key, id_key FROM agent WHERE id = ?", [known])
    guard let row else { return new.id }
    let key = try AgentRow.Key(
      platform: row.get("platform"), name: row.get("name_key"), id: row.get("id_key"))
    return key < new.key ? new.id : known
  }

  private func storedAgent(_ key: AgentRow.Key) throws -> AgentRow? {
    let row = try db.row(
      """
      SELECT id, name, native_id, ruleset FROM agent
      WHERE platform = ? AND name_key = ifnull(?, x'') AND id_key = ifnull(?, x'')
      """,
      [key.platform, key.name, key.id])
    return try row.map { row in
      try AgentRow(
        id: row.get("id"), key: key, name: row.spelling("name"),
        nativeID: row.spelling("native_id"), ruleset: row.get("ruleset"))
    }
  }

  private func insert(_ agent: PublicAgent, _ key: AgentRow.Key) throws -> AgentRow {
    let name = cut(agent.name)
    let nativeID = cut(agent.id)
    // GRDB may bind an empty blob as NULL.
    try db.run(
      """
      INSERT INTO agent (platform, name_key, id_key, name, native_id, ruleset)
      VALUES (?, ifnull(?, x''), ifnull(?, x''), ?, ?, ?)
      """,
      [key.platform, key.name, key.id, name, nativeID, ruleset])
    return AgentRow(
      id: db.lastInsertedRowID, key: key, name: name.map(Spelling.init),
      nativeID: nativeID.map(Spelling.init), ruleset: ruleset)
  }
}
