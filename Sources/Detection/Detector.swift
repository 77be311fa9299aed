import Checks
package import Core
import Documents
import Matching
import Synchronization

/// All rules, ready to match: immutable but for patterns compiled when first wanted, shared by every scanner.
///
/// A pattern runs where its trigger stands, and most patterns can match only near a run of token bytes. The literals of
/// nearly all are looked for at once where words begin; those that hold no beginning of a word, each set by itself.
package final class Detector: Sendable {
  package let rules: [Rule]
  /// Names the set of rules; see `RuleSet.digest`.
  package let digest: String
  /// Where a rule's hits are worth a try, by rule; nil where they are everywhere.
  let windows: [Window?]
  /// Literals that are known by a word that begins in them.
  let words: (index: WordIndex, triggers: Triggers)
  /// The others, of rules that are tried everywhere and near runs only.
  let everywhere: (index: LiteralIndex, triggers: Triggers)
  let nearRuns: [(index: LiteralIndex, triggers: Triggers)]
  let runs: [(finder: RunFinder, rules: [Int])]
  let wordRows: (finder: WordRowFinder, rules: [Int])?
  private let places: [String: Int]
  private let compiled: Mutex<[CompiledRule?]>

  /// How near a run a rule's literals must stand.
  struct Window: Sendable {
    var kind: RunKind
    /// Bytes that a literal may stand before a run at most.
    var reach: Int
    /// Bytes that it may stand behind the last place where a run of that length can begin.
    var lead: Int
    /// Whether the run holds the literal whole, and this a capital: runs without one are none of the rule's.
    var holdsCapital = false

    /// The farthest that a run may begin behind a match's start: literals of farther ones are worth a try everywhere.
    static let farthest = 300
  }

  /// The rules of each literal, by its position in an index.
  struct Triggers: Sendable {
    var literals: [Literal] = []
    var rules: [[Int]] = []
    /// The public prefixes of the secrets that a literal may begin, of those that can be joined.
    var prefixes: [[[UInt8]]] = []
    /// The widest window of its rules.
    var widest = Window(kind: .token, reach: 0, lead: 0)
  }

  /// How far before a token run the first part of a secret in parts may stand, in bytes.
  fileprivate static let longestPart = 96

  /// Takes the rules; `RuleSet` has seen to it that their patterns compile.
  package init(_ set: RuleSet) {
    rules = set.rules
    digest = set.digest
    places = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    compiled = Mutex(Array(repeating: nil, count: rules.count))
    let windows = rules.map(\.window)
    self.windows = windows
    let begins = rules.map(\.beginsWord)
    let literals = rules.map(\.literals)
    var byWords: [Int] = []
    var free: [Int] = []
    var bound: [Int] = []
    var runRules: [Trigger: [Int]] = [:]
    var rowRules: [Int] = []
    for (index, rule) in rules.enumerated() {
      switch rule.trigger {
      case .literals:
        if literals[index].allSatisfy({ WordIndex.gram(of: $0, beginsWord: begins[index]) != nil })
        {
          byWords.append(index)
        } else if windows[index] == nil {
          free.append(index)
        } else {
          bound.append(index)
        }
      case .run: runRules[rule.trigger, default: []].append(index)
      case .wordlist: rowRules.append(index)
      }
    }
    let triggers = Triggers(of: byWords, in: rules, literals, windows)
    words = (
      WordIndex(
        zip(triggers.literals, triggers.rules).map { literal, users in
          (literal, users.allSatisfy { begins[$0] })
        }), triggers
    )
    // Those that stand in runs with a capital; near others; some way off.
    let isFar = { (rule: Int) in (windows[rule]?.reach ?? 0) > RunKind.token.shortest }
    let near = bound.filter { !isFar($0) }
    let capitals = near.filter { windows[$0]?.holdsCapital ?? false }
    let sets = [free, capitals, near.filter { !capitals.contains($0) }, bound.filter(isFar)]
    let others = sets.map { places in
      let triggers = Triggers(of: places, in: set.rules, literals, windows)
      return (index: LiteralIndex(triggers.literals), triggers: triggers)
    }
    everywhere = others[0]
    nearRuns = others[1...].filter { !$0.triggers.literals.isEmpty }
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
  init(
    of places: [Int], in rules: [Rule], _ texts: [[Literal]], _ windows: [Detector.Window?]
  ) {
    var rulesOf: [Literal: [Int]] = [:]
    for place in places {
      for literal in texts[place] { rulesOf[literal, default: []].append(place) }
      guard let window = windows[place] else { continue }
      widest.reach = max(widest.reach, window.reach)
      widest.lead = max(widest.lead, window.lead)
    }
    let ordered = rulesOf.sorted {
      ($0.value[0], $0.key.bytes.count) < ($1.value[0], $1.key.bytes.count)
    }
    literals = ordered.map(\.key)
    widest.holdsCapital = places.allSatisfy { windows[$0]?.holdsCapital ?? false }
    self.rules = ordered.map(\.value)
    prefixes = ordered.map { _, places in
      Set(places.map { rules[$0] }.filter(\.canBeJoined).map(\.publicPrefix))
        .map { Array($0.utf8) }
    }
  }

  /// Whether a hit stands where a secret that may be in parts begins.
  func isStart(_ hit: LiteralHit, in text: UnsafeRawBufferPointer) -> Bool {
    prefixes[hit.literal].contains { text[hit.at...].starts(with: $0) }
  }
}

extension Rule {
  /// What triggers it, of literals.
  fileprivate var literals: [Literal] {
    guard case .literals(let texts) = trigger else { return [] }
    return texts.map { Literal($0, ignoresCase: ignoresCase) }
  }

  /// Whether its literals begin matches, and no match begins right behind a letter or digit.
  fileprivate var beginsWord: Bool { lead == 0 && beginsWords(pattern) }

  /// Where its literals are worth a try; nil for everywhere.
  fileprivate var window: Detector.Window? {
    guard !unicode else { return nil }
    var window: Detector.Window?
    for kind in [RunKind.word, .token] {
      // What may be in parts is looked for near shorter runs.
      guard kind == .token || !showsParts, let demand = TokenDemand(pattern, of: kind),
        demand.reach <= Detector.Window.farthest
      else { continue }
      let reach = showsParts ? max(demand.reach, Detector.longestPart) : demand.reach
      let holdsCapital = literals.allSatisfy { literal in
        demand.reach == 0 && lead + literal.bytes.count <= demand.run && !literal.ignoresCase
          && literal.bytes.contains { $0 >= 0x41 && $0 <= 0x5A }
      }
      if window == nil || holdsCapital {
        window = Detector.Window(kind: kind, reach: reach, lead: lead, holdsCapital: holdsCapital)
      }
    }
    return window
  }

  /// Whether one of its literals tells where a secret begins that may be in parts.
  private var showsParts: Bool {
    guard case .literals(let texts) = trigger, canBeJoined else { return false }
    return texts.contains { publicPrefix.hasPrefix($0) }
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
