import Core
import Detection
import Feeds
import Foundation
import Identity
import Logging
import Storage
import Synchronization
import TestSupport
import Transport

@testable import Monitoring

/// Time that passes only where somebody sleeps or works.
final class VirtualClock: Sendable {
  static let start = Timestamp("2026-11-20T12:00:00Z")
  private struct State {
    var now = VirtualClock.start
    var drift = 0.0
    var looks = 0
    var onLook: @Sendable (Int) -> Void = { _ in }
  }

  private let state = Mutex(State())

  var now: Timestamp { state.withLock { $0.now } }

  func advance(_ seconds: Double) {
    state.withLock { $0.now = $0.now + max(seconds, 0.000_001) }
  }

  /// Lets so many seconds pass whenever the program looks at the clock.
  func drift(by seconds: Double) { state.withLock { $0.drift = seconds } }

  /// Calls the body whenever the program looks at the clock, with how often it did.
  func onLook(_ body: @escaping @Sendable (Int) -> Void) {
    state.withLock { state in
      state.looks = 0
      state.onLook = body
    }
  }

  var feed: FeedClock {
    FeedClock(
      now: {
        let (now, looks, onLook) = self.state.withLock { state in
          state.now = state.now + state.drift
          state.looks += 1
          return (state.now, state.looks, state.onLook)
        }
        onLook(looks)
        return now
      },
      sleep: { seconds in
        try Task.checkCancellation()
        self.advance(seconds)
      }, jitter: { 0.5 })
  }
}

/// What was logged and printed, as it would stand on a disk.
final class Notebook: Sendable {
  private let written = Mutex("")

  var text: String { written.withLock { $0 } }

  func write(_ line: String) { written.withLock { $0 += line + "\n" } }

  var logger: Logger {
    var logger = Logger(label: "test") { _ in Handler(notebook: self) }
    logger.logLevel = .trace
    return logger
  }

  private struct Handler: LogHandler {
    let notebook: Notebook
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      notebook.write("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
  }
}

/// A store in a folder, a town to read, and monitors over both, one for each pass as cron has it.
final class World {
  let folder: URL
  let clock = VirtualClock()
  let town: Town
  let notebook = Notebook()
  var key = IdentityKey(bytes: Array(1...32))
  var lock: CrawlLock?
  var configuration = Configuration()
  var detector: Detector
  var limits = Limits()
  /// Answers what the town does not.
  var send: FeedClient.Send?
  private var opened: Store?

  init(
    _ folder: URL, paging: Town.Paging = .cursor, detector: Detector? = nil
  ) throws {
    self.folder = folder
    town = Town(clock, paging: paging)
    self.detector = try detector ?? Rules.few.get()
  }

  var storePath: String { folder.appending(path: "store/exuvia.db").path }

  func store() throws -> Store {
    if let opened { return opened }
    let store = try Store.open(storePath, key: key, keyPath: "test.key")
    opened = store
    return store
  }

  /// Ends all use of the store, as the end of a process does.
  func close() throws {
    try opened?.close()
    opened = nil
  }

  func monitor() throws -> Monitor {
    let (town, other) = (town, send)
    let send: FeedClient.Send = { request, limits throws(TransportError) in
      if let other { return try await other(request, limits) }
      return try town.answer(request, limits)
    }
    return try Monitor(
      store: store(), detector: detector, key: key, configuration: configuration, version: "test",
      clock: clock.feed, log: notebook.logger, lock: lock, http: send,
      print: { [notebook] in notebook.write($0) }, limits: limits)
  }

  /// One pass of a monitor of its own.
  @discardableResult
  func pass(
    over inputs: [Monitor.Input] = [.source("moltbook")], for seconds: Double? = nil,
    stop: StopSignal = StopSignal()
  ) async throws -> ScanSummary {
    try await monitor().pass(
      over: inputs, deadline: seconds.map { clock.now + $0 }, stop: stop)
  }

  /// The lines of the dump's table.
  func rows(_ table: String) throws -> [String] {
    try store().dump().split(separator: "\n").filter { $0.hasPrefix(table + " ") }.map(String.init)
  }

  /// The ids of recorded posts and comments, each as often as it has a row.
  func recorded() throws -> [String] {
    try rows("post").compactMap { $0.firstMatch(of: /"native_id":"([^"]*)"/).map { String($0.1) } }
  }
}

/// Rules, compiled once for all tests.
enum Rules {
  static let shipped: Result<RuleSet, any Error> = Result {
    try RuleSet(folder: packageRoot.appending(path: "patterns").path)
  }

  /// All that are shipped.
  static let all: Result<Detector, any Error> = Result { try Detector(shipped.get()) }

  /// GitHub's, Moltbook's and private keys, for tests in which it matters little what is found.
  static let few: Result<Detector, any Error> = Result {
    let rules = try shipped.get().rules.filter {
      ["github", "moltbook", "private-key"].contains($0.provider.slug)
    }
    return Detector(RuleSet(rules: rules, digest: "few"))
  }
}
