import Core
import GRDB

/// One row of the table of exposures.
struct ExposureRow {
  var id: Int64
  let agent: Int64
  var judgement: Judgement
  var state: ExposureState
  var resolution: Resolution?
  var ignoredUntil: Int64?
  var episode: Int
  var isAnnounced: Bool
  var firstSeen: Timestamp
  var lastSeen: Timestamp

  /// A row that has not been told of, for something never seen.
  init(_ found: Found, agent: Int64, time: Timestamp) {
    id = 0
    self.agent = agent
    judgement = found.judgement
    state = .open
    episode = 1
    isAnnounced = false
    firstSeen = time
    lastSeen = time
  }

  init(_ row: Row) throws {
    id = try row.get("id")
    agent = try row.get("agent")
    judgement = try Judgement(
      confidence: row.level("confidence"), severity: row.level("severity"),
      rule: row.get("rule"), preview: row.get("preview"), details: row.get("details"),
      reasons: row.get("reasons"), provider: row.get("provider"), kind: row.get("kind"),
      stage: row.get("stage"))
    state = try row.named("state")
    resolution = try (row.get("resolution") as String?) == nil ? nil : row.named("resolution")
    ignoredUntil = try row.get("ignored_until")
    episode = try row.get("episode")
    isAnnounced = try row.get("announced")
    firstSeen = try row.time("first_seen")
    lastSeen = try row.time("last_seen")
  }
}

extension PageRecorder {
  /// Records one exposure of a post, and queues the alerts that it causes.
  mutating func record(_ found: Found, at place: Place) throws {
    // Rows of one agent that stand for the same exposure; more than one only where ids are missing.
    let agents = try sameAgents(as: place.agent.id)
    var rows = try agents.compactMap { try exposureRow(of: $0, found) }
    let wasKnown = rows.contains { $0.judgement.confidence >= .medium }
    var event = try wasKnown ? nil : newness(of: found, on: place.platform)

    let row: ExposureRow
    if let index = rows.firstIndex(where: { $0.agent == place.agent.id }) {
      row = rows[index]
      try update(row, with: found.judgement, time: place.time)
    } else {
      var new = ExposureRow(found, agent: place.agent.id, time: place.time)
      if let sibling = rows.first {
        new.state = sibling.state
        new.resolution = sibling.resolution
        new.ignoredUntil = sibling.ignoredUntil
        new.episode = sibling.episode
        new.isAnnounced = sibling.isAnnounced
      } else if event == nil {
        new.isAnnounced = try isAnnounced(found, on: place.platform)
      }
      row = try insert(new, found, at: place)
      rows.append(row)
    }
    for sighting in found.sightings { try record(sighting, of: row.id, at: place) }

    if place.isNewRevision, row.resolution?.endsWithNewPost == true {
      try reopen(rows)
      event = .reopened
    }
    count(rows, found, at: place, isNew: !wasKnown && found.judgement.confidence >= .medium)
    if let event { try alert(event, found, at: place) }
  }

  private mutating func count(
    _ rows: [ExposureRow], _ found: Found, at place: Place, isNew: Bool
  ) {
    guard let id = rows.map(\.id).min() else { return }
    if isNew {
      exposuresNew[id] = NewExposure(
        id: id, platform: place.post.platform, agent: place.post.agent.name ?? place.post.agent.id,
        kind: found.judgement.kind, preview: PublicText(stored: found.judgement.preview.text),
        severity: found.judgement.severity)
    } else if !rows.contains(where: { exposuresNew[$0.id] != nil }) {
      exposuresAgain.insert(id)
    }
  }

  /// Why people should hear of what this agent had not exposed before; nil where it repeats what others of the
  /// platform have exposed already.
  private func newness(of found: Found, on platform: Int64) throws -> AlertEvent? {
    guard found.judgement.confidence >= .medium else { return nil }
    let isKnown = """
      SELECT EXISTS (SELECT 1 FROM exposure
        WHERE fingerprint = ? AND category = ? AND confidence >= 1
      """
    let arguments: StatementArguments = [found.fingerprint.blob, found.category.name]
    guard try db.number("\(isKnown))", arguments) == 1 else { return .leaked }
    return try db.number("\(isKnown) AND platform = ?)", arguments + [platform]) == 1
      ? nil : .spread
  }

  private func isAnnounced(_ found: Found, on platform: Int64) throws -> Bool {
    try db.number(
      """
      SELECT EXISTS (SELECT 1 FROM exposure
        WHERE fingerprint = ? AND category = ? AND platform = ? AND announced = 1)
      """,
      [found.fingerprint.blob, found.category.name, platform]) == 1
  }

  /// The rows that stand for the same agent as this one, which is among them.
  private func sameAgents(as agent: Int64) throws -> [Int64] {
    try db.rows(
      """
      SELECT i.agent FROM agent_identity i JOIN agent a
        ON a.id = (SELECT identity FROM agent_identity WHERE agent = ?)
      WHERE i.agent IN (
        SELECT a.id UNION
        SELECT id FROM agent
        WHERE platform = a.platform AND name_key = a.name_key AND id_key = x'' UNION
        SELECT id FROM agent
        WHERE platform = a.platform AND name_key = x'' AND id_key = a.id_key)
        AND i.identity = a.id
      """,
      [agent]
    ).map { try $0.get("agent") }
  }

  private func exposureRow(of agent: Int64, _ found: Found) throws -> ExposureRow? {
    try db.row(
      """
      SELECT e.id, e.agent, e.confidence, e.severity, r.name AS rule, v.name AS provider,
        k.name AS kind, e.stage, e.preview, e.details, e.reasons, e.state, e.resolution,
        e.ignored_until, e.episode, e.announced, e.first_seen, e.last_seen
      FROM exposure e
        JOIN rule r ON r.id = e.rule
        JOIN provider v ON v.id = e.provider
        JOIN kind k ON k.id = e.kind
      WHERE e.agent = ? AND e.category = ? AND e.fingerprint = ?
      """,
      [agent, found.category.name, found.fingerprint.blob]
    ).map(ExposureRow.init)
  }

  private func insert(_ new: ExposureRow, _ found: Found, at place: Place) throws -> ExposureRow {
    let judgement = new.judgement
    try db.cachedStatement(
      sql: """
        INSERT INTO exposure (agent, platform, category, fingerprint, rule, provider, kind, severity,
          confidence, stage, preview, details, reasons, state, resolution, ignored_until, episode,
          cause, announced, first_seen, last_seen, recorded_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      new.agent, place.platform, found.category.name, found.fingerprint.blob,
      try names.id(.rule, judgement.rule.text), try names.id(.provider, judgement.provider),
      try names.id(.kind, judgement.kind), judgement.severity.rawValue,
      judgement.confidence.rawValue, judgement.stage, judgement.preview.text,
      judgement.details.text, judgement.reasons.text, new.state.name, new.resolution?.name,
      new.ignoredUntil, new.episode, page.cause.name, new.isAnnounced,
      new.firstSeen.microseconds, new.lastSeen.microseconds, page.seenAt.microseconds,
    ])
    var row = new
    row.id = db.lastInsertedRowID
    try write("found", of: row.id)
    return row
  }

  private func update(_ row: ExposureRow, with judgement: Judgement, time: Timestamp) throws {
    if time < row.firstSeen || time > row.lastSeen {
      try db.run(
        "UPDATE exposure SET first_seen = ?, last_seen = ? WHERE id = ?",
        [
          min(time, row.firstSeen).microseconds, max(time, row.lastSeen).microseconds, row.id,
        ])
    }
    guard row.judgement < judgement else { return }
    try db.run(
      """
      UPDATE exposure SET rule = ?, provider = ?, kind = ?, severity = ?, confidence = ?, stage = ?,
        preview = ?, details = ?, reasons = ?
      WHERE id = ?
      """,
      [
        try names.id(.rule, judgement.rule.text), try names.id(.provider, judgement.provider),
        try names.id(.kind, judgement.kind), judgement.severity.rawValue,
        judgement.confidence.rawValue, judgement.stage, judgement.preview.text,
        judgement.details.text, judgement.reasons.text, row.id,
      ])
  }

  private func record(_ sighting: FieldSighting, of exposure: Int64, at place: Place) throws {
    let excerpt = cut(
      place.post.excerpts[sighting.field], to: terms.limits.excerptCharacters)
    try db.run(
      """
      INSERT INTO sighting (exposure, revision, field, count, span_start, span_end, disguise, excerpt)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT DO UPDATE SET count = max(count, ?4),
        excerpt = CASE WHEN ?9 OR ?8 > ifnull(excerpt, '') THEN ?8 ELSE excerpt END
      WHERE ?4 > count OR ?9 OR ?8 > ifnull(excerpt, '')
      """,
      [
        exposure, place.revision, sighting.field.name, sighting.count, sighting.span.lowerBound,
        sighting.span.upperBound, WordList.json(sighting.disguise.map(\.name)), excerpt,
        place.rulesAreNewer,
      ])
  }

  private func reopen(_ rows: [ExposureRow]) throws {
    for row in rows {
      try db.run(
        """
        UPDATE exposure SET state = 'open', resolution = NULL, ignored_until = NULL, announced = 0,
          episode = episode + 1, cause = ?, recorded_at = ?
        WHERE id = ?
        """,
        [page.cause.name, page.seenAt.microseconds, row.id])
      try write("reopened", of: row.id)
    }
  }

  private func write(_ event: String, of exposure: Int64) throws {
    try db.run(
      "INSERT INTO journal (exposure, event, at) VALUES (?, ?, ?)",
      [exposure, event, page.seenAt.microseconds])
  }
}
