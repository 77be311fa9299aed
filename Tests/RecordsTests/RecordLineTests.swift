import Core
import Foundation
import Records
import TestSupport
import Testing

@Suite struct RecordLineTests {
  struct Line: Sendable, CustomTestStringConvertible {
    var json: String
    var post: Post
    var testDescription: String { json }

    init(_ json: String, _ post: Post) {
      self.json = json
      self.post = post
    }
  }

  @Test(arguments: [
    Line(#"{"id":"a"}"#, Post(id: "a")),
    Line(
      #"{"platform":"p","id":"i","kind":"comment","agent_id":"n","agent_name":"N","title":"t","#
        + #""body":"b","description":"d","url":"u","created_at":"c","channel":"h","parent_id":"r"}"#,
      Post(
        platform: "p", id: "i", kind: .comment, agentID: "n", agentName: "N", title: "t", body: "b",
        about: "d", url: "u", createdAt: "c", channel: "h", parentID: "r")),
    Line(
      #" { "parent_id" : "r" , "id" : "i" , "url" : "u" } "#,
      Post(id: "i", url: "u", parentID: "r")),
    Line(#"{"id":"a","title":null,"body":""}"#, Post(id: "a", body: "")),
    Line(
      #"{"id":12,"agent_id":-5,"parent_id":1e3}"#, Post(id: "12", agentID: "-5", parentID: "1e3")),
    Line(#"{"id":"a","created_at":1769778926}"#, Post(id: "a", createdAt: "1769778926")),
    Line(#"{"id":"a","text":"t"}"#, Post(id: "a", body: "t")),
    Line(#"{"id":"a","text":"t","body":"b"}"#, Post(id: "a", body: "b")),
    Line(#"{"id":"a","body":"b","text":"t"}"#, Post(id: "a", body: "b")),
    Line(#"{"id":"a","body":null,"text":"t"}"#, Post(id: "a", body: "t")),
    Line(#"{"id":"a","kind":"novel"}"#, Post(id: "a", kind: .post)),
    Line(#"{"id":"a","kind":null}"#, Post(id: "a", kind: .post)),
    Line(#"{"id":"a","kind":""}"#, Post(id: "a", kind: .post)),
    Line(#"{"id":"a","kind":"\u0073kill"}"#, Post(id: "a", kind: .skill)),
    Line(#"{"\u0069d":"a","bod\u0079":"b"}"#, Post(id: "a", body: "b")),
    Line(#"{"id":"a","id":"b"}"#, Post(id: "b")),
    Line(#"{"id":{},"id":"b"}"#, Post(id: "b")),
    Line(#"{"id":"a","Body":"x","bodies":"x","i":"x","":"x"}"#, Post(id: "a")),
    Line(#"{"id":"a","a_key_longer_than_sixteen_bytes":"x","sixteen_bytes_ok":1}"#, Post(id: "a")),
    Line(#"{"x":{"id":"no","y":[1,{"z":"]}"}]},"id":"a","w":[],"v":true}"#, Post(id: "a")),
    Line(
      #"{"id":"a","body":"one\ntwo \"three\" \\ \u00e9\ud83e\udd80"}"#,
      Post(id: "a", body: "one\ntwo \"three\" \\ é🦀")),
    Line(
      #"{"id":"a","title":"x\ny","body":"z\tz","url":"plain"}"#,
      Post(id: "a", title: "x\ny", body: "z\tz", url: "plain")),
    Line(
      #"{"id":"a","body":"\ud800 \udc00\ud800"}"#, Post(id: "a", body: "\u{FFFD} \u{FFFD}\u{FFFD}")),
    Line("\u{FEFF}{\"id\":\"a\"}", Post(id: "a")),
  ])
  func `a record's fields are read by their names`(line: Line) async throws {
    let reading = try await read(line.json.utf8)
    #expect(reading.posts == [line.post])
    #expect(reading.lines == [1])
    #expect(reading.faults == [])
    #expect(reading.endOffset == line.json.utf8.count)
  }

  @Test(arguments: PostKind.allCases)
  func `every kind is read by its name`(kind: PostKind) async throws {
    let reading = try await read("{\"id\":\"a\",\"kind\":\"\(kind.name)\"}\n".utf8)
    #expect(reading.posts.map(\.kind) == [kind])
  }

  @Test(arguments: RecordField.allCases)
  func `a field of no text is a fault that names it`(field: RecordField) async throws {
    for value in ["{}", "[1]", "true", "false"] {
      let reading = try await read("{\"id\":\"a\",\"\(field.name)\":\(value)}\n".utf8)
      #expect(reading.posts == [])
      #expect(reading.faults == [RecordFault(line: 1, reason: .badType(field))])
    }
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var line: String
    var reason: RecordFault.Reason
    var testDescription: String { line }

    init(_ line: String, _ reason: RecordFault.Reason) {
      self.line = line
      self.reason = reason
    }
  }

  @Test(arguments: [
    Refusal("<html><body>Bad gateway</body></html>", .notJSON(.markup)),
    Refusal("plain words", .notJSON(.unexpected)),
    Refusal("[]", .noObject),
    Refusal("\"text\"", .noObject),
    Refusal("null", .noObject),
    Refusal("[1,", .notJSON(.endsEarly)),
    Refusal("{}", .noID),
    Refusal(#"{"id":null,"body":"b"}"#, .noID),
    Refusal(#"{"id":"","body":"b"}"#, .noID),
    Refusal(#"{"body":"b"}"#, .noID),
    Refusal(#"{"id":"a","id":null}"#, .noID),
    Refusal(#"{"id":"a""#, .notJSON(.endsEarly)),
    Refusal(#"{"id":"a"}}"#, .notJSON(.trailing)),
    Refusal(#"{"id":"a"}{"id":"b"}"#, .notJSON(.trailing)),
    Refusal(#"{"id":"a","x":}"#, .notJSON(.unexpected)),
    Refusal(#"{"id":"a","x":[1,2}"#, .notJSON(.unexpected)),
    Refusal(#"{"id":"a","x":01}"#, .notJSON(.unexpected)),
    Refusal(#"{"id":"a","x":"\x"}"#, .notJSON(.badEscape)),
    Refusal(#"{"id":"a","body":"\x"}"#, .notJSON(.badEscape)),
    Refusal("{\"id\":\"a\",\"body\":\"tab\there\"}", .notJSON(.controlCharacter)),
    Refusal("{'id':'a'}", .notJSON(.unexpected)),
  ])
  func `a line that is no record is named and passed over`(refusal: Refusal) async throws {
    let reading = try await read("{\"id\":1}\n\(refusal.line)\n{\"id\":3}\n".utf8)
    #expect(reading.posts.map(\.id) == ["1", "3"])
    #expect(reading.lines == [1, 3])
    #expect(reading.faults == [RecordFault(line: 2, reason: refusal.reason)])
    #expect(reading.endLine == 3)
    #expect(reading.faults.first?.reason.endsInput == false)
  }

  @Test func `a fault's sentence holds the line and nothing of the input`() {
    let fault = RecordFault(line: 17, reason: .badType(.agentName))
    #expect(fault.description == "line 17: `agent_name` is neither text nor a number")
  }

  @Test(arguments: [
    ("{\"id\":1}\n{\"id\":2}\n", [1, 2], 2),
    ("{\"id\":1}\n{\"id\":2}", [1, 2], 2),
    ("{\"id\":1}\r\n{\"id\":2}\r\n", [1, 2], 2),
    ("{\"id\":1}\r\n{\"id\":2}\r", [1, 2], 2),
    ("\n\n{\"id\":1}\n \t\r\n\r\n{\"id\":2}\n\n", [3, 6], 7),
    ("{\"id\":1}\n{\"id\":2}\n   ", [1, 2], 3),
    ("\u{FEFF}\n{\"id\":1}\n{\"id\":2}\n", [2, 3], 3),
  ])
  func `blank lines and either line end are no faults`(
    text: String, lines: [Int], endLine: Int
  ) async throws {
    let reading = try await read(text.utf8)
    #expect(reading.posts.map(\.id) == ["1", "2"])
    #expect(reading.lines == lines)
    #expect(reading.faults == [])
    #expect(reading.endLine == endLine)
    #expect(reading.endOffset == text.utf8.count)
  }

  @Test(arguments: ["", "\n", "\r\n \n", "\u{FEFF}"])
  func `an empty input has no records and no faults`(text: String) async throws {
    let reading = try await read(text.utf8)
    #expect(reading.posts == [])
    #expect(reading.faults == [])
    #expect(reading.shown == Array(text.utf8))
  }

  @Test(.enabled(if: sharedFolder != nil))
  func `real records are read as Foundation reads them`() throws {
    let corpus = try #require(sharedFolder).appending(path: "corpus/posts.ndjson.gz").path
    var shown: [UInt8] = []
    let reader = try RecordReader(path: corpus) { shown += $0 }
    let batch = try #require(try reader.next(records: 3_000, bytes: .max))
    #expect(batch.posts.count == 3_000)
    #expect(batch.faults == [])
    let lines = shown.split(separator: UInt8(ascii: "\n"))
    for (line, post) in zip(lines, batch.posts) {
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      #expect(post.id == object?["id"] as? String)
      #expect(post.title == object?["title"] as? String)
      #expect(
        post.body.map { Array($0.utf8) } == (object?["body"] as? String).map { Array($0.utf8) })
      #expect(post.agentName == object?["agent_name"] as? String)
      #expect(post.createdAt == object?["created_at"] as? String)
      #expect(post.parentID == object?["parent_id"] as? String)
      #expect(post.kind.name == object?["kind"] as? String)
    }
  }
}
