import Testing
import Transport

@Suite struct HTTPLimitsTests {
  private func answer(
    to path: String = "/", _ limits: HTTPLimits, method: String = "GET",
    _ steps: @escaping @Sendable (String) -> [LocalServer.Step]
  ) async throws -> (HTTPResponse, [String]) {
    let policy = AddressPolicy(allow: ["127.0.0.0/8"].compactMap { CIDR($0) })
    let server = try await LocalServer(steps)
    let transport = HTTPTransport(policy: policy)
    let result: Result<HTTPResponse, TransportError>
    do throws(TransportError) {
      let request = HTTPRequest(method: method, url: "http://127.0.0.1:\(server.port)\(path)")
      result = .success(try await transport.send(request, limits: limits))
    } catch { result = .failure(error) }
    await transport.shutdown()
    await server.stop()
    return (try result.get(), server.seen)
  }

  @Test func `a body as long as the limit passes and one byte more does not`() async throws {
    let (whole, _) = try await answer(HTTPLimits(body: 1_000)) { _ in
      [response("200 OK", [], [UInt8](repeating: 65, count: 1_000))]
    }
    #expect(whole.body.count == 1_000)
    await #expect(throws: TransportError.tooLarge(1_000)) {
      try await answer(HTTPLimits(body: 1_000)) { _ in
        [response("200 OK", [], [UInt8](repeating: 65, count: 1_001))]
      }
    }
  }

  @Test func `an unannounced body is cut at the limit`() async throws {
    await #expect(throws: TransportError.tooLarge(1_000)) {
      try await answer(HTTPLimits(body: 1_000)) { _ in
        [
          .text("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"),
          .send([UInt8](repeating: 65, count: 5_000)), .wait(milliseconds: 10000), .hangUp,
        ]
      }
    }
  }

  @Test func `gzip is undone and counts inflated`() async throws {
    let content = Array(String(repeating: "text ", count: 100).utf8)
    let (whole, _) = try await answer(HTTPLimits(body: content.count)) { _ in
      [response("200 OK", ["Content-Encoding: gzip"], Deflated.gzip(content))]
    }
    #expect(whole.body == content)
  }

  @Test func `a bomb is cut long before it is inflated`() async throws {
    let bomb = Deflated.bomb(repeats: 400_000)
    #expect(bomb.count < 700_000)
    await #expect(throws: TransportError.tooLarge(1 << 20)) {
      try await answer(HTTPLimits(body: 1 << 20)) { _ in
        [response("200 OK", ["Content-Encoding: gzip"], bomb)]
      }
    }
  }

  @Test(arguments: ["br", "gzip, gzip", "x-unknown"])
  func `an encoding that cannot be undone is no body`(encoding: String) async throws {
    await #expect(throws: TransportError.encoding) {
      try await answer(HTTPLimits(body: 1_000)) { _ in
        [response("200 OK", ["Content-Encoding: \(encoding)"], [1, 2, 3])]
      }
    }
  }

  @Test func `damaged and cut gzip is no body`() async throws {
    let whole = Deflated.gzip(Array("some text".utf8))
    for body in [[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 7, 7, 7], Array(whole.dropLast(12))] {
      await #expect(throws: TransportError.encoding) {
        try await answer(HTTPLimits(body: 1_000)) { _ in
          [response("200 OK", ["Content-Encoding: gzip"], body)]
        }
      }
    }
  }

  @Test func `silence ends the wait`() async throws {
    let limits = HTTPLimits(body: 1_000, idle: .milliseconds(200), total: .seconds(120))
    for first in ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"] {
      await #expect(throws: TransportError.timeout) {
        try await answer(limits) { _ in [.text(first), .wait(milliseconds: 30000), .hangUp] }
      }
    }
  }

  @Test func `a trickle ends with the total time`() async throws {
    let limits = HTTPLimits(body: 10_000, idle: .seconds(60), total: .milliseconds(600))
    let trickle = (0..<3_000).flatMap { _ in [LocalServer.Step.text("a"), .wait(milliseconds: 50)] }
    let start = ContinuousClock.now
    await #expect(throws: TransportError.timeout) {
      try await answer(limits) { _ in
        [.text("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")] + trickle
      }
    }
    // Far below the trickle's own 150 s, and far above what a busy machine needs.
    #expect(ContinuousClock.now - start < .seconds(75))
  }

  @Test func `a connection that ends early gives no half answer`() async throws {
    for text in [
      "", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "nonsense\r\n\r\n",
    ] {
      await #expect(throws: TransportError.closed) {
        try await answer(HTTPLimits(body: 1_000)) { _ in [.text(text), .hangUp] }
      }
    }
  }

  @Test func `cancellation is prompt and is no timeout`() async throws {
    let policy = AddressPolicy(allow: ["127.0.0.0/8"].compactMap { CIDR($0) })
    try await withServer { _ in
      [.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab")]
    } _: { server in
      let transport = HTTPTransport(policy: policy)
      let start = ContinuousClock.now
      await withTaskGroup(of: TransportError?.self) { group in
        group.addTask {
          do throws(TransportError) {
            _ = try await transport.send(
              HTTPRequest(url: "http://127.0.0.1:\(server.port)/"), limits: HTTPLimits(body: 9))
            return nil
          } catch { return error }
        }
        try? await Task.sleep(for: .milliseconds(300))
        group.cancelAll()
        #expect(await group.next() == .some(.cancelled))
      }
      #expect(ContinuousClock.now - start < .seconds(75))
      await transport.shutdown()
    }
  }

  @Test func `a redirect to the same server is followed`() async throws {
    for location in ["/b?x=1", "b?x=1", "//127.0.0.1:PORT/b?x=1", "http://127.0.0.1:PORT/b?x=1#f"] {
      let (whole, seen) = try await answer(HTTPLimits(body: 9)) { request in
        guard request.hasPrefix("GET / ") else { return [response("200 OK", [], [66])] }
        let port =
          request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("host:") }?
          .split(separator: ":").last ?? ""
        let target = location.replacing("PORT", with: port)
        return [response("302 Found", ["Location: \(target)"], [65])]
      }
      #expect(whole.body == [66])
      #expect(seen.last?.hasPrefix("GET /b?x=1 ") == true)
    }
  }

  @Test(arguments: [
    ("http://127.0.0.1:1/", "127.0.0.1:1"), ("https://127.0.0.1/", "127.0.0.1"),
    ("//other.test/", "other.test"), ("http://127.0.0.2/x", "127.0.0.2"),
  ])
  func `a redirect elsewhere is not followed`(location: String, host: String) async throws {
    await #expect(throws: TransportError.redirectElsewhere(host)) {
      try await answer(HTTPLimits(body: 9)) { _ in [response("307 Go", ["Location: \(location)"])] }
    }
  }

  @Test(arguments: [
    "javascript:alert(1)", "http://user@127.0.0.1/", "http://2130706433/", "file:///etc/passwd",
  ])
  func `a redirect to no plain URL is refused`(location: String) async throws {
    await #expect {
      try await answer(HTTPLimits(body: 9)) { _ in [response("302 Go", ["Location: \(location)"])] }
    } throws: { ($0 as? TransportError)?.label == "bad-url" }
  }

  @Test func `three redirects are followed and a fourth is not`() async throws {
    let steps: @Sendable (String) -> [LocalServer.Step] = { request in
      let at = Int(request.dropFirst("GET /".count).prefix { $0.isNumber }) ?? 0
      return [at == 0 ? response() : response("308 Go", ["Location: /\(at - 1)"])]
    }
    let (whole, seen) = try await answer(to: "/3", HTTPLimits(body: 9), steps)
    #expect((whole.status, seen.count) == (200, 4))
    await #expect(throws: TransportError.tooManyRedirects(3)) {
      try await answer(to: "/4", HTTPLimits(body: 9), steps)
    }
  }

  @Test func `a redirect that would drop a body is given back as it is`() async throws {
    let (whole, seen) = try await answer(HTTPLimits(body: 9), method: "POST") { _ in
      [response("302 Found", ["Location: /b"])]
    }
    #expect((whole.status, seen.count) == (302, 1))
  }
}
