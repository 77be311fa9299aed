import Synchronization

/// Says to passes that they are to end after the page in hand.
package final class StopSignal: Sendable {
  private struct State {
    var received: Int32?
    var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
    var count = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// The signal that asked for the end; nil while nobody has.
  package var received: Int32? { state.withLock { $0.received } }

  package func receive(_ number: Int32) {
    let waiting = state.withLock { state in
      state.received = state.received ?? number
      return state.waiting.values
    }
    for continuation in waiting { continuation.finish() }
  }

  /// Waits until somebody asks for the end, or the task is cancelled.
  func wait() async {
    // A stream of its own for every wait: a cancelled one is over for good.
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    let number: Int? = state.withLock { state in
      guard state.received == nil else { return nil }
      state.count += 1
      state.waiting[state.count] = continuation
      return state.count
    }
    guard let number else { return }
    for await _ in stream {}
    state.withLock { $0.waiting[number] = nil }
  }
}
