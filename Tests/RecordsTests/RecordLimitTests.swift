import Core
import Foundation
import Records
import TestSupport
import Testing

@Suite struct RecordLimitTests {
  static func line(_ length: Int) -> String {
    let frame = "{\"id\":1,\"body\":\"\"}".utf8.count
    return "{\"id\":1,\"body\":\"\(String(repeating: "x", count: length - frame))\"}"
  }

  @Test(arguments: [1, 2, 7, 40, 41, 42, 64, 1 << 16], ["\n", "\r\n", ""])
  func `a line may be as long as the limit and no longer`(buffer: Int, end: String) async throws {
    var limits = Limits()
    limits.line = 40
    for (length, fits) in [(39, true), (40, true), (41, false), (42, false), (90, false)] {
      let text = "{\"id\":0}\n" + RecordLimitTests.line(length) + end
      let reading = try await read(text.utf8, limits: limits, buffer: buffer)
      #expect(reading.posts.map(\.id) == (fits ? ["0", "1"] : ["0"]), "\(length)")
      #expect(reading.faults == (fits ? [] : [RecordFault(line: 2, reason: .tooLong)]))
    }
  }

  @Test func `a line that is too long is passed over without being held`() async throws {
    var limits = Limits()
    limits.line = 1_000
    let text = "{\"id\":1}\n" + RecordLimitTests.line(3 << 20) + "\n{\"id\":3}\n"
    let reading = try await read(text.utf8, limits: limits, buffer: 1 << 10)
    #expect(reading.posts.map(\.id) == ["1", "3"])
    #expect(reading.lines == [1, 3])
    #expect(reading.faults == [RecordFault(line: 2, reason: .tooLong)])
    #expect(reading.shown == Array(text.utf8))
    #expect(reading.largestPiece <= 4 << 10)
  }

  @Test func `a line that is too long and has no end is consumed`() async throws {
    var limits = Limits()
    limits.line = 40
    let text = "{\"id\":1}\n" + RecordLimitTests.line(200)
    let reading = try await read(text.utf8, limits: limits, buffer: 16)
    #expect(reading.posts.map(\.id) == ["1"])
    #expect(reading.faults == [RecordFault(line: 2, reason: .tooLong)])
    #expect(reading.endOffset == text.utf8.count)
    #expect(reading.endLine == 2)
  }

  @Test func `a post of five megabytes is read and its body cut`() async throws {
    let text = RecordLimitTests.line(5 << 20) + "\n{\"id\":2}\n"
    let reading = try await read(text.utf8)
    #expect(reading.posts.map(\.id) == ["1", "2"])
    #expect(reading.posts.first?.body?.utf8.count == Limits().text)
    #expect(reading.cuts == 1)
    #expect(reading.faults == [])
  }

  @Test(arguments: [
    ("abcd", "abcd", 0), ("abcde", "abcd", 1), ("abcé", "abc", 1), ("aé\u{e9}", "aé", 1),
    ("a€b", "a€", 1), ("ab€", "ab", 1), ("🦀", "🦀", 0), ("a🦀", "a", 1), ("", "", 0),
  ])
  func `texts are cut at a whole character`(text: String, kept: String, cuts: Int) async throws {
    var limits = Limits()
    limits.text = 4
    let json = "{\"id\":\"\(text)x\",\"title\":\"\(text)\",\"body\":\"\(text)\"}"
    let reading = try await read(json.utf8, limits: limits)
    #expect(reading.posts.first?.title == kept)
    #expect(reading.posts.first?.body == kept)
    let plain = try await read(text.utf8, as: "a.txt", limits: limits, buffer: 3)
    #expect(plain.posts.first?.body == kept)
    #expect(plain.cuts == cuts)
  }

  @Test func `the limit of a text counts its repaired bytes`() async throws {
    var limits = Limits()
    limits.text = 7
    let broken: [UInt8] = [0xFF, 0xFF, 0xFF]
    let plain = try await read(broken, as: "a.txt", limits: limits)
    #expect(plain.posts.first?.body == "\u{FFFD}\u{FFFD}")
    #expect(plain.cuts == 1)
    limits.text = 9
    #expect(try await read(broken, as: "a.txt", limits: limits).cuts == 0)
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `unknown fields may nest as deep as the limit and no deeper`(opening: String) async throws {
    func line(_ levels: Int) -> String {
      let close = opening == "[" ? "]" : "}"
      let inner = String(repeating: opening, count: levels) + "1"
      return "{\"id\":1,\"x\":\(inner + String(repeating: close, count: levels))}\n"
    }
    var limits = Limits()
    limits.jsonDepth = 3
    for (levels, depth) in [(2, 3), (63, Limits().jsonDepth)] {
      limits.jsonDepth = depth
      let text = line(levels) + line(levels + 1) + line(10_000)
      let reading = try await read(text.utf8, limits: limits)
      #expect(reading.posts.count == 1)
      #expect(reading.faults.map(\.reason) == [.tooDeep, .tooDeep])
    }
  }

  @Test func `a batch ends at its count of records, faults among them`() async throws {
    let text = String(repeating: "{\"id\":1}\nno\n\n", count: 5)
    for (records, batches) in [(1, 11), (2, 6), (3, 4), (10, 2), (11, 1)] {
      let reading = try await read(text.utf8, records: records)
      #expect(reading.posts.count == 5)
      #expect(reading.faults.count == 5)
      #expect(reading.batches == batches, "\(records)")
    }
  }

  @Test(arguments: [1, 5, 16, 1 << 16])
  func `a batch ends before the line that would be too many bytes`(buffer: Int) async throws {
    let text = String(repeating: "{\"id\":1}\n", count: 6)  // nine bytes each
    for (bytes, batches) in [(1, 6), (9, 6), (17, 6), (18, 3), (26, 3), (27, 2), (54, 1)] {
      let reading = try await read(text.utf8, buffer: buffer, batchBytes: bytes)
      #expect(reading.posts.count == 6)
      #expect(reading.batches == batches, "\(bytes)")
    }
  }

  @Test func `batches do not depend on how the bytes arrive`() async throws {
    var limits = Limits()
    limits.line = 30
    let long = RecordLimitTests.line(100)
    let text = "{\"id\":1}\n\(long)\r\n{\"id\":3}\n\n\(long)\n{\"id\":6}\r\nno\n{\"id\":8}"
    for bytes in [1, 20, 40, 64, 150, 1_000] {
      let whole = try await read(text.utf8, limits: limits, batchBytes: bytes)
      #expect(whole.posts.map(\.id) == ["1", "3", "6", "8"])
      for buffer in [1, 2, 3, 5, 8, 13, 21, 34, 55, 89] {
        let pieces = try await read(text.utf8, limits: limits, buffer: buffer, batchBytes: bytes)
        #expect(pieces.content == whole.content, "\(bytes) \(buffer)")
      }
    }
  }
}
