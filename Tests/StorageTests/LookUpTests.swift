import Core
import Foundation
import Identity
import Testing

@testable import Storage

@Suite struct LookUpTests {
  @Test func `the most severe come first, of these the last seen`() async throws {
    try await withStore { store in
      try store.record(
        page([
          post("p1", published: 10, [finding(1, severity: .low)]),
          post("p2", published: 20, [finding(2, severity: .critical)]),
          post("p3", published: 30, [finding(3, severity: .critical)]),
        ]))
      #expect(try store.exposures().map(\.lastSeen) == [at(30), at(20), at(10)])
    }
  }

  struct Filter: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let filter: ExposureFilter
    let secrets: [Int]

    init(_ description: String, _ secrets: [Int], _ set: (inout ExposureFilter) -> Void) {
      testDescription = description
      var filter = ExposureFilter()
      set(&filter)
      self.filter = filter
      self.secrets = secrets
    }
  }

  @Test(arguments: [
    Filter("none", [1, 2, 3]) { _ in },
    Filter("platform", [3]) { $0.platform = "farcaster" },
    Filter("category", [2]) { $0.category = .openPort },
    Filter("provider", [1, 2, 3]) { $0.provider = "demo" },
    Filter("unknown provider", []) { $0.provider = "none" },
    Filter("severity", [1]) { $0.minSeverity = .high },
    Filter("confidence", [1, 3]) { $0.minConfidence = .high },
    Filter("all confidences", [1, 2, 3, 4]) { $0.minConfidence = .low },
    Filter("state", [3]) { $0.states = [.acknowledged, .ignored] },
    Filter("since", [3]) { $0.since = at(30) },
    Filter("limit", [1]) { $0.limit = 1 },
  ])
  func `a filter lets through what it names`(_ sample: Filter) async throws {
    try await withStore { store in
      try store.record(
        page([
          post("p1", published: 10, [finding(1, severity: .high)]),
          post(
            "p2", published: 20,
            [finding(2, severity: .medium, confidence: .medium, category: .openPort)]),
          post("p3", platform: "farcaster", published: 30, [finding(3, severity: .low)]),
          post("p4", published: 20, [finding(4, severity: .info, confidence: .low)]),
        ]))
      try store.change("UPDATE exposure SET state = 'acknowledged' WHERE severity = 1")
      let wanted = sample.secrets.map {
        finding($0, category: $0 == 2 ? .openPort : .credential).fingerprint
      }
      #expect(try store.exposures(sample.filter).map(\.fingerprint) == wanted)
    }
  }

  @Test func `an exposure is found by any id that it ever had`() async throws {
    try await withStore { store in
      try store.record(page([post("p1", by: "Ada", [finding(1)])]))
      try store.record(page([post("p2", by: "Ada", agentID: "1", [finding(1)])]))
      let ids = try store.values("SELECT id FROM exposure").compactMap { Int64($0) }
      #expect(ids.count == 2)
      for id in ids {
        #expect(try store.exposure(id)?.id == ids.min())
        #expect(try store.sightings(of: id).count == 2)
      }
      #expect(try store.exposure(99) == nil)
      #expect(try store.sightings(of: 99).isEmpty)
    }
  }

  @Test func `agents are listed the worst first, nobody is not`() async throws {
    try await withStore { store in
      try store.record(
        page([
          post("p1", by: nil, [finding(9, severity: .critical)]),
          post("p2", by: "calm", published: 5),
          post("p3", by: "careless", [finding(1), finding(2)]),
          post("p4", by: "dire", published: 7, [finding(3, severity: .critical)]),
          post("p5", by: "mended", [finding(4, severity: .critical)]),
        ]))
      try store.change(
        """
        UPDATE exposure SET state = 'resolved', resolution = 'rotated' WHERE agent =
          (SELECT id FROM agent WHERE name = 'mended')
        """)
      let agents = try store.agents()
      #expect(agents.map { $0.name?.string } == ["dire", "careless", "mended", "calm"])
      #expect(agents.map(\.open) == [[.critical: 1], [.high: 2], [:], [:]])
      #expect(agents.map(\.exposures) == [1, 2, 1, 0])
      #expect(agents[0].firstSeen == at(7))
    }
  }

  private func named(_ match: AgentMatch) -> String {
    func names(_ agents: [AgentRecord]) -> String {
      agents.map { "\($0.platform)/\($0.name?.string ?? "")#\($0.nativeID?.string ?? "")" }
        .joined(separator: " ")
    }
    return switch match {
    case .none(let near): "none, near: \(names(near))"
    case .one(let agent): names([agent])
    case .several(let agents): "several: \(names(agents))"
    }
  }

  struct Asked: Sendable, CustomTestStringConvertible {
    let query: AgentQuery
    var platform: String?
    let answer: String
    var testDescription: String { "\(query) on \(platform ?? "any")" }
  }

  @Test(arguments: [
    Asked(query: .name("Ada"), answer: "several: farcaster/Ada# moltbook/Ada#1"),
    Asked(query: .name("aDA"), platform: "moltbook", answer: "moltbook/Ada#1"),
    Asked(query: .name("Ada"), platform: "clawhub", answer: "none, near: "),
    Asked(query: .id("1"), answer: "moltbook/Ada#1"),
    Asked(query: .id("9"), answer: "none, near: "),
    Asked(query: .id("0xABC"), answer: "farcaster/#0xabc"),
    Asked(query: .name("Twin"), answer: "moltbook/Twin#5"),
    Asked(query: .name("TWIN"), answer: "several: moltbook/Twin#5 moltbook/twin#6"),
    Asked(query: .name("Zoe\u{308}"), answer: "moltbook/Zoë#"),
    Asked(query: .name("ＤＯＴＴＹ-bot"), answer: "none, near: moltbook/Dotty Bot#"),
    Asked(query: .name("D0tty_B0t"), answer: "none, near: moltbook/Dotty Bot#"),
    Asked(query: .name("dotty bоt"), answer: "none, near: moltbook/Dotty Bot#"),
    Asked(query: .name("dotybot"), answer: "none, near: moltbook/Dotty Bot#"),
    Asked(query: .name("dottybtoo"), answer: "none, near: "),
    Asked(query: .name("dottybto"), answer: "none, near: moltbook/Dotty Bot#"),
    Asked(query: .name("Aba"), answer: "none, near: "),
    Asked(query: .name(""), answer: "none, near: "),
  ])
  func `a name stands for an agent only if it is its name`(_ asked: Asked) async throws {
    try await withStore { store in
      try store.record(
        page([
          post("p1", by: "Ada", published: 10), post("p2", by: "Ada", agentID: "1", published: 11),
          post("p3", by: "Ada", platform: "farcaster", published: 50),
          post("p4", by: nil, agentID: "0xabc", platform: "farcaster"),
          post("p5", by: "Dotty Bot"), post("p6", by: "Zoë"),
          post("p7", by: "Twin", agentID: "5", published: 9),
          post("p8", by: "twin", agentID: "6", published: 8),
        ]))
      let match = try store.findAgent(asked.query, on: asked.platform)
      #expect(named(match) == asked.answer)
    }
  }

  @Test func `of several agents of one folded name the one spelt so is meant`() async throws {
    try await withStore { store in
      try store.record(
        page([
          post("p1", by: "Twin", agentID: "5"), post("p2", by: "twin", agentID: "6"),
          post("p3", by: "TWIN", agentID: "7"), post("p4", by: "TWIN", agentID: "8"),
        ]))
      guard case .one(let agent) = try store.findAgent(.name("twin")) else {
        Issue.record("not found")
        return
      }
      #expect(agent.nativeID?.string == "6")
    }
  }

  @Test func `no more names are offered than the limit`() async throws {
    try await withStore { store in
      let names = (0..<8).map { "robot\(Character(UnicodeScalar(UInt8(0x61 + $0))))" }
      try store.record(page(names.map { post($0, by: $0) }))
      guard case .none(let near) = try store.findAgent(.name("robot")) else {
        Issue.record("found")
        return
      }
      #expect(near.count == 5)
    }
  }

  @Test func `platforms are listed by name`() async throws {
    try await withStore { store in
      try store.record(page([post("p1"), post("p1", platform: "clawhub")]))
      #expect(try store.platforms().map(\.string) == ["clawhub", "moltbook"])
    }
  }
}
