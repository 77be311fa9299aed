import Core
import Matching

/// A rule's hit in a text, before it is judged.
struct Match {
  /// The rule's position in the detector.
  var rule: Int
  var whole: Range<Int>
  var secret: Range<Int>
  var groups: [(key: DetailKey, range: Range<Int>)]
}

/// Finds every rule's matches in a text; one task's, since it holds match memory.
final class Matcher {
  private let detector: Detector
  private let limits: Limits
  private var scratch: Scratch
  private var rules: [CompiledRule?]
  /// The first place where a rule's next match may begin, by rule.
  private var next: [Int]
  private var used: [Int] = []
  private var hits: [LiteralIndex.Hit] = []
  /// The unbroken runs of token bytes in the text that was matched last.
  private(set) var tokenRuns: [Range<Int>] = []
  /// Where secrets that may be in parts may have begun in that text.
  private(set) var starts: [Int] = []

  init(_ detector: Detector, limits: Limits) {
    self.detector = detector
    self.limits = limits
    scratch = Scratch(matchSteps: limits.matchSteps)
    rules = [CompiledRule?](repeating: nil, count: detector.rules.count)
    next = [Int](repeating: 0, count: detector.rules.count)
  }

  /// Matches by place, and how many searches were cut by a limit.
  func matches(in text: UnsafeRawBufferPointer) -> (matches: [Match], cuts: Int) {
    var found: [Match] = []
    var cuts = 0
    starts.removeAll(keepingCapacity: true)
    tryLiterals(detector.everywhere, in: text, from: 0, to: text.count, &found, &cuts)
    TokenRuns.find(in: text, into: &tokenRuns)
    if !tokenRuns.isEmpty { tryNearRuns(in: text, &found, &cuts) }
    if let (finder, rules) = detector.wordRows {
      finder.forEachRow(in: text) { row in
        for rule in rules { runAll(rule, within: row, in: text, &found, &cuts) }
      }
    }
    // Each set of triggers gave its own, by place.
    if starts.count > 1 { starts = Set(starts).sorted() }
    for rule in used { next[rule] = 0 }
    used.removeAll(keepingCapacity: true)
    return (found, cuts)
  }

  /// Runs a rule wherever it may match, trigger or not: what triggered matching is compared with.
  func exhaustiveMatches(of rule: Int, in text: UnsafeRawBufferPointer) -> [Match] {
    var found: [Match] = []
    var cuts = 0
    for at in 0...text.count { run(rule, from: at, through: at, in: text, &found, &cuts) }
    for rule in used { next[rule] = 0 }
    used.removeAll(keepingCapacity: true)
    return found
  }

  /// Tries the rules whose matches hold a token run: their literals from some way before each run to its end.
  private func tryNearRuns(
    in text: UnsafeRawBufferPointer, _ found: inout [Match], _ cuts: inout Int
  ) {
    for triggers in detector.nearRuns {
      var done = 0
      for run in tokenRuns {
        let start = max(done, run.lowerBound - triggers.reach)
        done = min(text.count, run.upperBound - TokenRuns.shortest + triggers.lead + 1)
        tryLiterals(triggers, in: text, from: start, to: done, &found, &cuts)
      }
    }
    for (finder, rules) in detector.runs {
      for run in tokenRuns {
        finder.forEachRun(in: text, within: run) { run in
          for rule in rules { runAll(rule, within: run, in: text, &found, &cuts) }
        }
      }
    }
  }

  private func tryLiterals(
    _ triggers: Detector.Triggers, in text: UnsafeRawBufferPointer, from start: Int, to end: Int,
    _ found: inout [Match], _ cuts: inout Int
  ) {
    hits.removeAll(keepingCapacity: true)
    triggers.index.findHits(in: text, from: start, to: end, into: &hits)
    for hit in hits {
      if triggers.prefixes[hit.literal].contains(where: { text[hit.at...].starts(with: $0) }) {
        starts.append(hit.at)
      }
      for rule in triggers.rules[hit.literal] {
        run(rule, from: hit.at, through: hit.at, in: text, &found, &cuts)
      }
    }
  }

  /// Tries a rule everywhere in a run or row, as often as it matches there.
  private func runAll(
    _ rule: Int, within span: Range<Int>, in text: UnsafeRawBufferPointer, _ found: inout [Match],
    _ cuts: inout Int
  ) {
    while next[rule] < span.upperBound {
      run(rule, from: span.lowerBound, through: span.upperBound, in: text, &found, &cuts)
    }
  }

  /// Tries a rule where its trigger stands; a match may begin up to `lead` bytes before it.
  private func run(
    _ rule: Int, from first: Int, through last: Int, in text: UnsafeRawBufferPointer,
    _ found: inout [Match], _ cuts: inout Int
  ) {
    // A place that was tried, or that lies in the rule's last match, is not tried again.
    let start = max(next[rule], first - detector.rules[rule].lead, 0)
    guard start <= last else { return }
    if next[rule] == 0 { used.append(rule) }
    next[rule] = last + 1
    guard found.count < limits.findingsPerText else {
      cuts += 1
      return
    }
    let compiled = compiled(rule)
    switch scratch.firstMatch(of: compiled.pattern, in: text, from: start, through: last) {
    case .none: break
    case .cut: cuts += 1
    case .match(let whole):
      next[rule] = max(whole.upperBound, start + 1)
      let secret = scratch.range(ofGroup: compiled.secretGroup) ?? whole
      let groups = compiled.detailGroups.compactMap { key, number in
        scratch.range(ofGroup: number).map { (key, $0) }
      }
      found += partsFound(
        in: Match(rule: rule, whole: whole, secret: secret, groups: groups),
        of: detector.rules[rule],
        text)
    }
  }

  private func compiled(_ rule: Int) -> CompiledRule {
    if let known = rules[rule] { return known }
    let made = detector.compiled(rule)
    rules[rule] = made
    return made
  }
}
