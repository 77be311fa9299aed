/// Text of outside origin after masking: the only form that storage, alerts and outputs take.
///
/// Only Detection makes one from crawled text; HouseTests holds callers of `init(masked:)` to that.
package struct PublicText: Sendable, Hashable, CustomStringConvertible {
  package let string: String

  /// Takes text in which every secret has been masked; control and bidirectional characters become visible.
  package init(masked text: String) {
    string = text.unicodeScalars.contains(where: \.isHarmful) ? PublicText.visible(text) : text
  }

  /// Takes back text that was stored as `PublicText`.
  package init(stored text: String) {
    string = text
  }

  /// Text that the program itself wrote.
  package init(_ literal: StaticString) {
    string = "\(literal)"
  }

  package var description: String { string }

  /// The first characters, with an ellipsis where something was cut.
  ///
  /// Marks stacked on one character count too, four to a character: else one character could be of any length.
  package func prefix(_ characters: Int) -> PublicText {
    let scalars = string.unicodeScalars
    let most = max(0, characters).multipliedReportingOverflow(by: 4)
    let bound = scalars.index(
      scalars.startIndex, offsetBy: most.overflow ? .max : most.partialValue,
      limitedBy: scalars.endIndex)
    let bounded = String(scalars[..<(bound ?? scalars.endIndex)])
    let cut = String(bounded.prefix(max(0, characters)))
    return cut.utf8.count == string.utf8.count ? self : PublicText(stored: cut + "…")
  }

  private static func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\t", "\r": result.unicodeScalars.append(" ")
      case _ where scalar.isHarmful:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether a terminal or a reader's eye could be misled by it: control, format, tag, line-separator and other
  /// characters that take no ink.
  package var isHarmful: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5,
      0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x2800, 0x3164, 0xFEFF,
      0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }
}
