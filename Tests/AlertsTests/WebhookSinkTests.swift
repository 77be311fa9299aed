import Alerts
import Core
import Synchronization
import TestSupport
import Testing
import Transport

@Suite struct WebhookSinkTests {
  private let settings = SinkSettings(
    name: "hook", kind: .webhook, url: "https://hooks.example/in/s3cret-path")
  private let alert = Fixture.alert(#"{"schema":1,"preview":"a…"}"#)

  private func send(
    _ answer: @escaping AlertSinks.Send, _ alert: Alert? = nil
  ) async throws(AlertError) {
    let sink = try AlertSinks.sink(settings, by: Fixture.means(send: answer))
    try await sink.send(alert ?? self.alert)
  }

  @Test func `an alert is posted with its id, its time and its body`() async throws {
    let sent = Sent()
    try await send { request, limits in
      sent.add(request, limits)
      return HTTPResponse(status: 200)
    }
    let (request, limits) = try #require(sent.all.first)
    #expect(sent.all.count == 1)
    #expect(request.method == "POST")
    #expect(request.url == "https://hooks.example/in/s3cret-path")
    #expect(request.body == Array(alert.body.utf8))
    let headers = Dictionary(uniqueKeysWithValues: request.headers)
    #expect(
      headers == [
        "content-type": "application/json", "user-agent": "exuvia (test)",
        "webhook-id": "00000000000000010000000000000002", "webhook-timestamp": "1795428000",
      ])
    #expect(limits.total == .seconds(10))
    #expect(limits.redirects == 0)
  }

  @Test(arguments: [200, 201, 202, 204, 299])
  func `a status of 200 to 299 is a delivery`(status: Int) async throws {
    try await send { _, _ in HTTPResponse(status: status) }
  }

  @Test(arguments: [
    (300, AlertError.redirected, "redirected"), (302, .redirected, "redirected"),
    (399, .redirected, "redirected"), (400, .refused(status: 400), "refused"),
    (404, .refused(status: 404), "refused"), (429, .refused(status: 429), "refused"),
    (499, .refused(status: 499), "refused"), (500, .failing(status: 500), "failing"),
    (503, .failing(status: 503), "failing"), (599, .failing(status: 599), "failing"),
    (199, .odd(status: 199), "odd-status"), (600, .odd(status: 600), "odd-status"),
  ])
  func `any other status is none`(status: Int, error: AlertError, label: String) async {
    await #expect(throws: error) { try await send { _, _ in HTTPResponse(status: status) } }
    #expect(error.label == label)
  }

  @Test(arguments: [
    (TransportError.timeout, AlertError.timeout, "timeout"),
    (.redirectElsewhere("evil.example"), .redirected, "redirected"),
    (.tooManyRedirects(0), .redirected, "redirected"),
    (.dns, .unanswered(.dns), "dns"), (.tls, .unanswered(.tls), "tls"),
    (.refusedAddress("10.0.0.1"), .unanswered(.refusedAddress("10.0.0.1")), "refused-address"),
  ])
  func `a request that is not answered is no delivery`(
    cause: TransportError, error: AlertError, label: String
  ) async {
    await #expect(throws: error) {
      try await send { (_, _) async throws(TransportError) in throw cause }
    }
    #expect(error.label == label)
  }

  @Test func `a second attempt sends the same id and body`() async throws {
    let sent = Sent()
    for _ in 1...2 {
      try await send { request, limits in
        sent.add(request, limits)
        return HTTPResponse(status: 200)
      }
    }
    let requests = sent.all.map(\.0)
    #expect(requests.count == 2)
    #expect(requests[0].body == requests[1].body)
    #expect(requests[0].headers.map(\.1) == requests[1].headers.map(\.1))
  }

  @Test(arguments: [
    nil, "", "hooks.example", "ftp://hooks.example/", "https://user:pw@hooks.example/",
  ])
  func `settings without a usable address make no sink`(url: String?) {
    let settings = SinkSettings(name: "hook", kind: .webhook, url: url)
    #expect(throws: AlertError.badAddress(sink: "hook")) {
      try AlertSinks.sink(settings, by: Fixture.means())
    }
  }

  @Test func `neither settings nor errors show the address`() {
    let errors: [AlertError] = [
      .badAddress(sink: "hook"), .redirected, .refused(status: 403), .failing(status: 500),
      .odd(status: 1), .timeout, .unanswered(.connect),
    ]
    let texts = errors.map(\.description) + [settings.description, String(reflecting: settings)]
    for text in texts {
      #expect(!text.contains("s3cret") && !text.contains("hooks.example"), "\(text)")
    }
    #expect(errors.allSatisfy { $0.description.hasSuffix(".") })
  }
}

/// What was sent, in order.
private final class Sent: Sendable {
  private let requests = Mutex<[(HTTPRequest, HTTPLimits)]>([])
  var all: [(HTTPRequest, HTTPLimits)] { requests.withLock { $0 } }

  func add(_ request: HTTPRequest, _ limits: HTTPLimits) {
    requests.withLock { $0.append((request, limits)) }
  }
}
