package import Core

/// A place that alerts go to.
package protocol AlertSink: Sendable {
  /// Delivers the alert or throws; may be called again with the same alert.
  func send(_ alert: Alert) async throws(AlertError)
}
