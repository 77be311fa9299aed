package import Core
import Decoding

/// Why a text's findings are what they are.
extension Scanner {
  /// Goes the way of `findings` once more and notes every step; slow, and of the text it tells nothing secret.
  package func explanation(of text: String) -> Explanation {
    let isLong = text.utf8.count > limits.text
    let text = isLong ? String(decoding: text.utf8.prefix(limits.text), as: UTF8.self) : text
    let post = Post(id: "-", body: text)
    let result = findings(in: post)
    var explanation = Explanation(bytes: text.utf8.count)
    explanation.cuts = result.cuts + (isLong ? 1 : 0)
    var walk = ExplanationWalk(self, post, result.findings, explanation)
    var bytes = text
    bytes.withUTF8 { walk.read(UnsafeRawBufferPointer($0)) }
    return walk.explanation
  }
}

/// The way through a text and its readings, with what is noted on it.
private struct ExplanationWalk {
  private(set) var explanation: Explanation
  private let scanner: Scanner
  private let triggers: TriggerFinder
  private let post: Post
  /// What the text's findings are.
  private let findings: [Finding]
  /// What stands in the text itself: a reading that repeats it shows nothing new.
  private var known: Set<Place> = []

  private struct Place: Hashable {
    var span: Range<Int>
    var cause: Explanation.Cause
  }

  /// A text with what it was read from.
  private struct Layer {
    var bytes: UnsafeRawBufferPointer
    var text: UnsafeRawBufferPointer
    var reading: Reading?
    var number: Int?

    func origin(of range: Range<Int>) -> Range<Int> { reading?.origin(of: range) ?? range }
  }

  init(_ scanner: Scanner, _ post: Post, _ findings: [Finding], _ explanation: Explanation) {
    self.scanner = scanner
    self.post = post
    self.findings = findings
    self.explanation = explanation
    triggers = scanner.triggers
  }

  mutating func read(_ text: UnsafeRawBufferPointer) {
    var budget = Decoder.Budget(scanner.limits, textOf: text.count)
    var queue: [(reading: Reading, parent: Int?)] = []
    queue += note(Layer(bytes: text, text: text), &budget).map { ($0, nil) }
    while explanation.readings.count < queue.count {
      let (reading, parent) = queue[explanation.readings.count]
      explanation.readings.append(.init(reading, parent: parent))
      let number = explanation.readings.count
      reading.bytes.withUnsafeBytes { bytes in
        let layer = Layer(bytes: bytes, text: text, reading: reading, number: number)
        queue += note(layer, &budget).map { ($0, number) }
      }
    }
    explanation.matches.sort { $0.order < $1.order }
  }

  /// Notes what one layer holds; gives the readings it gives cause for.
  private mutating func note(_ layer: Layer, _ budget: inout Decoder.Budget) -> [Reading] {
    let result = scanner.matcher.matches(in: TextPool(layer.bytes))
    var matches = result.matches
    if let reading = layer.reading {
      matches = matches.filter { reading.isEdited($0.whole) && !reading.isBroken($0.whole) }
    }
    addTriggers(of: layer, matches)
    addMatches(of: layer, matches)
    return scanner.decoder.readings(of: .init(layer.bytes, result, of: layer.reading), &budget)
  }

  private mutating func addTriggers(of layer: Layer, _ matches: [Match]) {
    for hit in triggers.hits(in: layer.bytes) {
      let place = Place(span: layer.origin(of: hit.span), cause: hit.cause)
      guard known.insert(place).inserted else { continue }
      guard explanation.triggers.count < scanner.limits.findingsPerText else {
        explanation.triggersLeft += 1
        continue
      }
      let rules = scanner.detector.rules
      let matched = hit.rules.filter { rule in
        matches.contains { $0.rule == rule && $0.whole.overlaps(hit.span) }
      }
      explanation.triggers.append(
        .init(
          reading: layer.number, span: place.span, cause: hit.cause,
          matched: matched.map { rules[$0].id },
          unmatched: hit.rules.filter { !matched.contains($0) }.map { rules[$0].id }))
    }
  }

  private mutating func addMatches(of layer: Layer, _ matches: [Match]) {
    let outer = layer.reading.map { (text: layer.text, reading: $0) }
    for var candidate in scanner.candidates(
      of: matches, in: layer.bytes, of: post, outer: outer)
    {
      candidate.disguise = layer.reading?.disguises(of: candidate.whole) ?? []
      candidate.span = layer.origin(of: candidate.span)
      add(scanner.finding(candidate, in: .body), of: candidate, layer.number)
    }
  }

  private mutating func add(_ own: Finding, of candidate: Scanner.Candidate, _ reading: Int?) {
    let isNoted = explanation.matches.contains { $0.finding.isSameMatch(as: own) }
    guard !isNoted, explanation.matches.count < scanner.limits.findingsPerText else { return }
    let kept = findings.first { $0.isSameMatch(as: own) }
    let rule = scanner.detector.rules[candidate.rule]
    let winner = findings.first { $0.category == own.category && $0.span.overlaps(own.span) }
    let finding = kept ?? own
    var missing: [Reason] = []
    if rule.context != nil { missing.append(.context) }
    if rule.companion != nil { missing.append(.companion) }
    explanation.matches.append(
      .init(
        reading: reading, finding: finding, severity: rule.severity, confidence: rule.confidence,
        effects: finding.reasons.map { Explanation.Effect(effect(of: $0)) },
        missing: missing.filter { !finding.reasons.contains($0) },
        isLoose: own.disguise.contains(.joined) && finding.confidence < own.confidence,
        outcome: kept.map { $0.confidence >= .medium ? .found : .heldBack }
          ?? .givesWay(to: winner?.rule)))
  }
}

extension Explanation.Reading {
  fileprivate init(_ reading: Reading, parent: Int?) {
    let places = reading.edits.map(reading.origin)
    let start = places.map(\.lowerBound).min() ?? 0
    self.init(
      parent: parent, disguise: reading.disguises(of: 0..<reading.bytes.count),
      span: start..<max(start, places.map(\.upperBound).max() ?? 0), bytes: reading.bytes.count)
  }
}

extension Explanation.Effect {
  fileprivate init(_ effect: Effect) {
    switch effect {
    case .step(let steps): self = steps > 0 ? .raises : .lowers
    case .hold: self = .holds
    case .none: self = .none
    }
  }
}

extension Explanation.Match {
  /// What is found first, then what is held back, then what gives way; each by place.
  fileprivate var order: (Int, Int, Int) {
    let rank =
      switch outcome {
      case .found: 0
      case .heldBack: 1
      case .givesWay: 2
      }
    return (rank, finding.span.lowerBound, -finding.span.count)
  }
}

extension Finding {
  fileprivate func isSameMatch(as other: Finding) -> Bool {
    rule == other.rule && span == other.span && disguise == other.disguise
      && preview == other.preview
  }
}
