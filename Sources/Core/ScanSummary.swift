/// What one pass of `scan` came to.
package struct ScanSummary: Sendable, Equatable {
  /// The store's path.
  package var store = ""
  package var postsRead = 0
  /// New posts and revisions recorded.
  package var postsNew = 0
  package var exposuresNew = 0
  package var newBySeverity: [Severity: Int] = [:]
  /// The worst of the new exposures, at most `NewExposure.listed`.
  package var news: [NewExposure] = []
  /// How many agents the new exposures are of; posts without an author count as nobody's.
  package var newAgents = 0
  package var exposuresSeenAgain = 0
  package var alertsSent = 0
  /// Alerts that could not be sent yet.
  package var alertsWaiting = 0
  /// Whether every required source was read to where the last pass ended.
  package var complete = true
  /// Sources that were not due.
  package var skipped: [String] = []
  package var incomplete: [Incomplete] = []
  /// From publication to record; nil where no new live post bore a time.
  package var lag: Lag?
  package var seconds = 0.0
  /// Texts longer than the limit, read up to it.
  package var cut = 0
  /// Posts that could not be decoded, and lines that are no records.
  package var faults = 0
  /// Findings under the confidence that is stored, by rule.
  package var heldBack: [String: Int] = [:]

  package init() {}

  /// A source that could not be read to its end.
  package struct Incomplete: Sendable, Equatable {
    package var source: String
    /// A sentence in our own words, without text of the source.
    package var why: String

    package init(source: String, why: String) {
      self.source = source
      self.why = why
    }
  }

  /// Seconds from publication to record.
  package struct Lag: Sendable, Equatable {
    package var median: Double
    package var p95: Double

    package init(median: Double, p95: Double) {
      self.median = median
      self.p95 = p95
    }

    /// By nearest rank; nil where there are no lags.
    package init?(of lags: [Double]) {
      guard !lags.isEmpty else { return nil }
      let sorted = lags.sorted()
      func rank(_ part: Double) -> Double {
        sorted[min(sorted.count - 1, max(0, Int((part * Double(sorted.count)).rounded(.up)) - 1))]
      }
      self.init(median: rank(0.5), p95: rank(0.95))
    }
  }

  /// Whether somebody without a terminal should hear of the pass: something is new, incomplete or stuck.
  package var isWorthTelling: Bool {
    exposuresNew > 0 || !complete || !incomplete.isEmpty || alertsWaiting > 0
  }
}

/// What a summary says of an exposure that a pass brought.
package struct NewExposure: Sendable, Hashable {
  package var id: Int64
  package var platform: PublicText
  /// Nil where the post names no author.
  package var agent: PublicText?
  package var kind: String
  package var preview: PublicText
  package var severity: Severity

  package init(
    id: Int64, platform: PublicText, agent: PublicText?, kind: String, preview: PublicText,
    severity: Severity
  ) {
    self.id = id
    self.platform = platform
    self.agent = agent
    self.kind = kind
    self.preview = preview
    self.severity = severity
  }

  /// How many of them a summary lists.
  package static let listed = 10

  /// The worst first; of one severity in the order in which they were recorded.
  package static func isWorse(_ a: NewExposure, _ b: NewExposure) -> Bool {
    a.severity != b.severity ? a.severity > b.severity : a.id < b.id
  }
}
