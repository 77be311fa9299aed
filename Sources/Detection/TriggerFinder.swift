import Bytes
import Checks
import Core
import Matching

/// Finds every place where a rule's trigger stands: for people, who ask which; the detector looks only where a match
/// can be, and does not say.
struct TriggerFinder {
  /// A place, what stands there, and the rules that are tried for it, by position.
  struct Hit {
    var span: Range<Int>
    var cause: Explanation.Cause
    var rules: [Int]
  }

  private let literals: LiteralIndex
  private let rulesOfLiterals: [(cause: Explanation.Cause, rules: [Int])]
  private let runs: [(finder: RunFinder, cause: Explanation.Cause, rules: [Int])]
  private let rows: (finder: WordRowFinder, rules: [Int])?

  init(_ detector: Detector) {
    var literals: [Literal: (cause: Explanation.Cause, rules: [Int])] = [:]
    var runs: [Trigger: [Int]] = [:]
    for (place, rule) in detector.rules.enumerated() {
      switch rule.trigger {
      case .literals(let texts):
        for text in Set(texts) {
          let literal = Literal(text, ignoresCase: rule.ignoresCase)
          literals[literal, default: (.literal(text), [])].rules.append(place)
        }
      case .run: runs[rule.trigger, default: []].append(place)
      case .wordlist: break
      }
    }
    let ordered = literals.sorted {
      ($0.value.rules[0], $0.key.bytes.count) < ($1.value.rules[0], $1.key.bytes.count)
    }
    self.literals = LiteralIndex(ordered.map(\.key))
    rulesOfLiterals = ordered.map(\.value)
    self.runs = runs.compactMap { trigger, rules in
      guard case .run(let charset, let min) = trigger else { return nil }
      return (RunFinder(charset.alphabet, min: min), .run(charset, min: min), rules)
    }
    rows = detector.wordRows
  }

  /// Every hit by ascending place.
  func hits(in text: UnsafeRawBufferPointer) -> [Hit] {
    var found: [LiteralHit] = []
    literals.findHits(in: text, from: 0, to: text.count, into: &found)
    var hits = found.map { hit in
      let (cause, rules) = rulesOfLiterals[hit.literal]
      return Hit(span: hit.at..<hit.at + cause.bytes, cause: cause, rules: rules)
    }
    for (finder, cause, rules) in runs {
      finder.forEachRun(in: text, within: 0..<text.count) {
        hits.append(Hit(span: $0, cause: cause, rules: rules))
      }
    }
    rows?.finder.forEachRow(in: text, ByteMasks(text)) {
      hits.append(Hit(span: $0, cause: .words(.bip39), rules: rows?.rules ?? []))
    }
    return hits.sorted { ($0.span.lowerBound, $1.span.count) < ($1.span.lowerBound, $0.span.count) }
  }
}

extension Explanation.Cause {
  /// The length of a literal.
  fileprivate var bytes: Int {
    if case .literal(let text) = self { return text.utf8.count }
    return 0
  }
}
