import Core
import Foundation
import Reporting
import TestSupport
import Testing

/// What the suites share: a clock, a rule book, and how an output is read and judged.
enum Fixture {
  static let now = Timestamp("2026-11-23T12:00:00Z")
  static let plain = Style(width: 80)

  static func rule(_ id: String) -> Rule? { id == "acme-token" ? .sample() : nil }

  static func finding(
    severity: Severity = .critical, preview: String = "acme_…a1b2", fingerprint: Fingerprint? = nil,
    disguise: [Disguise] = [], reasons: [Reason] = [.checksumOK],
    details: [DetailKey: PublicText] = [:]
  ) -> Finding {
    Finding(
      rule: "acme-token", provider: "acme", kind: "acme-token", category: .credential,
      severity: severity, confidence: .high, stage: "T1552", field: .body, span: 17..<57,
      preview: PublicText(masked: preview), fingerprint: fingerprint, disguise: disguise,
      reasons: reasons, details: details)
  }

  /// The JSON object that a text holds, by a reader that is not ours.
  static func object(_ json: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8))
    return try #require(value as? [String: Any])
  }

  /// The keys of the outermost object in the order in which the text spells them.
  static func keys(_ line: String) -> [String] {
    var keys: [String] = []
    var depth = 0
    var parts = line.split(separator: "\"", omittingEmptySubsequences: false).makeIterator()
    while let outside = parts.next() {
      depth += outside.count { "{[".contains($0) } - outside.count { "}]".contains($0) }
      guard let quoted = parts.next() else { break }
      if depth == 1, outside.hasSuffix(",") || outside.hasSuffix("{") {
        keys.append(String(quoted))
      }
    }
    return keys
  }

  /// Whether a terminal shows the text as lines and nothing else.
  static func isHarmless(_ text: String) -> Bool {
    text.hasSuffix("\n") && !text.unicodeScalars.contains { $0.isHarmful && $0 != "\n" }
  }
}
