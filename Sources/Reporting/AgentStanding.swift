package import Core

/// How one agent stands: what it exposed, by severity, and since when.
package struct AgentStanding: Sendable, Equatable {
  package var platform: PublicText
  /// Nil for the posts of a platform that name no author.
  package var name: PublicText?
  /// The platform's own id.
  package var id: PublicText?
  /// Open exposures by severity.
  package var open: [Severity: Int]
  /// Exposures in any state.
  package var exposures: Int
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp

  package init(
    platform: PublicText, name: PublicText?, id: PublicText?, open: [Severity: Int],
    exposures: Int, firstSeen: Timestamp, lastSeen: Timestamp
  ) {
    self.platform = platform
    self.name = name
    self.id = id
    self.open = open
    self.exposures = exposures
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }

  /// How the agent of these exposures stands; nil where there are none.
  init?(of exposures: [Exposure], id: PublicText? = nil) {
    guard let first = exposures.first else { return nil }
    self.init(
      platform: first.platform, name: first.agent, id: id, open: [:], exposures: exposures.count,
      firstSeen: exposures.map(\.firstSeen).min() ?? first.firstSeen,
      lastSeen: exposures.map(\.lastSeen).max() ?? first.lastSeen)
    for exposure in exposures where exposure.state == .open {
      open[exposure.severity, default: 0] += 1
    }
  }

  /// The worst severity that is open.
  package var worst: Severity? { open.filter { $0.value > 0 }.keys.max() }
  var openCount: Int { open.values.reduce(0, +) }

  /// Worst first: by what is open of each severity, then by all, then by who was seen last; posts without an author
  /// come after all.
  package static func worstFirst(_ agents: [AgentStanding]) -> [AgentStanding] {
    agents.sorted { a, b in
      if (a.name == nil) != (b.name == nil) { return b.name == nil }
      for severity in Severity.allCases.reversed() {
        let (left, right) = (a.open[severity] ?? 0, b.open[severity] ?? 0)
        if left != right { return left > right }
      }
      if a.exposures != b.exposures { return a.exposures > b.exposures }
      if a.lastSeen != b.lastSeen { return a.lastSeen > b.lastSeen }
      return (a.platform.string, a.name?.string ?? "") < (b.platform.string, b.name?.string ?? "")
    }
  }
}

/// One agent with its whole history.
package struct AgentHistory: Sendable {
  package var platform: PublicText
  package var name: PublicText?
  /// The platform's own id.
  package var id: PublicText?
  /// When its posts were published, those that exposed nothing too; nil where that is unknown.
  package var posts: ClosedRange<Timestamp>?
  package var exposures: [ExposureHistory]

  package init(
    platform: PublicText, name: PublicText?, id: PublicText?, posts: ClosedRange<Timestamp>? = nil,
    exposures: [ExposureHistory]
  ) {
    self.platform = platform
    self.name = name
    self.id = id
    self.posts = posts
    self.exposures = exposures
  }

  var standing: AgentStanding? { AgentStanding(of: exposures.map(\.exposure), id: id) }

  /// What its small finds tell together.
  var recon: Recon? { Recon(of: exposures.map(\.exposure)) }

  /// What an exposure means to its agent.
  enum Part: CaseIterable {
    /// Credentials of its own, or of whom it works for.
    case leaked
    /// What else an attacker may use.
    case exposed
    /// What harms others.
    case planted

    init(_ category: Category) {
      self = category == .credential ? .leaked : category.accuses ? .planted : .exposed
    }
  }

  /// Its exposures, what it lost first; each part the most urgent first, none empty.
  var parts: [(part: Part, exposures: [ExposureHistory])] {
    let parts = Dictionary(grouping: mostUrgentFirst) { Part($0.exposure.category) }
    return Part.allCases.compactMap { part in parts[part].map { (part, $0) } }
  }

  /// What stands first, the worst and newest of it first, then what is settled, the newest first.
  var mostUrgentFirst: [ExposureHistory] {
    exposures.sorted { left, right in
      let (a, b) = (left.exposure, right.exposure)
      if a.state.stands != b.state.stands { return a.state.stands }
      if a.state.stands, a.severity != b.severity { return a.severity > b.severity }
      return a.lastSeen != b.lastSeen ? a.lastSeen > b.lastSeen : a.id < b.id
    }
  }
}
