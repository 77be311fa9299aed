import Core
import Feeds
import Foundation
import Synchronization
import Transport

/// A small Moltbook in memory: posts with nested comments, served as the API does, with a fault where asked for one.
final class Town: Sendable {
  struct Article: Sendable {
    var id: String
    var title = "A post"
    var body = "Nothing much happened."
    var author = "limpet"
    var authorID: String?
    var channel = "tidepools"
    var createdAt: Timestamp
    var link: String?
    var remarks: [Remark] = []
  }

  struct Remark: Sendable {
    var id: String
    var body = "Indeed."
    var author = "whelk"
    var authorID: String?
    var parent: String?
    var createdAt: Timestamp
    var replies: [Remark] = []

    var all: [Remark] { [self] + replies.flatMap(\.all) }
  }

  /// One request as it arrived.
  struct Call: Sendable {
    var number: Int
    var method: String
    var url: String
    var body: String
    var headers: [(String, String)]
    var at: Timestamp

    /// Path and query behind the base address.
    var path: String { url.split(separator: "/api/v1", maxSplits: 1).last.map(String.init) ?? url }
    var isListing: Bool { path.hasPrefix("/posts?") }
    var isComments: Bool { path.contains("/comments") }
  }

  enum Paging: Sendable { case cursor, offset }

  private struct State {
    /// The oldest first.
    var articles: [Article] = []
    var calls: [Call] = []
    var paging: Paging
    /// However many were asked for.
    var mostItems = 1_000
    var fault: @Sendable (Call) -> Fault? = { _ in nil }
    var counter = 0
  }

  let clock: VirtualClock
  private let state: Mutex<State>

  init(_ clock: VirtualClock, paging: Paging = .cursor) {
    self.clock = clock
    state = Mutex(State(paging: paging))
  }

  /// Serves pages of so many items, whatever is asked for.
  func limitPages(to items: Int) { state.withLock { $0.mostItems = items } }

  /// Which fault a request meets.
  func meet(_ fault: @escaping @Sendable (Call) -> Fault?) { state.withLock { $0.fault = fault } }

  var calls: [Call] { state.withLock { $0.calls } }
  var articles: [Article] { state.withLock { $0.articles } }

  /// Every id that a reader who saw everything knows.
  var ids: Set<String> {
    Set(articles.flatMap { [$0.id] + $0.remarks.flatMap { $0.all.map(\.id) } })
  }

  /// A fresh id in the form of a UUID.
  func newID() -> String {
    state.withLock { state in
      state.counter += 1
      let digits = String(state.counter, radix: 16)
      let padded = String(repeating: "0", count: 12 - digits.count) + digits
      return "\(padded.suffix(8))-0000-4000-8000-\(padded)"
    }
  }

  /// Adds a post, the newest one of all.
  @discardableResult
  func add(_ change: (inout Article) -> Void = { _ in }) -> String {
    var article = Article(id: newID(), createdAt: clock.now)
    change(&article)
    return state.withLock { state in
      state.articles.append(article)
      return article.id
    }
  }

  /// Adds so many posts, a second apart and up to now.
  func addPosts(_ count: Int) {
    for index in 0..<count {
      add { $0.createdAt = clock.now + Double(index - count) }
    }
  }

  /// Adds so many remarks to a post, each third one a reply to the one before it.
  func addRemarks(_ count: Int, to id: String) {
    for index in 0..<count {
      let remark = Remark(id: newID(), createdAt: clock.now)
      change(id) { article in
        if index % 3 == 2, !article.remarks.isEmpty {
          article.remarks[article.remarks.count - 1].nest(remark)
        } else {
          article.remarks.append(remark)
        }
      }
    }
  }

  func change(_ id: String, _ body: (inout Article) -> Void) {
    state.withLock { state in
      guard let index = state.articles.lastIndex(where: { $0.id == id }) else { return }
      body(&state.articles[index])
    }
  }

  /// Answers a request as the platform would.
  func answer(_ request: HTTPRequest, _ limits: HTTPLimits) throws(TransportError) -> HTTPResponse {
    let call = state.withLock { state in
      let call = Call(
        number: state.calls.count, method: request.method, url: request.url,
        body: String(decoding: request.body, as: UTF8.self), headers: request.headers,
        at: clock.now)
      state.calls.append(call)
      return call
    }
    clock.advance(0.05)
    let fault = state.withLock { $0.fault }(call)
    guard let fault else { return page(call.path) }
    return try fault.answer(call, from: self, limits)
  }

  /// The page that a path leads to; `cut` leaves only so many of its items.
  func page(_ path: String, cut: Int? = nil) -> HTTPResponse {
    let (articles, paging) = state.withLock { ($0.articles, $0.paging) }
    let query = Query(path)
    if path.hasPrefix("/posts?") {
      let items = articles.lazy.reversed().map(\.json)
      return .json(listing(items, "posts", query, paging, cut))
    }
    let id = query.path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    guard let article = articles.last(where: { $0.id == id }) else {
      return .status(404, #"{"success":false,"error":"Post not found"}"#)
    }
    let remarks = article.remarks.lazy.reversed().map(\.json)
    if query.path.hasSuffix("/comments") {
      return .json(listing(remarks, "comments", query, .cursor, cut))
    }
    return .json([
      "success": .bool(true), "post": article.json, "comments": .array(Array(remarks)),
      "context": .null,
    ])
  }

  /// Cursors count from the oldest item, so that new ones in between shift nothing; offsets count from the newest.
  private func listing(
    _ items: some Collection<JSONValue>, _ name: String, _ query: Query, _ paging: Paging,
    _ cut: Int?
  ) -> JSONValue {
    let limit = min(query["limit"].flatMap { Int($0) } ?? 50, state.withLock { $0.mostItems })
    var start = 0
    switch paging {
    case .cursor:
      if let cursor = query["cursor"], let below = Town.place(of: cursor) {
        start = max(0, items.count - below)
      }
    case .offset: start = query["offset"].flatMap { Int($0) } ?? 0
    }
    let page = items.dropFirst(start).prefix(min(limit, cut ?? limit))
    let end = start + page.count
    var members: [JSONValue.Member] = [
      .init("success", .bool(true)), .init(name, .array(Array(page))),
      .init("has_more", .bool(end < items.count)),
    ]
    if end < items.count {
      switch paging {
      case .cursor: members.append(.init("next_cursor", .string(Town.cursor(items.count - end))))
      case .offset: members.append(.init("next_offset", .int(end)))
      }
    }
    return .object(members)
  }

  // Base64 with its padding, so that cursors need percent-encoding.
  private static func cursor(_ below: Int) -> String {
    Data("below:\(below)".utf8).base64EncodedString()
  }

  private static func place(of cursor: String) -> Int? {
    Data(base64Encoded: cursor).flatMap {
      Int(String(decoding: $0, as: UTF8.self).dropFirst("below:".count))
    }
  }
}

/// A path with its parameters, percent-decoded.
struct Query {
  let path: String
  private let values: [String: String]

  init(_ target: String) {
    let parts = target.split(separator: "?", maxSplits: 1)
    path = parts.first.map(String.init) ?? ""
    let pairs = (parts.dropFirst().first ?? "").split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
      return (sides[0], (sides.count > 1 ? sides[1] : "").removingPercentEncoding ?? "")
    }
    values = Dictionary(pairs, uniquingKeysWith: { _, last in last })
  }

  subscript(_ name: String) -> String? { values[name] }
}

extension Town.Remark {
  /// Answers the deepest remark below this one.
  fileprivate mutating func nest(_ remark: Town.Remark) {
    if replies.isEmpty {
      var reply = remark
      reply.parent = id
      replies.append(reply)
    } else {
      replies[0].nest(remark)
    }
  }

  fileprivate var json: JSONValue {
    [
      "id": .string(id), "content": .string(body), "parent_id": .text(parent),
      "created_at": .string(createdAt.description),
      "author": ["id": .text(authorID), "name": .string(author)],
      "replies": .array(replies.map(\.json)),
    ]
  }
}

extension Town.Article {
  fileprivate var json: JSONValue {
    [
      "id": .string(id), "title": .string(title), "content": .string(body), "url": .text(link),
      "comment_count": .int(remarks.map(\.all.count).reduce(0, +)),
      "created_at": .string(createdAt.description),
      "author": ["id": .text(authorID), "name": .string(author)],
      "submolt": ["name": .string(channel)],
    ]
  }
}

extension HTTPResponse {
  static func json(_ value: JSONValue) -> HTTPResponse {
    HTTPResponse(
      status: 200, headers: [("content-type", "application/json")],
      body: Array(value.rendered.utf8))
  }

  static func status(
    _ status: Int, _ body: String = "", _ headers: [(String, String)] = []
  ) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
  }
}
