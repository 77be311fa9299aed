import Core
import Foundation
import GRDB
import Identity

/// One page on its way into the store; lives as long as the page's transaction.
///
/// Whatever can be said twice is merged by a rule that does not ask which came first: the earliest, the latest, the
/// greatest. Only masked texts follow the newer rule set, since it may mask what an older one did not know.
struct PageRecorder {
  let db: Database
  let page: RecordedPage
  let terms: RecordingTerms
  let alerts: (ExposureChange) throws -> [Alert]
  let frontier: Frontier
  let names: LookUps
  let ruleset: Int64
  var outcome = PageOutcome()
  /// Posts of the page that the store did not know in any revision.
  var unknownPosts = 0
  var agents: [AgentRow.Key: AgentRow] = [:]
  /// The times of the page's posts, by the agent's row that each post is attributed to.
  var times: [Int64: Interval] = [:]
  /// Agents' rows of which a post was taken away or dated anew.
  var misdated: Set<Int64> = []
  /// The exposures that this page brought, by shown id, and the shown ids of those that it met again.
  var exposuresNew: [Int64: NewExposure] = [:]
  var exposuresAgain: Set<Int64> = []

  init(
    db: Database, page: RecordedPage, terms: RecordingTerms, key: IdentityKey,
    alerts: @escaping (ExposureChange) throws -> [Alert]
  ) throws {
    self.db = db
    self.page = page
    self.terms = terms
    self.alerts = alerts
    names = LookUps(db: db)
    frontier = Frontier(db: db, key: key, names: names, limits: terms.limits)
    ruleset = try names.id(.ruleset, page.rules)
  }

  /// Records everything; nothing of it counts unless the transaction is committed.
  mutating func record() throws -> PageOutcome {
    for post in page.posts { try record(post) }
    try writeAgents()
    try recordSkips()
    switch page.progress {
    case .answered(let request, let next, let followUps, let budgetSpent):
      try advance(request, next: next, budgetSpent: budgetSpent)
      for followUp in followUps { try frontier.queue(followUp) }
    case .archive(let position):
      if let position { try write(position) }
    }
    outcome.news = exposuresNew.values.sorted { $0.id < $1.id }
    outcome.exposuresSeenAgain = exposuresAgain.count
    return outcome
  }

  private mutating func record(_ post: PublicPost) throws {
    let platform = try names.id(.platform, post.platform.string)
    let known = try postRow(platform, post.identity)
    let published = earliest(known?.publishedAt, post.publishedAt)
    let time = published ?? known?.seenAt ?? page.seenAt
    let agent = try agentRow(of: post, platform: platform)

    let id: Int64
    var author = agent.id
    if let known {
      id = known.id
      author = try merge(post, agent: agent, into: known)
      if known.agent != author { misdated.insert(known.agent) }
    } else {
      id = try insert(post, platform: platform, agent: agent)
      unknownPosts += 1
      if page.cause == .live, let publishedAt = post.publishedAt {
        outcome.lags.append(max(0, page.seenAt - publishedAt))
      }
    }
    let moment = Interval(oldest: time, newest: time)
    times[author] = times[author]?.union(moment) ?? moment
    let revision = try revise(post, id: id, isNewPost: known == nil)
    if revision.isNew { outcome.postsNew += 1 }
    let place = Place(
      post: post, agent: agent, platform: platform, revision: revision.id,
      isNewRevision: revision.isNew, rulesAreNewer: revision.readBy < ruleset,
      time: published ?? revision.seenAt)
    for found in Found.all(in: post) { try record(found, at: place) }
    if let known, known.publishedAt != published {
      try refreshTimes(ofPost: known.id)
      misdated.insert(author)
    }
  }

  private func recordSkips() throws {
    guard !page.skipped.isEmpty else { return }
    let source = try names.id(.source, page.source)
    for skip in page.skipped {
      try db.run(
        """
        INSERT INTO skipped (source, native_id, reason, count, seen_at) VALUES (?, ?, ?, 1, ?)
        ON CONFLICT DO UPDATE SET count = count + 1, seen_at = excluded.seen_at
        """,
        [source, cut(skip.id) ?? "", skip.reason, page.seenAt.microseconds])
    }
  }

  private func write(_ position: ArchivePosition) throws {
    try db.run(
      """
      INSERT INTO archive (identity, position, lines, digest, ruleset) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET position = excluded.position, lines = excluded.lines,
        digest = excluded.digest, ruleset = excluded.ruleset
      """,
      [
        position.archive.blob, position.offset, position.lines, position.digest.blob,
        try names.id(.ruleset, position.rules),
      ])
  }

  /// The text of a column, cut to what the store keeps of it.
  func cut(_ text: PublicText?) -> String? {
    cut(text, to: terms.limits.storedCharacters)
  }

  func cut(_ text: PublicText?, to characters: Int) -> String? {
    guard let text else { return nil }
    // Characters are never more than bytes, and bytes are counted at once.
    return text.string.utf8.count <= characters ? text.string : text.prefix(characters).string
  }
}

/// What recording is told besides the page.
struct RecordingTerms {
  /// Seconds that a walk goes on below what was covered.
  var overlap: Double
  /// Seconds after publication within which exposures alert singly.
  var maxAge: Double
  var limits: Limits
}

/// The text revision that findings stand in.
struct Place {
  let post: PublicPost
  let agent: AgentRow
  let platform: Int64
  let revision: Int64
  let isNewRevision: Bool
  let rulesAreNewer: Bool
  /// Published, else first seen.
  let time: Timestamp
}

/// The ids of names in the look-up tables, kept for one transaction.
final class LookUps {
  /// A table that lists the members of an open set.
  enum Table: String {
    case platform, source, ruleset, rule, provider, kind
  }

  private struct Name: Hashable {
    let table: Table
    let name: String
  }

  private let db: Database
  private var ids: [Name: Int64] = [:]

  init(db: Database) {
    self.db = db
  }

  /// The id of a name, which is added where missing.
  func id(_ table: Table, _ name: String) throws -> Int64 {
    if let id = ids[Name(table: table, name: name)] { return id }
    let id =
      try db.number("SELECT id FROM \(table.rawValue) WHERE name = ?", [name])
      ?? db.inserted("INSERT INTO \(table.rawValue) (name) VALUES (?)", [name])
    guard let id else { throw ColumnFault(column: table.rawValue) }
    ids[Name(table: table, name: name)] = id
    return id
  }
}
