/// Finds words that were taken apart: wrapped, written as adjacent literals, emphasised in part, listed.
struct JoinFinder {
  /// Bytes that a word and its seams have at most.
  private static let longest = 4_096

  private let text: UnsafeRawBufferPointer
  /// Where a secret may begin, ascending.
  private let starts: [Int]

  static func find(in source: Decoder.Source, _ list: inout EditList) {
    let finder = JoinFinder(text: source.text, starts: source.starts)
    var done = 0
    for start in source.starts where start >= done {
      done = finder.join(from: start, &list)
    }
    for run in source.runs {
      if let start = finder.literalBefore(run.lowerBound) {
        _ = finder.join(from: start, only: .quoted, &list)
      } else if run.lowerBound >= done, finder.isBare(run) {
        done = max(done, finder.join(from: run.lowerBound, &list))
      }
    }
  }

  /// Joins what follows a place; gives the end of the last part.
  private func join(from start: Int, only: Seam.Style? = nil, _ list: inout EditList) -> Int {
    var end = endOfPart(from: start)
    var seams: [Seam] = []
    while end - start < JoinFinder.longest, end < text.count,
      let seam = Seam(after: end, in: text)
    {
      guard only ?? seam.style == seam.style, seams.last?.style ?? seam.style == seam.style
      else { break }
      let part = seam.range.upperBound..<endOfPart(from: seam.range.upperBound)
      guard !part.isEmpty, !isStart(part.lowerBound), goesOn(with: part, after: seam) else { break }
      seams.append(seam)
      end = part.upperBound
    }
    // The last of several lines may belong to what follows.
    let fewest = seams.last?.style == .wrapped ? max(1, seams.count - 1) : seams.count
    for count in stride(from: seams.count, through: max(1, fewest), by: -1) where !seams.isEmpty {
      list.group { list in
        for seam in seams.prefix(count) {
          list.delete(
            seam.range, seam.style == .emphasis ? .markdown : .joined, footprint: start..<end)
        }
      }
    }
    return end
  }

  /// The end of a part, without the punctuation of the sentence around it.
  private func endOfPart(from start: Int) -> Int {
    var end = start
    while end < text.count, isPart(text[end]) || isInnerColon(end) { end += 1 }
    if end < text.count, !isQuote(text[end]) {
      while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
    }
    return end
  }

  private func isInnerColon(_ at: Int) -> Bool {
    text[at] == UInt8(ascii: ":") && at + 1 < text.count && isAlphanumeric(text[at + 1])
  }

  /// Whether a part is the beginning of another secret: then they stand in a list.
  private func isStart(_ place: Int) -> Bool {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low < starts.count && starts[low] == place
  }

  /// Whether a part may go on what stands before the seam. A line must hold nothing else, and be no plain word.
  private func goesOn(with part: Range<Int>, after seam: Seam) -> Bool {
    switch seam.style {
    case .emphasis, .quoted: return true
    case .listed, .wrapped:
      return looksRandom(part) && !isAssignment(part) && (seam.style == .listed || isAlone(part))
    }
  }

  /// Whether a part is a name and its value.
  private func isAssignment(_ part: Range<Int>) -> Bool {
    guard let sign = text[part].firstIndex(of: UInt8(ascii: "=")), sign > part.lowerBound else {
      return false
    }
    return text[part.lowerBound..<sign].allSatisfy {
      ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == UInt8(ascii: "_")
    }
  }

  private func looksRandom(_ part: Range<Int>) -> Bool {
    var digits = 0
    var upper = 0
    var lower = 0
    for at in part {
      switch text[at] {
      case 0x30...0x39: digits += 1
      case 0x41...0x5A: upper += at == part.lowerBound ? 0 : 1
      case 0x61...0x7A: lower += 1
      default: break
      }
    }
    return digits > 0 && (upper + lower > 0 || part.count >= 4) || upper > 0 && lower > 0
      || upper >= 6
  }

  private func isAlone(_ part: Range<Int>) -> Bool {
    var at = part.upperBound
    while at < text.count, !isLineEnd(text[at]), at - part.upperBound < 8 {
      if isAlphanumeric(text[at]) { return false }
      at += 1
    }
    return at >= text.count || isLineEnd(text[at])
  }

  /// Whether a run holds nothing but what a key without a name is written with, and a seam may follow.
  private func isBare(_ run: Range<Int>) -> Bool {
    let run = run.lowerBound..<endOfPart(from: run.lowerBound)
    guard run.upperBound < text.count, text[run.upperBound] != UInt8(ascii: "/") else {
      return false
    }
    return text[run].allSatisfy { isBase64($0) || $0 == UInt8(ascii: "=") } && looksRandom(run)
  }

  /// The beginning of the literal that ends where the one at a place begins, `"sk-" + "…`.
  private func literalBefore(_ start: Int) -> Int? {
    guard start > 3, isQuote(text[start - 1]) else { return nil }
    let quote = text[start - 1]
    var at = start - 2
    let least = max(0, start - 40)
    while at > least, text[at] <= 0x20 || "+.&\\()".utf8.contains(text[at]) { at -= 1 }
    guard at > least, text[at] == quote, isPart(text[at - 1]) else { return nil }
    while at > 0, isPart(text[at - 1]), start - at < JoinFinder.longest { at -= 1 }
    return at
  }
}
