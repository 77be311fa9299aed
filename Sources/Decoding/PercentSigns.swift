extension EditList {
  /// `%XX`, and `%uXXXX` as browsers once wrote it.
  mutating func addPercentSigns(in text: UnsafeRawBufferPointer) {
    var at = 0
    while let sign = place(of: UInt8(ascii: "%"), in: text, from: at) {
      at = sign + 1
      if let value = hexNumber(in: text, at: sign + 1, digits: 2) {
        replace(sign..<sign + 3, by: UInt8(value), .percent)
        at = sign + 3
      } else if sign + 1 < text.count, text[sign + 1] | 0x20 == UInt8(ascii: "u"),
        let value = hexNumber(in: text, at: sign + 2, digits: 4),
        let scalar = Unicode.Scalar(value)
      {
        replace(sign..<sign + 6, by: scalar, .percent)
        at = sign + 6
      }
    }
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
