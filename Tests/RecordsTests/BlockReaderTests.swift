import Core
import Foundation
import Records
import TestSupport
import Testing

@Suite struct BlockReaderTests {
  private static let long = String(repeating: "a", count: 300)
  private static let inputs: [String] = [
    "", "\n", "{\"id\":1,\"title\":\"\"}", "{\"id\":1,\"title\":\"a\"}\n",
    "{\"id\":1,\"body\":\"b\"}\r\n\n{\"id\":2,\"body\":\"x\"}\n{\"id\":",
    (1...400).map { "{\"id\":\($0),\"title\":\"post \($0)\"}\n" }.joined()
      + "no record\n{\"id\":401,\"url\":\"u\"}",
    "{\"id\":1,\"body\":\"\"}\n{\"id\":\"\(long)\"}\n{\"id\":2,\"body\":\"c\"}\n\(long)",
    "\(long)\(long)\n{\"id\":3,\"body\":\"d\"}\n",
  ]

  @Test(arguments: inputs, [2, 7, 64, 1_000, 1 << 20])
  func `blocks of any size hold what a reader of records reads`(
    text: String, size: Int
  ) async throws {
    var limits = Limits()
    limits.line = 200
    let bytes = Array(text.utf8)
    for contents in [bytes, gzipped(bytes), gzipped(bytes).dropLast(9)] {
      try await withTemporaryFolder { folder in
        let file = folder.appending(path: "a.ndjson").path
        try Data(contents).write(to: URL(filePath: file))
        let whole = try readFile(file, limits: limits)
        let parts = try blocks(of: file, limits, size)
        #expect(parts.posts == whole.posts)
        #expect(parts.lines == whole.lines)
        #expect(parts.faults == whole.faults)
      }
    }
  }

  @Test func `posts none of whose texts is wanted are counted and not made`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "a.ndjson").path
      let lines = [
        "{\"id\":1,\"body\":\"key\"}", "{\"id\":2,\"url\":\"x\"}",
        "{\"id\":3,\"title\":\"\\u006bey\",\"text\":\"b\",\"body\":\"a\"}",
      ]
      try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: file))
      let block = try #require(try BlockReader(path: file).next())
      var taken: [(id: String, line: Int, places: [TextField: Int])] = []
      let batch = RecordBatch(
        block,
        wanted: { texts, ends in
          let parts = texts.split(separator: 0, omittingEmptySubsequences: false)
          return ends.indices.filter { parts[$0].elementsEqual("key".utf8) }
        },
        take: { taken.append(($0.id, $1, $2)) })
      #expect(batch.records == 3)
      #expect(taken.map(\.id) == ["1", "3"])
      #expect(taken.map(\.line) == [1, 3])
      #expect(taken.map(\.places) == [[.body: 0], [.title: 2, .body: 3]])
    }
  }

  @Test func `a text is one block, as long as a text may be`() async throws {
    var limits = Limits()
    limits.text = 10
    for (text, cuts) in [("ten bytes.", 0), ("ten bytes.!", 1)] {
      try await withTemporaryFolder { folder in
        let file = folder.appending(path: "a.md").path
        try Data(text.utf8).write(to: URL(filePath: file))
        let reader = try BlockReader(path: file, limits: limits, size: 4)
        var bodies: [String?] = []
        let batch = RecordBatch(
          try #require(try reader.next()), limits: limits, wanted: { Array($1.indices) },
          take: { post, _, _ in bodies.append(post.body) })
        #expect(bodies == ["ten bytes."])
        #expect(batch.cuts == cuts)
        let isOver = try reader.next() == nil
        #expect(isOver)
      }
    }
  }

  private func blocks(of file: String, _ limits: Limits, _ size: Int) throws -> RecordBatch {
    let reader = try BlockReader(path: file, limits: limits, size: size)
    var all = RecordBatch()
    while let block = try reader.next() {
      let batch = RecordBatch(
        block, limits: limits, wanted: { Array($1.indices) },
        take: { post, line, _ in
          all.posts.append(post)
          all.lines.append(line + all.endLine)
        })
      all.records += batch.records
      all.faults += batch.faults.map { .init(line: $0.line + all.endLine, reason: $0.reason) }
      all.endLine += batch.endLine
    }
    return all
  }
}
