import Core

extension JSONValue {
  /// Seconds to the millisecond; null for what is unknown or no number.
  static func seconds(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite, abs(value) < 1e12 else { return .null }
    let milliseconds = Int((value * 1000).rounded())
    guard milliseconds % 1000 != 0 else { return .int(milliseconds / 1000) }
    return .number("\(Double(milliseconds) / 1000)")
  }

  static func time(_ value: Timestamp?) -> JSONValue { text(value?.description) }

  /// Ids are text, so that no reader takes them for numbers to reckon with.
  static func id(_ value: Int64) -> JSONValue { .string(String(value)) }

  static func names(_ values: [some Named]) -> JSONValue {
    .array(values.map { .string($0.name) })
  }

  static func texts(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }

  /// Every severity with its count, worst first.
  static func severities(_ counts: [Severity: Int]) -> JSONValue {
    .object(
      Severity.allCases.reversed().map { Member($0.name, .int(counts[$0] ?? 0)) })
  }

  /// Counts by key, in the keys' order.
  static func counts(_ counts: [String: Int]) -> JSONValue {
    .object(counts.sorted { $0.key < $1.key }.map { Member($0.key, .int($0.value)) })
  }

  static func details(_ details: [DetailKey: PublicText]) -> JSONValue {
    .object(
      DetailKey.allCases.compactMap { key in
        details[key].map { Member(key.name, .string($0.string)) }
      })
  }

  /// What is told of every finding, wherever it stands.
  static func finding(_ finding: Finding) -> [Member] {
    [
      .init("rule", .string(finding.rule)),
      .init("provider", .string(finding.provider)),
      .init("kind", .string(finding.kind)),
      .init("category", .string(finding.category.name)),
      .init("severity", .string(finding.severity.name)),
      .init("confidence", .string(finding.confidence.name)),
      .init("stage", .text(finding.stage)),
      .init("field", .string(finding.field.name)),
      .init("start", .int(finding.span.lowerBound)),
      .init("end", .int(finding.span.upperBound)),
      .init("preview", .text(finding.preview)),
      .init("fingerprint", .text(finding.fingerprint?.description)),
      .init("disguise", .names(finding.disguise)),
      .init("reasons", .names(finding.reasons)),
      .init("details", .details(finding.details)),
    ]
  }

  /// One document: the schema's number, then the members.
  static func document(_ members: [Member]) -> JSONValue {
    .object([Member("schema", .int(1))] + members)
  }
}
