import Bytes

/// Finds words that were taken apart: wrapped, written as adjacent literals, emphasised in part, listed.
///
/// A word is read on from where its first part may stand: where a secret is known to begin, before a joint, or beside a
/// word that tells of parts; over seams of one style, as long as what follows may be a part. Whether the whole is a
/// secret only the rules can say, so that what names one must come to stand before it: see `Lead`.
struct JoinFinder {
  private let text: UnsafeRawBufferPointer
  /// Where a secret may begin, ascending.
  private let starts: [Int]

  /// Adds words that were taken apart, and to another list those that are only emphasised in part: of these a reading may
  /// be joined further.
  static func find(
    in source: Decoder.Source, _ odd: OddBytes, _ joins: inout EditList,
    _ emphases: inout EditList
  ) {
    let finder = JoinFinder(text: source.text, starts: source.starts)
    var firsts: [Range<Int>] = []
    for start in source.starts where start >= firsts.last?.upperBound ?? 0 {
      let near = start..<min(source.text.count, start + 64)
      guard source.masks.holds(in: near, { $0.digit }) || odd.stand(in: near) else { continue }
      firsts.append(start..<endOfPiece(from: start, in: source.text))
    }
    firsts += JointFinder.find(in: source.text, source.masks, odd).compactMap(finder.firstPart)
    for run in source.runs where odd.stand(in: run.upperBound - 16..<run.upperBound) {
      if let first = finder.firstPart(with: run) { firsts.append(first) }
    }
    firsts.sort { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    var done = 0
    for first in firsts where first.lowerBound >= done {
      done = finder.join(from: first, &joins, &emphases) ?? done
    }
  }

  /// Joins what follows a part; gives where to go on, nil where nothing does.
  private func join(
    from first: Range<Int>, _ joins: inout EditList, _ emphases: inout EditList
  ) -> Int? {
    guard let chain = Chain(from: first, in: text, isStart: isStart) else { return nil }
    let lead = Lead(of: chain, in: text)
    // Variables that nobody puts together hold a value each.
    guard chain.style != .named || lead != nil else { return nil }
    if chain.style == .emphasis {
      add(chain, lead, to: &emphases)
    } else {
      add(chain, lead, to: &joins)
    }
    return chain.end
  }

  private func add(_ chain: Chain, _ lead: Lead?, to list: inout EditList) {
    let edits = (lead.map { [($0.range, $0.bytes)] } ?? []) + chain.seams.map { ($0.range, []) }
    add(edits, of: chain, &list)
    // The last of several lines may belong to what follows.
    if chain.style == .wrapped, chain.seams.count > 1 { add(edits.dropLast(), of: chain, &list) }
    // What names a key may stand before it without quotation marks only.
    if let (open, close) = chain.outerQuotes(in: text) {
      let isReplaced = lead.map { $0.range.contains(open.lowerBound) } ?? false
      let quotes: [(Range<Int>, [UInt8])] = isReplaced ? [] : [(open, []), (close, [])]
      add((quotes + edits).sorted { $0.0.lowerBound < $1.0.lowerBound }, of: chain, &list)
    }
  }

  private func add(
    _ edits: some Sequence<(Range<Int>, [UInt8])>, of chain: Chain, _ list: inout EditList
  ) {
    list.group { list in
      for (range, bytes) in edits {
        list.replace(
          range, by: bytes, chain.style == .emphasis ? .markdown : .joined,
          footprint: chain.start..<chain.end)
      }
    }
  }

  /// Whether a place is the beginning of a secret: after one, that is another one of a list.
  private func isStart(_ place: Int) -> Bool {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low < starts.count && starts[low] == place
  }

  /// The part that ends before a joint: a literal or its last word, the last word of a line.
  private func firstPart(endingAt joint: Int) -> Range<Int>? {
    if text[joint] == UInt8(ascii: ":") {
      var next = joint + 1
      while next < text.count, isBlank(text[next]) || isQuote(text[next]) { next += 1 }
      return partBefore(next)
    }
    let isLine = isLineEnd(text[joint])
    let end = isLine ? endOfLastWord(before: joint, in: text) : joint
    var at = end
    while at > 0, end - at < Chain.longest, text[at - 1] > 0x20, !isQuote(text[at - 1]) { at -= 1 }
    return at < end ? at..<end : nil
  }

  /// The first part of the word that a run is a part of, where words beside the run tell of parts.
  private func firstPart(with run: Range<Int>) -> Range<Int>? {
    let isSecond = tellsOfParts(before: run.lowerBound)
    guard isSecond || tellsOfParts(after: run.upperBound) else { return nil }
    let first = run.lowerBound..<endOfWord(run, in: text)
    guard Part(first, in: text).looksRandom else { return nil }
    return isSecond ? partBefore(run.lowerBound) ?? first : first
  }

  private func tellsOfParts(before place: Int) -> Bool {
    tellsOfParts(from: place) { place in
      var end = place
      while end > 0, place - end < 8, !isAlphanumeric(text[end - 1]) { end -= 1 }
      var start = end
      while start > 0, end - start < 16, isAlphanumeric(text[start - 1]) { start -= 1 }
      place = start
      return start..<end
    }
  }

  private func tellsOfParts(after place: Int) -> Bool {
    tellsOfParts(from: place) { place in
      var start = place
      while start < text.count, start - place < 8, !isAlphanumeric(text[start]) { start += 1 }
      place = endOfName(from: start, in: text, to: start + 16)
      return start..<place
    }
  }

  /// Whether one of the next three words tells of parts, with nothing but labels before it.
  private func tellsOfParts(from place: Int, _ nextWord: (inout Int) -> Range<Int>) -> Bool {
    var place = place
    for _ in 0..<3 {
      switch Label(nextWord(&place), in: text) {
      case .telling: return true
      case .number, .everyday: continue
      case .none: return false
      }
    }
    return false
  }

  /// The part after which one begins at a place.
  private func partBefore(_ place: Int) -> Range<Int>? {
    var at = place
    while at > 0, place - at < 96 {
      while at > 0, !isPart(text[at - 1]), place - at < 96 { at -= 1 }
      let end = at
      while at > 0, isPart(text[at - 1]), end - at < Chain.longest { at -= 1 }
      guard at < end else { return nil }
      if !text[at..<end].contains(where: isAlphanumeric) { continue }
      if let seam = Seam(after: end, in: text), seam.range.upperBound == place,
        seam.style == .emphasis || Part(at..<end, in: text).looksRandom
      {
        return at..<end
      }
      guard Label(at..<endOfName(from: at, in: text), in: text) != .none else { return nil }
    }
    return nil
  }
}
