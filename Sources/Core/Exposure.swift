/// One agent's exposure of one fingerprint over time, as the store tells it.
package struct Exposure: Sendable {
  package var id: Int64
  package var platform: PublicText
  /// The agent's name; nil where posts name no author.
  package var agent: PublicText?
  package var category: Category
  package var provider: String
  package var kind: String
  package var rule: String
  package var severity: Severity
  package var confidence: Confidence
  package var state: ExposureState
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var sightings: Int
  package var preview: PublicText
  package var fingerprint: Fingerprint
  package var details: [DetailKey: PublicText]
  package var reasons: [Reason]

  package init(
    id: Int64, platform: PublicText, agent: PublicText?, category: Category, provider: String,
    kind: String, rule: String, severity: Severity, confidence: Confidence, state: ExposureState,
    firstSeen: Timestamp, lastSeen: Timestamp, sightings: Int, preview: PublicText,
    fingerprint: Fingerprint, details: [DetailKey: PublicText], reasons: [Reason]
  ) {
    self.id = id
    self.platform = platform
    self.agent = agent
    self.category = category
    self.provider = provider
    self.kind = kind
    self.rule = rule
    self.severity = severity
    self.confidence = confidence
    self.state = state
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.sightings = sightings
    self.preview = preview
    self.fingerprint = fingerprint
    self.details = details
    self.reasons = reasons
  }
}

/// Where an exposure stands.
package enum ExposureState: String, Sendable, Named {
  case open, acknowledged, resolved, ignored, disputed
}

/// Why an exposure counts as resolved.
package enum Resolution: String, Sendable, Named {
  case rotated, removed
  case falsePositive = "false-positive"
  case test, accepted

  /// Whether a new post that shows it again opens the exposure anew.
  package var endsWithNewPost: Bool { self == .removed || self == .accepted }
}

/// One place where an exposure was seen.
package struct Sighting: Sendable {
  package var post: PublicText
  package var url: PublicText?
  package var field: TextField
  package var count: Int
  package var publishedAt: Timestamp?
  package var seenAt: Timestamp
  package var excerpt: PublicText?

  package init(
    post: PublicText, url: PublicText?, field: TextField, count: Int, publishedAt: Timestamp?,
    seenAt: Timestamp, excerpt: PublicText?
  ) {
    self.post = post
    self.url = url
    self.field = field
    self.count = count
    self.publishedAt = publishedAt
    self.seenAt = seenAt
    self.excerpt = excerpt
  }
}

/// How a new exposure came to be seen; only `live` ones alert singly.
package enum Cause: String, Sendable, Named {
  case live
  case firstPass = "first-pass"
  case backfill, archive, hunt
  case rulesChanged = "rules-changed"
}

/// What an alert reports.
package enum AlertEvent: String, Sendable, Named {
  case leaked, spread, reopened, overdue, summary
}
