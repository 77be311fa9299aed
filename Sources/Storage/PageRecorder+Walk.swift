import Core
import GRDB

extension PageRecorder {
  /// Moves an answered request's walk on by a page, and notes what is covered by now.
  mutating func advance(_ request: FeedRequest, next: FeedRequest?, budgetSpent: Bool) throws {
    guard let walk = request.walk else {
      return try frontier.finish(request, next: next, at: page.seenAt)
    }
    try frontier.remove(request)
    // Nothing can be covered before it is published, whatever date it bears.
    let times = page.posts.compactMap(\.publishedAt).map { min($0, page.seenAt) }
    let span = Interval(of: times.longestDescent)
    var advanced = walk.advanced(over: span)
    let end = try ending(of: advanced, oldest: span?.oldest, next: next)
    if let floor = advanced.floor, end == .metFloor || end == .listingEnded {
      advanced.read = advanced.read.map { $0.union(Interval(oldest: floor, newest: floor)) }
    }
    if let read = advanced.read { try cover(read, request.source, advanced.listing) }
    guard let next, end == nil else { return }
    // A first pass has no end but the budget's: coverage begins where it stops.
    guard !budgetSpent || advanced.floor != nil else { return }
    try frontier.queueRest(next, advanced, priority: budgetSpent ? .gap : .walk)
    outcome.walkGoesOn = true
  }

  private enum Ending {
    case listingEnded, metFloor, allKnown
  }

  /// Why the walk has come to its end; nil where it has not.
  private func ending(of walk: Walk, oldest: Timestamp?, next: FeedRequest?) throws -> Ending? {
    guard let next else { return .listingEnded }
    // Below a covered span lies what was never covered, which is no walk's to read.
    if let floor = walk.floor, let oldest,
      let bottom = try bottom(of: floor, next.source, walk.listing), oldest <= bottom
    {
      return .metFloor
    }
    // A page without posts says nothing of what is known.
    let allKnown = unknownPosts == 0 && !page.posts.isEmpty
    guard walk.isDone(allKnown: allKnown, oldest: oldest, overlap: terms.overlap) else {
      return nil
    }
    guard let floor = walk.floor, let oldest else { return .allKnown }
    // A page may be known from elsewhere, an archive for one, while what lies below it is not.
    return oldest <= floor ? .metFloor : nil
  }

  /// Where the covered span ends that holds a moment.
  private func bottom(
    of floor: Timestamp, _ source: String, _ listing: String
  ) throws
    -> Timestamp?
  {
    try db.row(
      """
      SELECT oldest FROM covered
      WHERE source = ?1 AND listing = ?2 AND oldest <= ?3 AND newest >= ?3
      """,
      [try names.id(.source, source), listing, floor.microseconds]
    )?.time("oldest")
  }

  /// Merges a span into those that it touches.
  private func cover(_ span: Interval, _ source: String, _ listing: String) throws {
    let source = try names.id(.source, source)
    let touched = try db.rows(
      """
      DELETE FROM covered WHERE source = ? AND listing = ? AND oldest <= ? AND newest >= ?
      RETURNING oldest, newest
      """,
      [source, listing, span.newest.microseconds, span.oldest.microseconds])
    let whole = try touched.reduce(span) { whole, row in
      try whole.union(Interval(oldest: row.time("oldest"), newest: row.time("newest")))
    }
    try db.run(
      "INSERT INTO covered (source, listing, oldest, newest) VALUES (?, ?, ?, ?)",
      [source, listing, whole.oldest.microseconds, whole.newest.microseconds])
  }
}

extension [Timestamp] {
  /// The most of the times that stand in a listing's order, newest first; what stands out of it, such as pinned posts,
  /// tells nothing of how far down a page reaches.
  var longestDescent: [Timestamp] {
    guard !isEmpty else { return [] }
    // From the last to the first: the longest descent that begins at each, and where that goes on.
    var lengths = [Int](repeating: 1, count: count)
    var nexts = [Int?](repeating: nil, count: count)
    for index in indices.reversed() {
      for later in indices[(index + 1)...] where self[later] <= self[index] {
        if lengths[later] + 1 > lengths[index] {
          lengths[index] = lengths[later] + 1
          nexts[index] = later
        }
      }
    }
    var position = indices.last { lengths[$0] == lengths.max() }
    var descent: [Timestamp] = []
    while let index = position {
      descent.append(self[index])
      position = nexts[index]
    }
    return descent
  }
}
