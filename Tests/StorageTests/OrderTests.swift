import Core
import Foundation
import Testing

@testable import Storage

@Suite struct OrderTests {
  /// Posts of agents whose ids are missing now and then, of edits, of posts read by two sources, and of quotes.
  private static let posts: [PublicPost] = [
    post("p1", by: "Ada", published: 10, [finding(1)]),
    post("p2", by: "ada", agentID: "1", published: 20, [finding(1), finding(2)]),
    post("p3", by: "Bo", agentID: "2", published: 30, [finding(1, severity: .critical)]),
    post("p4", by: "Bo", published: 40, [finding(3)]),
    post("p5", by: "Bo", agentID: "3", published: 50, [finding(3, preview: "demo_…9")]),
    post("p6", by: nil, published: nil, [finding(4)]),
    post("p6", by: "Cy", agentID: "4", published: 60, url: "https://example.org/6", [finding(4)]),
    post("p7", by: nil, agentID: "4", published: 70, kind: .comment, [finding(4, field: .title)]),
    post("p7", by: "Cy", published: 65, text: "edited", [finding(5)]),
    post("p8", by: "Ada", platform: "farcaster", published: 80, heldBack: ["low": 1], [finding(1)]),
    post("p8", by: "Ada", platform: "farcaster", published: nil, url: "https://example.org/8"),
    post("p9", by: "Zoë", published: nil), post("p9", by: "Zoe\u{308}", published: nil),
  ]

  @Test(arguments: 0..<12) func `the order in which posts arrive does not matter`(
    seed: Int
  )
    async throws
  {
    let straight = try await withStore { store in
      try store.record(page(OrderTests.posts, cause: .archive))
      #expect(try store.verify() == [])
      return (try lines(store), try shown(store))
    }
    var random = Generator(state: UInt64(seed))
    let shuffled = OrderTests.posts.shuffled(using: &random)
    try await withStore { store in
      for post in shuffled { try store.record(page([post], cause: .archive)) }
      #expect(try store.verify() == [])
      let difference = try lines(store).symmetricDifference(straight.0).sorted()
      #expect(difference == [])
      #expect(try shown(store) == straight.1)
    }
  }

  @Test(arguments: 0..<40) func `nor does it for posts at random, in pages of any size`(
    seed: Int
  )
    async throws
  {
    var random = Generator(state: UInt64(seed + 100))
    let posts = (0..<30).map { _ in OrderTests.random(using: &random) }
    var dumps: [Set<Substring>] = []
    var looks: [[String]] = []
    for _ in 0..<3 {
      var rest = posts.shuffled(using: &random)[...]
      try await withStore { store in
        while !rest.isEmpty {
          let count = Int.random(in: 1...12, using: &random)
          try store.record(page(Array(rest.prefix(count)), cause: .archive))
          rest = rest.dropFirst(count)
        }
        #expect(try store.verify() == [])
        dumps.append(try lines(store))
        looks.append(try shown(store))
      }
    }
    #expect(dumps[0].symmetricDifference(dumps[1]).sorted() == [])
    #expect(dumps[0].symmetricDifference(dumps[2]).sorted() == [])
    #expect(looks[0] == looks[1])
  }

  /// One of few posts by one of few agents, so that all of them collide.
  private static func random(using random: inout Generator) -> PublicPost {
    func any<Value>(_ values: [Value]) -> Value {
      values[Int.random(in: 0..<values.count, using: &random)]
    }
    let finds = (0..<any([0, 1, 2])).map { _ in
      finding(
        any([1, 2, 3]), rule: any(["a", "b"]), severity: any([.low, .high]),
        confidence: any([.medium, .high]), field: any([.body, .title]))
    }
    return post(
      any(["p1", "p2", "p3", "p4", "p5"]), by: any(["Ada", "ada", "Bo", nil]),
      agentID: any(["1", "2", nil, nil]), published: any([nil, 10, 20]),
      text: any(["one", "two"]), kind: any([.post, .comment]), url: any([nil, "u1", "u2"]),
      heldBack: any([[:], ["low": 1], ["low": 2]]), finds)
  }

  @Test func `a dump tells different histories apart`() async throws {
    let dumps = try await [OrderTests.posts, OrderTests.posts.dropLast(3), []].asyncMap { posts in
      try await withStore { store in
        try store.record(page(Array(posts), cause: .archive))
        return try store.dump()
      }
    }
    #expect(Set(dumps).count == 3)
  }

  @Test func `records without an id are those of the one id under the name`() async throws {
    try await withStore { store in
      try store.record(page([post("p1", by: "Ada", published: 0, [finding(1)])]))
      let first = try #require(try store.exposures().first)
      let outcome = try store.record(
        page([post("p2", by: "ADA", agentID: "1", published: hour, [finding(1)])]))
      #expect(outcome.exposuresNew == 0)
      #expect(outcome.exposuresSeenAgain == 1)

      let exposures = try store.exposures()
      #expect(exposures.map(\.id) == [first.id])
      #expect(exposures.map(\.sightings) == [2])
      #expect(exposures.map(\.firstSeen) == [at(0)])
      #expect(exposures.map(\.lastSeen) == [at(hour)])
      #expect(try store.agents().count == 1)
      #expect(try store.agents().map(\.exposures) == [1])

      try store.record(page([post("p3", by: "Ada", agentID: "2", [finding(1)])]))
      #expect(try store.agents().count == 3, "two ids, and what cannot be told to belong to either")
      #expect(try store.exposures().count == 3)
    }
  }

  @Test func `one place counts once, though two readings name its author differently`() async throws
  {
    try await withStore { store in
      try store.record(page([post("p1", by: "Ada", [finding(1)])]))
      try store.record(page([post("p1", by: "Ada", agentID: "1", [finding(1)])]))
      let exposure = try #require(try store.exposures().first)
      #expect(exposure.sightings == 1)
      #expect(try store.sightings(of: exposure.id).count == 1)
    }
  }

  @Test func `a resolved exposure stays so when its agent's id is learned`() async throws {
    try await withStore { store in
      try store.record(page([post("p1", by: "Ada", [finding(1)])]))
      try store.change("UPDATE exposure SET state = 'resolved', resolution = 'rotated'")
      try store.record(page([post("p2", by: "Ada", agentID: "1", [finding(1)])]))
      #expect(try store.exposures().map(\.state) == [.resolved])
    }
  }

  private func lines(_ store: Store) throws -> Set<Substring> {
    Set(try store.dump().split(separator: "\n"))
  }

  /// What look-ups show, without ids.
  private func shown(_ store: Store) throws -> [String] {
    try store.exposures().map { exposure in
      "\(exposure.agent?.string ?? "-") \(exposure.fingerprint) \(exposure.sightings) \(exposure.preview)"
    }.sorted()
  }
}

/// A generator whose sequence is always the same.
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

extension Collection {
  fileprivate func asyncMap<Result>(
    _ transform: (Element) async throws -> Result
  ) async rethrows
    -> [Result]
  {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
