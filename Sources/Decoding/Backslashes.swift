extension EditList {
  /// Escapes of JSON, of programming languages and of Markdown; gives where to go on.
  mutating func addBackslash(in text: UnsafeRawBufferPointer, at slash: Int) -> Int {
    guard slash + 1 < text.count else { return text.count }
    if let (scalar, end) = numbered(in: text, at: slash) {
      replace(slash..<end, by: scalar, .escapes)
      return end
    }
    if let byte = meanings[text[slash + 1]] {
      replace(slash..<slash + 2, by: byte, .escapes)
      return slash + 2
    }
    guard isPunctuation(text[slash + 1]) else { return slash + 1 }
    // Taken out alone, so that the character keeps its own place.
    delete(slash..<slash + 1, .markdown)
    return slash + 2
  }
}

/// `\u0041`, `\u{41}`, `\U00000041`, `\x41`, `\101`; of a pair of surrogates both.
private func numbered(
  in text: UnsafeRawBufferPointer, at slash: Int
) -> (scalar: Unicode.Scalar, end: Int)? {
  let start = slash + 2
  switch text[slash + 1] {
  case UInt8(ascii: "u"):
    if start < text.count, text[start] == UInt8(ascii: "{") {
      var end = start + 1
      while end < min(text.count, start + 8), isHex(text[end]) { end += 1 }
      guard end < text.count, text[end] == UInt8(ascii: "}"),
        let value = hexNumber(in: text, at: start + 1, digits: end - start - 1)
      else { return nil }
      return scalar(value, end + 1)
    }
    guard let value = hexNumber(in: text, at: start, digits: 4) else { return nil }
    if value & 0xFC00 == 0xD800, start + 6 <= text.count, text[start + 4] == UInt8(ascii: "\\"),
      text[start + 5] == UInt8(ascii: "u"),
      let low = hexNumber(in: text, at: start + 6, digits: 4), low & 0xFC00 == 0xDC00
    {
      return scalar(0x1_0000 + (value & 0x3FF) << 10 + low & 0x3FF, start + 10)
    }
    return scalar(value, start + 4)
  case UInt8(ascii: "U"):
    return hexNumber(in: text, at: start, digits: 8).flatMap { scalar($0, start + 8) }
  case UInt8(ascii: "x"):
    return hexNumber(in: text, at: start, digits: 2).flatMap { scalar($0, start + 2) }
  case 0x30...0x33:
    guard slash + 4 <= text.count else { return nil }
    let digits = (slash + 1..<slash + 4).map { text[$0] &- 0x30 }
    guard digits.allSatisfy({ $0 < 8 }) else { return nil }
    return scalar(digits.reduce(0) { $0 << 3 | UInt32($1) }, slash + 4)
  default: return nil
  }
}

private func scalar(_ value: UInt32, _ end: Int) -> (scalar: Unicode.Scalar, end: Int)? {
  Unicode.Scalar(value).map { ($0, end) }
}

private let meanings: [UInt8: UInt8] = [
  UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
  UInt8(ascii: "/"): UInt8(ascii: "/"),
]

private func isPunctuation(_ byte: UInt8) -> Bool {
  byte > 0x20 && byte < 0x7F && !isAlphanumeric(byte)
}
