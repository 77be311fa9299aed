import Core
import Detection
import Feeds
import Foundation
import Storage
import TestSupport
import Testing
import Transport

@testable import Monitoring

/// What one pass over a source does, says and leaves behind.
@Suite struct CrawlTests {
  @Test func `a first pass stops at its page budget and is complete`() async throws {
    try await withWorld { world in
      world.configuration.sources[0].pages = 2
      world.town.addPosts(170)
      let summary = try await world.pass()
      #expect(summary.complete)
      #expect(summary.postsRead == 100)
      #expect(try world.store().openGaps(of: "moltbook").isEmpty)
      // What lies below is nobody's gap: no later pass asks for it.
      world.clock.advance(300)
      #expect(try await world.pass().postsRead == 50)
    }
  }

  @Test func `more news than one pass may read leaves a gap that says so and is filled`()
    async throws
  {
    try await withWorld { world in
      world.town.addPosts(60)
      try await world.pass()
      world.clock.advance(3_600)
      world.town.addPosts(230)
      world.configuration.sources[0].pages = 2
      let first = try await world.pass()
      #expect(!first.complete)
      #expect(first.incomplete.map(\.source) == ["moltbook"])
      #expect(first.incomplete.first?.why.contains("gap") == true)
      #expect(first.postsNew == 100)
      // News go first, then the gap.
      world.clock.advance(300)
      world.town.addPosts(10)
      let second = try await world.pass()
      #expect(!second.complete)
      #expect(second.postsNew == 10)
      try await world.settle()
      #expect(try await !world.pass().isWorthTelling)
      #expect(Set(try world.recorded()) == world.town.ids)
    }
  }

  @Test func `a deadline ends a pass after the page in hand, and the next one goes on`()
    async throws
  {
    try await withWorld { world in
      world.town.addPosts(150)
      let start = world.clock.now
      let first = try await world.pass(for: 1.5)
      #expect(world.clock.now - start < 3)
      #expect(first.postsNew == 100)
      #expect(!first.complete)
      for _ in 0..<2 { try await world.pass(for: 60) }
      #expect(Set(try world.recorded()) == world.town.ids)
    }
  }

  @Test func `comments that a deadline left are no failure, but the source is named`()
    async throws
  {
    try await withWorld { world in
      world.town.addPosts(10)
      for article in world.town.articles { world.town.addRemarks(2, to: article.id) }
      let first = try await world.pass(for: 4)
      #expect(first.complete)
      #expect(first.skipped == ["moltbook"])
      #expect(first.postsNew > 10)
      #expect(try world.recorded().count < 30)
      let second = try await world.pass(for: 60)
      #expect(second.complete)
      #expect(second.skipped.isEmpty)
      #expect(Set(try world.recorded()) == world.town.ids)
    }
  }

  @Test func `a pass that had no time at all says that it read nothing`() async throws {
    try await withWorld { world in
      world.town.addPosts(3)
      let summary = try await world.pass(for: 0)
      #expect(world.town.calls.isEmpty)
      #expect(summary.skipped == ["moltbook"])
    }
  }

  @Test func `a signal ends the pass after the page in hand`() async throws {
    try await withWorld { world in
      world.town.addPosts(170)
      let stop = StopSignal()
      world.town.meet { call in
        if call.number == 1 { stop.receive(15) }
        return nil
      }
      let summary = try await world.pass(stop: stop)
      #expect(world.town.calls.count == 2)
      #expect(summary.postsNew == 100)
      try await world.settle()
      #expect(Set(try world.recorded()) == world.town.ids)
    }
  }

  @Test func `one signal serves pass after pass`() async throws {
    try await withWorld { world in
      world.town.addPosts(60)
      let stop = StopSignal()
      for _ in 0..<3 {
        let summary = try await world.pass(stop: stop)
        #expect(summary.complete)
        #expect(summary.postsRead >= 50)
        world.clock.advance(300)
      }
    }
  }

  @Test(arguments: [true, false])
  func `a source that is down makes the pass incomplete only where it is required`(
    isRequired: Bool
  ) async throws {
    try await withWorld { world in
      world.configuration.sources[0].isRequired = isRequired
      world.send = { _, _ throws(TransportError) in throw .dns }
      let summary = try await world.pass()
      #expect(summary.complete == !isRequired)
      #expect(summary.skipped == (isRequired ? [] : ["moltbook"]))
      #expect(summary.isWorthTelling == isRequired)
      if isRequired {
        #expect(summary.incomplete.first?.why.contains("could not be resolved") == true)
      }
      world.send = nil
      world.town.addPosts(3)
      world.clock.advance(300)
      #expect(try await world.pass().postsNew == 3)
    }
  }

  @Test func `a platform that wants a long pause is skipped, and left alone until then`()
    async throws
  {
    try await withWorld { world in
      world.town.addPosts(3)
      world.town.meet { _ in .limited(seconds: 3_000) }
      let first = try await world.pass()
      #expect(first.complete)
      #expect(first.skipped == ["moltbook"])
      #expect(!first.isWorthTelling)
      #expect(world.town.calls.count == 1)
      world.town.meet { _ in nil }
      world.clock.advance(1_500)
      try world.close()
      #expect(try await world.pass(for: 240).skipped == ["moltbook"])
      #expect(world.town.calls.count == 1)
      world.clock.advance(1_600)
      #expect(try await world.pass(for: 240).postsNew == 3)
    }
  }

  @Test func `a used-up daily budget is no failure`() async throws {
    try await withWorld { world in
      world.configuration.sources[0].rates = [
        Rate(requests: 10, seconds: 60), Rate(requests: 4, seconds: 86_400),
      ]
      world.town.addPosts(3)
      for _ in 0..<12 {
        let summary = try await world.pass(for: 240)
        #expect(summary.complete)
        try world.close()
        world.clock.advance(300)
      }
      #expect(world.town.calls.count == 4)
      #expect(try await world.pass(for: 240).skipped == ["moltbook"])
    }
  }

  @Test(arguments: [Fault.cut, .silent, .truncated])
  func `one address that never answers does not hold up the others`(fault: Fault) async throws {
    try await withWorld { world in
      world.town.addPosts(4)
      for article in world.town.articles { world.town.addRemarks(1, to: article.id) }
      let bad = world.town.articles[3].id
      world.town.meet { $0.path.contains(bad) ? fault : nil }
      let summary = try await world.pass()
      #expect(!summary.complete)
      #expect(summary.incomplete.count == 1)
      #expect(try world.recorded().count == 7)
    }
  }

  @Test func `a host that falls silent is not asked for everything else too`() async throws {
    try await withWorld { world in
      world.town.addPosts(40)
      for article in world.town.articles { world.town.addRemarks(1, to: article.id) }
      world.town.meet { $0.isListing ? nil : .silent }
      try await world.pass()
      #expect(world.town.calls.count == 1 + 2 * 4)
    }
  }

  @Test func `a request that failed is told of until it succeeds or is given up`() async throws {
    try await withWorld { world in
      world.town.addPosts(1)
      world.town.addRemarks(1, to: world.town.articles[0].id)
      world.town.meet { $0.isListing ? nil : .truncated }
      var incomplete = 0
      for _ in 0..<15 {
        // Also in passes that come too early to ask again.
        if try await !world.pass().complete { incomplete += 1 }
        if try await !world.pass().complete { incomplete += 1 }
        world.clock.advance(300)
      }
      #expect(incomplete == 19)
      #expect(try world.store().waiting(of: "moltbook").givenUp == 1)
    }
  }

  @Test func `comments of a first pass that was cut off count as the first pass's`() async throws {
    try await withWorld { world in
      let secret = Secrets.github
      world.town.addPosts(10)
      for article in world.town.articles { world.town.addRemarks(1, to: article.id) }
      world.town.change(world.town.articles[0].id) { $0.remarks[0].body = "here: \(secret)" }
      try await world.pass(for: 4)
      #expect(try world.store().exposures().isEmpty)
      try await world.pass()
      #expect(try world.store().exposures().count == 1)
      #expect(try world.rows("exposure").allSatisfy { $0.contains(#""cause":"first-pass""#) })
    }
  }

  @Test
  func `a cursor that holds what looks like a secret is not stored and ends nothing silently`()
    async throws
  {
    try await withWorld { world in
      world.town.addPosts(60)
      try await world.pass()
      world.clock.advance(3_600)
      world.town.addPosts(60)
      let secret = Secrets.github
      world.send = { [town = world.town] request, limits throws(TransportError) in
        var response = try town.answer(request, limits)
        let text = String(decoding: response.body, as: UTF8.self)
        let pattern = /"next_cursor":"[^"]*"/
        response.body = Array(
          text.replacing(pattern, with: #""next_cursor":"\#(secret)""#).utf8)
        return response
      }
      for _ in 0..<3 {
        let summary = try await world.pass()
        #expect(!summary.complete)
        #expect(try Set(world.recorded()).count == 110)
        world.clock.advance(300)
      }
      world.send = nil
      try await world.settle()
      #expect(Set(try world.recorded()) == world.town.ids)
    }
  }

  @Test(arguments: [true, false])
  func `an empty page that leads on ends no walk`(isFirstPass: Bool) async throws {
    try await withWorld { world in
      world.town.limitPages(to: 5)
      if !isFirstPass {
        world.town.addPosts(5)
        try await world.pass()
        world.clock.advance(3_600)
      }
      world.town.addPosts(15)
      let empty = world.town.calls.count + 2
      world.send = { [town = world.town] request, limits throws(TransportError) in
        var response = try town.answer(request, limits)
        guard town.calls.count == empty else { return response }
        let text = String(decoding: response.body, as: UTF8.self)
        response.body = Array(text.replacing(/"posts":\[.*\],/, with: #""posts":[],"#).utf8)
        return response
      }
      let summary = try await world.pass()
      // Where nothing was read before, the platform may well have nothing there.
      #expect(summary.complete == isFirstPass)
      #expect(summary.postsNew == (isFirstPass ? 10 : 5))
      try await world.settle()
      #expect(world.town.ids.count - (try world.recorded().count) == (isFirstPass ? 5 : 0))
    }
  }

  @Test func `once a pass is over, the one file holds everything`() async throws {
    try await withWorld { world in
      world.town.addPosts(20)
      try await world.pass()
      let dump = try world.store().dump()
      try world.close()
      let copy = world.folder.appending(path: "copy.db").path
      try FileManager.default.copyItem(atPath: world.storePath, toPath: copy)
      let store = try Store.open(copy, key: world.key, keyPath: "test.key")
      #expect(try store.dump() == dump)
      let log = FileManager.default.contents(atPath: world.storePath + "-wal") ?? Data()
      #expect(log.isEmpty)
    }
  }

  @Test func `a platform's words do not come into the reasons`() async throws {
    try await withWorld { world in
      let host = Secrets.github.lowercased() + ".example"
      world.send = { _, _ throws(TransportError) in throw .redirectElsewhere(host) }
      let summary = try await world.pass()
      let reason = try #require(summary.incomplete.first)
      #expect(!reason.why.contains(host.prefix(16)))
    }
  }
}

/// A body that runs in a world of its own.
func withWorld<Result>(
  _ detector: Detector? = nil, paging: Town.Paging = .cursor,
  _ body: (World) async throws -> Result
) async throws -> Result {
  try await withTemporaryFolder { folder in
    try await body(try World(folder, paging: paging, detector: detector))
  }
}
