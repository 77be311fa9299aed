import Core
import Detection
import Feeds
import Logging
import Storage
import Transport

extension Monitor {
  /// One pass over one source: its listings from the top, then what the frontier still holds.
  func crawl(
    _ name: String, _ tally: PassTally, deadline: Timestamp?, stop: StopSignal
  ) async throws -> PassTally {
    guard let settings = configuration.source(name),
      let source = FeedSources.make(settings, limits: limits)
    else { return tally }
    let scanner = Scanner(detector, key: key, limits: limits)
    var crawl = Crawl(
      settings: settings, source: source, state: try store.sourceState(name),
      tally: tally)
    try store.enqueue(source.start(crawl.state))
    // What fails in this pass is due again in the next one, however soon that comes.
    while let request = try store.next(of: name, at: crawl.tally.began, without: crawl.spent) {
      if stop.received != nil || deadline.map({ clock.now() >= $0 }) ?? false {
        crawl.isCut = true
        break
      }
      do {
        let page = try await page(
          of: request, from: crawl, deadline: deadline ?? clock.now() + patience)
        try await take(page, of: request, in: &crawl, with: scanner)
      } catch let error as FeedError {
        // The listing keeps its place: the next pass asks for the same page again.
        try note(request, label: error.label, why: error.description, in: &crawl)
      } catch let error as FetchError {
        if case .store(let cause) = error { throw cause }
        if !error.isWait {
          let why = scanner.shown(error.description, upTo: 400).string
          try note(request, label: error.label, why: why, in: &crawl)
        }
        if crawl.ends(with: error) { break }
      }
    }
    return try judge(crawl)
  }

  /// Fetches and decodes; an answer that is no page is asked for again, since proxies and hiccups garble some.
  private func page(
    of request: FeedRequest, from crawl: Crawl, deadline: Timestamp
  ) async throws -> FeedPage {
    for _ in 1..<3 {
      let response = try await client.fetch(request, of: crawl.settings, deadline: deadline)
      do {
        return try crawl.source.decode(response, of: request)
      } catch FeedError.notJSON {
        log.info("an answer is no JSON", metadata: ["source": "\(crawl.settings.name)"])
      }
    }
    let response = try await client.fetch(request, of: crawl.settings, deadline: deadline)
    return try crawl.source.decode(response, of: request)
  }

  /// Records a page, with what it leads to.
  private func take(
    _ page: FeedPage, of request: FeedRequest, in crawl: inout Crawl, with scanner: Scanner
  ) async throws {
    var page = page
    let cause = crawl.cause(of: request)
    let isSpent = crawl.countPage(of: request)
    crawl.troubles[request.key] = nil
    page.followUps = page.followUps.filter { scanner.isShowable($0.path) }.map { followUp in
      var followUp = followUp
      followUp.cause = cause
      return followUp
    }
    page.next?.cause = request.cause
    if let next = page.next, !scanner.isShowable(next.path) {
      // Cursors come from outside too, and what looks like a secret is not stored.
      page.skipped.append(SkippedPost(id: request.subject, reason: "what follows is not read"))
      page.next = request
      let why = "the address of the next page holds what looks like a secret; it is not stored"
      if let listing = request.walk?.listing {
        crawl.spent.insert(listing)
        crawl.troubles[request.key] = why
      }
    }
    _ = try await record(
      page.posts, of: crawl.settings.name, cause: cause, skipped: page.skipped,
      progress: .answered(
        request, next: page.next, followUps: page.followUps, budgetSpent: isSpent),
      with: scanner, into: &crawl.tally)
    crawl.tally.faults += page.skipped.count
  }

  private func note(
    _ request: FeedRequest, label: String, why: String, in crawl: inout Crawl
  ) throws {
    if let listing = request.walk?.listing { crawl.spent.insert(listing) }
    crawl.troubles[request.key] = why
    let now = clock.now()
    try store.failed(
      request, label: label, at: now, retryAt: now.next)
  }

  /// What the pass came to, once it is over: whatever was not read must be told of.
  private func judge(_ crawl: Crawl) throws -> PassTally {
    let name = crawl.settings.name
    var reasons = Set(crawl.troubles.values)
    let waiting = try store.waiting(of: name)
    if try reasons.isEmpty && !store.openGaps(of: name).isEmpty {
      reasons = ["a gap is open: what lies between two pages was not read yet; the next passes do"]
    }
    var tally = crawl.tally
    if crawl.isCut {
      if waiting.count > 0 { tally.skip(name) }
    } else if reasons.isEmpty, waiting.count > 0 {
      reasons = ["requests that failed wait to be made again; the next passes make them"]
    }
    for why in reasons.sorted() {
      // A source that is not required may fail without the pass being incomplete.
      if crawl.settings.isRequired { tally.fail(name, why) } else { tally.skip(name) }
    }
    return tally
  }

  /// Seconds that one request may wait for its turn where a pass has no deadline.
  private var patience: Double { 600 }
}

/// One pass over one source, as far as it has come.
private struct Crawl {
  let settings: SourceSettings
  let source: any FeedSource
  /// What was covered when the pass began.
  let state: SourceState
  var tally: PassTally
  /// Pages read, by listing.
  var pages: [String: Int] = [:]
  /// Listings that this pass reads no further.
  var spent: Set<String> = []
  /// What stands against requests that were not answered, by their keys.
  var troubles: [String: String] = [:]
  /// Whether the pass ended with requests left that it could have made at another time.
  var isCut = false
  private var lastFailed = false

  init(settings: SourceSettings, source: any FeedSource, state: SourceState, tally: PassTally) {
    self.settings = settings
    self.source = source
    self.state = state
    self.tally = tally
  }

  func cause(of request: FeedRequest) -> Cause {
    if let walk = request.walk { return walk.floor == nil ? .firstPass : .live }
    return request.cause ?? .live
  }

  /// Counts an answer; whether the listing has used up its pages.
  mutating func countPage(of request: FeedRequest) -> Bool {
    lastFailed = false
    guard let listing = request.walk?.listing else { return false }
    pages[listing, default: 0] += 1
    if pages[listing, default: 0] >= settings.pages { spent.insert(listing) }
    return spent.contains(listing)
  }

  /// Whether nothing more can be had of the source in this pass.
  mutating func ends(with error: FetchError) -> Bool {
    defer { lastFailed = true }
    if error.isWait { isCut = true }
    // One address may be at fault; where the next one fails too, it is the host.
    return error.isOfHost || lastFailed
  }
}
