package import Core

/// What structure tells of a match that is no credential, and its pattern cannot.
package struct Recognised: Equatable {
  package var reasons: [Reason] = []
  /// Raw: to be masked before they leave.
  package var details: [DetailKey: String] = [:]
  /// What it is at most.
  package var severity: Severity?

  package init() {}
}

/// The line that a place stands in, counted from 1.
package func line(of place: Int, in text: UnsafeRawBufferPointer) -> Int {
  1 + text[..<place].count { $0 == 0x0A }
}

/// A match of a rule in a text: the way from a category to who knows more of it.
package struct Subject {
  package var rule: Rule
  package var text: UnsafeRawBufferPointer
  package var span: Range<Int>
  /// The pattern's named groups, and what the rule itself says.
  package var details: [DetailKey: String]
  /// How the text disguised it.
  package var disguise: [Disguise]

  package init(
    _ rule: Rule, in text: UnsafeRawBufferPointer, at span: Range<Int>,
    details: [DetailKey: String], disguise: [Disguise]
  ) {
    self.rule = rule
    self.text = text
    self.span = span
    self.details = details
    self.disguise = disguise
  }

  package func recognised() -> Recognised {
    var result = Recognised()
    switch rule.category {
    case .credential, .sshFailure, .scanResult, .stackTrace: break
    case .openPort:
      if let host = details[.host], isLoopback(host) {
        result.reasons.append(.local)
        result.severity = .info
      }
    case .configArtifact:
      result.details[.keys] = names(ofSettingsIn: text[span]).joined(separator: " ")
    case .injection, .phishing, .maliciousSkill:
      result.details[.line] = String(line(of: span.lowerBound, in: text))
      if disguise.contains(where: \.evades) { result.reasons.append(.hidden) }
      // Who reads hidden text or runs what it finds obeys, whatever is said around it.
      if !disguise.contains(where: \.hides), !rule.harmsWhenQuoted,
        isMention(span, in: text, of: rule.category)
      {
        result.reasons.append(.mention)
      }
    }
    return result
  }
}
