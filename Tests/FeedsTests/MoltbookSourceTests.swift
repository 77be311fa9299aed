import Core
import Feeds
import Foundation
import Records
import TestSupport
import Testing

@Suite struct MoltbookSourceTests {
  private let source = FeedSources.make(moltbook)
  private let id = "0000000a-0000-4000-8000-00000000000a"

  private func decode(_ body: String, _ request: FeedRequest) throws -> FeedPage {
    try #require(source).decode(FeedResponse(status: 200, body: Array(body.utf8)), of: request)
  }

  private func first(_ state: SourceState = SourceState()) throws -> FeedRequest {
    try #require(source?.start(state).first)
  }

  @Test func `a pass begins with the newest posts, down to what is covered`() throws {
    let covered = [
      Interval(oldest: Timestamp(seconds: 50), newest: Timestamp(seconds: 90)),
      Interval(oldest: Timestamp(seconds: 10), newest: Timestamp(seconds: 20)),
    ]
    let requests = try #require(source).start(SourceState(covered: ["posts": covered]))
    #expect(
      requests == [
        FeedRequest(
          source: "shore", purpose: .listing, path: "/posts?sort=new&limit=50", key: "posts",
          walk: Walk(listing: "posts", floor: Timestamp(seconds: 90)))
      ])
    #expect(try first().walk == Walk(listing: "posts"))
  }

  @Test func `a walk carries its floor and what it has read from page to page`() throws {
    var request = try first(
      SourceState(covered: [
        "posts": [Interval(oldest: Timestamp(seconds: 1), newest: Timestamp(seconds: 2))]
      ]))
    for (page, hour) in [(1, "09"), (2, "08")] {
      let body = """
        {"posts": [{"id": "\(page)", "content": "a", "created_at": "2026-02-18T\(hour):00:00Z"}],
         "has_more": true, "next_cursor": "c\(page)"}
        """
      request = try #require(try decode(body, request).next)
      #expect(request.walk?.pages == page)
      #expect(request.path == "/posts?sort=new&limit=50&cursor=c\(page)")
    }
    #expect(request.walk?.floor == Timestamp(seconds: 2))
    #expect(request.walk?.read?.oldest.description == "2026-02-18T08:00:00Z")
    #expect(request.walk?.read?.newest.description == "2026-02-18T09:00:00Z")
  }

  @Test func `no more follow-ups than allowed, and the rest is named`() throws {
    let posts = (0..<205).map { number in
      let id = "\(String(10_000_000 + number))-0000-4000-8000-000000000000"
      return #"{"id": "\#(id)", "content": "a", "comment_count": 1}"#
    }
    let page = try decode(#"{"posts": [\#(posts.joined(separator: ","))]}"#, first())
    #expect(page.posts.count == 205)
    #expect(page.followUps.count == Limits().followUpsPerPage)
    #expect(page.skipped.count == 5)
    #expect(Set(page.followUps.map(\.key)).count == 200)
  }

  @Test func `a page of a thousand things that are no posts is cut short`() throws {
    let page = try decode(
      #"{"posts": [\#(Array(repeating: "0", count: 1_000).joined(separator: ","))]}"#, first())
    #expect(page.posts.isEmpty)
    #expect(page.skipped.count == Limits().followUpsPerPage)
  }

  @Test func `comments nest as deep as the limit allows and no deeper`() throws {
    let request = FeedRequest(
      source: "shore", purpose: .comments, path: "/posts/\(id)/comments", key: "comments:\(id):9",
      subject: id, expected: 9)
    // The page itself is one level, and each comment with its list is two.
    for (depth, fits) in [(31, true), (32, false)] {
      var tree = "[]"
      for level in 0..<depth { tree = #"[{"id": "c\#(level)", "replies": \#(tree)}]"# }
      let body = #"{"comments": \#(tree)}"#
      if fits {
        let page = try decode(body, request)
        #expect(page.posts.count == depth)
        #expect(page.posts.last?.parentID == "c1")
      } else {
        #expect(throws: FeedError.tooDeep(64)) { try decode(body, request) }
      }
    }
  }

  @Test(arguments: [
    ("", nil), ("0", "&offset=1"), ("-1", nil), ("99999999999999999999", nil),
    ("9223372036854775807", nil),
  ])
  func `a hostile offset leads nowhere`(offset: String, place: String?) throws {
    let body = #"{"data": [{"id": "1"}], "pagination": {"offset": "\#(offset)", "hasMore": true}}"#
    #expect(try decode(body, first()).next?.path == place.map { "/posts?sort=new&limit=50" + $0 })
  }

  @Test func `a hostile cursor stays inside its parameter`() throws {
    let page = try decode(#"{"posts": [], "next_cursor": "a&b=c#d/../e%41 é"}"#, first())
    #expect(
      page.next?.path == "/posts?sort=new&limit=50&cursor=a%26b%3Dc%23d%2F..%2Fe%2541%20%C3%A9")
  }

  @Test func `a follow-up without a post is none of ours`() throws {
    for purpose in [FeedRequest.Purpose.comments, .post] {
      #expect(throws: FeedError.foreignRequest) {
        try decode("{}", FeedRequest(source: "shore", purpose: purpose, path: "/", key: "k"))
      }
    }
  }

  @Test(.enabled(if: sharedFolder != nil))
  func `every real page decodes, and what it holds beyond is named`() throws {
    let folder = try #require(sharedFolder).appending(path: "corpus/raw")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var ignored: Set<String> = []
    var counts = [0, 0, 0]
    for name in names where name.hasSuffix(".json") {
      let request: FeedRequest
      if name.contains("_GET_posts_") || name.contains("_cache_posts_") {
        request = try first()
        counts[0] += 1
      } else if name.contains("_GET_post_") || name.contains("moltbook_comments_") {
        let isPost = name.contains("_GET_post_")
        request = FeedRequest(
          source: "shore", purpose: isPost ? .post : .comments, path: "/", key: "k", subject: id)
        counts[isPost ? 1 : 2] += 1
      } else {
        continue
      }
      let body = Array(try Data(contentsOf: folder.appending(path: name)))
      let page = try #require(source).decode(FeedResponse(status: 200, body: body), of: request)
      let ids = Set(page.posts.map(\.id))
      #expect(ids.count == page.posts.count, "\(name)")
      #expect(ids.count == everyID(body), "\(name)")
      #expect(page.skipped.isEmpty, "\(name)")
      #expect(page.posts.allSatisfy { $0.createdAt.flatMap { Timestamp(lenient: $0) } != nil })
      #expect(
        request.purpose != .listing || page.next?.path.contains("&offset=") == true, "\(name)")
      ignored.formUnion(page.ignored)
    }
    #expect(counts == [13, 12, 2])
    #expect(ignored.contains("post.author.description"))
    #expect(ignored.contains("posts[].submolt.display_name"))
    #expect(!ignored.contains { $0.hasSuffix("content") || $0.hasSuffix("title") })
  }

  /// The distinct posts and comments of a page, counted without the source.
  private func everyID(_ body: [UInt8]) -> Int {
    var ids: Set<String> = []
    var left: [JSONValue] = [(try? JSONValue(parsing: body)) ?? .null]
    while let value = left.popLast() {
      switch value {
      case .array(let values): left += values
      case .object(let members):
        if value["content"] != nil, case .string(let id)? = value["id"] { ids.insert(id) }
        left += members.map(\.value)
      default: break
      }
    }
    return ids.count
  }
}
