import Core
import Feeds
import Testing
import Transport

@Suite struct FeedClientTests {
  private static let host = "www.moltbook.com"
  private let request = FeedRequest(
    source: "shore", purpose: .listing, path: "/posts?sort=new", key: "posts")

  /// What came of one fetch: a status or an error's label.
  private func fetch(
    _ shore: Shore, _ settings: SourceSettings = moltbook, _ request: FeedRequest? = nil,
    within seconds: Double = 3_600
  ) async -> String {
    do throws(FetchError) {
      let response = try await shore.client.fetch(
        request ?? self.request, of: settings, deadline: Shore.start + seconds)
      return "\(response.status)"
    } catch { return error.label }
  }

  @Test func `a request says who asks and goes to the base with its path`() async throws {
    let shore = Shore([.status(200)])
    #expect(await fetch(shore) == "200")
    let sent = try #require(shore.requests.first)
    #expect(sent.url == "https://www.moltbook.com/api/v1/posts?sort=new")
    #expect(sent.method == "GET")
    #expect(
      sent.headers.map { "\($0): \($1)" } == [
        "User-Agent: Exuvia/1.2 (+shore@example.org)", "Accept: application/json",
      ])
  }

  @Test func `a contact cannot break the header`() {
    #expect(FeedClient.userAgent(version: "1", contact: nil) == "Exuvia/1")
    #expect(FeedClient.userAgent(version: "1", contact: "a\r\nX: é\tb") == "Exuvia/1 (+aX: b)")
  }

  @Test func `a request is counted before it is sent`() async {
    let shore = Shore([.status(503), .status(200)])
    #expect(await fetch(shore) == "200")
    #expect(shore.counted == [1, 2])
  }

  @Test func `a request that cannot be counted is not sent`() async {
    let shore = Shore([.status(200)], savesLeft: 0)
    #expect(await fetch(shore) == "store")
    #expect(shore.requests.isEmpty)
  }

  @Test func `requests are spaced by the rate, in the next run too`() async {
    let shore = Shore([.status(200)])
    for _ in 0..<3 { #expect(await fetch(shore) == "200") }
    let next = Shore([.status(200)], hosts: shore.hosts)
    #expect(await fetch(next) == "200")
    #expect(shore.sentAt == [0, 1.02, 2.04])
    #expect(next.sentAt == [3.06])
  }

  @Test(arguments: [403, 404, 405, 410, 302, 400])
  func `a status that no try would change is given back at once`(status: Int) async {
    let shore = Shore([.status(status)])
    #expect(await fetch(shore) == "\(status)")
    #expect(shore.requests.count == 1)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var script: [Shore.Answer]
    var within: Double = 3_600
    var outcome: String
    /// Seconds from the start at which requests were sent.
    var sentAt: [Double]
    var notBefore: Double?
  }

  @Test(arguments: [
    Row(
      testDescription: "429 with Retry-After",
      script: [.status(429, [("Retry-After", "30")]), .status(200)], outcome: "200",
      sentAt: [0, 30.5]),
    Row(
      testDescription: "429 with a date",
      script: [.status(429, [("Retry-After", "Mon, 12 Jan 1970 13:47:10 GMT")]), .status(200)],
      outcome: "200", sentAt: [0, 30.5]),
    Row(
      testDescription: "429 with a body",
      script: [.status(429, [], #"{"retry_after_minutes": 1}"#), .status(200)], outcome: "200",
      sentAt: [0, 60.5]),
    Row(
      testDescription: "429 with a reset",
      script: [.status(429, [("X-RateLimit-Reset", "45")]), .status(200)], outcome: "200",
      sentAt: [0, 45.5]),
    Row(
      testDescription: "429 without a word, forever", script: [.status(429)],
      outcome: "not-before", sentAt: [0, 22.5, 67.5], notBefore: 157.5),
    Row(
      testDescription: "429 that ends after the deadline",
      script: [.status(429, [("Retry-After", "30")])], within: 20, outcome: "not-before",
      sentAt: [0], notBefore: 30.5),
    Row(
      testDescription: "429 that asks for a day",
      script: [.status(429, [("Retry-After", "86400")])], within: 3_600, outcome: "not-before",
      sentAt: [0], notBefore: 3_600.5),
    Row(
      testDescription: "500 once", script: [.status(500), .status(200)], outcome: "200",
      sentAt: [0, 1.02]),
    Row(
      testDescription: "503 forever", script: [.status(503)], outcome: "503",
      sentAt: [0, 1.02, 3.02, 7.02], notBefore: nil),
    Row(
      testDescription: "503 with a wish",
      script: [.status(503, [("Retry-After", "9")]), .status(200)], outcome: "200",
      sentAt: [0, 9.5]),
    Row(
      testDescription: "401 once", script: [.status(401), .status(200)], outcome: "200",
      sentAt: [0, 1.02]),
    Row(
      testDescription: "401 forever", script: [.status(401)], outcome: "401",
      sentAt: [0, 1.02, 3.02]),
    Row(
      testDescription: "a cut connection", script: [.failure(.closed), .status(200)],
      outcome: "200", sentAt: [0, 1.02]),
    Row(
      testDescription: "two timeouts",
      script: [.failure(.timeout), .failure(.timeout), .status(200)], outcome: "200",
      sentAt: [0, 1.02, 3.02]),
    Row(
      testDescription: "a name that leads nowhere", script: [.failure(.dns)], outcome: "down",
      sentAt: [0, 1.02, 3.02, 7.02]),
    Row(
      testDescription: "a name that leads nowhere, and no time", script: [.failure(.dns)],
      within: 2, outcome: "down", sentAt: [0, 1.02], notBefore: 3.02),
    Row(
      testDescription: "an answer too large", script: [.failure(.tooLarge(9))], outcome: "failed",
      sentAt: [0]),
    Row(
      testDescription: "an address that is not meant", script: [.failure(.refusedAddress("::1"))],
      outcome: "failed", sentAt: [0]),
    Row(
      testDescription: "a cancelled request", script: [.failure(.cancelled)],
      outcome: "cancelled", sentAt: [0]),
    Row(
      testDescription: "no time at all", script: [.status(200)], within: -1,
      outcome: "not-before", sentAt: []),
    Row(
      testDescription: "the last answer of a window",
      script: [.status(200, [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "50")])],
      outcome: "200", sentAt: [0], notBefore: 50),
  ])
  func `troubles are met with patience up to the deadline`(row: Row) async {
    let shore = Shore(row.script)
    #expect(await fetch(shore, within: row.within) == row.outcome)
    #expect(shore.sentAt.map { ($0 * 100).rounded() / 100 } == row.sentAt)
    let notBefore = shore.hosts[Self.host]?.notBefore.map { $0 - Shore.start }
    if let expected = row.notBefore { #expect(notBefore == expected) }
    if row.outcome == "200", row.notBefore == nil { #expect(notBefore == nil) }
  }

  @Test func `waits double and are shared out at random`() async {
    let shore = Shore([.status(500)], jitter: 1)
    #expect(await fetch(shore) == "500")
    #expect(shore.sentAt == [0, 2, 6, 14])
    let quick = Shore([.status(500)], jitter: 0)
    #expect(await fetch(quick) == "500")
    // The pace holds where chance gives no wait.
    #expect(quick.sentAt == [0, 1.02, 2.04, 3.06])
  }

  @Test func `a host's wish from an earlier run is kept`() async {
    let waiting = HostState(notBefore: Shore.start + 100)
    let shore = Shore([.status(200)], hosts: [Self.host: waiting])
    #expect(await fetch(shore, within: 99) == "not-before")
    #expect(shore.requests.isEmpty)
    #expect(await fetch(shore, within: 101) == "200")
    #expect(shore.sentAt == [100])
  }

  @Test func `a spent budget is told apart`() async throws {
    var settings = moltbook
    settings.rates = try ["10/min", "2/day"].map { try #require(Rate($0)) }
    let shore = Shore([.status(200)])
    for outcome in ["200", "200", "budget-spent"] {
      #expect(await fetch(shore, settings) == outcome)
    }
    #expect(shore.requests.count == 2)
  }

  @Test func `one try has no more time than the deadline leaves`() async {
    let shore = Shore([.status(200)])
    #expect(await fetch(shore, within: 7) == "200")
    #expect(await fetch(shore, within: 3_600) == "200")
    #expect(shore.limits.map(\.total) == [.seconds(7), .seconds(120)])
  }

  @Test func `a cancelled wait sends nothing`() async {
    let waiting = HostState(notBefore: Shore.start + 100)
    let shore = Shore([.status(200)], hosts: [Self.host: waiting], sleepFails: true)
    #expect(await fetch(shore) == "cancelled")
    #expect(shore.requests.isEmpty)
  }

  @Test func `the token goes to the source's own host over https alone`() async throws {
    var settings = moltbook
    settings.token = AccessToken("invented")
    for (base, outcome) in [
      ("https://www.moltbook.com/api/v1", "200"),
      ("http://www.moltbook.com/api/v1", "insecure-token"),
      ("http://127.0.0.1:8080/api", "200"), ("http://[::1]:8080/api", "200"),
      ("http://localhost/", "200"), ("http://127.evil.test/", "insecure-token"),
    ] {
      settings.base = base
      let shore = Shore([.status(200)])
      #expect(await fetch(shore, settings) == outcome)
      let header = shore.requests.first?.headers.first { $0.0 == "Authorization" }?.1
      #expect(header == (outcome == "200" ? "Bearer invented" : nil))
    }
  }

  @Test(arguments: [
    "@evil.test/", "//evil.test/x", ".evil.test/", "posts", "", ":81/x", "/a b", "/a\r\nX: y",
  ])
  func `no path leads to another host`(path: String) async {
    var settings = moltbook
    settings.base = "https://www.moltbook.com"
    let shore = Shore([.status(200)])
    let outcome = await fetch(
      shore, settings, FeedRequest(source: "shore", purpose: .listing, path: path, key: "k"))
    let urls = shore.requests.map(\.url)
    #expect(outcome == "failed" || urls == ["https://www.moltbook.com" + path])
  }

  @Test func `a token does not print`() {
    var settings = moltbook
    settings.token = AccessToken("invented-secret")
    var dumped = ""
    dump(settings, to: &dumped)
    #expect(!"\(settings)\(String(reflecting: settings))\(dumped)".contains("invented-secret"))
  }
}
