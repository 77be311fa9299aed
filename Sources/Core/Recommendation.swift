/// What to do about one matter: an exposure, with those of the same secret and of its other half.
package struct Recommendation: Sendable {
  /// What it is about, worst first; never empty.
  package let exposures: [Exposure]
  package let urgency: Urgency
  /// The rule's name, or the kind where no rule of that id is known any more.
  package let title: String
  /// What a holder can do with it.
  package let grants: String?
  /// The issuer's page for replacing it.
  package let url: String?
  /// Whether the steps hold for anything of the sort, since none are known for this provider.
  package let isGeneral: Bool
  /// Sentences, in the order in which to follow them.
  package let steps: [String]
  /// Sentences to bear in mind beside the steps.
  package let notes: [String]

  /// How soon the first step is due.
  package enum Urgency: Int, Sendable, Comparable, Named {
    /// Before anything else, and at the price of an outage.
    case now
    /// In order and without an outage, within days.
    case soon
    /// When somebody next looks through what was found.
    case review

    package static func < (a: Urgency, b: Urgency) -> Bool { a.rawValue < b.rawValue }
    package var name: String { "\(self)" }
  }

  /// What to do about the exposures that still stand, most urgent first; `rule` finds a rule by its id.
  package static func plan(
    for exposures: [Exposure], rule: (String) -> Rule?
  ) -> [Recommendation] {
    let standing = exposures.filter(\.state.stands)
    return matters(of: standing.sorted(by: isWorse)).map { matter in
      Recommendation(matter.exposures, missing: matter.missing, rule: rule)
    }
    .sorted { a, b in
      a.urgency != b.urgency ? a.urgency < b.urgency : isWorse(a.exposures[0], b.exposures[0])
    }
  }

  private static func isWorse(_ a: Exposure, _ b: Exposure) -> Bool {
    if a.severity != b.severity { return a.severity > b.severity }
    if a.confidence != b.confidence { return a.confidence > b.confidence }
    if a.lastSeen != b.lastSeen { return a.lastSeen > b.lastSeen }
    return a.id < b.id
  }
}

extension Recommendation {
  private init(_ exposures: [Exposure], missing: [PublicText], rule: (String) -> Rule?) {
    let lead = exposures[0]
    let urgency = Urgency(of: lead)
    let known = rule(lead.rule)
    self.exposures = exposures
    self.urgency = urgency
    title = known?.name ?? lead.kind
    grants = known?.grants
    url = known?.rotation.url
    let specific = exposures.flatMap { Advice.specific(rule($0.rule), $0.category) }.uniqued
    isGeneral = specific.isEmpty
    let steps = isGeneral ? Advice.general(for: lead, family: known?.provider.family) : specific
    self.steps =
      lead.category == .credential
      ? Advice.ordered(steps, urgency: urgency, severity: lead.severity) : steps
    notes = Advice.notes(
      on: exposures, missing: missing, provider: isGeneral ? known?.provider.name ?? "it" : nil)
  }
}

extension Recommendation.Urgency {
  /// How soon an exposure wants its first step, by what is at stake and how sure it is.
  package init(of exposure: Exposure) {
    self =
      switch (exposure.category, exposure.severity, exposure.confidence) {
      case (_, _, .low), (_, .info, _), (_, .low, _): .review
      case (.credential, .critical, _): .now
      case (.credential, _, _): .soon
      case (let category, .critical, _), (let category, .high, _):
        category.accuses ? .review : .soon
      default: .review
      }
  }
}

extension Recommendation {
  /// Exposures that one course of action settles, and the companions that are named but not among them.
  private struct Matter {
    var exposures: [Exposure]
    var missing: [PublicText]
  }

  /// Brings together the exposures of one fingerprint, and those that name each other as companions.
  private static func matters(of exposures: [Exposure]) -> [Matter] {
    var group = Array(exposures.indices)
    var missing: [Int: PublicText] = [:]
    func root(_ index: Int) -> Int {
      var index = index
      while group[index] != index { index = group[index] }
      return index
    }
    func join(_ a: Int, _ b: Int) {
      let (a, b) = (root(a), root(b))
      group[max(a, b)] = min(a, b)
    }

    let byFingerprint = Dictionary(grouping: exposures.indices) { exposures[$0].fingerprint }
    for same in byFingerprint.values {
      for index in same.dropFirst() { join(index, same[0]) }
    }
    let byAgent = Dictionary(grouping: exposures.indices) { index in
      [exposures[index].platform, exposures[index].agent]
    }
    for (index, exposure) in exposures.enumerated() {
      guard let companion = exposure.details[.companion] else { continue }
      let mates = (byAgent[[exposure.platform, exposure.agent]] ?? []).filter {
        $0 != index && exposures[$0].answers(to: companion)
      }
      // Two of one rule: which of them is the other half cannot be told from its rule.
      if mates.count == 1 { join(index, mates[0]) } else { missing[index] = companion }
    }

    let groups = Dictionary(grouping: exposures.indices, by: root)
    return groups.keys.sorted().map { key in
      let members = groups[key] ?? []
      return Matter(
        exposures: members.map { exposures[$0] }, missing: members.compactMap { missing[$0] })
    }
  }
}

extension ExposureState {
  /// Whether something is still to be done about it.
  package var stands: Bool { self != .resolved && self != .ignored }
}

extension Exposure {
  /// Whether this is what another finding calls its companion: by fingerprint, rule or preview.
  fileprivate func answers(to companion: PublicText) -> Bool {
    [fingerprint.description, rule, preview.string].contains(companion.string)
  }
}

extension Array where Element: Hashable {
  fileprivate var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
