import Checks
package import Core
import Documents
import Matching
import Synchronization

/// All rules, ready to match: immutable but for patterns compiled when first wanted, shared by every scanner.
///
/// A text goes through one pass for its token runs and one for the triggers of rules that need none; the triggers of all
/// other rules are looked for near the runs only. A rule's pattern runs where its trigger stands.
package final class Detector: Sendable {
  package let rules: [Rule]
  /// Names the set of rules; see `RuleSet.digest`.
  package let digest: String
  /// Literals whose rules may match anywhere.
  let everywhere: Triggers
  /// Literals whose rules match only near a token run: those of prefixes, that stand in it or just before it, and those
  /// of words that may stand some way before it.
  let nearRuns: [Triggers]
  let runs: [(finder: RunFinder, rules: [Int])]
  let wordRows: (finder: WordRowFinder, rules: [Int])?
  private let places: [String: Int]
  private let compiled: Mutex<[CompiledRule?]>

  /// Literals and the rules of each, by its position in the index.
  struct Triggers: Sendable {
    var index: LiteralIndex
    var rules: [[Int]]
    /// The public prefixes of the secrets that a literal may begin, of those that can be joined.
    var prefixes: [[[UInt8]]]
    /// Bytes that a hit may stand before a token run and, of those that `lead` allows, behind its last 16.
    var reach = 0
    var lead = 0
  }

  /// How far before a token run, in bytes, each set of literals is looked for at most; patterns that match further from
  /// one are tried everywhere.
  private static let reaches = [0...23, 24...400]

  /// How far before a token run the first part of a secret in parts may stand, in bytes.
  fileprivate static let longestPart = 96

  /// Takes the rules; `RuleSet` has seen to it that their patterns compile.
  package init(_ set: RuleSet) {
    rules = set.rules
    digest = set.digest
    places = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    compiled = Mutex(Array(repeating: nil, count: rules.count))
    var free: [Int] = []
    let sets = Detector.reaches
    var bound: [[Int]] = sets.map { _ in [] }
    var runRules: [Trigger: [Int]] = [:]
    var rowRules: [Int] = []
    for (index, rule) in rules.enumerated() {
      switch rule.trigger {
      case .literals:
        let set = rule.tokenReach.flatMap { reach in sets.firstIndex { $0.contains(reach) } }
        if let set { bound[set].append(index) } else { free.append(index) }
      case .run: runRules[rule.trigger, default: []].append(index)
      case .wordlist: rowRules.append(index)
      }
    }
    everywhere = Triggers(of: free, in: rules)
    nearRuns = bound.map { Triggers(of: $0, in: set.rules) }
    runs = runRules.compactMap { trigger, rules in
      guard case .run(let charset, let min) = trigger else { return nil }
      return (RunFinder(charset.alphabet, min: min), rules)
    }
    wordRows = rowRules.isEmpty ? nil : (bip39Rows, rowRules)
  }

  /// The rule of an id.
  package func rule(_ id: String) -> Rule? {
    places[id].map { rules[$0] }
  }

  /// A rule's pattern, compiled at the first call.
  func compiled(_ rule: Int) -> CompiledRule {
    compiled.withLock { all in
      if let known = all[rule] { return known }
      let made = CompiledRule(rules[rule])
      all[rule] = made
      return made
    }
  }
}

extension Detector.Triggers {
  init(of places: [Int], in rules: [Rule]) {
    var rulesOf: [LiteralIndex.Literal: [Int]] = [:]
    for place in places {
      guard case .literals(let texts) = rules[place].trigger else { continue }
      lead = max(lead, rules[place].lead)
      let rule = rules[place]
      reach = max(reach, rule.tokenReach ?? 0, rule.canBeJoined ? Detector.longestPart : 0)
      let ignoresCase = rules[place].ignoresCase
      for text in texts {
        rulesOf[.init(text, ignoresCase: ignoresCase), default: []].append(place)
      }
    }
    let ordered = rulesOf.sorted {
      ($0.value[0], $0.key.bytes.count) < ($1.value[0], $1.key.bytes.count)
    }
    index = LiteralIndex(ordered.map(\.key))
    self.rules = ordered.map(\.value)
    prefixes = ordered.map { _, places in
      Set(places.map { rules[$0] }.filter(\.canBeJoined).map(\.publicPrefix))
        .map { Array($0.utf8) }
    }
  }
}

extension Rule {
  /// How far behind a match's start its token run begins at most, in bytes; nil where a match need hold none.
  fileprivate var tokenReach: Int? {
    unicode ? nil : TokenDemand(pattern)?.reach
  }
}

/// A rule's pattern with the numbers of its groups.
struct CompiledRule: Sendable {
  let pattern: Pattern
  /// The group that is the finding; 0 where the whole match is.
  let secretGroup: Int
  /// The groups that go to `details`.
  let detailGroups: [(key: DetailKey, number: Int)]

  /// Takes a rule whose pattern is known to compile.
  init(_ rule: Rule) {
    guard let pattern = try? Pattern(rule) else {
      preconditionFailure("\(rule.id) was not checked: its pattern does not compile")
    }
    self.pattern = pattern
    secretGroup = pattern.groups.first { $0.name == "secret" }?.number ?? 0
    detailGroups = pattern.groups.compactMap { group in
      DetailKey(name: group.name).map { ($0, group.number) }
    }
  }
}

extension Pattern {
  /// Compiles a rule's pattern.
  convenience init(_ rule: Rule, fast: Bool = true) throws(PatternError) {
    try self.init(rule.pattern, anchored: rule.isAnchored, unicode: rule.unicode, fast: fast)
  }
}

/// Rows of at least twelve BIP-39 words; numbers, bullets and line ends may part them.
private let bip39Rows = WordRowFinder(BIP39.words, min: 12, widestGap: 12)
