/// One secret, or one other exposed thing, seen at one place of a post; holds nothing secret itself.
package struct Finding: Sendable, Equatable {
  package var rule: String
  package var provider: String
  package var kind: String
  package var category: Category
  package var severity: Severity
  package var confidence: Confidence
  package var stage: String?
  package var field: TextField
  /// Byte offsets into the field's UTF-8.
  package var span: Range<Int>
  package var preview: PublicText
  /// Nil where no key exists.
  package var fingerprint: Fingerprint?
  package var disguise: [Disguise]
  package var reasons: [Reason]
  package var details: [DetailKey: PublicText]

  package init(
    rule: String, provider: String, kind: String, category: Category, severity: Severity,
    confidence: Confidence, stage: String?, field: TextField, span: Range<Int>,
    preview: PublicText, fingerprint: Fingerprint?, disguise: [Disguise] = [],
    reasons: [Reason] = [], details: [DetailKey: PublicText] = [:]
  ) {
    self.rule = rule
    self.provider = provider
    self.kind = kind
    self.category = category
    self.severity = severity
    self.confidence = confidence
    self.stage = stage
    self.field = field
    self.span = span
    self.preview = preview
    self.fingerprint = fingerprint
    self.disguise = disguise
    self.reasons = reasons
    self.details = details
  }
}
