import Core
import Testing

@testable import Checks

/// A token whose parts stand apart, so that none is written out in the repository.
struct Token: Sendable, CustomTestStringConvertible {
  let check: CheckName
  let parts: [String]

  init(_ check: CheckName, _ parts: String...) {
    self.check = check
    self.parts = parts
  }

  var text: String { parts.joined() }

  var outcome: CheckOutcome { Checks.check(check, Array(text.utf8), publishedAt: nil) }

  var testDescription: String { "\(check.rawValue) \(parts.first ?? "")…" }
}

extension CheckOutcome {
  /// The outcome of a check of the text.
  init(_ name: CheckName, _ text: String, publishedAt: Timestamp? = nil) {
    self = check(name, Array(text.utf8), publishedAt: publishedAt)
  }
}

/// A text with a template's first fill.
func filled(_ text: String, seed: UInt64) -> String {
  var template = Template(seed: seed)
  return template.fill(text).text
}

/// The text with one character replaced by another of the same kind.
func changed(_ text: String, at offset: Int) -> String {
  var bytes = Array(text.utf8)
  let next: [UInt8: UInt8] = [
    UInt8(ascii: "9"): UInt8(ascii: "0"), UInt8(ascii: "z"): UInt8(ascii: "a"),
    UInt8(ascii: "Z"): UInt8(ascii: "A"),
  ]
  bytes[offset] = next[bytes[offset]] ?? bytes[offset] + 1
  return String(decoding: bytes, as: UTF8.self)
}
