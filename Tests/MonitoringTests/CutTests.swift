import Core
import Detection
import Feeds
import Identity
import Storage
import TestSupport
import Testing
import Transport

@testable import Monitoring

/// Runs that are cut off anywhere and taken up again come to the same store as one that nobody disturbed.
@Suite struct CutTests {
  enum Phase: Sendable, CaseIterable { case firstPass, livePass }

  @Test(arguments: Phase.allCases)
  func `a crawl that is cut at any page ends like an undisturbed one`(phase: Phase) async throws {
    let (whole, requests) = try await withWorld { world in
      let before = try await world.prepare(phase)
      try await world.pass()
      let requests = world.town.calls.count - before
      try await world.settle()
      return (try world.store().dump(), requests)
    }
    #expect(requests >= 12)
    for cut in 0..<requests {
      try await withWorld { world in
        let before = try await world.prepare(phase)
        // The store is lost while the request is under way.
        let store = try world.store()
        world.town.meet { call in
          if call.number == before + cut { try? store.close() }
          return nil
        }
        await #expect(throws: (any Error).self) { try await world.pass() }
        try? world.close()
        world.town.meet { _ in nil }
        try world.recordHalfOfNextPage()
        let stop = StopSignal()
        world.town.meet { call in
          if call.number == before + 2 * cut { stop.receive(15) }
          return nil
        }
        try await world.pass(stop: stop)
        try world.close()
        try await world.settle()
        expectEqual(try world.store().dump(), whole, "cut at request \(cut)")
        #expect(try world.store().verify().isEmpty)
      }
    }
  }

  @Test func `an archive that is cut at any page ends like an undisturbed one`() async throws {
    let records = (0..<42).map { number in
      Post(
        platform: "moltbook", id: "post-\(number)", agentName: "auk\(number % 5)",
        body: number % 3 == 0 ? Secrets.github(number % 9) : "Calm seas.",
        createdAt: (VirtualClock.start + Double(number)).description)
    }
    let whole = try await withWorld { world in
      world.limits.archivePageRecords = 5
      try await world.pass(over: [.archive(world.archive(records))])
      return try world.store().dump().withoutArchives
    }
    for cut in 0...9 {
      try await withWorld { world in
        world.limits.archivePageRecords = 5
        let archive = try world.archive(records)
        let store = try world.store()
        // The first look is the pass's own, then there is one a page.
        world.clock.onLook { if $0 == cut + 2 { try? store.close() } }
        await #expect(throws: (any Error).self) { try await world.pass(over: [.archive(archive)]) }
        try? world.close()
        world.clock.onLook { _ in }
        #expect(try world.recorded().count == min(5 * cut, 42))
        try world.recordHalf(of: records)
        let stop = StopSignal()
        world.clock.onLook { if $0 == 3 { stop.receive(15) } }
        try await world.pass(over: [.archive(archive)], stop: stop)
        try world.close()
        world.clock.onLook { _ in }
        #expect(try await world.pass(over: [.archive(archive)]).complete)
        expectEqual(try world.store().dump().withoutArchives, whole, "cut at page \(cut)")
        let position = try #require(try world.rows("archive").first)
        #expect(position.contains(#""lines":42"#))
      }
    }
  }
}

extension World {
  /// Fills the town for a phase, with leaks on every page; gives how many requests were made so far.
  fileprivate func prepare(_ phase: CutTests.Phase) async throws -> Int {
    town.limitPages(to: 4)
    leak(17)
    guard phase == .livePass else { return 0 }
    try await settle()
    clock.advance(7_200)
    leak(14)
    return town.calls.count
  }

  private func leak(_ posts: Int) {
    let first = town.articles.count
    for number in first..<first + posts {
      clock.advance(1)
      town.add { article in
        article.author = "auk\(number % 5)"
        article.body = "token \(Secrets.github(number % 7))"
      }
      guard number % 4 == 0 else { continue }
      let id = town.articles[number].id
      town.addRemarks(number % 8 == 0 ? 11 : 2, to: id)
      town.change(id) { $0.remarks[1].body = "mine is \(Secrets.github(100 + number))" }
    }
  }

  /// Takes the next page to the store and fails in the midst of it: nothing of it may remain.
  fileprivate func recordHalfOfNextPage() throws {
    let settings = configuration.sources[0]
    let source = try #require(FeedSources.make(settings))
    guard let request = try store().next(of: settings.name, at: clock.now + 60) else { return }
    let response = town.page(request.path)
    let page = try source.decode(
      FeedResponse(status: response.status, headers: response.headers, body: response.body),
      of: request)
    try fail(
      page.posts,
      .answered(request, next: page.next, followUps: page.followUps, budgetSpent: false))
  }

  fileprivate func recordHalf(of posts: [Post]) throws {
    let position = ArchivePosition(
      archive: key.hash(.archive, "elsewhere"), offset: 1, lines: 1,
      digest: key.hash(.archiveDigest), rules: detector.digest)
    try fail(posts, .archive(position))
  }

  private struct Lost: Error {}

  /// Records posts as live ones, so that they alert, and throws out of the transaction.
  private func fail(_ posts: [Post], _ progress: RecordedPage.Progress) throws {
    let before = try store().dump()
    let scanner = Scanner(detector, key: key)
    let page = RecordedPage(
      source: configuration.sources[0].name,
      posts: posts.enumerated().map { number, post in
        var post = post
        // Secrets that nobody saw before, so that there is something to alert of.
        post.body = Secrets.github(1_000 + number)
        return scanner.review(post, key: key, storing: .medium, now: clock.now).post
      }, cause: .live, seenAt: clock.now, rules: detector.digest, skipped: [], progress: progress)
    var alerts = 0
    #expect(throws: Lost.self) {
      try store().record(page, overlap: 600) { _ in
        alerts += 1
        if alerts > posts.count / 2 { throw Lost() }
        return []
      }
    }
    try close()
    expectEqual(try store().dump(), before, "a page that failed left something behind")
  }
}

extension String {
  /// A dump without the rows whose identity is of a path.
  fileprivate var withoutArchives: String {
    split(separator: "\n").filter { !$0.hasPrefix("archive ") }.joined(separator: "\n")
  }
}

/// Compares dumps and names the first row that differs.
private func expectEqual(_ dump: String, _ expected: String, _ what: String) {
  guard dump != expected else { return }
  let (rows, wanted) = (Set(dump.split(separator: "\n")), Set(expected.split(separator: "\n")))
  let extra = rows.subtracting(wanted).sorted().first ?? "nothing"
  let missing = wanted.subtracting(rows).sorted().first ?? "nothing"
  Issue.record("\(what): \(extra) is too much, \(missing) is missing")
}
