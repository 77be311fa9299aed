import Core
import Records
import Testing

@Suite struct JSONReaderTests {
  let page = try? JSONValue(
    parsing: """
      {"posts": [
        {"id": 7, "title": "a", "author": {"id": "x", "karma": 3}, "hot_score": 1.5},
        {"id": "8", "author": null, "pinned": true, "tags": ["t"], "submolt": "general"}
      ], "count": "2", "hasMore": "true", "ratio": "0.5", "big": 1e400, "next": null}
      """)

  func reader() throws -> JSONReader { JSONReader(try #require(page)) }

  @Test func `text takes strings, numbers and truth values`() throws {
    let posts = try #require(try reader().array("posts"))
    #expect(posts.map { $0.text("id") } == ["7", "8"])
    #expect(posts.map { $0.text("title") } == ["a", nil])
    #expect(posts.map { $0.text("pinned") } == [nil, "true"])
    #expect(posts.map { $0.text("author") } == [nil, nil])
  }

  @Test func `numbers may be spelled in strings and truth values in both`() throws {
    let reader = try reader()
    #expect(reader.int("count") == 2)
    #expect(reader.int("ratio") == nil)
    #expect(reader.double("ratio") == 0.5)
    #expect(reader.double("big") == nil)
    #expect(reader.int("big") == nil)
    #expect(reader.bool("hasMore") == true)
    #expect(reader.bool("count") == nil)
    #expect(JSONReader(.number("1")).bool == true)
    #expect(JSONReader(.number("3.0")).int == 3)
    #expect(JSONReader(.string("abc")).int == nil)
  }

  @Test func `of several spellings the first that fits counts`() throws {
    let posts = try #require(try reader().array("items", "posts"))
    #expect(posts[0].text("name", "title", "id") == "a")
    #expect(posts[1].text("submolt", "id") == "general")
    #expect(posts[1].object("submolt", "author") == nil)
  }

  @Test func `a reader knows where it stands`() throws {
    let author = try #require(try reader().array("posts")?[0].object("author"))
    #expect(author.path == "posts[0].author")
    #expect(try reader().path == "")
  }

  @Test func `what was never looked at is listed by sorted paths`() throws {
    let reader = try reader()
    #expect(reader.ignored == ["big", "count", "hasMore", "next", "posts", "ratio"])
    for post in reader.array("posts") ?? [] {
      _ = post.text("id")
      _ = post.object("author")?.text("id")
    }
    _ = reader.int("count", "total")
    #expect(
      reader.ignored == [
        "big", "hasMore", "next", "posts[].author.karma", "posts[].hot_score", "posts[].pinned",
        "posts[].submolt", "posts[].tags", "posts[].title", "ratio",
      ])
  }

  @Test func `keys that are passed and members taken whole count as looked at`() throws {
    let reader = try reader()
    reader.pass("posts", "big", "ratio", "hasMore", "next")
    #expect(reader.ignored == ["count"])
    let byID = JSONReader(["a": ["id": .int(1), "x": .null], "b": ["id": .int(2)]])
    #expect(byID.members.map(\.key) == ["a", "b"])
    #expect(byID.members.map { $0.value.int("id") } == [1, 2])
    #expect(byID.ignored == ["a.x"])
  }

  @Test func `a text of other shape than due gives nothing`() {
    let reader = JSONReader(.array([.null]))
    #expect(reader.text("id") == nil)
    #expect(reader.members.isEmpty)
    #expect(reader.array?.count == 1)
    #expect(reader.object == nil)
    #expect(reader.ignored == [])
  }

  @Test func `at most two hundred ignored paths are listed`() {
    for (keys, listed) in [(200, 200), (201, 200)] {
      let reader = JSONReader(.object((0..<keys).map { .init("key\($0)", .null) }))
      #expect(reader.ignored.count == listed)
    }
  }
}
