import Core
import Synchronization

/// The hosts' states where they are kept; reading and writing one is a single step, whichever task does it.
final class HostStates: Sendable {
  typealias Load = @Sendable (String) throws -> HostState
  typealias Save = @Sendable (String, HostState) throws -> Void

  private let load: Load
  private let save: Save
  private let turnstile = Mutex(())

  init(load: @escaping Load, save: @escaping Save) {
    self.load = load
    self.save = save
  }

  /// Counts a request to be sent now and gives nil, or counts none and gives the turn to wait for.
  func take(
    _ host: String, _ pace: Pace, now: Timestamp, deadline: Timestamp
  ) throws(FetchError) -> Pace.Turn? {
    try change(host) { state in
      let turn = pace.turn(after: state, now: now)
      guard turn.moment <= now, now <= deadline else { return turn }
      state = pace.state(state, sendingAt: now)
      return nil
    }
  }

  /// Lets nobody ask the host before the moment.
  func postpone(_ host: String, to moment: Timestamp) throws(FetchError) {
    try change(host) { state in state.notBefore = max(state.notBefore ?? moment, moment) }
  }

  private func change<Value: Sendable>(
    _ host: String, _ body: (inout HostState) -> Value
  ) throws(FetchError) -> Value {
    do {
      return try turnstile.withLock { _ in
        let before = try load(host)
        var state = before
        let value = body(&state)
        if state != before { try save(host, state) }
        return value
      }
    } catch { throw .store(error) }
  }
}
