import Core
import Storage

/// What one pass has counted so far; parts of several tasks add up.
struct PassTally: Sendable {
  /// When the pass began; what failed since is due in the next one.
  let began: Timestamp
  var postsRead = 0
  var postsNew = 0
  var newBySeverity: [Severity: Int] = [:]
  /// The worst of what is new, as many as a summary lists.
  var news: [NewExposure] = []
  var newAgents: Set<[PublicText]> = []
  var exposuresSeenAgain = 0
  var lags: [Double] = []
  var alertsSent = 0
  var skipped: [String] = []
  var incomplete: [ScanSummary.Incomplete] = []
  var cuts = 0
  var faults = 0
  var heldBack: [String: Int] = [:]

  init(began: Timestamp) {
    self.began = began
  }

  mutating func add(_ page: PageOutcome, posts: Int) {
    postsRead += posts
    postsNew += page.postsNew
    for exposure in page.news {
      newBySeverity[exposure.severity, default: 0] += 1
      if let agent = exposure.agent { newAgents.insert([exposure.platform, agent]) }
    }
    list(page.news)
    exposuresSeenAgain += page.exposuresSeenAgain
    lags += page.lags
  }

  mutating func add(_ other: PassTally) {
    postsRead += other.postsRead
    postsNew += other.postsNew
    newBySeverity.merge(other.newBySeverity, uniquingKeysWith: +)
    newAgents.formUnion(other.newAgents)
    list(other.news)
    exposuresSeenAgain += other.exposuresSeenAgain
    lags += other.lags
    alertsSent += other.alertsSent
    skipped += other.skipped
    incomplete += other.incomplete
    cuts += other.cuts
    faults += other.faults
    heldBack.merge(other.heldBack, uniquingKeysWith: +)
  }

  mutating func fail(_ source: String, _ why: String) {
    let reason = ScanSummary.Incomplete(source: source, why: why)
    if !incomplete.contains(reason) { incomplete.append(reason) }
  }

  mutating func skip(_ source: String) {
    if !skipped.contains(source) { skipped.append(source) }
  }

  private var exposuresNew: Int { newBySeverity.values.reduce(0, +) }

  private mutating func list(_ more: [NewExposure]) {
    news = Array((news + more).sorted(by: NewExposure.isWorse).prefix(NewExposure.listed))
  }

  func pass(from start: Timestamp, to end: Timestamp) -> Pass {
    Pass(
      startedAt: start, endedAt: end, isComplete: incomplete.isEmpty, postsRead: postsRead,
      postsNew: postsNew, exposuresNew: exposuresNew, exposuresSeenAgain: exposuresSeenAgain)
  }

  func summary(store: Store, seconds: Double) throws -> ScanSummary {
    var summary = ScanSummary()
    summary.store = store.path
    summary.postsRead = postsRead
    summary.postsNew = postsNew
    summary.exposuresNew = exposuresNew
    summary.newBySeverity = newBySeverity
    summary.news = news
    summary.newAgents = newAgents.count
    summary.exposuresSeenAgain = exposuresSeenAgain
    summary.alertsSent = alertsSent
    summary.alertsWaiting = try store.alertsWaiting()
    summary.complete = incomplete.isEmpty
    summary.skipped = skipped.sorted()
    summary.incomplete = incomplete.sorted { ($0.source, $0.why) < ($1.source, $1.why) }
    summary.lag = ScanSummary.Lag(of: lags)
    summary.seconds = seconds
    summary.cut = cuts
    summary.faults = faults
    summary.heldBack = heldBack
    return summary
  }
}
