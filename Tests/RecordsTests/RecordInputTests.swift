import Core
import Foundation
import Records
import TestSupport
import Testing

@Suite struct RecordInputTests {
  static let lines = """
    {"id":1,"title":"é\\n","body":"a \\"b\\" \\u20ac🦀 and some more to fill a block"}\r
    no record

    {"id":"long","body":"\(String(repeating: "word\\n ", count: 60))","x":[{"y":[null,-1.5e3]}]}
    {"id":4}
    """

  // {"id":"again"} and a line feed, 300 times, deflated.
  static let deflated: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xED, 0xC7, 0xB1, 0x09, 0x00,
    0x20, 0x0C, 0x00, 0xB0, 0xDD, 0x33, 0x7A, 0x86, 0xDF, 0x14, 0x04, 0xE9, 0xE2, 0x03, 0xC5,
    0xDF, 0xBD, 0xC2, 0x2D, 0xD9, 0xD2, 0x51, 0x2B, 0x66, 0xE4, 0xCE, 0x3A, 0x71, 0x47, 0xAB,
    0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xEA, 0xFF, 0x3E, 0xF0, 0x63, 0x7F, 0x13, 0x94,
    0x11, 0x00, 0x00,
  ]

  @Test func `the same bytes in pieces of any size are the same records`() async throws {
    let bytes = Array(RecordInputTests.lines.utf8)
    let whole = try await read(bytes)
    #expect(whole.posts.map(\.id) == ["1", "long", "4"])
    #expect(whole.lines == [1, 4, 5])
    #expect(whole.faults == [RecordFault(line: 2, reason: .notJSON(.unexpected))])
    #expect(whole.shown == bytes)
    for buffer in 1...bytes.count {
      #expect(try await read(bytes, buffer: buffer).content == whole.content, "\(buffer)")
    }
  }

  @Test func `gzip is known by its first bytes and inflated in pieces of any size`() async throws {
    let bytes = Array(RecordInputTests.lines.utf8)
    let whole = try await read(bytes)
    let packed = gzipped(bytes)
    for buffer in [1, 2, 3, 4, 5, 7, 9, 10, 11, 18, 64, 500, 4_096] {
      #expect(try await read(packed, buffer: buffer).content == whole.content, "\(buffer)")
    }
    #expect(try await read(packed, as: "a.ndjson.gz").content == whole.content)
    #expect(try await read(bytes, as: "a.jsonl.gz").content == whole.content)
  }

  @Test func `deflated data is inflated`() async throws {
    for buffer in [1, 2, 7, 100, 1 << 16] {
      let reading = try await read(RecordInputTests.deflated, buffer: buffer)
      #expect(reading.posts.count == 300)
      #expect(reading.posts.allSatisfy { $0 == Post(id: "again") })
      #expect(reading.faults == [])
      #expect(reading.endOffset == 4_500)
    }
  }

  @Test(arguments: [1, 2, 3, 17, 1 << 16])
  func `members that follow one another are one text`(buffer: Int) async throws {
    let first = Array("{\"id\":1}\n{\"i".utf8)
    let second = Array("d\":2}\n".utf8)
    let members = gzipped(first) + gzipped([]) + gzipped(second) + RecordInputTests.deflated
    let reading = try await read(members, buffer: buffer)
    #expect(reading.posts.map(\.id).prefix(3) == ["1", "2", "again"])
    #expect(reading.posts.count == 302)
    #expect(reading.faults == [])
    let padded = try await read(members + [UInt8](repeating: 0, count: 512), buffer: buffer)
    #expect(padded.content == reading.content)
  }

  @Test func `of truncated gzip the readable records and one fault come`() async throws {
    let lines = (1...20).map { "{\"id\":\($0)}\n" }.joined()
    let packed = gzipped(Array(lines.utf8))
    for length in 2..<packed.count {
      for buffer in [1, 1 << 16] {
        let reading = try await read(packed[..<length], buffer: buffer)
        let plain = lines.utf8.prefix(max(0, length - 15))
        #expect(reading.faults.map(\.reason) == [.truncatedGzip], "\(length)")
        #expect(reading.faults.first?.reason.endsInput == true)
        let whole = plain.count(where: { $0 == UInt8(ascii: "\n") })
        let unended = plain.last == UInt8(ascii: "}") ? 1 : 0
        #expect(reading.posts.count == whole + unended, "\(length)")
        #expect(reading.faults.first?.line == whole + unended + 1)
      }
    }
  }

  @Test func `deflated data may end anywhere`() async throws {
    let whole = RecordInputTests.deflated
    for length in 2..<whole.count {
      let reading = try await read(whole[..<length])
      #expect(reading.faults.map(\.reason) == [.truncatedGzip])
      #expect(reading.posts.allSatisfy { $0.id == "again" })
    }
    #expect(try await read(whole.dropLast(8)).posts.count == 300)
  }

  @Test func `damaged gzip gives what comes before the damage`() async throws {
    let lines = (1...20).map { "{\"id\":\($0)}\n" }.joined()
    let packed = gzipped(Array(lines.utf8))
    var wrongChecksum = packed
    wrongChecksum[packed.count - 8] ^= 1
    var reading = try await read(wrongChecksum)
    #expect(reading.posts.count == 20)
    #expect(reading.faults == [RecordFault(line: 21, reason: .corruptGzip)])

    reading = try await read(packed + packed[..<10] + [0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
    #expect(reading.posts.count == 20)
    #expect(reading.faults == [RecordFault(line: 21, reason: .corruptGzip)])

    reading = try await read(packed + Array("{\"id\":21}\n".utf8))
    #expect(reading.posts.count == 20)
    #expect(reading.faults == [RecordFault(line: 21, reason: .bytesAfterGzip)])

    reading = try await read([0x1F, 0x8B, 0x00, 0x01])
    #expect(reading.faults == [RecordFault(line: 1, reason: .corruptGzip)])
  }

  @Test(arguments: [[0x1F], [0x1F, 0x8C, 0x0A], [0x7B]] as [[UInt8]])
  func `what only begins like gzip is plain`(bytes: [UInt8]) async throws {
    let reading = try await read(bytes)
    #expect(reading.faults.count == 1)
    #expect(reading.faults.first?.reason.endsInput == false)
  }

  @Test(
    arguments: [
      ("a.ndjson", .ndjson), ("a.jsonl", .ndjson), ("a.ndjson.gz", .ndjson),
      ("a.JSONL.GZ", .ndjson),
      ("a.json", .text), ("a.txt", .text), ("a.gz", .text), ("ndjson", .text), ("-", .text),
      ("a.ndjson.bak", .text), ("a.ndjson/b", .text),
    ] as [(String, InputFormat)])
  func `the ending names the format`(path: String, format: InputFormat) {
    #expect(InputFormat(path: path) == format)
  }

  @Test func `a text is one record named by its path`() async throws {
    for bytes in [Array("one\n{\"id\":2}\n".utf8), gzipped(Array("one\n{\"id\":2}\n".utf8))] {
      let reading = try await read(bytes, as: "note.md", buffer: 3)
      #expect(reading.posts.map(\.body) == ["one\n{\"id\":2}\n"])
      #expect(reading.posts.first?.id.hasSuffix("/note.md") == true)
      #expect(reading.posts.first?.platform == nil)
      #expect(reading.lines == [1])
      #expect(reading.batches == 1)
      #expect(reading.faults == [])
    }
    let empty = try await read([], as: "empty.txt")
    #expect(empty.posts.map(\.body) == [""])
  }

  @Test func `a text of truncated gzip is what was readable, and a fault`() async throws {
    let reading = try await read(gzipped(Array("some words".utf8)).dropLast(12), as: "a.txt.gz")
    #expect(reading.posts.map(\.body) == ["some w"])
    #expect(reading.faults == [RecordFault(line: 1, reason: .truncatedGzip)])
  }

  @Test func `a given format beats the ending`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "a.txt")
      try Data("{\"id\":1}\n".utf8).write(to: file)
      let reader = try RecordReader(path: file.path, format: .ndjson)
      #expect(try reader.next()?.posts == [Post(id: "1")])
      #expect(try reader.next() == nil)
    }
  }

  @Test func `what cannot be opened is named with a remedy`() async throws {
    try await withTemporaryFolder { folder in
      #expect(throws: RecordError.isFolder(path: folder.path)) {
        try RecordReader(path: folder.path)
      }
      let missing = folder.appending(path: "missing.ndjson").path
      let error = #expect(throws: RecordError.self) { try RecordReader(path: missing) }
      #expect(error == .cannotOpen(path: missing, code: ENOENT))
      #expect(
        error?.description
          == "\(missing) cannot be opened (No such file or directory); check its name and permissions."
      )
    }
  }

  @Test(.enabled(if: sharedFolder != nil))
  func `every record of the corpus is read`() throws {
    let corpus = try #require(sharedFolder).appending(path: "corpus/posts.ndjson.gz").path
    let reader = try RecordReader(path: corpus)
    var (posts, bytes) = (0, 0)
    while let batch = try reader.next() {
      #expect(batch.faults == [])
      #expect(batch.posts.count <= Limits().archivePageRecords)
      #expect(batch.endOffset - bytes <= Limits().archivePage)
      posts += batch.posts.count
      bytes = batch.endOffset
    }
    #expect(posts == 54_697)
    #expect(reader.lines == 54_697)
  }
}
