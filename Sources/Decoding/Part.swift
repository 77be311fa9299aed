/// What may be a part of a key, and what its characters say of that.
struct Part {
  let range: Range<Int>
  private var digits = 0
  /// Capitals but for those that a word begins with.
  private var upper = 0
  private var lower = 0
  private var underscores = 0
  /// Neighbours of different classes.
  private var changes = 0

  var end: Int { range.upperBound }

  /// Whether it ends as base64 does.
  private let isPadded: Bool

  /// Takes a part; of a long one the end tells enough, and of a name with a value the value.
  init(_ range: Range<Int>, in text: UnsafeRawBufferPointer) {
    self.range = range
    isPadded = range.count > 1 && text[range.upperBound - 1] == UInt8(ascii: "=")
    var last: UInt8 = 0
    for at in max(range.lowerBound, range.upperBound - 32)..<range.upperBound {
      let byte = text[at]
      let kind = byte.kind
      switch kind {
      case 1: digits += 1
      case 2: upper += last == 0 ? 0 : 1
      case 3: lower += 1
      default:
        let isSign = byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=")
        // A name before its value; padding is none.
        let isSplit = at + 1 < range.upperBound && text[at + 1] != byte
        if isSign, digits == 0, isSplit || upper == 0 || lower == 0 {
          (digits, upper, lower, changes) = (0, 0, 0, 0)
        }
        if byte == UInt8(ascii: "_") { underscores += 1 }
      }
      if last != 0, kind != 0, kind != last { changes += 1 }
      last = kind
    }
  }

  /// Not a plain word, a date or a number.
  var looksRandom: Bool {
    digits > 0 && upper + lower > 0 || upper > 0 && lower > 0 || upper >= 6 && underscores == 0
      || digits >= 4 && digits == range.count || digits >= 10
  }

  /// Nothing that a sentence has for a word either, such as a name with a number or a capital within.
  var isNoWord: Bool {
    isPadded || changes >= (digits > 0 ? 3 : 4) || digits > 0 && changes >= 2 && range.count >= 12
  }
}

extension UInt8 {
  /// Digit, capital, small letter; 0 for anything else.
  fileprivate var kind: UInt8 {
    switch self {
    case 0x30...0x39: 1
    case 0x41...0x5A: 2
    case 0x61...0x7A: 3
    default: 0
    }
  }
}

/// The end of a run of token bytes without the punctuation of the sentence around it.
func endOfWord(_ run: Range<Int>, in text: UnsafeRawBufferPointer) -> Int {
  var end = run.upperBound
  while end > run.lowerBound + 1, ".,:".utf8.contains(text[end - 1]) { end -= 1 }
  return end
}

/// The end of the part that begins at a place, without the punctuation of the sentence around it.
func endOfPart(from start: Int, in text: UnsafeRawBufferPointer) -> Int {
  func isInnerColon(_ at: Int) -> Bool {
    text[at] == UInt8(ascii: ":") && at + 1 < text.count && isAlphanumeric(text[at + 1])
  }
  var end = start
  while end < text.count, isPart(text[end]) || isInnerColon(end) { end += 1 }
  if end < text.count, !isQuote(text[end]) {
    while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
  }
  return end
}
