/// The text of a JSON string, its escapes undone and its UTF-8 not yet looked at.
struct JSONText {
  var bytes: UnsafeBufferPointer<UInt8>
  /// Whether bytes beyond ASCII may be among them.
  var mayBeBeyondASCII: Bool

  /// The text, with what is no UTF-8 turned to U+FFFD.
  var string: String {
    // The text was looked at here, 64 bytes a step; the standard library would do it byte by byte.
    guard !mayBeBeyondASCII || isValidUTF8(bytes) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    return String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: !mayBeBeyondASCII))
  }
}

extension String {
  /// As much of the text as fits into so many bytes of UTF-8, in whole characters (scalars).
  func cut(to bytes: Int) -> String {
    guard utf8.count > bytes else { return self }
    var end = utf8.index(startIndex, offsetBy: bytes)
    while end > startIndex, UTF8.isContinuation(utf8[end]) { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}

/// Whether the bytes are well-formed UTF-8: no surrogates, no overlong forms, nothing beyond U+10FFFF.
func isValidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard var at = bytes.baseAddress else { return true }
  let end = at + bytes.count
  while at < end {
    if end - at >= ByteBlock.count {
      let beyond = ByteBlock(at).beyondASCII
      guard beyond != 0 else {
        at += ByteBlock.count
        continue
      }
      at += beyond.trailingZeroBitCount
    }
    repeat {
      guard let length = characterLength(at, end - at) else { return false }
      at += length
    } while at < end && at.pointee >= 0x80
  }
  return true
}

/// The bytes of the character that begins here, of which `left` are there at most; nil where none does.
@inline(__always)
private func characterLength(_ at: UnsafePointer<UInt8>, _ left: Int) -> Int? {
  let lead = at[0]
  if lead < 0x80 { return 1 }
  if lead < 0xE0 { return lead >= 0xC2 && left >= 2 && isContinuation(at[1]) ? 2 : nil }
  if lead < 0xF0 {
    guard left >= 3, isContinuation(at[1]), isContinuation(at[2]) else { return nil }
    // E0 must not spell what two bytes could, ED no surrogate.
    return lead == 0xE0 && at[1] < 0xA0 || lead == 0xED && at[1] > 0x9F ? nil : 3
  }
  guard lead < 0xF5, left >= 4, isContinuation(at[1]), isContinuation(at[2]), isContinuation(at[3])
  else { return nil }
  return lead == 0xF0 && at[1] < 0x90 || lead == 0xF4 && at[1] > 0x8F ? nil : 4
}

@inline(__always)
private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
