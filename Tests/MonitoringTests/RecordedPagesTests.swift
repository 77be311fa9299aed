import Core
import Foundation
import Records
import TestSupport
import Testing
import Transport

@testable import Monitoring

/// Pages as the real API gave them, through the whole way.
@Suite(.enabled(if: sharedFolder != nil)) struct RecordedPagesTests {
  @Test func `every post and comment of the recorded pages is stored once`() async throws {
    let pages = try RecordedPages()
    try await withWorld { world in
      world.send = { request, _ throws(TransportError) in pages.answer(request.url) }
      let summary = try await world.pass()
      #expect(summary.complete)
      #expect(summary.skipped.isEmpty)
      let recorded = try world.recorded()
      #expect(recorded.count > 250)
      #expect(Set(recorded).count == recorded.count)
      #expect(Set(recorded) == pages.ids)
      #expect(try world.rows("agent").count > 100)
      world.clock.advance(300)
      let again = try await world.pass()
      #expect(again.postsNew == 0)
      #expect(again.exposuresNew == 0)
    }
  }
}

/// The recorded pages as one platform: two listings, then one of the posts whose own pages were recorded.
private struct RecordedPages: Sendable {
  private let listings: [[UInt8]]
  private let posts: [String: [UInt8]]
  /// Every id that stands on a page that is served.
  let ids: Set<String>

  init() throws {
    let folder = try #require(sharedFolder).appending(path: "corpus/raw")
    let bytes = { (name: String) in Array(try Data(contentsOf: folder.appending(path: name))) }
    let first = try bytes("moltbook_GET_posts_sort_new_limit_50.json")
    let second = try bytes("moltbook_GET_posts_sort_new_limit_100.json")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var posts: [String: [UInt8]] = [:]
    var whole: [JSONValue] = []
    for name in names where name.hasPrefix("moltbook_GET_post_") {
      let page = try bytes(name)
      posts[String(name.dropFirst("moltbook_GET_post_".count).dropLast(".json".count))] = page
      whole.append(try JSONValue(parsing: page)["post"] ?? .null)
    }
    self.posts = posts
    let third: JSONValue = [
      "success": .bool(true), "posts": .array(whole), "has_more": .bool(false),
    ]
    listings = [first, second, Array(third.rendered.utf8)]
    ids = try listings.reduce(into: Set()) { ids, page in
      ids.formUnion(RecordedPages.ids(try JSONValue(parsing: page)["posts"]))
    }.union(
      posts.values.flatMap { page in
        RecordedPages.ids(try JSONValue(parsing: page)["comments"])
      })
  }

  func answer(_ url: String) -> HTTPResponse {
    let query = Query(String(url.split(separator: "/api/v1", maxSplits: 1).last ?? ""))
    let parts = query.path.split(separator: "/").map(String.init)
    guard parts.count > 1 else {
      let page = query["offset"].flatMap { ["50": 1, "100": 2][$0] } ?? 0
      return HTTPResponse(status: 200, headers: [], body: listings[page])
    }
    guard parts.count == 2 else { return .status(405) }
    return posts[parts[1]].map { HTTPResponse(status: 200, headers: [], body: $0) } ?? .status(404)
  }

  /// The ids of items and of all replies below them.
  private static func ids(_ items: JSONValue?) -> [String] {
    guard case .array(let values) = items else { return [] }
    return values.flatMap { value -> [String] in
      guard case .string(let id) = value["id"] else { return ids(value["replies"]) }
      return [id] + ids(value["replies"])
    }
  }
}
