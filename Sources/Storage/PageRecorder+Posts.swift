import Core
import Foundation
import GRDB

/// What the store knows of a post.
struct PostRow: Equatable {
  var id: Int64
  var agent: Int64
  var kind: PostKind
  var url: Spelling?
  var channel: Spelling?
  var parent: KeyedHash?
  var publishedAt: Timestamp?
  var comments: Int?
  var ruleset: Int64
  var seenAt: Timestamp
}

extension PageRecorder {
  func postRow(_ platform: Int64, _ identity: KeyedHash) throws -> PostRow? {
    let row = try db.row(
      """
      SELECT id, agent, kind, url, channel, parent, published_at, comment_count, ruleset, seen_at
      FROM post WHERE platform = ? AND identity = ?
      """,
      [platform, identity.blob])
    return try row.map { row in
      try PostRow(
        id: row.get("id"), agent: row.get("agent"), kind: row.named("kind"),
        url: row.spelling("url"),
        channel: row.spelling("channel"), parent: row.optionalHash("parent"),
        publishedAt: row.optionalTime("published_at"), comments: row.get("comment_count"),
        ruleset: row.get("ruleset"), seenAt: row.time("seen_at"))
    }
  }

  func insert(_ post: PublicPost, platform: Int64, agent: AgentRow) throws -> Int64 {
    try db.run(
      """
      INSERT INTO post (platform, identity, native_id, kind, agent, url, channel, parent,
        published_at, comment_count, ruleset, seen_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        platform, post.identity.blob, cut(post.id), post.kind.name, agent.id, cut(post.url),
        cut(post.channel), post.parent?.blob, post.publishedAt?.microseconds, post.commentCount,
        ruleset, page.seenAt.microseconds,
      ])
    return db.lastInsertedRowID
  }

  /// Adds what another reading of the post tells; gives the author's row.
  func merge(_ post: PublicPost, agent: AgentRow, into known: PostRow) throws -> Int64 {
    var merged = known
    merged.agent = try betterAgent(known.agent, agent)
    merged.kind = PostKind.allCases.last { $0 == known.kind || $0 == post.kind } ?? known.kind
    merged.url = masked(known.url, cut(post.url), since: known.ruleset)
    merged.channel = masked(known.channel, cut(post.channel), since: known.ruleset)
    let parents = [known.parent, post.parent].compactMap { $0?.description }
    merged.parent = parents.max().flatMap(KeyedHash.init(hex:))
    merged.publishedAt = earliest(known.publishedAt, post.publishedAt)
    merged.comments = greatest(known.comments, post.commentCount)
    merged.ruleset = max(known.ruleset, ruleset)
    guard merged != known else { return known.agent }
    try db.run(
      """
      UPDATE post SET agent = ?, kind = ?, url = ?, channel = ?, parent = ?, published_at = ?,
        comment_count = ?, native_id = CASE WHEN ruleset < ? THEN ? ELSE native_id END, ruleset = ?
      WHERE id = ?
      """,
      [
        merged.agent, merged.kind.name, merged.url?.text, merged.channel?.text, merged.parent?.blob,
        merged.publishedAt?.microseconds, merged.comments, ruleset, cut(post.id), merged.ruleset,
        known.id,
      ])
    return merged.agent
  }

  /// The row of the post's present text; a known one only learns that it was read again.
  func revise(_ post: PublicPost, id: Int64, isNewPost: Bool) throws -> Revision {
    let now = page.seenAt.microseconds
    let known =
      isNewPost
      ? nil
      : try db.row(
        "SELECT id, ruleset, seen_at FROM revision WHERE post = ? AND hash = ?",
        [id, post.revision.blob])
    guard let known else {
      try db.run(
        """
        INSERT INTO revision (post, hash, title, ruleset, seen_at, checked_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [id, post.revision.blob, cut(post.title), ruleset, now, now])
      let revision = Revision(
        id: db.lastInsertedRowID, isNew: true, readBy: ruleset, seenAt: page.seenAt)
      try holdBack(post.heldBack, in: revision.id)
      return revision
    }
    let revision = try Revision(
      id: known.get("id"), isNew: false, readBy: known.get("ruleset"),
      seenAt: known.time("seen_at"))
    try db.run("UPDATE revision SET checked_at = ? WHERE id = ?", [now, revision.id])
    if revision.readBy < ruleset {
      try db.run(
        "UPDATE revision SET title = ?, ruleset = ? WHERE id = ?",
        [cut(post.title), ruleset, revision.id])
      try db.run("DELETE FROM held_back WHERE revision = ?", [revision.id])
    }
    if revision.readBy <= ruleset { try holdBack(post.heldBack, in: revision.id) }
    return revision
  }

  /// Sets right what was dated by the moment of reading, now that a publication is known or turns out to be earlier.
  func refreshTimes(ofPost post: Int64) throws {
    try db.run(
      """
      UPDATE exposure SET (first_seen, last_seen) = (
        SELECT min(coalesce(p.published_at, r.seen_at)), max(coalesce(p.published_at, r.seen_at))
        FROM sighting s JOIN revision r ON r.id = s.revision JOIN post p ON p.id = r.post
        WHERE s.exposure = exposure.id)
      WHERE id IN (
        SELECT s.exposure FROM revision r JOIN sighting s ON s.revision = r.id WHERE r.post = ?)
      """,
      [post])
  }

  private func holdBack(_ counts: [String: Int], in revision: Int64) throws {
    for (rule, count) in counts where count > 0 {
      try db.run(
        """
        INSERT INTO held_back (revision, rule, count) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET count = excluded.count WHERE excluded.count > count
        """,
        [revision, try names.id(.rule, rule), count])
    }
  }

  /// Of two masked texts of one thing: the newer rule set's, else the greater one.
  func masked(_ known: Spelling?, _ new: String?, since ruleset: Int64) -> Spelling? {
    let new = new.map(Spelling.init)
    if self.ruleset > ruleset { return new ?? known }
    if self.ruleset < ruleset { return known ?? new }
    return greatest(known, new)
  }
}

/// One text of a post.
struct Revision {
  let id: Int64
  let isNew: Bool
  /// The newest rule set that has read it before; this page's for a new one.
  let readBy: Int64
  /// When it was read first.
  let seenAt: Timestamp
}
