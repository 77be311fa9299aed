import ArgumentParser
import Core
import Dispatch
import Feeds
import Foundation
import Logging
import Monitoring
import Reporting
import Storage
import Transport

/// One pass over the sources, as cron runs it.
struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Read what is new, record what was exposed, send alerts.",
    usage: "exuvia scan [<source> ...] [<options>]",
    discussion: """
      Without a terminal it prints nothing unless something is new, incomplete or stuck. \
      Run it from cron: */5 * * * * exuvia scan --for 4m
      """)

  @Argument(
    help: .init(
      "Sources by name, or archive:FILE for records at hand (archive:- is standard input).",
      valueName: "source"))
  var sources: [String] = []

  @Option(
    name: .customLong("for"),
    help: .init("Stop cleanly after so long: 90s, 4m, 2h.", valueName: "time"))
  var time: String?

  @Option(
    help: .init(
      "End with 1 on something new: `new`, or a severity for at least that.",
      valueName: "what"))
  var failOn: String?

  @Flag(name: [.short, .long], help: "Print the summary always, and say more.")
  var verbose = false

  @OptionGroup var query: QueryOptions

  func validate() throws {
    if let time, seconds(time) == nil {
      throw ValidationError("--for takes a time such as 90s, 4m or 2h, not `\(time)`")
    }
    if let failOn, failOn != "new", Severity(name: failOn) == nil {
      throw ValidationError(
        "--fail-on takes `new` or one of \(Severity.names.joined(separator: ", ")), not `\(failOn)`"
      )
    }
  }

  func run() async throws {
    let configuration = try query.common.configuration()
    let inputs = try inputs(configuration)
    let detector = try query.common.detector()
    let places = query.common.places(configuration)
    guard let lock = try acquireLock(places.store, now: currentTime()) else { return }
    defer { lock.release() }
    let (store, key) = try places.openForCrawling()
    let transport = HTTPTransport(policy: configuration.network)
    let monitor = try Monitor(
      store: store, detector: detector, key: key, configuration: configuration, version: version,
      clock: systemClock, log: logger(), lock: lock,
      http: { request, limits throws(TransportError) in
        try await transport.send(request, limits: limits)
      }, onRecorded: { progress.add($0) }, print: query.format == .json ? complain : show)
    let stop = StopSignal()
    let signals = [SIGTERM, SIGINT].map { number in
      onSignal(number) {
        // The second one does not wait for the page in hand.
        if stop.received != nil { _exit(128 + number) }
        stop.receive(number)
      }
    }
    defer { signals.forEach { $0.cancel() } }
    let result: Result<ScanSummary, any Error>
    do {
      result = .success(
        try await monitor.pass(
          over: inputs, deadline: time.flatMap(seconds).map { currentTime() + $0 }, stop: stop))
    } catch {
      result = .failure(error)
    }
    await transport.shutdown()
    let summary = try result.get()
    try tell(summary)
    try store.close()
    if let signal = stop.received { throw Code.stopped(by: signal) }
    try judge(summary)
  }

  private func inputs(_ configuration: Configuration) throws -> [Monitor.Input] {
    guard !sources.isEmpty else {
      let enabled = configuration.sources.filter(\.isEnabled)
      guard !enabled.isEmpty else {
        throw UsageError("no source is enabled: name one, or enable one in the configuration")
      }
      return enabled.map { .source($0.name) }
    }
    var inputs: [Monitor.Input] = []
    for text in sources {
      let input: Monitor.Input
      if text.hasPrefix("archive:") {
        input = .archive(String(text.dropFirst("archive:".count)))
      } else if configuration.source(text) != nil {
        input = .source(text)
      } else {
        let known = Set(configuration.sources.map(\.name) + FeedSources.all.map(\.name))
        throw UsageError(
          "there is no source `\(text)`: name \(known.sorted().joined(separator: ", ")) "
            + "or archive:FILE")
      }
      if !inputs.contains(input) { inputs.append(input) }
    }
    return inputs
  }

  /// The right to crawl; nil where another pass has it and is alive.
  private func acquireLock(_ store: String, now: Timestamp) throws -> CrawlLock? {
    switch try CrawlLock.acquire(storePath: store, at: now) {
    case .held(let lock): return lock
    case .busy(let since, let pid, let lastMoved):
      let who = pid.map { "process \($0)" } ?? "another process"
      let when = since.map { " since \(Words.minute($0))" } ?? ""
      if let lastMoved, now - lastMoved > 900 {
        complain(
          "exuvia: \(who) holds the store\(when) and has not moved since "
            + "\(Words.minute(lastMoved)): look at it, and end it if it hangs")
        throw Code.store
      }
      complain("exuvia: \(who) has been scanning into this store\(when); nothing to do")
      return nil
    }
  }

  private func tell(_ summary: ScanSummary) throws {
    progress.clear()
    let isQuiet = query.format == .text && !verbose && isatty(STDOUT_FILENO) == 0
    guard !isQuiet || summary.isWorthTelling else { return }
    try query.answer(json: ScanReport.json(summary)) { style, _ in
      ScanReport.text(summary, style, verbose: verbose)
    }
  }

  private func judge(_ summary: ScanSummary) throws {
    if !summary.complete { throw Code.incomplete }
    guard let failOn else { return }
    let floor = Severity(name: failOn) ?? .info
    if summary.newBySeverity.contains(where: { $0.key >= floor && $0.value > 0 }) {
      throw Code.found
    }
  }

  private func logger() -> Logger {
    var logger = Logger(label: "exuvia") { _ in LogfmtHandler() }
    logger.logLevel = verbose ? .info : .warning
    return logger
  }
}

/// Where the console sink writes; an alert that cannot be shown is no reason to end the pass.
@Sendable private func show(_ text: String) {
  progress.clear()
  try? answer(text)
}

/// The machine's own time and chance.
private let systemClock = FeedClock(
  now: currentTime,
  sleep: { try await Task.sleep(for: .seconds($0)) },
  jitter: { Double.random(in: 0..<1) })
