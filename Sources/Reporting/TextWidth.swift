import Core

extension Unicode.Scalar {
  /// Columns that a terminal gives it, near enough: 0 for marks, 2 for wide scripts and emoji, else 1.
  var columns: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch value {
    case 0x1F1E6...0x1F1FF: return 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
      0x1B000...0x1B2FF, 0x20000...0x3FFFD:
      return 2
    default: return properties.isEmojiPresentation ? 2 : 1
    }
  }
}

extension String {
  /// Columns that a terminal gives the text.
  var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

  /// The text in at most so many columns, an ellipsis where it was cut; what could move a terminal's cursor is
  /// replaced, and of marks stacked on one character four stay.
  func fitted(_ columns: Int) -> String {
    var kept: [Unicode.Scalar] = []
    var used = 0
    var marks = 0
    // How many scalars stay if an ellipsis must follow them.
    var cut = 0
    for scalar in unicodeScalars {
      let shown = scalar.isHarmful ? "\u{FFFD}" : scalar
      let width = shown.columns
      marks = width == 0 ? marks + 1 : 0
      guard marks <= 4 else { continue }
      if used + width > columns {
        return String(String.UnicodeScalarView(kept[..<cut])) + (columns > 0 ? "…" : "")
      }
      kept.append(shown)
      used += width
      if used < columns { cut = kept.count }
    }
    return String(String.UnicodeScalarView(kept))
  }

  /// The text with spaces up to so many columns.
  func padded(_ columns: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, columns - self.columns))
    return right ? space + self : self + space
  }

  /// The text as one word to `wrapped`, which parts it no further.
  var unbroken: String { replacing(" ", with: "\u{A0}") }

  /// Words over as many lines as they need, each after the indent; a word wider than a line stands alone, whole.
  func wrapped(indent: String, width: Int) -> String {
    let room = max(width - indent.columns, 20)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in split(separator: " ") {
      let columns = String(word).columns
      if used > 0, used + 1 + columns > room {
        lines.append(indent + line)
        (line, used) = ("", 0)
      }
      line += (used > 0 ? " " : "") + word
      used += columns + (used > 0 ? 1 : 0)
    }
    if !line.isEmpty { lines.append(indent + line) }
    return lines.map { $0.replacing("\u{A0}", with: " ") + "\n" }.joined()
  }
}
