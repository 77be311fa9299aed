/// Why a text is no JSON, and where: `offset` counts its bytes.
package struct JSONFault: Error, Sendable, Hashable, CustomStringConvertible {
  package var offset: Int
  package var reason: Reason

  package init(offset: Int, reason: Reason) {
    self.offset = offset
    self.reason = reason
  }

  /// The closed set of reasons.
  package enum Reason: String, Sendable, CaseIterable {
    case empty = "there is no JSON value"
    case markup = "it begins like HTML or XML"
    case unexpected = "a value, key, comma or bracket was due"
    case endsEarly = "it ends before the value does"
    case badEscape = "a backslash begins no JSON escape"
    case controlCharacter = "a control character stands unescaped in a string"
    case badNumber = "a number is not spelled as JSON spells them"
    case trailing = "something follows the value"
    case tooDeep = "arrays and objects nest deeper than allowed"
  }

  package var description: String { "not JSON at byte \(offset): \(reason.rawValue)" }
}
