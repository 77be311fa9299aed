package import Core

/// How numbers, times and machine words are said to people.
package enum Words {
  /// `1 exposure`, `1,204 exposures`.
  static func count(_ number: Int, _ noun: String, _ many: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : many ?? noun + "s")"
  }

  /// Digits in groups of three.
  static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  /// `2 critical, 1 high`, worst first; empty where there is nothing.
  static func severities(_ counts: [Severity: Int]) -> String {
    Severity.allCases.reversed().compactMap { severity in
      counts[severity].flatMap { $0 > 0 ? "\(grouped($0)) \(severity.name)" : nil }
    }
    .joined(separator: ", ")
  }

  /// `2026-11-20 10:00 UTC`.
  package static func minute(_ time: Timestamp) -> String {
    let parts = time.description.split(separator: "T")
    return "\(parts[0]) \(parts.last?.prefix(5) ?? "") UTC"
  }

  /// `2026-11-20 10:00 UTC (3 days ago)`, to be wrapped.
  static func moment(_ time: Timestamp, now: Timestamp) -> String {
    "\(minute(time).unbroken) \("(\(age(of: time, now: now)))".unbroken)"
  }

  /// What somebody typed, as a terminal may show it.
  package static func harmless(_ text: String, columns: Int) -> String { text.fitted(columns) }

  /// `3 days ago`.
  static func age(of time: Timestamp, now: Timestamp) -> String {
    let seconds = now - time
    if seconds < -60 { return "in the future" }
    if seconds < 60 { return "just now" }
    let (unit, length) = units.first { seconds >= 2 * $0.1 } ?? ("minute", 60)
    return count(Int(min(seconds / length, 1e9)), unit) + " ago"
  }

  // A unit is used from two of it on, so that an age is never off by more than a third.
  private static let units: [(String, Double)] = [
    ("year", 365.25 * 86_400), ("month", 30.4375 * 86_400), ("day", 86_400), ("hour", 3600),
    ("minute", 60),
  ]

  /// `40 s`, `12 min`, `3 h`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<10: "\((max(0, seconds) * 10).rounded() / 10) s"
    case ..<120: "\(Int(seconds.rounded())) s"
    case ..<7200: "\(Int((seconds / 60).rounded())) min"
    default: "\(grouped(Int(min((seconds / 3600).rounded(), 1e9)))) h"
    }
  }

  /// Why a finding counts, or what lowered it, in words.
  static func reasons(_ reasons: [Reason], _ disguise: [Disguise] = []) -> String {
    var parts = reasons.map { sentences[$0] ?? $0.name }
    if !disguise.isEmpty {
      parts.append(
        "hidden by " + disguise.map { disguises[$0] ?? $0.name }.joined(separator: ", then "))
    }
    return parts.joined(separator: "; ")
  }

  /// That not all was looked at: `1 text, reading or search was cut short by a limit`.
  package static func cuts(_ number: Int) -> String {
    count(number, "text, reading or search was", "texts, readings or searches were")
      + " cut short by a limit"
  }

  /// `newt on moltbook`.
  static func agent(_ platform: PublicText, _ name: PublicText?) -> String {
    "\((name?.string ?? unknown).fitted(40)) on \(platform.string.fitted(24))"
  }

  static let unknown = "(unknown)"

  static let sentences: [Reason: String] = [
    .checksumOK: "its checksum is right",
    .structureOK: "its structure is right",
    .context: "words near it speak of it",
    .companion: "its other part stands beside it",
    .hidden: "the text hides it",
    .checksumFailed: "its checksum is wrong",
    .structureFailed: "its structure is wrong",
    .expired: "it has expired by its own date",
    .placeholder: "it looks like a placeholder",
    .example: "it stands in an example",
    .masked: "part of it is masked",
    .repeated: "it repeats itself",
    .sequential: "its characters run in sequence",
    .lowEntropy: "it is too regular for chance",
    .identifier: "it looks like an identifier",
    .reference: "it refers to a secret and is none",
    .mention: "the text speaks of such things",
    .replaced: "its provider has since replaced the keys of that time",
    .publicByDesign: "such values are public by design",
    .insideToken: "it stands inside a longer token",
    .otherKind: "it begins as another kind's keys do, and has not their form",
    .encodedData: "it stands inside encoded data",
    .local: "it concerns one machine only",
    .cut: "the text was cut",
  ]

  static let disguises: [Disguise: String] = [
    .markdown: "Markdown", .htmlEntities: "HTML entities", .percent: "percent signs",
    .escapes: "escapes", .zeroWidth: "invisible characters", .tagCharacters: "tag characters",
    .compatibility: "compatibility forms", .lookAlike: "look-alike letters", .base64: "base64",
    .hex: "hex", .gzip: "gzip", .joined: "splitting",
  ]
}
