package import Core
import GRDB

extension Store {
  /// The exposures that a filter lets through: the most severe first, of these the last seen, then by id.
  package func exposures(_ filter: ExposureFilter = ExposureFilter()) throws -> [Exposure] {
    let (condition, arguments) = filter.condition
    return try read { db in
      try ShownExposure.select(db, where: condition, arguments, limit: filter.limit)
        .map(\.exposure)
    }
  }

  /// The exposure that an id stands for; nil where there is none.
  package func exposure(_ id: Int64) throws -> Exposure? {
    try read { try shown($0, id)?.exposure }
  }

  /// Where an exposure was seen, the latest first; each place once, whichever rows of its agent show it.
  package func sightings(of id: Int64) throws -> [Sighting] {
    try read { db in
      guard let shown = try shown(db, id) else { return [] }
      return try db.rows(
        """
        SELECT p.native_id, p.url, s.field, max(s.count) AS count, p.published_at, r.seen_at,
          max(s.excerpt) AS excerpt
        FROM sighting s JOIN revision r ON r.id = s.revision JOIN post p ON p.id = r.post
        WHERE s.exposure IN (SELECT value FROM json_each(?))
        GROUP BY s.revision, s.field
        ORDER BY coalesce(p.published_at, r.seen_at) DESC, r.id DESC, s.field
        """,
        [shown.members]
      ).map { row in
        try Sighting(
          post: row.text("native_id"), url: row.optionalText("url"), field: row.named("field"),
          count: row.get("count"), publishedAt: row.optionalTime("published_at"),
          seenAt: row.time("seen_at"), excerpt: row.optionalText("excerpt"))
      }
    }
  }

  private func shown(_ db: Database, _ id: Int64) throws -> ShownExposure? {
    let row = try db.row("SELECT agent, category, fingerprint FROM exposure WHERE id = ?", [id])
    return try row.flatMap { row in
      try ShownExposure.find(
        db, agent: row.get("agent"), row.named("category"), row.hash("fingerprint"))
    }
  }
}

/// Which exposures are asked for; what is nil or empty lets all through.
package struct ExposureFilter: Sendable {
  /// An agent's id, as look-ups give it.
  package var agent: Int64?
  package var platform: String?
  package var category: Category?
  package var provider: String?
  package var minSeverity: Severity = .info
  package var minConfidence: Confidence = .medium
  package var states: Set<ExposureState> = []
  /// Seen at that moment or later.
  package var since: Timestamp?
  package var limit: Int?

  package init() {}

  /// The condition on `exposure_shown` as `x`.
  fileprivate var condition: (String, StatementArguments) {
    var terms = ["x.severity >= ?", "x.confidence >= ?"]
    var arguments: StatementArguments = [minSeverity.rawValue, minConfidence.rawValue]
    func require(_ term: String, _ value: (any DatabaseValueConvertible)?) {
      guard let value else { return }
      terms.append(term)
      arguments += [value]
    }
    require("x.agent = ?", agent)
    require("p.name = ?", platform)
    require("x.category = ?", category?.name)
    require("v.name = ?", provider)
    require("x.last_seen >= ?", since?.microseconds)
    if !states.isEmpty {
      let names = WordList.json(states.map(\.name).sorted())
      require("x.state IN (SELECT value FROM json_each(?))", names)
    }
    return (terms.joined(separator: " AND "), arguments)
  }
}
