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

  /// One document: the schema's number, then the members.
  static func document(_ members: [Member]) -> JSONValue {
    .object([Member("schema", .int(1))] + members)
  }
}
