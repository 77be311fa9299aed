/// Whether a text only speaks of what stands in a span: quotes it, warns of it, tells of an attack.
func isMention(_ span: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
  let before = text[max(0, span.lowerBound - 1)..<span.lowerBound]
  let after = text[span.upperBound..<min(text.count, span.upperBound + 1)]
  return before.first == UInt8(ascii: "\"") && after.first == UInt8(ascii: "\"")
}
