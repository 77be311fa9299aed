import Core
import Feeds
import Foundation
import Records
import TestSupport
import Testing

/// Every `fixtures/moltbook/<case>.json` is decoded as `<case>.page.json` says: adding a case is adding two files.
///
/// `UPDATE_GOLDENS=1 swift test` writes the results into the goldens, for a person to read before committing.
@Suite struct MoltbookGoldenTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var page: URL
    var golden: URL
    var testDescription: String { name }
  }

  static let cases: [Case] = {
    let folder = packageRoot.appending(path: "fixtures/moltbook")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let ending = ".page.json"
    return files.filter { $0.hasSuffix(ending) }.sorted().map { file in
      let name = String(file.dropLast(ending.count))
      return Case(
        name: name, page: folder.appending(path: name + ".json"),
        golden: folder.appending(path: file))
    }
  }()

  @Test func `there are cases`() {
    #expect(Self.cases.count > 30)
  }

  @Test(arguments: cases)
  func `a page decodes to its golden`(row: Case) throws {
    let golden = JSONReader(try JSONValue(parsing: Array(Data(contentsOf: row.golden))))
    let request = try FeedRequest(golden: #require(golden.object("request")))
    let response = FeedResponse(
      status: golden.int("status") ?? 200, body: Array(try Data(contentsOf: row.page)))
    let source = try #require(FeedSources.make(moltbook))
    let result: JSONValue
    do throws(FeedError) { result = try source.decode(response, of: request).golden } catch {
      result = .string("error: \(error.label)")
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      let whole: JSONValue = [
        "request": golden.value["request"] ?? .null, "status": .int(response.status),
        "page": result,
      ]
      try Data((whole.indented + "\n").utf8).write(to: row.golden)
    } else {
      #expect(result == golden.value["page"])
    }
  }
}

let moltbook = SourceSettings(
  name: "shore", kind: "moltbook", base: "https://www.moltbook.com/api/v1",
  rates: [Rate(requests: 60, seconds: 60)], pages: 20)

extension FeedRequest {
  init(golden: JSONReader) throws {
    let purpose = try #require(Purpose(name: golden.text("purpose") ?? ""))
    var walk: Walk?
    if purpose == .listing {
      walk = Walk(listing: "posts", pages: golden.int("pages") ?? 0)
      if let oldest = golden.text("oldest").flatMap({ Timestamp(lenient: $0) }),
        let newest = golden.text("newest").flatMap({ Timestamp(lenient: $0) })
      {
        walk?.read = Interval(oldest: oldest, newest: newest)
      }
    }
    self.init(
      source: "shore", purpose: purpose, path: golden.text("path") ?? "",
      key: golden.text("key") ?? "", walk: walk, subject: golden.text("subject"),
      expected: golden.int("expected"))
  }

  /// What is set of the request, as `init(golden:)` reads it.
  var golden: JSONValue {
    let times = walk?.read
    return .present([
      ("purpose", .string(purpose.name)), ("path", .string(path)), ("key", .string(key)),
      ("pages", walk.map { .int($0.pages) } ?? .null),
      ("oldest", .text(times?.oldest.description)), ("newest", .text(times?.newest.description)),
      ("subject", .text(subject)), ("expected", expected.map { .int($0) } ?? .null),
    ])
  }
}

extension FeedPage {
  var golden: JSONValue {
    [
      "posts": .array(posts.map(\.golden)), "next": next?.golden ?? .null,
      "followUps": .array(followUps.map(\.golden)),
      "skipped": .array(
        skipped.map { .present([("id", .text($0.id)), ("reason", .string($0.reason))]) }),
      "ignored": .array(ignored.map { .string($0) }),
    ]
  }
}

extension Post {
  fileprivate var golden: JSONValue {
    .present([
      ("platform", .text(platform)), ("id", .string(id)), ("kind", .string(kind.name)),
      ("agent_id", .text(agentID)), ("agent_name", .text(agentName)), ("title", .text(title)),
      ("body", .text(body)), ("about", .text(about)), ("url", .text(url)),
      ("created_at", .text(createdAt)), ("channel", .text(channel)), ("parent_id", .text(parentID)),
      ("comment_count", commentCount.map { .int($0) } ?? .null),
    ])
  }
}

extension JSONValue {
  /// An object of the members that are not null.
  fileprivate static func present(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.filter { $0.1 != .null }.map { Member($0.0, $0.1) })
  }
}
