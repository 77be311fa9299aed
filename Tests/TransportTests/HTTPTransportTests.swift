import Testing
import Transport

@Suite struct HTTPTransportTests {
  private static let loopback = AddressPolicy(allow: ["127.0.0.0/8"].compactMap { CIDR($0) })
  private static let limits = HTTPLimits(
    body: 100_000, connect: .seconds(60), idle: .seconds(60), total: .seconds(120))

  private static let noNames: Resolver = { _ throws(TransportError) in throw .dns }

  /// Every name leads to these addresses.
  private static func names(_ addresses: String...) -> Resolver {
    let all = addresses.compactMap { IPAddress($0) }
    return { _ throws(TransportError) in all }
  }

  private func with<Value: Sendable>(
    _ policy: AddressPolicy = loopback, resolve: @escaping Resolver = noNames, keep: Int = 16,
    _ body: (HTTPTransport) async throws -> Value
  ) async throws -> Value {
    let transport = HTTPTransport(policy: policy, resolve: resolve, keptClients: keep)
    do {
      let value = try await body(transport)
      await transport.shutdown()
      return value
    } catch {
      await transport.shutdown()
      throw error
    }
  }

  @Test func `an allowed address is served, with the headers and the body that were sent`()
    async throws
  {
    try await withServer { _ in
      [response("201 Created", ["X-One: 1"], Array("hello".utf8))]
    } _: {
      server in
      let answer = try await with { transport in
        try await transport.send(
          HTTPRequest(
            method: "POST", url: "http://127.0.0.1:\(server.port)/a?b=c",
            headers: [("X-Sent", "yes")], body: Array("content".utf8)), limits: Self.limits)
      }
      #expect(answer.status == 201)
      #expect(answer.header("x-one") == "1")
      #expect(answer.header("x-two") == nil)
      #expect(answer.body == Array("hello".utf8))
      let sent = try #require(server.seen.first)
      #expect(sent.hasPrefix("POST /a?b=c HTTP/1.1\r\n"))
      #expect(sent.lowercased().contains("x-sent: yes"))
      #expect(sent.lowercased().contains("content-length: 7"))
    }
  }

  @Test func `loopback is refused unless it is allowed, and nothing is sent`() async throws {
    try await withServer { _ in
      [response()]
    } _: { server in
      for (host, address) in [
        ("127.0.0.1", "127.0.0.1"), ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"),
      ] {
        await #expect(throws: TransportError.refusedAddress(address)) {
          try await with(AddressPolicy()) { transport in
            try await transport.send(
              HTTPRequest(url: "http://\(host):\(server.port)/"), limits: Self.limits)
          }
        }
      }
      #expect(server.seen.isEmpty)
    }
  }

  @Test func `a name is refused when any of its addresses is private`() async throws {
    try await withServer { _ in
      [response()]
    } _: { server in
      await #expect(throws: TransportError.refusedAddress("127.0.0.1")) {
        try await with(AddressPolicy(), resolve: Self.names("1.1.1.1", "127.0.0.1")) { transport in
          try await transport.send(
            HTTPRequest(url: "http://leaf.test:\(server.port)/"), limits: Self.limits)
        }
      }
      #expect(server.seen.isEmpty)
    }
  }

  @Test func `the machine's resolver is judged too`() async throws {
    let transport = HTTPTransport(policy: AddressPolicy())
    await #expect {
      try await transport.send(HTTPRequest(url: "http://localhost:9/"), limits: Self.limits)
    } throws: { ($0 as? TransportError)?.label == "refused-address" }
    await #expect(throws: TransportError.dns) {
      try await transport.send(HTTPRequest(url: "http://nowhere.invalid/"), limits: Self.limits)
    }
    await transport.shutdown()
  }

  @Test func `the connection goes to the checked address and the name stays in the Host header`()
    async throws
  {
    try await withServer { _ in
      [response()]
    } _: { server in
      _ = try await with(resolve: Self.names("127.0.0.1")) { transport in
        try await transport.send(
          HTTPRequest(url: "http://Leaf.Test:\(server.port)/"), limits: Self.limits)
      }
      let sent = try #require(server.seen.first)
      #expect(sent.lowercased().contains("host: leaf.test:\(server.port)\r\n"))
    }
  }

  @Test func `the name stays in the TLS hello, and a server without a certificate is not trusted`()
    async throws
  {
    try await withServer { _ in
      [.text("HTTP/1.1 200 OK\r\n\r\n"), .hangUp]
    } _: { server in
      await #expect(throws: TransportError.tls) {
        try await with(resolve: Self.names("127.0.0.1")) { transport in
          try await transport.send(
            HTTPRequest(url: "https://leaf.test:\(server.port)/"), limits: Self.limits)
        }
      }
      let hello = try #require(server.seenBytes.first)
      #expect(hello.contains(Array("leaf.test".utf8)))
    }
  }

  @Test func `a second address is tried where the first takes no connection`() async throws {
    try await withServer { _ in
      [response()]
    } _: { server in
      // The server listens on 127.0.0.1 alone.
      let answer = try await with(resolve: Self.names("127.0.0.2", "127.0.0.1")) { transport in
        try await transport.send(
          HTTPRequest(method: "POST", url: "http://leaf.test:\(server.port)/", body: [1]),
          limits: Self.limits)
      }
      #expect(answer.status == 200)
      await #expect(throws: TransportError.connect) {
        try await with(resolve: Self.names("127.0.0.2")) { transport in
          try await transport.send(
            HTTPRequest(url: "http://leaf.test:\(server.port)/"), limits: Self.limits)
        }
      }
    }
  }

  @Test func `requests share a connection, however long each may take`() async throws {
    try await withServer { _ in
      [response()]
    } _: { server in
      try await with(resolve: Self.names("127.0.0.2", "127.0.0.1")) { transport in
        for seconds in 61..<65 {
          var limits = Self.limits
          limits.total = .seconds(seconds)
          let request = HTTPRequest(url: "http://leaf.test:\(server.port)/")
          _ = try await transport.send(request, limits: limits)
        }
      }
      #expect(server.connections == 1)
      #expect(server.seen.count == 4)
    }
  }

  @Test func `more servers than clients are kept still get answers`() async throws {
    try await withServer { _ in
      [response()]
    } _: { server in
      let statuses = try await with(resolve: Self.names("127.0.0.1"), keep: 2) { transport in
        var statuses: [Int] = []
        for name in ["a", "b", "c", "a", "d"] {
          let request = HTTPRequest(url: "http://\(name).test:\(server.port)/")
          statuses.append(try await transport.send(request, limits: Self.limits).status)
        }
        return statuses
      }
      #expect(statuses == [200, 200, 200, 200, 200])
    }
  }

  @Test func `an IPv6 address is connected to as it stands`() async throws {
    let policy = AddressPolicy(allow: ["::1"].compactMap { CIDR($0) })
    await #expect(throws: TransportError.connect) {
      try await with(policy) { transport in
        try await transport.send(HTTPRequest(url: "http://[::1]:1/"), limits: Self.limits)
      }
    }
  }

  @Test func `after shutdown nothing is sent`() async throws {
    let transport = HTTPTransport(policy: Self.loopback)
    await transport.shutdown()
    await #expect(throws: TransportError.shutDown) {
      try await transport.send(HTTPRequest(url: "http://127.0.0.1:9/"), limits: Self.limits)
    }
  }

  @Test(arguments: [
    ("X-Sent", "a\r\nX-Other: b"), ("X Sent", "a"), ("", "a"), ("X:", "a"), ("X(", "a"),
  ])
  func `a header that would break the request is not sent`(name: String, value: String) async throws
  {
    await #expect(throws: TransportError.badHeader) {
      try await with { transport in
        try await transport.send(
          HTTPRequest(url: "http://127.0.0.1:9/", headers: [(name, value)]), limits: Self.limits)
      }
    }
  }
}
