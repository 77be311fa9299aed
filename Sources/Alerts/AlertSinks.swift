package import Core
package import Transport

/// The known sinks.
package enum AlertSinks {
  /// Sends a request within limits.
  package typealias Send =
    @Sendable (HTTPRequest, HTTPLimits) async throws(TransportError) -> HTTPResponse

  /// What sinks reach the world by.
  package struct Means: Sendable {
    /// Takes text that ends with a line break.
    package var print: @Sendable (String) -> Void
    package var send: Send
    package var now: @Sendable () -> Timestamp
    /// Who says that it calls.
    package var userAgent: String

    package init(
      print: @escaping @Sendable (String) -> Void, send: @escaping Send,
      now: @escaping @Sendable () -> Timestamp, userAgent: String
    ) {
      self.print = print
      self.send = send
      self.now = now
      self.userAgent = userAgent
    }
  }

  /// The sink of these settings.
  package static func sink(
    _ settings: SinkSettings, by means: Means
  ) throws(AlertError) -> any AlertSink {
    switch settings.kind {
    case .console: ConsoleSink(print: means.print)
    case .webhook: try WebhookSink(settings, by: means)
    }
  }
}
