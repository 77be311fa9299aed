import Core
import Foundation
import Testing

@testable import Storage

/// A listing of posts, newest first, that is read in pages of three, as a source and the monitor would.
private struct Listing {
  /// Seconds of publication.
  var posts: [Double]
  var overlap: Double = 0

  /// One pass: the top, then open gaps, until nothing waits or the budget of pages is spent.
  func pass(into store: Store, budget: Int, seenAt: Double = 365 * day) throws -> [String] {
    try store.enqueue([top])
    var paths: [String] = []
    var spent: Set<String> = []
    while let request = try store.next(of: "moltbook", at: at(seenAt), without: spent) {
      paths.append(request.path)
      let budgetSpent = paths.count >= budget
      let outcome = try answer(request, into: store, budgetSpent: budgetSpent, seenAt: seenAt)
      if outcome.walkGoesOn { #expect(try !store.openGaps(of: "moltbook").isEmpty) }
      if budgetSpent { spent.insert("posts") }
    }
    return paths
  }

  @discardableResult
  func answer(
    _ request: FeedRequest, into store: Store, budgetSpent: Bool = false, seenAt: Double = 365 * day
  ) throws -> PageOutcome {
    let below = Double(request.path.dropFirst("posts?before=".count)) ?? .infinity
    let rest = posts.sorted(by: >).filter { $0 < below }
    let shown = rest.prefix(3)
    let next = rest.count > 3 ? shown.last.map { following($0) } : nil
    return try store.record(
      page(
        shown.map { post("p\($0)", published: $0) }, cause: .live, seenAt: seenAt,
        progress: .answered(request, next: next, followUps: [], budgetSpent: budgetSpent)),
      overlap: overlap)
  }

  var top: FeedRequest {
    FeedRequest(
      source: "moltbook", purpose: .listing, path: "posts", key: "posts",
      walk: Walk(listing: "posts"))
  }

  private func following(_ below: Double) -> FeedRequest {
    FeedRequest(
      source: "moltbook", purpose: .listing, path: "posts?before=\(below)", key: "posts")
  }
}

@Suite struct WalkTests {
  @Test func `a first pass ends with its budget, and coverage begins there`() async throws {
    try await withStore { store in
      let listing = Listing(posts: times(1...20))
      let pages = try listing.pass(into: store, budget: 2)
      #expect(pages.count == 2)
      #expect(try covered(store) == ["15-20"])
      #expect(try store.openGaps(of: "moltbook") == [])
      #expect(try store.waiting(of: "moltbook").count == 0)
      #expect(try store.coveredSince() == at(15))
    }
  }

  @Test func `a first pass may reach the listing's end`() async throws {
    try await withStore { store in
      let pages = try Listing(posts: times(1...7)).pass(into: store, budget: 9)
      #expect(pages.count == 3)
      #expect(try covered(store) == ["1-7"])
    }
  }

  @Test func `a quiet listing costs one page`() async throws {
    try await withStore { store in
      let listing = Listing(posts: times(1...20), overlap: 100)
      _ = try listing.pass(into: store, budget: 3)
      #expect(try listing.pass(into: store, budget: 3) == ["posts"])
      #expect(try covered(store) == ["12-20"])
    }
  }

  @Test func `a walk reads down to what is covered and merges with it`() async throws {
    try await withStore { store in
      _ = try Listing(posts: times(1...20)).pass(into: store, budget: 2)
      let pages = try Listing(posts: times(1...26)).pass(into: store, budget: 9)
      #expect(pages == ["posts", "posts?before=24.0", "posts?before=21.0"])
      #expect(try covered(store) == ["15-26"])
      #expect(try store.count("post") == 12)
    }
  }

  @Test func `a walk goes on below what was covered as far as the overlap`() async throws {
    try await withStore { store in
      _ = try Listing(posts: times(1...20)).pass(into: store, budget: 4)
      // One that appears after the time that it bears.
      let late = Listing(posts: times(1...23) + [16.5], overlap: 4)
      let pages = try late.pass(into: store, budget: 9)
      #expect(pages.count == 4)
      #expect(try store.count("post") == 16)
      #expect(try covered(store) == ["9-23"])
    }
  }

  @Test func `a spent budget leaves a gap that the next pass closes`() async throws {
    try await withStore { store in
      _ = try Listing(posts: times(1...10)).pass(into: store, budget: 1)
      #expect(try covered(store) == ["8-10"])
      let busy = Listing(posts: times(1...30))
      #expect(try busy.pass(into: store, budget: 2).count == 2)
      #expect(try covered(store) == ["25-30", "8-10"])
      #expect(
        try store.openGaps(of: "moltbook")
          == [Gap(listing: "posts", oldest: at(10), newest: at(25))])

      let later = Listing(posts: times(1...32))
      let pages = try later.pass(into: store, budget: 3)
      #expect(pages == ["posts", "posts?before=30.0", "posts?before=25.0"])
      #expect(try covered(store) == ["22-32", "8-10"])
      _ = try later.pass(into: store, budget: 20)
      #expect(try covered(store) == ["7-32"])
      #expect(try store.openGaps(of: "moltbook") == [])
      #expect(try store.count("post") == 26)
    }
  }

  @Test func `a pass that was cut off goes on where it was`() async throws {
    try await withStore { store in
      _ = try Listing(posts: times(1...10)).pass(into: store, budget: 1)
      let busy = Listing(posts: times(1...20))
      try store.enqueue([busy.top])
      let request = try #require(try store.next(of: "moltbook", at: at(day)))
      let outcome = try busy.answer(request, into: store)
      #expect(outcome.walkGoesOn)
      #expect(try covered(store) == ["18-20", "8-10"])

      let pages = try Listing(posts: times(1...21)).pass(into: store, budget: 20)
      #expect(
        pages == [
          "posts", "posts?before=19.0", "posts?before=18.0", "posts?before=15.0",
          "posts?before=12.0", "posts?before=9.0",
        ])
      #expect(try covered(store) == ["6-21"])
      #expect(try store.count("post") == 16)
    }
  }

  @Test func `a page known from an archive does not hide what lies below it`() async throws {
    try await withStore { store in
      _ = try Listing(posts: times(1...10)).pass(into: store, budget: 1)
      let archived = times(18...20).map { post("p\($0)", published: $0) }
      try store.record(page(archived, cause: .archive))
      _ = try Listing(posts: times(1...20)).pass(into: store, budget: 9)
      #expect(try store.count("post") == 15)
      #expect(try covered(store) == ["6-20"])
    }
  }

  @Test func `without coverage a page known from an archive ends the walk`() async throws {
    try await withStore { store in
      try store.record(page(times(1...20).map { post("p\($0)", published: $0) }, cause: .archive))
      #expect(try Listing(posts: times(1...20)).pass(into: store, budget: 9) == ["posts"])
      #expect(try covered(store) == ["18-20"])
    }
  }

  @Test func `a page without posts is not a known one, whatever it lost`() async throws {
    try await withStore { store in
      let listing = Listing(posts: [])
      let skipped = [PublicSkip(id: nil, reason: "no id")]
      for skips in [skipped, []] {
        let progress = RecordedPage.Progress.answered(
          listing.top, next: listing.top, followUps: [], budgetSpent: false)
        let outcome = try store.record(page([], skipped: skips, progress: progress))
        #expect(outcome.walkGoesOn)
      }
    }
  }

  @Test func `a walk that comes out below what is covered ends there`() async throws {
    try await withStore { store in
      _ = try Listing(posts: times(1...10)).pass(into: store, budget: 1)
      // Wider than what is covered, so that no page below it is ever all known.
      let listing = Listing(posts: times(1...11), overlap: 1000)
      let pages = try listing.pass(into: store, budget: 2)
      #expect(pages == ["posts", "posts?before=9.0"])
      #expect(try covered(store) == ["6-11"])
      #expect(try store.openGaps(of: "moltbook") == [])
    }
  }

  @Test func `a pinned post says nothing of how far a page reaches`() async throws {
    try await withStore { store in
      _ = try Listing(posts: times(100...110)).pass(into: store, budget: 2)
      let top = Listing(posts: []).top
      try store.enqueue([top])
      let request = try #require(try store.next(of: "moltbook", at: at(day)))
      let pinned = [2.0, 150, 149, 148].map { (time: Double) in
        post("p\(time)", published: time)
      }
      let outcome = try store.record(
        page(
          pinned, seenAt: day,
          progress: .answered(request, next: top, followUps: [], budgetSpent: false)))
      #expect(outcome.walkGoesOn)
      #expect(try covered(store) == ["148-150", "105-110"])
    }
  }

  @Test(arguments: [
    ([], []), ([5], [5]), ([5, 4, 4, 1], [5, 4, 4, 1]), ([1, 9, 8, 7], [9, 8, 7]),
    ([9, 8, 20, 7], [9, 8, 7]), ([9, 8, 1, 7, 6], [9, 8, 7, 6]), ([1, 2, 3], [3]),
  ])
  func `the longest descent leaves out what stands out of order`(
    times: [Double], descent: [Double]
  ) {
    #expect(times.map(at).longestDescent == descent.map(at))
  }

  @Test func `a date in the future covers nothing that is still to come`() async throws {
    try await withStore { store in
      _ = try Listing(posts: [10, 20, 500]).pass(into: store, budget: 9, seenAt: 30)
      #expect(try covered(store) == ["10-30"])
    }
  }

  @Test func `whatever the budgets, covered spans are read and a calm end has no gaps`()
    async throws
  {
    for seed in 1...6 {
      try await withStore { store in
        var newest = 10
        for step in 1...12 {
          newest += (seed * step * 7) % 11
          let listing = Listing(posts: times(1...newest), overlap: Double(seed % 3))
          _ = try listing.pass(into: store, budget: 1 + (seed + step) % 4)
          try expectTruth(store, of: listing)
        }
        let listing = Listing(posts: times(1...newest))
        while try !listing.pass(into: store, budget: 100).isEmpty,
          try !store.openGaps(of: "moltbook").isEmpty
        {}
        try expectTruth(store, of: listing)
        #expect(try covered(store).count == 1)
        #expect(try store.verify() == [])
      }
    }
  }

  private func expectTruth(_ store: Store, of listing: Listing) throws {
    let spans = try store.sourceState("moltbook").covered["posts"] ?? []
    let stored = try store.values("SELECT published_at FROM post")
    for time in listing.posts.map(at) where spans.contains(where: { $0.holds(time) }) {
      #expect(stored.contains("\(time.microseconds)"))
    }
  }

  private func covered(_ store: Store) throws -> [String] {
    try (store.sourceState("moltbook").covered["posts"] ?? []).map { span in
      "\(Int(span.oldest - at(0)))-\(Int(span.newest - at(0)))"
    }
  }

  private func times(_ range: ClosedRange<Int>) -> [Double] { range.map(Double.init) }
}

extension Interval {
  fileprivate func holds(_ time: Timestamp) -> Bool { oldest <= time && time <= newest }
}
