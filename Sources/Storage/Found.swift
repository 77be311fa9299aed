import Core

/// The findings of one post that are one exposure.
struct Found {
  let category: Category
  let fingerprint: Fingerprint
  /// The finding that tells the most.
  var judgement: Judgement
  /// By field, in the order in which they were found.
  var sightings: [FieldSighting]

  /// A post's findings by exposure, in the order in which they were found.
  static func all(in post: PublicPost) -> [Found] {
    var groups: [Found] = []
    for finding in post.findings {
      guard let fingerprint = finding.fingerprint else {
        preconditionFailure("a store is open, so a key exists, so every finding has a fingerprint")
      }
      let judgement = Judgement(finding)
      let index = groups.firstIndex {
        $0.fingerprint == fingerprint && $0.category == finding.category
      }
      if let index {
        groups[index].judgement = max(groups[index].judgement, judgement)
        groups[index].add(finding)
      } else {
        groups.append(
          Found(
            category: finding.category, fingerprint: fingerprint, judgement: judgement,
            sightings: [FieldSighting(finding)]))
      }
    }
    return groups
  }

  private mutating func add(_ finding: Finding) {
    if let index = sightings.firstIndex(where: { $0.field == finding.field }) {
      sightings[index].count += 1
      if finding.span.lowerBound < sightings[index].span.lowerBound {
        sightings[index].span = finding.span
        sightings[index].disguise = finding.disguise
      }
    } else {
      sightings.append(FieldSighting(finding))
    }
  }
}

/// How often, and where first, a field shows an exposure.
struct FieldSighting {
  let field: TextField
  var count = 1
  var span: Range<Int>
  var disguise: [Disguise]

  init(_ finding: Finding) {
    field = finding.field
    span = finding.span
    disguise = finding.disguise
  }
}

/// What a finding says of its exposure; of two that differ, the greater one holds, whichever came first.
struct Judgement: Comparable {
  var confidence: Confidence
  var severity: Severity
  var rule: Spelling
  var preview: Spelling
  /// JSON, as `reasons`.
  var details: Spelling
  var reasons: Spelling
  var provider: String
  var kind: String
  var stage: String?

  init(_ finding: Finding) {
    confidence = finding.confidence
    severity = finding.severity
    rule = Spelling(finding.rule)
    preview = Spelling(finding.preview.string)
    details = Spelling(WordList.json(finding.details))
    reasons = Spelling(WordList.json(finding.reasons.map(\.name)))
    provider = finding.provider
    kind = finding.kind
    stage = finding.stage
  }

  init(
    confidence: Confidence, severity: Severity, rule: String, preview: String, details: String,
    reasons: String, provider: String, kind: String, stage: String?
  ) {
    self.confidence = confidence
    self.severity = severity
    self.rule = Spelling(rule)
    self.preview = Spelling(preview)
    self.details = Spelling(details)
    self.reasons = Spelling(reasons)
    self.provider = provider
    self.kind = kind
    self.stage = stage
  }

  /// As the view `exposure_shown` sorts.
  static func < (a: Judgement, b: Judgement) -> Bool {
    let judged = (a.confidence, a.severity, a.rule)
    let others = (b.confidence, b.severity, b.rule)
    if judged != others { return judged < others }
    return (a.preview, a.details, a.reasons) < (b.preview, b.details, b.reasons)
  }
}
