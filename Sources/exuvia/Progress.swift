import Foundation
import Synchronization

/// Says on a terminal's standard error how far long work has come, once a second at most.
final class Progress: Sendable {
  private struct State {
    var records = 0
    var shown = ContinuousClock.now
    var isShown = false
  }

  private let isOn = isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb"
  private let state = Mutex(State())

  func add(_ records: Int) {
    guard isOn else { return }
    state.withLock { state in
      state.records += records
      let now = ContinuousClock.now
      guard state.shown.duration(to: now) >= .seconds(1) else { return }
      state.shown = now
      state.isShown = true
      write("\r\(state.records) records read\u{1B}[K")
    }
  }

  /// Takes the line away, so that others find the cursor where a line begins.
  func clear() {
    state.withLock { state in
      if state.isShown { write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}

/// The one that there is, since there is one standard error.
let progress = Progress()
