package import Core

/// Time and chance, as the client is given them.
package struct FeedClock: Sendable {
  package var now: @Sendable () -> Timestamp
  /// Seconds; throws where the task is cancelled.
  package var sleep: @Sendable (Double) async throws -> Void
  /// A random number from 0 up to 1.
  package var jitter: @Sendable () -> Double

  package init(
    now: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (Double) async throws -> Void,
    jitter: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.jitter = jitter
  }
}
