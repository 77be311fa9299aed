import Core
import Foundation
import Identity
import TestSupport
import Testing

@testable import Storage

@Suite struct RecordingTests {
  @Test func `a post with a secret becomes an exposure of its agent`() async throws {
    try await withStore { store in
      let found = finding(
        1, details: [.host: PublicText("db.example")], reasons: [.context, .checksumOK])
      let outcome = try store.record(page([post("p1", url: "https://example.org/p1", [found])]))
      #expect(outcome.postsNew == 1)
      #expect(outcome.exposuresNew == 1)
      #expect(outcome.exposuresSeenAgain == 0)
      #expect(outcome.lags == [hour])

      let exposure = try #require(try store.exposures().first)
      #expect(exposure.platform.string == "moltbook")
      #expect(exposure.agent?.string == "Ada")
      #expect(exposure.category == .credential)
      #expect(exposure.provider == "demo")
      #expect(exposure.rule == "demo-key")
      #expect(exposure.severity == .high)
      #expect(exposure.confidence == .high)
      #expect(exposure.state == .open)
      #expect(exposure.firstSeen == at(0))
      #expect(exposure.lastSeen == at(0))
      #expect(exposure.sightings == 1)
      #expect(exposure.preview.string == "demo_…")
      #expect(exposure.fingerprint == found.fingerprint)
      #expect(exposure.details == [.host: PublicText("db.example")])
      #expect(exposure.reasons == [.context, .checksumOK])

      let sighting = try #require(try store.sightings(of: exposure.id).first)
      #expect(sighting.post.string == "p1")
      #expect(sighting.url?.string == "https://example.org/p1")
      #expect(sighting.field == .body)
      #expect(sighting.count == 1)
      #expect(sighting.publishedAt == at(0))
      #expect(sighting.seenAt == at(hour))
      #expect(sighting.excerpt?.string == "here is ‹key›")
      #expect(try store.verify() == [])
    }
  }

  @Test func `a page that is read again changes nothing but when it was checked`() async throws {
    try await withStore { store in
      let posts = [
        post("p1", heldBack: ["doubtful": 2], [finding(1), finding(1, field: .title)]),
        post("p2", by: nil, published: nil, [finding(2)]),
        post("p3", by: "Bo", agentID: "7"),
      ]
      let skipped = [PublicSkip(id: nil, reason: "no id")]
      try store.record(page(posts, skipped: skipped))
      let before = try store.dump()
      let exposures = try store.exposures().map(\.lastSeen)
      let outcome = try store.record(page(posts, seenAt: 2 * hour, skipped: skipped))

      #expect(try store.dump() == before)
      #expect(try store.exposures().map(\.lastSeen) == exposures)
      #expect(outcome.postsNew == 0)
      #expect(outcome.exposuresNew == 0)
      #expect(outcome.exposuresSeenAgain == 2)
      #expect(outcome.alertsQueued == 0)
      #expect(outcome.lags == [])
      #expect(try store.heldBack() == ["doubtful": 2])
      let checked = try store.values("SELECT min(checked_at) FROM revision")
      #expect(checked == ["\(at(2 * hour).microseconds)"])
    }
  }

  @Test func `a reposted secret adds a sighting, not an exposure`() async throws {
    try await withStore { store in
      try store.record(page([post("p1", published: hour, [finding(1)])]))
      let outcome = try store.record(page([post("p2", published: 0, [finding(1)])]))
      #expect(outcome.exposuresNew == 0)
      #expect(outcome.exposuresSeenAgain == 1)
      let exposure = try #require(try store.exposures().first)
      #expect(exposure.sightings == 2)
      #expect(exposure.firstSeen == at(0))
      #expect(exposure.lastSeen == at(hour))
      #expect(try store.sightings(of: exposure.id).map(\.post.string) == ["p1", "p2"])
    }
  }

  @Test func `an edited post is a second revision`() async throws {
    try await withStore { store in
      try store.record(page([post("p1", text: "before", [finding(1)])]))
      let outcome = try store.record(page([post("p1", text: "after", [finding(1)])]))
      #expect(outcome.postsNew == 1)
      #expect(outcome.lags == [])
      #expect(try store.count("post") == 1)
      #expect(try store.count("revision") == 2)
      #expect(try store.exposures().map(\.sightings) == [2])
    }
  }

  @Test func `several finds in one field are one sighting with a count`() async throws {
    try await withStore { store in
      let finds = [finding(1, span: 40..<48), finding(1, span: 4..<12), finding(1, field: .title)]
      try store.record(page([post("p1", finds)]))
      let exposure = try #require(try store.exposures().first)
      #expect(exposure.sightings == 2)
      let counts = try store.sightings(of: exposure.id).map { "\($0.field) \($0.count)" }
      #expect(counts == ["body 2", "title 1"])
      #expect(try store.values("SELECT span_start FROM sighting WHERE field = 'body'") == ["4"])
    }
  }

  @Test func `without a date a secret was first seen when it was read`() async throws {
    try await withStore { store in
      try store.record(page([post("p1", published: nil, [finding(1)])], seenAt: hour))
      #expect(try store.exposures().map(\.firstSeen) == [at(hour)])
      try store.record(page([post("p1", published: 60, [finding(1)])], seenAt: 2 * hour))
      #expect(try store.exposures().map(\.firstSeen) == [at(60)])
      #expect(try store.exposures().map(\.lastSeen) == [at(60)])
      #expect(try store.agents().map(\.lastSeen) == [at(60)])
      #expect(try store.verify() == [])
    }
  }

  @Test func `the greatest judgement holds, whichever came first`() async throws {
    let judgements = [
      post("p1", [finding(1, rule: "b", severity: .low, confidence: .high)]),
      post("p2", [finding(1, rule: "z", severity: .critical, confidence: .medium)]),
      post("p3", [finding(1, rule: "a", severity: .high, confidence: .high, preview: "a…1")]),
      post("p4", [finding(1, rule: "a", severity: .high, confidence: .high, preview: "a…2")]),
    ]
    for order in [judgements, judgements.reversed()] {
      try await withStore { store in
        for post in order { try store.record(page([post])) }
        let exposure = try #require(try store.exposures().first)
        #expect(exposure.rule == "a")
        #expect(exposure.severity == .high)
        #expect(exposure.preview.string == "a…2")
      }
    }
  }

  @Test func `findings of low confidence are nobody's news`() async throws {
    try await withStore { store in
      let outcome = try store.record(page([post("p1", [finding(1, confidence: .low)])]))
      #expect(outcome.exposuresNew == 0)
      #expect(try store.events() == [])
      #expect(try store.exposures().isEmpty)
      let risen = try store.record(page([post("p2", [finding(1, confidence: .medium)])]))
      #expect(risen.exposuresNew == 1)
      #expect(try store.events() == [.leaked])
    }
  }

  @Test func `a newer rule set's masks replace the older ones, never the other way`() async throws {
    try await withStore { store in
      func reading(_ url: String, _ rules: String) -> RecordedPage {
        page([post("p1", url: url, heldBack: [rules: 1])], rules: rules)
      }
      try store.record(reading("https://z.example/raw", "rules-1"))
      try store.record(reading("https://a.example/‹masked›", "rules-2"))
      try store.record(reading("https://z.example/raw", "rules-1"))
      #expect(try store.values("SELECT url FROM post") == ["https://a.example/‹masked›"])
      #expect(try store.heldBack() == ["rules-2": 1])
    }
  }

  @Test func `texts are stored up to their limit and cut after it`() async throws {
    try await withTemporaryFolder { folder in
      var limits = Limits()
      limits.storedCharacters = 10
      let store = try openStore(in: folder, limits: limits)
      try store.record(page([post("ßßßßßßßßßß"), post("ßßßßßßßßßßß")]))
      let ids = try store.values("SELECT native_id FROM post ORDER BY id")
      #expect(ids == ["ßßßßßßßßßß", "ßßßßßßßßßß…"])
    }
  }

  @Test(arguments: [(9, "here is ‹…"), (13, "here is ‹key›"), (12, "here is ‹key…")])
  func `an excerpt is cut after its limit`(limit: Int, excerpt: String) async throws {
    try await withTemporaryFolder { folder in
      var limits = Limits()
      limits.excerptCharacters = limit
      let store = try openStore(in: folder, limits: limits)
      try store.record(page([post("p1", [finding(1)])]))
      #expect(try store.values("SELECT excerpt FROM sighting") == [excerpt])
    }
  }

  @Test func `how often a post could not be read is counted`() async throws {
    try await withStore { store in
      let skip = PublicSkip(id: PublicText("p9"), reason: "no platform")
      try store.record(page([], skipped: [skip, PublicSkip(id: nil, reason: "no id")]))
      try store.record(page([], skipped: [skip]))
      let rows = try store.values("SELECT native_id, count FROM skipped ORDER BY native_id")
      #expect(rows == [" 1", "p9 2"])
    }
  }

  @Test func `an archive's position moves with its page`() async throws {
    try await withStore { store in
      let archive = sampleKey.hash(.archive, "posts.ndjson")
      #expect(try store.archivePosition(of: archive) == nil)
      for offset in [10, 20] {
        let position = ArchivePosition(
          archive: archive, offset: offset, lines: offset / 10,
          digest: sampleKey.hash(.archiveDigest, "\(offset)"), rules: "rules-\(offset)")
        try store.record(page([post("p\(offset)")], progress: .archive(position)))
        #expect(try store.archivePosition(of: archive) == position)
      }
    }
  }
}
