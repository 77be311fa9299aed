import Alerts
package import Core
package import Detection
package import Feeds
package import Identity
package import Logging
import Records
package import Storage
import Transport

/// Ties the stages together: pages in, exposures out, alerts sent.
///
/// One pass reads every source in a task of its own. Whatever a pass has committed stays; whatever it has not, the
/// next pass finds in the frontier, so that a pass may stop after any page.
package struct Monitor: Sendable {
  let store: Store
  let detector: Detector
  let key: IdentityKey
  let configuration: Configuration
  let clock: FeedClock
  let log: Logger
  let lock: CrawlLock?
  let client: FeedClient
  let limits: Limits
  let sinks: [String: any AlertSink]
  let onRecorded: @Sendable (Int) -> Void

  /// `print` is where the console sink writes, `version` what the crawler calls itself by; `onRecorded` hears how many
  /// posts each page held that was recorded.
  /// - Throws: `AlertError` where a sink's settings cannot be used.
  package init(
    store: Store, detector: Detector, key: IdentityKey, configuration: Configuration,
    version: String, clock: FeedClock, log: Logger, lock: CrawlLock?,
    http: @escaping FeedClient.Send, onRecorded: @escaping @Sendable (Int) -> Void = { _ in },
    print: @escaping @Sendable (String) -> Void, limits: Limits = Limits()
  ) throws {
    self.store = store
    self.detector = detector
    self.key = key
    self.configuration = configuration
    self.clock = clock
    self.log = log
    self.lock = lock
    self.limits = limits
    let userAgent = FeedClient.userAgent(version: version, contact: configuration.contact)
    client = FeedClient(
      userAgent: userAgent, limits: HTTPLimits(body: limits.response), clock: clock,
      hostState: { try store.hostState($0) }, setHostState: { try store.setHostState($1, of: $0) },
      send: http)
    let means = AlertSinks.Means(print: print, send: http, now: clock.now, userAgent: userAgent)
    sinks = Dictionary(
      try configuration.sinks.map { ($0.name, try AlertSinks.sink($0, by: means)) },
      uniquingKeysWith: { first, _ in first })
    self.onRecorded = onRecorded
  }

  /// What a pass is to read.
  package enum Input: Sendable, Hashable {
    case source(String)
    /// A path, or `-` for standard input.
    case archive(String)
  }

  /// Reads every input once, until `deadline` or until `stop` says so; then sends what is due.
  package func pass(
    over inputs: [Input], deadline: Timestamp?, stop: StopSignal
  ) async throws -> ScanSummary {
    let began = clock.now()
    var tally = PassTally(began: began)
    try await withThrowingTaskGroup(of: PassTally?.self) { group in
      for input in inputs {
        group.addTask {
          switch input {
          case .source(let name):
            try await crawl(name, PassTally(began: began), deadline: deadline, stop: stop)
          case .archive(let path):
            try await read(archive: path, PassTally(began: began), deadline: deadline, stop: stop)
          }
        }
      }
      // Whoever waits for an answer or for its turn is woken by the signal; pages in hand are finished.
      group.addTask {
        await stop.wait()
        return nil
      }
      var unfinished = inputs.count
      while unfinished > 0, let part = try await group.next() {
        guard let part else {
          group.cancelAll()
          continue
        }
        tally.add(part)
        unfinished -= 1
      }
      group.cancelAll()
    }
    let pass = tally.pass(from: began, to: clock.now())
    _ = try store.finishPass(pass) { summary in
      policy.alerts(for: summary, sinks: configuration.sinks, hash: alertID)
    }
    tally.alertsSent += try await sendAlerts(dueBy: began)
    return try tally.summary(store: store, seconds: clock.now() - began)
  }

  /// Takes one page of posts to the store: masks, scans, records, and sends what the page gave cause for.
  func record(
    _ posts: [Post], of source: String, cause: Cause, skipped: [SkippedPost],
    progress: RecordedPage.Progress, with scanner: Scanner, into tally: inout PassTally
  ) async throws -> PageOutcome {
    let now = clock.now()
    var reviewed: [PublicPost] = []
    reviewed.reserveCapacity(posts.count)
    for post in posts {
      let (post, cuts) = scanner.review(post, key: key, storing: .medium, now: now)
      tally.cuts += cuts
      for (rule, count) in post.heldBack { tally.heldBack[rule, default: 0] += count }
      reviewed.append(post)
    }
    let page = RecordedPage(
      source: source, posts: reviewed, cause: cause, seenAt: now, rules: detector.digest,
      skipped: skipped.map { skip in
        PublicSkip(id: skip.id.map { scanner.shown($0, upTo: 256) }, reason: skip.reason)
      }, progress: progress)
    let outcome = try store.record(
      page, overlap: configuration.overlap, maxAge: configuration.alertMaxAge
    ) { change in
      policy.alerts(
        for: change, sinks: configuration.sinks, rule: { detector.rule($0) }, hash: alertID)
    }
    lock?.touch(at: clock.now())
    onRecorded(posts.count)
    tally.add(outcome, posts: posts.count)
    if outcome.alertsQueued > 0 { tally.alertsSent += try await sendAlerts(dueBy: tally.began) }
    return outcome
  }

  /// Sends every alert that is due by then; what fails is due again in the next pass. Gives how many were delivered.
  private func sendAlerts(dueBy moment: Timestamp) async throws -> Int {
    var sent = 0
    var silent: Set<String> = []
    for alert in try store.dueAlerts(at: moment, limit: 1_000) where !silent.contains(alert.sink) {
      do {
        guard let sink = sinks[alert.sink] else { throw AlertError.badAddress(sink: alert.sink) }
        try await sink.send(alert)
        try store.alertSent(alert.id, at: clock.now())
        sent += 1
      } catch let error as AlertError {
        let now = clock.now()
        try store.alertFailed(alert.id, label: error.label, at: now, retryAt: now.next)
        log.warning(
          "alert not delivered",
          metadata: ["sink": "\(alert.sink)", "reason": "\(error.label)"])
        // A sink that does not answer one alert is not waited for with each of the others.
        if !error.isOfAlert { silent.insert(alert.sink) }
      }
    }
    return sent
  }

  private var policy: AlertPolicy { AlertPolicy(maxAge: configuration.alertMaxAge) }

  private func alertID(_ parts: [String]) -> KeyedHash { key.hash(.alert, parts) }
}

extension AlertError {
  /// Whether the sink may take another alert nevertheless.
  fileprivate var isOfAlert: Bool {
    switch self {
    case .refused(let status): status != 429
    case .odd, .redirected: true
    case .badAddress, .failing, .timeout, .unanswered: false
    }
  }
}
