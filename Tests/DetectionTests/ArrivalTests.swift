import Core
import Foundation
import Generation
import Records
import TestSupport
import Testing

@testable import Detection

/// Where a text came from, and how it came, must not matter.
@Suite struct ArrivalTests {
  private static let sample = Result {
    let posts = try generatedPosts(oneIn: 211, seed: 11)
    return (posts: posts, findings: try findings(in: posts))
  }

  private let posts: [Post]
  private let expected: [String: [Finding]]

  init() throws {
    (posts, expected) = try Self.sample.get()
  }

  private func ndjson(_ posts: some Sequence<Post>) -> [UInt8] {
    posts.flatMap { post in
      let record: JSONValue = [
        "platform": .string("tide"), "id": .string(post.id), "body": .string(post.body ?? ""),
      ]
      return Array((record.rendered + "\n").utf8)
    }
  }

  /// What is found in files of these names and bytes.
  private func found(
    in files: KeyValuePairs<String, [UInt8]>, buffer: Int = 128 << 10, records: Int = 2_000,
    bytes: Int = 4 << 20
  ) async throws -> [String: [Finding]] {
    try await withTemporaryFolder { folder in
      var posts: [Post] = []
      for (name, content) in files {
        let file = folder.appending(path: name)
        try Data(content).write(to: file)
        let reader = try RecordReader(path: file.path, buffer: buffer)
        while let batch = try reader.next(records: records, bytes: bytes) { posts += batch.posts }
      }
      return try findings(in: posts)
    }
  }

  @Test func `there is something to be found`() {
    #expect(expected.values.count { !$0.isEmpty } > posts.count / 20)
  }

  @Test(arguments: [
    (128 << 10, 2_000, 4 << 20), (61, 3, 4 << 20), (1_024, 2_000, 700), (4_096, 1, 1),
  ])
  func `a finding is the same whatever batch or chunk it came in`(
    buffer: Int, records: Int, bytes: Int
  ) async throws {
    let found = try await found(
      in: ["a.ndjson": ndjson(posts)], buffer: buffer, records: records, bytes: bytes)
    #expect(found == expected)
  }

  @Test(arguments: [1, 7, 50, 99])
  func `a finding is the same whatever file it came in`(percent: Int) async throws {
    let cut = posts.count * percent / 100
    let found = try await found(
      in: ["a.jsonl.gz": gzipped(ndjson(posts[cut...])), "b.ndjson": ndjson(posts[..<cut])])
    #expect(found == expected)
  }

  @Test func `a finding is the same whatever came before`() throws {
    #expect(try findings(in: posts.reversed()) == expected)
    #expect(try posts.allSatisfy { try findings(in: [$0])[$0.id] == expected[$0.id] })
  }

  @Test func `a finding is the same whatever thread found it`() async throws {
    let found = try await withThrowingTaskGroup(of: [String: [Finding]].self) { group in
      for lane in 0..<4 {
        let share = posts.enumerated().filter { $0.offset % 4 == lane }.map(\.element)
        group.addTask { try findings(in: share) }
      }
      return try await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }
    #expect(found == expected)
  }
}
