/// One HTTP request; the URL's host decides where it may go, see `AddressPolicy`.
package struct HTTPRequest: Sendable {
  package var method: String
  package var url: String
  package var headers: [(String, String)]
  package var body: [UInt8]

  package init(
    method: String = "GET", url: String, headers: [(String, String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// One HTTP response; the body is already inflated.
package struct HTTPResponse: Sendable {
  package var status: Int
  package var headers: [(String, String)]
  package var body: [UInt8]

  package init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, whatever its case.
  package func header(_ name: String) -> String? {
    headers.first { $0.0.lowercased() == name.lowercased() }?.1
  }
}

/// What one request may take.
package struct HTTPLimits: Sendable, Hashable {
  /// Bytes of the body after inflation.
  package var body: Int
  /// One attempt at a connection, handshake included.
  package var connect: Duration
  /// Silence in the middle of a response.
  package var idle: Duration
  /// Everything, from the look-up of the name to the last byte, redirects included.
  package var total: Duration
  package var redirects: Int

  package init(
    body: Int, connect: Duration = .seconds(10), idle: Duration = .seconds(30),
    total: Duration = .seconds(120), redirects: Int = 3
  ) {
    self.body = body
    self.connect = connect
    self.idle = idle
    self.total = total
    self.redirects = redirects
  }
}
