extension EditList {
  /// `%XX`, and `%uXXXX` as browsers once wrote it; gives where to go on.
  mutating func addPercentSign(in text: UnsafeRawBufferPointer, at sign: Int) -> Int {
    if let value = hexNumber(in: text, at: sign + 1, digits: 2) {
      replace(sign..<sign + 3, by: UInt8(value), .percent)
      return sign + 3
    }
    guard sign + 1 < text.count, text[sign + 1] | 0x20 == UInt8(ascii: "u"),
      let value = hexNumber(in: text, at: sign + 2, digits: 4), let scalar = Unicode.Scalar(value)
    else { return sign + 1 }
    replace(sign..<sign + 6, by: scalar, .percent)
    return sign + 6
  }
}

/// The number that so many hex digits write.
func hexNumber(in text: UnsafeRawBufferPointer, at start: Int, digits: Int) -> UInt32? {
  guard start + digits <= text.count else { return nil }
  var number: UInt32 = 0
  for at in start..<start + digits {
    guard let value = hexValue(text[at]) else { return nil }
    number = number << 4 | value
  }
  return number
}
