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
  /// The first place where a rule's next match may begin, by rule.
  private var next: [Int]
  private var used: [Int] = []

  init(_ detector: Detector, limits: Limits) {
    self.detector = detector
    self.limits = limits
    scratch = Scratch(matchSteps: limits.matchSteps)
    next = [Int](repeating: 0, count: detector.rules.count)
  }

  /// Matches by place, and how many searches were cut by a limit.
  func matches(in text: UnsafeRawBufferPointer) -> (matches: [Match], cuts: Int) {
    var found: [Match] = []
    var cuts = 0
    detector.literals.forEachHit(in: text) { literal, at in
      for rule in detector.rulesOfLiteral[literal] {
        run(rule, from: at, through: at, in: text, &found, &cuts)
      }
    }
    for (finder, rules) in detector.runs {
      finder.forEachRun(in: text) { run in
        for rule in rules { runAll(rule, within: run, in: text, &found, &cuts) }
      }
    }
    if let (finder, rules) = detector.wordRows {
      finder.forEachRow(in: text) { row in
        for rule in rules { runAll(rule, within: row, in: text, &found, &cuts) }
      }
    }
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
    switch scratch.firstMatch(of: detector.patterns[rule], in: text, from: start, through: last) {
    case .none: break
    case .cut: cuts += 1
    case .match(let whole):
      next[rule] = max(whole.upperBound, start + 1)
      let secret = scratch.range(ofGroup: detector.secretGroups[rule]) ?? whole
      let groups = detector.detailGroups[rule].compactMap { key, number in
        scratch.range(ofGroup: number).map { (key, $0) }
      }
      found.append(Match(rule: rule, whole: whole, secret: secret, groups: groups))
    }
  }
}
