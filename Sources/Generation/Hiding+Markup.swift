import Core

extension Hiding {
  /// Markdown and HTML.
  static let markup: [Hiding] = [
    Hiding(.markdown, "backslash before _", alone(respelled { $0 == "_" ? "\\_" : nil })),
    Hiding(.markdown, "backslashes", alone(respelled { isPunctuation($0) ? "\\\($0)" : nil })),
    Hiding(
      .markdown, "backslashes in the line",
      respelled { "_*-.~#".unicodeScalars.contains($0) ? "\\\($0)" : nil }),
    Hiding(.markdown, "emphasis around", asValue(around(["*", "**", "***", "~~", "`", "||"]))),
    Hiding(.markdown, "underscores around", asValue(around(["_", "__"]))),
    Hiding(.markdown, "emphasis within", alone(emphasised(["**", "*", "~~", "***"]))),
    Hiding(.markdown, "code fence", framed("```sh\n", "\n```")),
    Hiding(.markdown, "list item", framed("- `", "`")),
    Hiding(.markdown, "table cell", framed("| | |\n|---|---|\n| mine | ", " | keep |")),
    Hiding(.markdown, "link text", asValue(framed("[", "](https://example.org/a_b)"))),
    Hiding(.markdown, "block quote", quoted("> ")),
    Hiding(.markdown, "nested block quote", quoted("> > ")),
    Hiding(.htmlEntities, "decimal", alone(respelled { "&#\($0.value);" })),
    Hiding(.htmlEntities, "hexadecimal", alone(respelled { "&#x\(hexadecimal($0));" })),
    Hiding(.htmlEntities, "padded with zeros", alone(respelled { "&#0000\($0.value);" })),
    Hiding(.htmlEntities, "here and there", alone(respelled(oneIn: 4) { "&#\($0.value);" })),
    Hiding(.htmlEntities, "by name", alone(respelled { entities[$0] })),
    Hiding(.htmlEntities, "the line by name", respelled { entities[$0] }),
    Hiding(
      .htmlEntities, "twice", alone(respelled { isPunctuation($0) ? "&amp;#\($0.value);" : nil })),
  ]

  private static let entities: [Unicode.Scalar: String] = [
    "_": "&lowbar;", ".": "&period;", ":": "&colon;", "/": "&sol;", "=": "&equals;",
    "+": "&plus;", "@": "&commat;", "-": "&#45;", "\"": "&quot;", "'": "&apos;", "<": "&lt;",
    ">": "&gt;", "&": "&amp;", "{": "&lbrace;", "}": "&rbrace;",
  ]

  private static func around(_ marks: [String]) -> Change {
    { text, random in
      guard text.isOneLine else { return nil }
      let mark = random.pick(marks)
      return text.between(mark, mark)
    }
  }

  private static func emphasised(_ marks: [String]) -> Change {
    { text, random in
      guard text.isOneLine, text.bytes.count >= 16, !text.bytes.contains(0x20) else { return nil }
      let mark = random.pick(marks)
      let start = random.number(in: 4...(text.bytes.count / 2))
      let end = random.number(in: (start + 2)...(text.bytes.count - 2))
      return text.rewritten { scalar, index in
        ([start, end].contains(index) ? mark : "", "\(scalar)")
      }
    }
  }

  private static func quoted(_ mark: String) -> Change {
    { text, _ in
      text.between("\n", "").rewritten { scalar, _ in
        ("", scalar == "\n" ? "\n\(mark)" : "\(scalar)")
      }
    }
  }
}

/// A character's number in base 16, of at least so many digits.
func hexadecimal(_ scalar: Unicode.Scalar, digits: Int = 2, uppercase: Bool = false) -> String {
  let text = String(scalar.value, radix: 16, uppercase: uppercase)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
