/// What stands between two parts of a text that may be one word.
struct Seam {
  enum Style {
    /// Emphasis that begins or ends in the midst of a word.
    case emphasis
    /// The end of a line, with what quotes and indents the next.
    case wrapped
    /// The end of one string literal and the beginning of the next.
    case quoted
    /// Words that say that parts follow one another, bullets, cells of a table.
    case listed
  }

  let style: Style
  let range: Range<Int>

  /// The longest seam.
  private static let longest = 96

  /// The seam after a place, which must be a part's end; nil where no part follows.
  init?(after end: Int, in text: UnsafeRawBufferPointer) {
    var scan = Scan(at: end)
    let most = min(text.count, end + Seam.longest)
    while scan.at < most {
      let byte = text[scan.at]
      if isAlphanumeric(byte) {
        let stop = Seam.endOfWord(scan.at, in: text)
        guard isLabel(scan.at..<stop, in: text, after: scan) else { break }
        scan.labels += 1
        scan.at = stop
      } else if !scan.take(byte, in: text) {
        guard isPart(byte) else { return nil }
        break
      }
    }
    guard scan.at < most, scan.at > end, let style = scan.style(from: end, in: text) else {
      return nil
    }
    self.style = style
    range = end..<scan.at
  }

  private static func endOfWord(_ start: Int, in text: UnsafeRawBufferPointer) -> Int {
    var end = start
    while end < text.count, isPart(text[end]) { end += 1 }
    return end
  }

  /// What was met on the way to the next part.
  private struct Scan {
    var at: Int
    var lines = 0
    var labels = 0
    var bullets = 0
    var blanks = 0
    var marks = 0
    var others = 0
    var pluses = 0
    var quotes = 0

    init(at: Int) {
      self.at = at
    }

    mutating func take(_ byte: UInt8, in text: UnsafeRawBufferPointer) -> Bool {
      // Right after the second quote or the line's end the next part begins, whatever with.
      if quotes == 2 && marks == 0 || at > 0 && text[at - 1] == 0x0A, isPart(byte),
        at + 1 < text.count, !isBlank(text[at + 1])
      {
        return false
      }
      switch byte {
      case 0x0A: lines += 1
      case 0x0D: break
      case 0x20, 0x09: blanks += 1
      case UInt8(ascii: "*"), UInt8(ascii: "~"): marks += 1
      case UInt8(ascii: "`"):
        marks += 1
        quotes += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quotes += 1
      case UInt8(ascii: "+"), UInt8(ascii: "&"), UInt8(ascii: "."), UInt8(ascii: "\\"): pluses += 1
      case UInt8(ascii: "|"): bullets += 1
      case UInt8(ascii: "-"):
        // A dash of the next part's own has no space after it.
        guard at + 1 < text.count, isBlank(text[at + 1]) || text[at + 1] == byte else {
          return false
        }
        bullets += 1
      case UInt8(ascii: ">"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
        UInt8(ascii: "#"), UInt8(ascii: "="), UInt8(ascii: "!"):
        others += 1
      case 0x80...: others += 1
      default: return false
      }
      at += 1
      return true
    }

    func style(from end: Int, in text: UnsafeRawBufferPointer) -> Style? {
      let last = text[at - 1]
      let first = text[end]
      if labels > 0 { return lines + blanks > 0 ? .listed : nil }
      if marks == at - end { return .emphasis }
      if quotes == 2, first == last, isQuote(first), bullets == 0,
        !text[end..<at].contains(where: { ":;=#!>".utf8.contains($0) })
      {
        // With commas it is a list, of which not every member is a part.
        return text[end..<at].contains(UInt8(ascii: ",")) ? .listed : .quoted
      }
      guard lines == 1 || lines == 2 && bullets > 0 else { return nil }
      let isBare = text[end..<at].allSatisfy { $0 <= 0x20 || $0 == 0x3E || $0 == 0x5C }
      if isBare { return lines > 1 ? nil : pluses > 0 ? .quoted : .wrapped }
      return bullets + marks > 0 ? .listed : nil
    }
  }
}

/// The bytes that a part of a key is written with.
func isPart(_ byte: UInt8) -> Bool { isToken(byte) && byte != 0x2C && byte != 0x3A }

func isQuote(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
}

/// Whether a word only tells that a part follows.
private func isLabel(
  _ word: Range<Int>, in text: UnsafeRawBufferPointer, after scan: some Any
) -> Bool {
  let stop = text[word].lastIndex { isAlphanumeric($0) }.map { $0 + 1 } ?? word.upperBound
  let bytes = text[word.lowerBound..<stop]
  guard bytes.count <= 9 else { return false }
  if bytes.count <= 2, bytes.allSatisfy(isDigit) { return true }
  return labels.contains(String(decoding: bytes, as: UTF8.self).lowercased())
}

private let labels: Set<String> = [
  "part", "half", "piece", "chunk", "segment", "bit", "first", "second", "third", "fourth", "fifth",
  "last", "final", "one", "two", "three", "four", "rest", "remainder", "remaining", "end", "ending",
  "suffix", "tail", "other", "then", "and", "next", "followed", "by", "plus", "is", "it", "of",
  "the", "key", "token", "secret", "a", "b", "c", "d", "1st", "2nd", "3rd", "4th", "ends", "with",
  "continues", "continued", "add", "append",
]
