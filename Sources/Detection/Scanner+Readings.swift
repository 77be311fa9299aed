import Checks
import Core
import Decoding
import Matching

/// What is found once disguises are undone.
extension Scanner {
  /// Adds what a text's readings show and the text itself does not; gives how much a limit cut off.
  func addDisguised(
    to candidates: inout [Candidate], in text: UnsafeRawBufferPointer, _ starts: [Int],
    of post: Post
  ) -> Int {
    forEachReading(of: text, starts) { reading, bytes, matches in
      for var candidate in judged(matches, in: bytes, of: post, outer: (text, reading)) {
        candidate.disguise = reading.disguises(of: candidate.whole)
        if candidate.disguise.contains(.joined), !holdsTogether(candidate) {
          candidate.judgement.confidence = .low
        }
        candidate.whole = reading.origin(of: candidate.whole)
        candidate.span = reading.origin(of: candidate.span)
        add(candidate, to: &candidates)
      }
    }
  }

  /// Matches every reading of a text; gives how many searches and readings a limit cut off.
  func forEachReading(
    of text: UnsafeRawBufferPointer, _ starts: [Int],
    _ body: (_ reading: Reading, _ bytes: UnsafeRawBufferPointer, _ matches: [Match]) -> Void
  ) -> Int {
    var budget = Decoder.Budget(limits, textOf: text.count)
    var queue = decoder.readings(
      of: .init(text, runs: tokenRuns(in: text), starts: starts), &budget)
    var cuts = 0
    var next = 0
    while next < queue.count {
      let reading = queue[next]
      next += 1
      reading.bytes.withUnsafeBytes { bytes in
        let (matches, cut) = matcher.matches(in: bytes)
        let source = Decoder.Source(
          bytes, runs: tokenRuns(in: bytes), starts: matcher.starts, reading: reading)
        cuts += cut
        let own = matches.filter { reading.isEdited($0.whole) && !reading.isBroken($0.whole) }
        if !own.isEmpty { body(reading, bytes, own) }
        queue += decoder.readings(of: source, &budget)
      }
    }
    return cuts + budget.cuts
  }

  /// A disguised secret counts besides what is known: unless that is the same or shows more, and in its place where
  /// that is a fragment.
  private func add(_ candidate: Candidate, to candidates: inout [Candidate]) {
    let category = detector.rules[candidate.rule].category
    func concerns(_ other: Candidate) -> Bool {
      other.span.overlaps(candidate.span) && detector.rules[other.rule].category == category
    }
    let confidence = candidate.judgement.confidence
    let isKnown = candidates.contains { other in
      guard concerns(other) else { return false }
      return other.canonical == candidate.canonical || confidence == .low
        || other.judgement.confidence >= confidence && other.secret.contains(candidate.secret)
    }
    if isKnown { return }
    candidates.removeAll { other in
      guard concerns(other), other.judgement.confidence <= confidence else { return false }
      // What an outer layer showed of it was the inner one.
      let isOuter =
        !other.disguise.isEmpty && other.disguise.count < candidate.disguise.count
        && other.rule == candidate.rule && other.span == candidate.span
      return isOuter || candidate.secret.contains(other.secret)
    }
    let place = candidates.firstIndex { $0.span.lowerBound > candidate.span.lowerBound }
    candidates.insert(candidate, at: place ?? candidates.endIndex)
  }

  /// Whether parts that were joined can hardly have met by chance.
  private func holdsTogether(_ candidate: Candidate) -> Bool {
    candidate.passed || prefixLength(of: detector.rules[candidate.rule], candidate.secret) >= 3
  }

  private func tokenRuns(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    TokenRuns.find(in: text, into: &runs)
    return runs
  }
}

extension Rule {
  /// Whether its secrets show by themselves that parts of one belong together: by how they begin, or by a proof.
  var canBeJoined: Bool { publicPrefix.utf8.count >= 3 || check != nil }
}

extension [UInt8] {
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= count else { return false }
    return (0...count - part.count).contains { start in
      self[start] == first && self[start..<start + part.count].elementsEqual(part)
    }
  }
}
