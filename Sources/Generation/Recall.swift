import Core
package import Detection

/// How many of some cases were found, by disguise.
package struct Recall {
  /// The cases of one disguise.
  package struct Row {
    package let hiding: Hiding
    package var counts: [Outcome: Int] = [:]

    package var total: Int { counts.values.reduce(0, +) }
  }

  package private(set) var rows: [Row] = []

  package init() {}

  package mutating func add(_ outcome: Outcome, of hiding: Hiding) {
    let row = rows.firstIndex { $0.hiding.family == hiding.family && $0.hiding.name == hiding.name }
    if row == nil { rows.append(Row(hiding: hiding)) }
    rows[row ?? rows.count - 1].counts[outcome, default: 0] += 1
  }

  /// The share of the disguised cases that were found as they should be.
  package var share: Double {
    let disguised = rows.filter { $0.hiding.family != nil }
    let exact = disguised.reduce(0) { $0 + ($1.counts[.exact] ?? 0) }
    return Double(exact) / Double(max(1, disguised.reduce(0) { $0 + $1.total }))
  }
}

/// What became of a case.
package enum Outcome: String, Sendable, CaseIterable {
  /// The exact secret at the right offsets.
  case exact
  /// Another secret, or the right one at other offsets.
  case misplaced
  case missed
}

extension Scanner {
  /// What becomes of a case at the confidence that counts by default.
  package func outcome(of made: Case) -> Outcome {
    let found = findings(in: made.post).findings.filter {
      $0.confidence >= .medium && $0.category == .credential
    }
    let isExact = found.contains { finding in
      made.spans.contains(finding.span) && reveal(finding, in: made.post) == made.secret
    }
    if isExact { return .exact }
    return found.contains { $0.span.overlaps(made.spans[0]) } ? .misplaced : .missed
  }

  /// The rules that speak of a text at the confidence that counts by default.
  package func voices(in lookAlike: LookAlike) -> [String] {
    findings(in: Post(id: "look-alike", body: lookAlike.text)).findings
      .filter { $0.confidence >= .medium && $0.category == .credential }
      .filter { $0.span.overlaps(lookAlike.place) }.map(\.rule)
  }
}
