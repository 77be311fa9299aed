package import Core

/// What sort of place a sink is.
package enum SinkKind: String, Sendable, Named {
  case console, webhook
}

/// One sink as the operator set it up; prints without its address, which may hold a secret.
package struct SinkSettings: Sendable, Hashable, CustomStringConvertible {
  /// The name that alerts are queued under.
  package var name: String
  package var kind: SinkKind
  /// Where to; nil for the console.
  package var url: String?
  /// The least that alerts here.
  package var minSeverity: Severity
  package var minConfidence: Confidence

  package init(
    name: String, kind: SinkKind, url: String? = nil, minSeverity: Severity = .high,
    minConfidence: Confidence = .high
  ) {
    self.name = name
    self.kind = kind
    self.url = url
    self.minSeverity = minSeverity
    self.minConfidence = minConfidence
  }

  package var description: String {
    "\(name) (\(kind.name), \(minSeverity.name) and above, \(minConfidence.name) confidence)"
  }
}
