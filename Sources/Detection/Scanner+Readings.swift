import Checks
import Core
import Decoding
import Matching
import Recognition

/// What is found once disguises are undone.
extension Scanner {
  /// Adds what a text's readings show and the text itself does not; gives how much a limit cut off.
  func addDisguised(
    to candidates: inout [Candidate], in source: Decoder.Source, of post: Post
  ) -> Int {
    forEachReading(of: source) { reading, bytes, matches in
      if reading.depth == 1 { holdEncodings(among: &candidates, reading) }
      for var candidate in judged(matches, in: bytes, of: post, outer: (source.text, reading)) {
        candidate.disguise = reading.disguises(of: candidate.whole)
        if candidate.disguise.contains(.joined), !holdsTogether(candidate) {
          candidate.judgement.confidence = .low
        }
        candidate.whole = reading.origin(of: candidate.whole)
        candidate.span = reading.origin(of: candidate.span)
        if candidate.details[.line] != nil {
          let number = line(of: candidate.span.lowerBound, in: source.text)
          candidate.details[.line] = PublicText(masked: String(number))
        }
        add(candidate, to: &candidates)
      }
    }
  }

  /// Holds back what is taken for a random value and is another text, written otherwise: that is looked at by itself.
  private func holdEncodings(among candidates: inout [Candidate], _ reading: Reading) {
    for index in candidates.indices where candidates[index].disguise.isEmpty {
      guard isOpen(candidates[index]) else { continue }
      switch reading.form(of: candidates[index].span) {
      case .plain: continue
      case .escaped: if isURLForm(candidates[index].secret) { continue }
      case .encoded(let bytes):
        let shape = SecretShape(bytes)
        if shape.objections.isEmpty, shape.lacks([.random]) == nil { continue }
      }
      candidates[index].observed.reasons.append(.encodedData)
      candidates[index].judgement = judge(
        detector.rules[candidates[index].rule], candidates[index].observed)
    }
  }

  /// Matches every reading of a text; gives how many searches and readings a limit cut off.
  func forEachReading(
    of source: Decoder.Source,
    _ body: (_ reading: Reading, _ bytes: UnsafeRawBufferPointer, _ matches: [Match]) -> Void
  ) -> Int {
    var budget = Decoder.Budget(limits, textOf: source.text.count)
    var queue = decoder.readings(of: source, &budget)
    var cuts = 0
    var next = 0
    while next < queue.count {
      let reading = queue[next]
      next += 1
      reading.bytes.withUnsafeBytes { bytes in
        let found = matcher.matches(in: TextPool(bytes))
        cuts += found.cuts.count
        let own = found.matches.filter { reading.isEdited($0.whole) && !reading.isBroken($0.whole) }
        body(reading, bytes, own)
        queue += decoder.readings(of: .init(bytes, found, of: reading), &budget)
      }
    }
    return cuts + budget.cuts
  }

  /// A disguised secret counts besides what is known: unless that is the same or shows more, and in its place where
  /// that is a fragment, or what a generic rule takes for a value.
  private func add(_ candidate: Candidate, to candidates: inout [Candidate]) {
    let category = detector.rules[candidate.rule].category
    let confidence = candidate.judgement.confidence
    func concerns(_ other: Candidate) -> Bool {
      other.span.overlaps(candidate.span) && detector.rules[other.rule].category == category
    }
    func isWritten(_ other: Candidate) -> Bool {
      other.span == candidate.span && other.disguise.isEmpty && isOpen(other)
        && (!isOpen(candidate) || !candidate.disguise.allSatisfy { $0 == .percent })
    }
    let isKnown = candidates.contains { other in
      guard concerns(other) else { return false }
      if other.canonical == candidate.canonical || confidence == .low { return true }
      if isWritten(other) { return false }
      // What is taken as it stands need not be an encoding, though it can be read as one.
      if other.span == candidate.span, other.disguise.isEmpty,
        other.judgement.confidence >= confidence, isOpen(candidate) || isURLForm(other.secret)
      {
        return true
      }
      return !isFramed(other, candidate) && other.judgement.confidence >= confidence
        && other.secret.contains(candidate.secret)
    }
    if isKnown { return }
    candidates.removeAll { other in
      guard concerns(other), other.judgement.confidence <= confidence else { return false }
      // What an outer layer showed of it was the inner one.
      let isOuter =
        !other.disguise.isEmpty && other.disguise.count < candidate.disguise.count
        && other.rule == candidate.rule && other.span == candidate.span
      return isOuter || isWritten(other) || candidate.secret.contains(other.secret)
        || isFramed(other, candidate)
    }
    let place = candidates.firstIndex { $0.span.lowerBound > candidate.span.lowerBound }
    candidates.insert(candidate, at: place ?? candidates.endIndex)
  }

  /// Whether its rule takes any value of some length, so that one that is written otherwise is taken too.
  private func isOpen(_ candidate: Candidate) -> Bool { isOpen(candidate.rule) }

  func isOpen(_ rule: Int) -> Bool {
    let rule = detector.rules[rule]
    return rule.provider.family == .generic || rule.canonical == .login
  }

  /// Whether one candidate is the other with underscores that open and close emphasis.
  private func isFramed(_ framed: Candidate, _ candidate: Candidate) -> Bool {
    framed.disguise.isEmpty && candidate.disguise.last == .markdown
      && framed.secret.withoutMarks == candidate.secret.withoutMarks
  }

  /// Whether parts that were joined can hardly have met by chance: what begins or names such a secret stands there
  /// too, a keyword as well as a prefix, or a proof holds.
  private func holdsTogether(_ candidate: Candidate) -> Bool {
    // A match holds one of its literals; runs and rows of words have none.
    if case .literals = detector.rules[candidate.rule].trigger { return true }
    return candidate.passed || candidate.observed.reasons.contains(.context)
  }
}

extension Decoder.Source {
  /// A text with what a search of it alone has found out.
  init(_ text: UnsafeRawBufferPointer, _ result: Matcher.Result, of reading: Reading? = nil) {
    self.init(
      text, masks: result.masks, runs: result.runs, starts: result.starts, reading: reading)
  }
}

extension Rule {
  /// Whether the first part of such a secret is known by how it begins.
  var canBeJoined: Bool { publicPrefix.utf8.count >= 3 }
}

/// Whether percent signs stand for what no URL has as it is, so that the form with them is the usual one.
private func isURLForm(_ secret: [UInt8]) -> Bool {
  let decoded = String(decoding: secret, as: UTF8.self).split(separator: "%").dropFirst().map {
    UInt8($0.prefix(2), radix: 16).map { Character(Unicode.Scalar($0)) }
  }
  return !decoded.isEmpty
    && decoded.allSatisfy { sign in
      sign.map { !$0.isLetter && !$0.isNumber && !"-._~%".contains($0) } ?? false
    }
}

extension [UInt8] {
  /// Backwards, without the marks of emphasis at both ends.
  fileprivate var withoutMarks: [UInt8] {
    drop(while: "_~*".utf8.contains).reversed().drop(while: "_~*".utf8.contains).map(\.self)
  }

  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= count else { return false }
    return (0...count - part.count).contains { start in
      self[start] == first && self[start..<start + part.count].elementsEqual(part)
    }
  }
}
