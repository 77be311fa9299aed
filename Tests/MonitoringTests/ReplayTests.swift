import Core
import Feeds
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Monitoring

/// A platform that grows and fails while it is read, pass after pass: what is recorded in the end, and what is said.
@Suite struct ReplayTests {
  @Test(arguments: 1...10)
  func `whatever fails on the way, everything is recorded once`(seed: UInt64) async throws {
    try await withTemporaryFolder { folder in
      let world = try World(folder, paging: seed % 3 == 0 ? .offset : .cursor)
      var dice = Dice(seed)
      world.town.limitPages(to: 10)
      world.town.addPosts(24)
      for (rank, article) in world.town.articles.enumerated() where rank % 6 == 0 {
        world.town.addRemarks(rank % 12 == 0 ? 5 : 25, to: article.id)
      }
      world.town.meet(Dice.faults(seed: seed, share: 0.3))
      for _ in 0..<5 {
        try await world.passAndJudge()
        world.clock.advance(300)
        world.town.grow(&dice)
        world.configuration.sources[0].pages = 2
        // What a process remembered is gone.
        try world.close()
      }
      try await world.settle()
      let recorded = try world.recorded()
      #expect(recorded.count == world.town.ids.count)
      #expect(Set(recorded) == world.town.ids)
      #expect(try world.store().verify().isEmpty)
      #expect(world.town.mostRequests(in: 60) <= 60)
    }
  }

  struct Mishap: Sendable, CustomTestStringConvertible {
    var fault: Fault
    var place: Place
    var lasts: Int
    var testDescription: String { "\(fault) at the \(place), \(lasts) times" }

    static let all = Fault.allCases.flatMap { fault in
      Place.allCases.filter { $0.knows(fault) }.flatMap { place in
        // What the client tries again by itself must last to be felt.
        (fault.passes ? [5] : [1, 5]).map { Mishap(fault: fault, place: place, lasts: $0) }
      }
    }
  }

  enum Place: Sendable, CaseIterable {
    case top, secondPage, lastPage, comments, moreComments

    func holds(_ call: Town.Call) -> Bool {
      let isFirst = !call.path.contains("cursor=")
      return switch self {
      case .top: call.isListing && isFirst
      case .secondPage, .lastPage: call.isListing && !isFirst
      case .comments: call.isComments && isFirst
      case .moreComments: call.isComments && !isFirst
      }
    }

    /// How many requests pass before the fault comes.
    var lead: Int { self == .lastPage ? 1 : 0 }

    func knows(_ fault: Fault) -> Bool {
      switch fault {
      case .commentsRefused, .commentsHidden: self == .comments || self == .moreComments
      case .repeated, .hollow: self != .top && self != .comments
      case .bare: self == .top || self == .secondPage
      default: true
      }
    }
  }

  @Test(arguments: Mishap.all)
  func `no fault at any place loses anything or passes for completeness`(
    mishap: Mishap
  ) async throws {
    try await withTemporaryFolder { folder in
      let world = try World(folder)
      world.town.limitPages(to: 4)
      world.town.addPosts(6)
      try await world.passAndJudge()
      world.clock.advance(3_600)
      world.town.addPosts(9)
      world.town.addRemarks(12, to: world.town.articles[11].id)
      let met = Mutex(0)
      world.town.meet { call in
        guard mishap.place.holds(call) else { return nil }
        let count = met.withLock { met in
          met += 1
          return met - mishap.place.lead
        }
        return (1...mishap.lasts).contains(count) ? mishap.fault : nil
      }
      for _ in 0..<8 {
        if try await world.passAndJudge() { break }
        world.clock.advance(300)
      }
      #expect(met.withLock { $0 } > mishap.place.lead, "the fault was never met")
      #expect(Set(try world.recorded()) == world.town.ids)
    }
  }

  @Test func `a rate holds across programs that start one after the other`() async throws {
    try await withTemporaryFolder { folder in
      let world = try World(folder)
      world.configuration.sources[0].rates = [Rate(requests: 6, seconds: 60)]
      world.town.addPosts(3)
      for article in world.town.articles { world.town.addRemarks(1, to: article.id) }
      for round in 0..<12 {
        try await world.pass(for: [5, 15, 61][round % 3])
        try world.close()
      }
      #expect(world.town.calls.count >= 12)
      #expect(world.town.mostRequests(in: 60) <= 6)
    }
  }

  @Test func `two sources of one host keep its rate together`() async throws {
    try await withTemporaryFolder { folder in
      let world = try World(folder)
      var other = world.configuration.sources[0]
      other.name = "beach"
      world.configuration.sources.append(other)
      world.town.limitPages(to: 2)
      world.town.addPosts(30)
      for article in world.town.articles { world.town.addRemarks(1, to: article.id) }
      let summary = try await world.pass(over: [.source("moltbook"), .source("beach")])
      #expect(summary.complete)
      #expect(world.town.calls.count > 45)
      #expect(world.town.mostRequests(in: 60) <= 60)
      #expect(try world.recorded().count == 60)
    }
  }

  @Test func `a quiet platform is asked once a pass, and nothing is told`() async throws {
    try await withTemporaryFolder { folder in
      let world = try World(folder)
      world.town.limitPages(to: 10)
      world.town.addPosts(24)
      world.town.addRemarks(40, to: world.town.articles[20].id)
      try await world.pass()
      let before = world.town.calls.count
      for _ in 0..<20 {
        world.clock.advance(300)
        let summary = try await world.pass()
        #expect(!summary.isWorthTelling)
        #expect(summary.postsNew == 0)
      }
      let calls = world.town.calls.dropFirst(before)
      #expect(calls.count == 20)
      #expect(calls.allSatisfy { $0.path == "/posts?sort=new&limit=50" })
      #expect(world.notebook.text.isEmpty)
    }
  }
}

extension World {
  /// One pass, after which the summary must tell the truth: whether everything was read.
  @discardableResult
  func passAndJudge() async throws -> Bool {
    let summary = try await pass()
    #expect(summary.complete == summary.incomplete.isEmpty)
    let isComplete = summary.complete && summary.skipped.isEmpty
    if isComplete {
      #expect(Set(try recorded()) == town.ids, "complete, but not everything was read")
    }
    return isComplete
  }

  /// Passes without faults until nothing waits.
  func settle() async throws {
    town.meet { _ in nil }
    for _ in 0..<30 {
      clock.advance(300)
      let summary = try await pass()
      if summary.complete, summary.skipped.isEmpty { return }
    }
    Issue.record("passes without faults never came to an end")
  }
}

extension Town {
  /// Adds posts, and remarks to posts that the next pass meets again.
  func grow(_ dice: inout Dice) {
    let newest = articles.suffix(8).map(\.id)
    for id in newest where Int.random(in: 0..<3, using: &dice) == 0 {
      addRemarks(Int.random(in: 1...25, using: &dice), to: id)
    }
    addPosts([0, 3, 9, 33].randomElement(using: &dice) ?? 0)
  }

  /// The most requests that any span of so many seconds held.
  func mostRequests(in seconds: Double) -> Int {
    let times = calls.map(\.at)
    var most = 0
    var first = 0
    for (last, time) in times.enumerated() {
      while time - times[first] >= seconds { first += 1 }
      most = max(most, last - first + 1)
    }
    return most
  }
}
