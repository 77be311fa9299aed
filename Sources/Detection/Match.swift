import Bytes
import Core
import Matching

/// A rule's hit in a text, before it is judged; its places are those of the text.
struct Match {
  /// The rule's position in the detector.
  var rule: Int
  var whole: Range<Int>
  var secret: Range<Int>
  var groups: [(key: DetailKey, range: Range<Int>)]
  /// The text's position among those that were searched at once.
  var text = 0
}

/// Finds every rule's matches in texts; one task's, since it holds match memory.
final class Matcher {
  private let detector: Detector
  private let limits: Limits
  private var scratch: Scratch
  private var rules: [CompiledRule?]
  /// The first place where a rule's next match may begin, by rule.
  private var next: [Int]
  private var used: [Int] = []
  /// How often each rule was tried in the text that it was last tried in.
  private var tries: [(text: Int, count: Int)]
  private var hits: [LiteralHit] = []
  private var wordRuns: [Range<Int>] = []
  private var near = BlockSet()

  /// What a search of some texts gave.
  struct Result {
    /// The classes of the pool's bytes.
    var masks: ByteMasks
    var matches: [Match] = []
    /// The text of every search that a limit cut short.
    var cuts: [Int] = []
    /// The unbroken runs of token bytes, by place in the pool.
    var runs: [Range<Int>] = []
    /// Where secrets that may be in parts may have begun, by place in the pool.
    var starts: [Int] = []
    /// Matches so far, by text.
    fileprivate var counts: [Int]
  }

  init(_ detector: Detector, limits: Limits) {
    self.detector = detector
    self.limits = limits
    scratch = Scratch(matchSteps: limits.matchSteps)
    rules = [CompiledRule?](repeating: nil, count: detector.rules.count)
    next = [Int](repeating: 0, count: detector.rules.count)
    tries = Array(repeating: (0, 0), count: detector.rules.count)
  }

  /// Each text's matches; those of one set of triggers by place, one set after the other.
  func matches(in pool: TextPool) -> Result {
    var result = Result(
      masks: ByteMasks(pool.bytes), counts: [Int](repeating: 0, count: pool.ends.count))
    TokenRuns.find(.token, in: result.masks, into: &result.runs)
    TokenRuns.find(.word, in: result.masks, into: &wordRuns)
    for search in detector.searches where findHits(of: search, in: pool.bytes, result) {
      tryHits(of: search, in: pool, &result)
    }
    if findHits(of: detector.starts, in: pool.bytes, result) { result.starts = hits.map(\.at) }
    for (finder, rules) in detector.runs {
      for run in result.runs {
        finder.forEachRun(in: pool.bytes, within: run) { run in
          for rule in rules { runAll(rule, within: run, in: pool, &result) }
        }
      }
    }
    if let (finder, rules) = detector.wordRows {
      finder.forEachRow(in: pool.bytes, result.masks) { row in
        for rule in rules { runAll(rule, within: row, in: pool, &result) }
      }
    }
    forgetPlaces()
    return result
  }

  /// Runs a rule wherever it may match, trigger or not: what triggered matching is compared with.
  func exhaustiveMatches(of rule: Int, in text: UnsafeRawBufferPointer) -> [Match] {
    let pool = TextPool(text)
    var result = Result(masks: ByteMasks(text), counts: [0])
    for at in 0...text.count { run(rule, from: at, through: at, in: pool, &result) }
    forgetPlaces()
    return result.matches
  }

  private func forgetPlaces() {
    for rule in used {
      next[rule] = 0
      tries[rule] = (0, 0)
    }
    used.removeAll(keepingCapacity: true)
  }

  /// Puts the hits of a search's literals into the list; false where there are none.
  private func findHits(
    of search: Detector.Search, in text: UnsafeRawBufferPointer, _ result: borrowing Result
  ) -> Bool {
    hits.removeAll(keepingCapacity: true)
    switch search.index {
    case .words(let index) where search.windows.isEmpty:
      index.findHits(in: text, result.masks, within: nil, into: &hits)
    case .words(let index):
      near.reset(for: text.count)
      forEachWindow(of: search, in: text, result) {
        near.insert($0.lowerBound..<min(text.count, $0.upperBound + search.longest))
      }
      index.findHits(in: text, result.masks, within: near, into: &hits)
    case .bytes(let index):
      forEachWindow(of: search, in: text, result) {
        index.findHits(in: text, from: $0.lowerBound, to: $0.upperBound, into: &hits)
      }
    }
    return !hits.isEmpty
  }

  /// Calls `body` with the places where a search's literals may begin, each once for every kind of run.
  private func forEachWindow(
    of search: Detector.Search, in text: UnsafeRawBufferPointer, _ result: borrowing Result,
    _ body: (Range<Int>) -> Void
  ) {
    if search.windows.isEmpty {
      if search.isBeyondASCII { return result.masks.forEachStretch({ $0.high }, body) }
      body(0..<text.count)
    }
    for window in search.windows {
      var done = 0
      for run in window.kind == .token ? result.runs : wordRuns where run.count >= window.run {
        if window.holdsDigit, !result.masks.holds(in: run, { $0.digit }) { continue }
        let start = max(done, run.lowerBound - window.reach)
        let end = min(text.count, run.upperBound - window.run + window.lead + 1)
        if start < end, !search.isBeyondASCII || result.masks.holds(in: start..<end, { $0.high }) {
          body(start..<end)
        }
        done = max(done, end)
      }
    }
  }

  private func tryHits(of search: Detector.Search, in pool: TextPool, _ result: inout Result) {
    var tokens = NearestRun(result.runs, lead: detector.longestLead)
    var words = NearestRun(wordRuns, lead: detector.longestLead)
    for hit in hits {
      for rule in search.rules[hit.literal] {
        if let window = detector.windows[rule] {
          let isNear =
            window.kind == .token ? tokens.isNear(hit.at, window) : words.isNear(hit.at, window)
          guard isNear else { continue }
        }
        run(rule, from: hit.at, through: hit.at, in: pool, &result)
      }
    }
  }

  /// Tries a rule everywhere in a run or row, as often as it matches there.
  private func runAll(
    _ rule: Int, within span: Range<Int>, in pool: TextPool, _ result: inout Result
  ) {
    while next[rule] < span.upperBound {
      run(rule, from: span.lowerBound, through: span.upperBound, in: pool, &result)
    }
  }

  /// Tries a rule where its trigger stands; a match may begin up to `lead` bytes before it.
  private func run(
    _ rule: Int, from first: Int, through last: Int, in pool: TextPool, _ result: inout Result
  ) {
    let text = pool.text(at: first)
    let bounds = pool.range(of: text)
    // A place that was tried, or that lies in the rule's last match, is not tried again.
    let start = max(next[rule], first - detector.rules[rule].lead, bounds.lowerBound)
    guard start <= last else { return }
    if next[rule] == 0 { used.append(rule) }
    next[rule] = last + 1
    guard result.counts[text] < limits.findingsPerText else {
      result.cuts.append(text)
      return
    }
    tries[rule] = (text, tries[rule].text == text ? tries[rule].count + 1 : 1)
    guard tries[rule].count <= limits.triesPerText else {
      if tries[rule].count == limits.triesPerText + 1 { result.cuts.append(text) }
      return
    }
    let compiled = compiled(rule)
    let bytes = UnsafeRawBufferPointer(rebasing: pool.bytes[bounds])
    let origin = bounds.lowerBound
    switch scratch.firstMatch(
      of: compiled.pattern, in: bytes, from: start - origin, through: last - origin)
    {
    case .none: break
    case .cut: result.cuts.append(text)
    case .match(let whole):
      next[rule] = origin + max(whole.upperBound, start - origin + 1)
      let secret = (scratch.range(ofGroup: compiled.secretGroup) ?? whole)
        .inWholeCharacters(of: bytes)
      let groups = compiled.detailGroups.compactMap { key, number in
        scratch.range(ofGroup: number).map { (key, $0) }
      }
      let match = Match(rule: rule, whole: whole, secret: secret, groups: groups, text: text)
      let parts = partsFound(in: match, of: detector.rules[rule], bytes)
      result.counts[text] += parts.count
      result.matches += parts
    }
  }

  private func compiled(_ rule: Int) -> CompiledRule {
    if let known = rules[rule] { return known }
    let made = detector.compiled(rule)
    rules[rule] = made
    return made
  }
}

extension Range<Int> {
  /// Without the parts of characters of UTF-8 at both ends: a pattern counts bytes.
  fileprivate func inWholeCharacters(of text: UnsafeRawBufferPointer) -> Range {
    var (start, end) = (lowerBound, upperBound)
    while start < end, UTF8.isContinuation(text[start]) { start += 1 }
    while end > start, end < text.count, UTF8.isContinuation(text[end]) { end -= 1 }
    return start..<end
  }
}
