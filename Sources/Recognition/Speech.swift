import Core

/// Whether a text only speaks of what stands in a span: quotes it, warns of it, tells of an attack.
///
/// Signs are weighed: a clear one is enough, weak ones must come together. All stand near the span, or
/// in the text's first words, and their search is bounded: a text full of attacks costs a fixed sum each.
func isMention(
  _ span: Range<Int>, in text: UnsafeRawBufferPointer, of category: Category
) -> Bool {
  let speech = Speech(of: span, in: text, category)
  let quotation = speech.quotation
  if quotation >= Speech.enough || speech.isRemark { return quotation >= Speech.enough }
  return quotation + speech.wordSigns >= Speech.enough
}

/// A span and what stands around it.
struct Speech {
  /// What the signs of a mention weigh together, at least: as much as one that is clear.
  static let enough = 4

  let text: UnsafeRawBufferPointer
  let span: Range<Int>
  let category: Category
  /// What is looked at before the span, and after it.
  let before: Range<Int>
  let after: Range<Int>

  init(of span: Range<Int>, in text: UnsafeRawBufferPointer, _ category: Category) {
    self.text = text
    self.span = span
    self.category = category
    before = max(0, span.lowerBound - 400)..<span.lowerBound
    after = span.upperBound..<min(text.count, span.upperBound + 200)
  }

  /// Whether the span is a comment that is not shown: what is said around that does not speak of it.
  var isRemark: Bool {
    text[span].starts(with: "<!--".utf8) || text[span].starts(with: "[//]".utf8)
  }

  /// Where the paragraph of the span begins, as far as it is looked at.
  var startOfParagraph: Int {
    var at = span.lowerBound
    while at > before.lowerBound {
      if text[at - 1] == 0x0A, at - 1 > before.lowerBound, text[at - 2] == 0x0A { break }
      at -= 1
    }
    return at
  }

  /// What stands before the span on its line; nil if the line begins farther away than is looked at.
  var startedLine: Slice<UnsafeRawBufferPointer>? {
    var at = span.lowerBound
    while at > before.lowerBound, text[at - 1] != 0x0A { at -= 1 }
    guard at == 0 || text[at - 1] == 0x0A else { return nil }
    return text[at..<span.lowerBound]
  }

  /// What stands before the span in its sentence, as far as it is looked at.
  var startedSentence: Slice<UnsafeRawBufferPointer> {
    var at = span.lowerBound
    while at > before.lowerBound {
      let byte = text[at - 1]
      if byte == 0x0A { break }
      if ".!?".utf8.contains(byte), at < text.count, text[at] == 0x20 { break }
      at -= 1
    }
    return text[at..<span.lowerBound]
  }
}
