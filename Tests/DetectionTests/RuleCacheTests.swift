import Core
import Foundation
import TestSupport
import Testing

@testable import Detection

@Suite struct RuleCacheTests {
  private let folder = packageRoot.appending(path: "patterns").path

  @Test func `rules come back from the cache as they were`() async throws {
    try await withTemporaryFolder { cache in
      let first = try RuleSet(folder: folder, cache: cache.path)
      let kept = RuleCache(folder: cache.path).rules(first.digest, in: folder)
      #expect(kept.map { "\($0.rules)" } == "\(first.rules)")
      #expect(kept?.places == first.triggerPlaces)
      let second = try RuleSet(folder: folder, cache: cache.path)
      #expect("\(second.rules)" == "\(first.rules)")
    }
  }

  @Test func `a damaged cache is as if it were not there`() async throws {
    try await withTemporaryFolder { cache in
      let set = try RuleSet(folder: folder, cache: cache.path)
      let name = try #require(FileManager.default.contentsOfDirectory(atPath: cache.path).first)
      let file = cache.appending(path: name)
      let whole = try Data(contentsOf: file)
      for damaged in [Data(), whole.dropLast(), whole + [0], Data(repeating: 0xFF, count: 99)] {
        try damaged.write(to: file)
        let kept = RuleCache(folder: cache.path).rules(set.digest, in: folder)
        #expect(kept == nil)
        #expect(try RuleSet(folder: folder, cache: cache.path).rules.count == set.rules.count)
      }
    }
  }

  @Test func `the cache of other rules is taken away`() async throws {
    try await withTemporaryFolder { cache in
      let stale = cache.appending(path: "rules-0-stale")
      try Data().write(to: stale)
      _ = try RuleSet(folder: folder, cache: cache.path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: cache.path).count == 1)
    }
  }
}
