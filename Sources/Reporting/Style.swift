import Core

/// How text for people is laid out: colour only where it is asked for, no wider than the terminal.
package struct Style: Sendable {
  package var colour: Bool
  /// Terminal columns.
  package var width: Int
  /// Whether tables keep to the width; where no terminal shows them, each cell is whole.
  package var cutsTables: Bool

  package init(colour: Bool = false, width: Int = 100, cutsTables: Bool = true) {
    self.colour = colour
    self.width = width
    self.cutsTables = cutsTables
  }

  /// The text in a colour, where colours are on.
  func painted(_ text: String, _ paint: Paint?) -> String {
    guard colour, let paint, !text.isEmpty else { return text }
    return "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m"
  }

  /// Columns left beside an indent, never so few that words cannot be told.
  func columns(beside indent: Int) -> Int { max(width - indent, 20) }
}

/// What a colour says; raw values are terminal attributes.
enum Paint: String {
  case critical = "1;31"
  case high = "31"
  case medium = "33"
  case low = "36"
  case faint = "2"
  case strong = "1"

  init(_ severity: Severity) {
    self =
      switch severity {
      case .critical: .critical
      case .high: .high
      case .medium: .medium
      case .low: .low
      case .info: .faint
      }
  }
}
