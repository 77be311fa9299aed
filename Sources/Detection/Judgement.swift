import Core

/// What is known of a match besides its rule.
struct Observations {
  /// Reasons from checks, context and filters, in the order of their finding.
  var reasons: [Reason] = []
  /// What a check says of the severity.
  var severity: Severity?
}

/// How a match counts in the end.
struct Judgement: Equatable {
  var severity: Severity
  var confidence: Confidence
  var reasons: [Reason]
}

/// The one table that decides how much a match counts: (rule, what was observed) → judgement.
func judge(_ rule: Rule, _ observed: Observations) -> Judgement {
  var confidence = rule.confidence
  for reason in observed.reasons {
    switch effect(of: reason) {
    case .step(let steps): confidence = confidence.stepped(steps)
    case .hold, .none: break
    }
  }
  if observed.reasons.contains(where: { effect(of: $0) == .hold }) { confidence = .low }
  return Judgement(
    severity: observed.severity ?? rule.severity, confidence: confidence,
    reasons: observed.reasons)
}

/// What one reason does to the confidence.
enum Effect: Equatable {
  case step(Int)
  /// Held at low whatever speaks for it.
  case hold
  case none
}

/// What each reason does, whatever the rule.
func effect(of reason: Reason) -> Effect {
  switch reason {
  case .checksumOK, .structureOK, .context, .companion, .hidden: .step(1)
  case .checksumFailed, .structureFailed: .step(-1)
  case .placeholder, .example, .masked, .repeated, .sequential, .lowEntropy, .identifier,
    .reference, .mention, .insideToken, .encodedData, .expired,
    .otherKind:
    .hold
  case .publicByDesign, .local, .cut, .replaced: .none
  }
}
