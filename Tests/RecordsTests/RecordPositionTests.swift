import Core
import Foundation
import Records
import TestSupport
import Testing

@Suite struct RecordPositionTests {
  static let text = "{\"id\":1}\n\nno\n{\"id\":4}\r\n{\"id\":5}"

  @Test func `a reader goes on where another's batch ended`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "a.ndjson")
      let bytes = Array(RecordPositionTests.text.utf8)
      for contents in [bytes, gzipped(bytes)] {
        try Data(contents).write(to: file)
        let whole = try readFile(file.path)
        let first = try RecordReader(path: file.path)
        var (posts, lines, faults) = ([Post](), [Int](), [RecordFault]())
        while let batch = try first.next(records: 1, bytes: .max) {
          (posts, lines, faults) = (posts + batch.posts, lines + batch.lines, faults + batch.faults)
          for buffer in [1, 7, 1 << 16] {
            var passed: [UInt8] = []
            var shown: [UInt8] = []
            let next = try RecordReader(path: file.path, buffer: buffer) { shown += $0 }
            #expect(try next.skip(to: batch.endOffset, lines: batch.endLine) { passed += $0 })
            #expect(next.offset == batch.endOffset)
            #expect(next.lines == batch.endLine)
            #expect(passed == Array(bytes[..<batch.endOffset]))
            let rest = try next.next()
            #expect(posts + (rest?.posts ?? []) == whole.posts)
            #expect(lines + (rest?.lines ?? []) == whole.lines)
            #expect(faults + (rest?.faults ?? []) == whole.faults)
            #expect(next.lines == whole.endLine)
            #expect(shown == Array(bytes[batch.endOffset...]))
          }
        }
        #expect(posts == whole.posts)
      }
    }
  }

  @Test func `an input that became shorter is told`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "a.ndjson")
      try Data("{\"id\":1}\n".utf8).write(to: file)
      for (offset, reached) in [(0, true), (9, true), (10, false)] {
        let reader = try RecordReader(path: file.path)
        #expect(try reader.skip(to: offset, lines: 0) { _ in } == reached)
      }
    }
  }

  @Test func `a record without a line end is not counted twice when its end is added`() async throws
  {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "a.ndjson")
      try Data("{\"id\":1}\n{\"id\":2}".utf8).write(to: file)
      let before = try readFile(file.path)
      #expect(before.endLine == 2)
      try Data("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n".utf8).write(to: file)
      let reader = try RecordReader(path: file.path)
      #expect(try reader.skip(to: before.endOffset, lines: before.endLine) { _ in })
      let batch = try #require(try reader.next())
      #expect(batch.posts == [Post(id: "3")])
      #expect(batch.lines == [3])
      #expect(batch.endLine == 3)
    }
  }

  @Test func `the beginning of a record at the end is left for the next pass`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "a.ndjson")
      try Data("{\"id\":1}\n{\"id\":2,\"bo".utf8).write(to: file)
      let before = try readFile(file.path)
      #expect(before.faults == [RecordFault(line: 2, reason: .notJSON(.endsEarly))])
      #expect(before.endOffset == 9)
      #expect(before.endLine == 1)
      try Data("{\"id\":1}\n{\"id\":2,\"body\":\"b\"}\n".utf8).write(to: file)
      let reader = try RecordReader(path: file.path)
      #expect(try reader.skip(to: before.endOffset, lines: before.endLine) { _ in })
      let batch = try #require(try reader.next())
      #expect(batch.posts == [Post(id: "2", body: "b")])
      #expect(batch.lines == [2])
    }
  }
}
