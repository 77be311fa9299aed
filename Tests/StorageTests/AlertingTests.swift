import Core
import Foundation
import Identity
import Testing

@testable import Storage

@Suite struct AlertingTests {
  @Test func `forty agents that quote one key are one alert`() async throws {
    try await withStore { store in
      let quotes = (0..<40).map { post("p\($0)", by: "agent\($0)", [finding(1)]) }
      let outcome = try store.record(page(quotes))
      #expect(outcome.exposuresNew == 40)
      #expect(outcome.alertsQueued == 1)
      try store.record(page([post("later", by: "latecomer", [finding(1)])], seenAt: day))
      #expect(try store.events() == [.leaked])
      #expect(try finish(store) == [], "who quotes what was told is told with it")
    }
  }

  @Test func `a key that reaches another platform has spread, once`() async throws {
    try await withStore { store in
      try store.record(page([post("p1", [finding(1)])]))
      for name in ["Bo", "Cy"] {
        try store.record(page([post("c-\(name)", by: name, platform: "farcaster", [finding(1)])]))
      }
      #expect(try store.events() == [.leaked, .spread])
    }
  }

  @Test func `a change tells the exposure and where it was seen`() async throws {
    try await withStore { store in
      let seen = Collected<ExposureChange>()
      let leak = post("p1", url: "https://example.org/p1", [finding(1, severity: .critical)])
      try store.record(page([leak])) { change in
        seen.values.append(change)
        return []
      }
      let change = try #require(seen.values.first)
      #expect(seen.values.count == 1)
      #expect(change.event == .leaked)
      #expect(change.cause == .live)
      #expect(change.episode == 1)
      #expect(change.exposure.id == (try store.exposures().first?.id))
      #expect(change.exposure.severity == .critical)
      #expect(change.exposure.sightings == 1)
      #expect(change.sighting.post.string == "p1")
      #expect(change.sighting.url?.string == "https://example.org/p1")
      #expect(change.sighting.excerpt?.string == "here is ‹key›")
    }
  }

  struct Age: Sendable, CustomTestStringConvertible {
    let cause: Cause
    let seconds: Double?
    let alerts: Bool
    var testDescription: String { "\(cause), \(seconds.map { "\($0) s" } ?? "undated")" }
  }

  @Test(arguments: [
    Age(cause: .live, seconds: 0, alerts: true),
    Age(cause: .live, seconds: nil, alerts: true),
    Age(cause: .live, seconds: 7 * day - 1, alerts: true),
    Age(cause: .live, seconds: 7 * day, alerts: false),
    Age(cause: .firstPass, seconds: 0, alerts: false),
    Age(cause: .archive, seconds: 0, alerts: false),
    Age(cause: .backfill, seconds: nil, alerts: false),
  ])
  func `only live and young exposures alert singly, the rest in a summary`(_ age: Age) async throws
  {
    try await withStore { store in
      let leak = post("p1", published: age.seconds.map { 30 * day - $0 }, [finding(1)])
      try store.record(page([leak], cause: age.cause, seenAt: 30 * day))
      #expect(try store.events() == (age.alerts ? [.leaked] : []))
      let summaries = try finish(store)
      #expect(summaries.count == (age.alerts ? 0 : 1))
      #expect(summaries.first?.causes == (age.alerts ? nil : [age.cause]))
    }
  }

  @Test func `a pass makes one summary of what no alert told, and only once`() async throws {
    try await withStore { store in
      let posts = [
        post("p1", by: "Ada", [finding(1, severity: .critical), finding(2)]),
        post("p2", by: "Bo", [finding(1, severity: .critical)]),
        post("p3", by: nil, [finding(3, severity: .low, category: .openPort)]),
        post("p4", by: "Cy", [finding(4, confidence: .low)]),
      ]
      try store.record(page(posts, cause: .firstPass, seenAt: hour))
      try store.record(page([post("p5", [finding(5)])], seenAt: hour + 1)) { _ in [] }
      let summary = try #require(try finish(store).first)
      #expect(
        summary.counts == [.credential: [.critical: 2, .high: 2], .openPort: [.low: 1]])
      #expect(summary.agents == 2)
      #expect(summary.causes == [.firstPass, .live])
      #expect(summary.from == at(hour))
      #expect(summary.to == at(3 * hour))
      #expect(try store.events() == [.summary])
      #expect(try finish(store) == [])
      #expect(try store.lastPass()?.postsRead == 5)
    }
  }

  @Test func `what was closed before the pass ended is in no summary`() async throws {
    try await withStore { store in
      try store.record(page([post("p1", [finding(1)])], cause: .archive))
      try resolve(store, as: .test)
      #expect(try finish(store) == [])
    }
  }

  @Test func `rows of one agent are one exposure in a summary`() async throws {
    try await withStore { store in
      let posts = [post("p1", [finding(1)]), post("p2", agentID: "1", [finding(1)])]
      try store.record(page(posts, cause: .archive))
      let summary = try #require(try finish(store).first)
      #expect(summary.counts == [.credential: [.high: 1]])
      #expect(summary.agents == 1)
    }
  }

  @Test(arguments: [Resolution.removed, .accepted])
  func `what was resolved as gone opens again in a new post`(_ resolution: Resolution) async throws
  {
    try await withStore { store in
      let first = post("p1", [finding(1)])
      try store.record(page([first]))
      try resolve(store, as: resolution)
      try store.record(page([first], seenAt: 2 * hour))
      #expect(try store.exposures().map(\.state) == [.resolved], "the same text says nothing new")

      let outcome = try store.record(page([post("p1", text: "edited", [finding(1)])], seenAt: day))
      #expect(outcome.exposuresNew == 0)
      #expect(try store.exposures().map(\.state) == [.open])
      #expect(try store.events() == [.leaked, .reopened])

      try resolve(store, as: resolution)
      try store.record(page([post("p2", [finding(1)])], seenAt: 2 * day))
      #expect(try store.events() == [.leaked, .reopened, .reopened], "each episode has its alert")
      #expect(try store.values("SELECT episode FROM exposure") == ["3"])
    }
  }

  @Test(arguments: [Resolution.rotated, .falsePositive, .test])
  func `what was resolved for good stays closed`(_ resolution: Resolution) async throws {
    try await withStore { store in
      try store.record(page([post("p1", [finding(1)])]))
      try resolve(store, as: resolution)
      try store.record(page([post("p2", [finding(1)])]))
      #expect(try store.exposures().map(\.state) == [.resolved])
      #expect(try store.events() == [.leaked])
    }
  }

  @Test func `what opens again in an archive waits for the summary`() async throws {
    try await withStore { store in
      try store.record(page([post("p1", [finding(1)])]))
      try resolve(store, as: .removed)
      try store.record(page([post("p2", [finding(1)])], cause: .archive))
      #expect(try store.events() == [.leaked])
      #expect(try finish(store).first?.causes == [.archive])
    }
  }

  @Test func `if an alert cannot be made, nothing of the page is recorded`() async throws {
    struct Refusal: Error {}
    try await withStore { store in
      try store.record(page([post("p0", [finding(9)])]))
      try store.enqueue([FeedRequest(source: "moltbook", purpose: .comments, path: "/c", key: "c")])
      let before = try store.dump()
      let request = try #require(try store.next(of: "moltbook", at: at(0)))
      let posts = [post("p1", [finding(1)]), post("p2", by: "Bo", [finding(2)])]
      let seen = Collected<Int>()
      #expect(throws: Refusal.self) {
        try store.record(
          page(
            posts,
            progress: .answered(request, next: nil, followUps: [], budgetSpent: false))
        ) { change in
          seen.values.append(1)
          if seen.values.count == 2 { throw Refusal() }
          return [alert(change)]
        }
      }
      #expect(try store.dump() == before)
      #expect(try store.next(of: "moltbook", at: at(0)) == request)
      #expect(throws: Refusal.self) {
        try store.record(page([post("p3", [finding(3)])], cause: .archive))
        _ = try store.finishPass(Pass(startedAt: at(0), endedAt: at(1), isComplete: true)) { _ in
          throw Refusal()
        }
      }
      #expect(try store.lastPass() == nil)
      #expect(try finish(store).count == 1)
    }
  }

  /// Ends a pass and gives the summaries that were made.
  private func finish(_ store: Store) throws -> [PassSummary] {
    var summaries: [PassSummary] = []
    let pass = Pass(
      startedAt: at(2 * hour), endedAt: at(3 * hour), isComplete: true, postsRead: 5)
    let queued = try store.finishPass(pass) { summary in
      summaries.append(summary)
      return [
        Alert(
          id: sampleKey.hash(.alert, "summary", "\(summary.to)"), sink: "webhook", event: .summary,
          body: "{}", createdAt: summary.to)
      ]
    }
    #expect(queued == summaries.count)
    return summaries
  }

  private func resolve(_ store: Store, as resolution: Resolution) throws {
    try store.change("UPDATE exposure SET state = 'resolved', resolution = '\(resolution.name)'")
  }
}

/// What a closure that is called in turn has collected.
private final class Collected<Value> {
  var values: [Value] = []
}
