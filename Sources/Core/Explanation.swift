/// What the rules made of one text, step by step; holds nothing secret. Spans are bytes of the text.
package struct Explanation: Sendable {
  package var bytes: Int
  package var readings: [Reading] = []
  package var triggers: [Trigger] = []
  /// Triggers that stand in the text and are too many to be listed.
  package var triggersLeft = 0
  /// What was matched: first what is found, then what is held back, then what gives way.
  package var matches: [Match] = []
  /// Searches and readings that a limit cut short.
  package var cuts = 0

  package init(bytes: Int) {
    self.bytes = bytes
  }

  /// What the text says once a disguise is undone.
  package struct Reading: Sendable {
    /// The reading that it was made of, counted from 1; nil for the text itself.
    package var parent: Int?
    package var disguise: [Disguise]
    /// From the first place that was disguised to the last.
    package var span: Range<Int>
    package var bytes: Int

    package init(parent: Int?, disguise: [Disguise], span: Range<Int>, bytes: Int) {
      self.parent = parent
      self.disguise = disguise
      self.span = span
      self.bytes = bytes
    }
  }

  /// A place where rules were tried.
  package struct Trigger: Sendable {
    /// In which reading it stands, counted from 1; nil for the text itself.
    package var reading: Int?
    package var span: Range<Int>
    package var cause: Cause
    /// The rules whose patterns matched there, and those whose did not.
    package var matched: [String]
    package var unmatched: [String]

    package init(
      reading: Int?, span: Range<Int>, cause: Cause, matched: [String], unmatched: [String]
    ) {
      self.reading = reading
      self.span = span
      self.cause = cause
      self.matched = matched
      self.unmatched = unmatched
    }
  }

  /// What stands there: the rule's own words, never the text's.
  package enum Cause: Sendable, Hashable {
    case literal(String)
    case run(Charset, min: Int)
    case words(Wordlist)
  }

  /// One match and its judgement.
  package struct Match: Sendable {
    /// In which reading it stands, counted from 1; nil for the text itself.
    package var reading: Int?
    /// The match as it counts in the end.
    package var finding: Finding
    /// What the rule says of a bare match.
    package var severity: Severity
    package var confidence: Confidence
    /// What each of the finding's reasons did to the confidence, in their order.
    package var effects: [Effect]
    /// What would have raised the confidence and was not there.
    package var missing: [Reason]
    /// Whether its parts were joined and nothing shows that they belong together, which holds it at low.
    package var isLoose: Bool
    package var outcome: Outcome

    package init(
      reading: Int?, finding: Finding, severity: Severity, confidence: Confidence,
      effects: [Effect], missing: [Reason], isLoose: Bool, outcome: Outcome
    ) {
      self.reading = reading
      self.finding = finding
      self.severity = severity
      self.confidence = confidence
      self.effects = effects
      self.missing = missing
      self.isLoose = isLoose
      self.outcome = outcome
    }
  }

  /// What a reason does to the confidence.
  package enum Effect: String, Sendable, Named {
    case raises, lowers
    /// Held at low whatever speaks for it.
    case holds
    case none
  }

  /// What became of a match.
  package enum Outcome: Sendable, Equatable {
    case found
    /// Its confidence is low.
    case heldBack
    /// Another rule's match covers the same place and counts for more.
    case givesWay(to: String?)
  }
}
