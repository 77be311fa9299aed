import Checks
package import Core
import Documents
import Matching
import Synchronization

/// All rules, ready to match: immutable but for patterns compiled when first wanted, shared by every scanner.
///
/// A pattern runs where its trigger stands, and most patterns can match only near a run of token bytes, which prose
/// hardly ever has: so their literals are looked for there alone, those of alike rules at once.
package final class Detector: Sendable {
  package let rules: [Rule]
  /// Names the set of rules; see `RuleSet.digest`.
  package let digest: String
  /// Where a rule's hits are worth a try, by rule; nil where they are everywhere.
  let windows: [Window?]
  let searches: [Search]
  /// Where secrets begin that may be in parts; its literals have no rules.
  let starts: Search
  let runs: [(finder: RunFinder, rules: [Int])]
  let wordRows: (finder: WordRowFinder, rules: [Int])?
  private let places: [String: Int]
  /// Public prefixes that are long enough to tell a kind alone.
  private let prefixes: [[UInt8]]
  private let compiled: Mutex<[CompiledRule?]>

  /// How near a run a rule's literals must stand.
  struct Window: Sendable, Hashable {
    var kind: RunKind
    /// Bytes of the run at least.
    var run: Int
    /// Bytes that a literal may stand before a run at most.
    var reach: Int
    /// Bytes that it may stand behind the last place where a run of that length can begin.
    var lead: Int
    /// Whether the run holds a digit.
    var holdsDigit = false

    /// The farthest that a run may begin behind a match's start: literals of farther ones are worth a try everywhere.
    static let farthest = 300

    /// Runs from the rarest in prose on; rules that want one of a sort are looked for together.
    static let sorts: [(kind: RunKind, run: Int)] = [
      (.word, 32), (.token, 40), (.word, 20), (.token, 24), (.word, 16), (.token, 16),
    ]

    /// The position of the rarest sort that such a run is of.
    var sort: Int { Window.sorts.firstIndex { $0.kind == kind && $0.run <= run } ?? 0 }

    /// Where one of two is.
    static func widest(_ one: Window?, _ other: Window) -> Window {
      guard let one else { return other }
      return Window(
        kind: one.kind, run: min(one.run, other.run), reach: max(one.reach, other.reach),
        lead: max(one.lead, other.lead))
    }
  }

  /// Literals that are looked for at once.
  struct Search: Sendable {
    var index: Index
    /// Bytes of the longest literal.
    var longest: Int
    /// The rules of each literal, by its position in the index.
    var rules: [[Int]]
    /// The widest window of the rules; nil for everywhere.
    var window: Window?

    enum Index: Sendable {
      /// Known by a word that begins in each.
      case words(WordIndex)
      case bytes(LiteralIndex)
    }
  }

  /// Takes the rules; `RuleSet` has seen to it that their patterns compile.
  package init(_ set: RuleSet) {
    rules = set.rules
    digest = set.digest
    places = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    prefixes = Set(rules.map(\.publicPrefix)).map { Array($0.utf8) }.filter { $0.count >= 5 }
    compiled = Mutex(Array(repeating: nil, count: rules.count))
    let windows = rules.map(\.window)
    self.windows = windows
    var groups: [Search.Group: [Int]] = [:]
    var runRules: [Trigger: [Int]] = [:]
    var rowRules: [Int] = []
    for (index, rule) in rules.enumerated() {
      switch rule.trigger {
      case .literals: groups[Search.Group(rule, windows[index]), default: []].append(index)
      case .run: runRules[rule.trigger, default: []].append(index)
      case .wordlist: rowRules.append(index)
      }
    }
    searches = groups.sorted { $0.value[0] < $1.value[0] }.map { [rules] group, places in
      Search(of: places, in: rules, group, windows)
    }
    starts = Search(prefixesOf: rules)
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

  /// Whether a secret begins as those of some kind do.
  func knowsPrefix(of secret: [UInt8]) -> Bool {
    prefixes.contains { secret.starts(with: $0) }
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

extension Detector.Search {
  /// Rules whose literals are found in the same places by the same means.
  fileprivate struct Group: Hashable {
    var isByWords: Bool
    var sort: Int?
    var isNear: Bool

    init(_ rule: Rule, _ window: Detector.Window?) {
      let beginsWord = rule.beginsWord
      isByWords = rule.literals.allSatisfy {
        WordIndex.gram(of: $0, beginsWord: beginsWord) != nil
      }
      sort = window?.sort
      isNear = window.map { $0.reach + $0.lead <= 64 } ?? false
    }
  }

  /// How far before a run the first part of a secret in parts may stand, in bytes.
  private static let longestPart = 96

  fileprivate init(
    of places: [Int], in rules: [Rule], _ group: Group, _ windows: [Detector.Window?]
  ) {
    var literals: [Literal: [Int]] = [:]
    for place in places {
      for literal in rules[place].literals { literals[literal, default: []].append(place) }
    }
    let ordered = literals.sorted {
      ($0.value[0], $0.key.bytes.count) < ($1.value[0], $1.key.bytes.count)
    }
    self.rules = ordered.map(\.value)
    longest = ordered.map(\.key.bytes.count).max() ?? 0
    index =
      group.isByWords
      ? .words(
        WordIndex(ordered.map { ($0.key, $0.value.allSatisfy { rules[$0].beginsWord }) }))
      : .bytes(LiteralIndex(ordered.map(\.key)))
    window = places.compactMap { windows[$0] }.reduce(nil, Detector.Window.widest)
  }

  /// Of the first part of a secret the prefix is known; what follows is near, and has a digit.
  fileprivate init(prefixesOf rules: [Rule]) {
    let texts = Set(rules.filter(\.canBeJoined).map(\.publicPrefix)).sorted()
      .map { Literal($0, ignoresCase: false) }
      .filter { WordIndex.gram(of: $0, beginsWord: true) != nil }
    self.rules = texts.map { _ in [] }
    longest = texts.map(\.bytes.count).max() ?? 0
    index = .words(WordIndex(texts.map { ($0, true) }))
    window = Detector.Window(
      kind: .word, run: RunKind.shortest, reach: Self.longestPart, lead: 0, holdsDigit: true)
  }
}

extension Rule {
  /// What triggers it, of literals.
  fileprivate var literals: [Literal] {
    guard case .literals(let texts) = trigger else { return [] }
    return texts.map { Literal($0, ignoresCase: ignoresCase) }
  }

  /// Whether no literal stands in the midst of a word, as the pattern's look-behind shows.
  fileprivate var beginsWord: Bool {
    guard lead > 0, case .literals(let texts) = trigger else { return beginsWords(pattern) }
    return texts.allSatisfy { pattern.contains("(?<![A-Za-z0-9])" + $0) }
  }

  /// Where its literals are worth a try; nil for everywhere.
  fileprivate var window: Detector.Window? {
    guard !unicode else { return nil }
    for (kind, run) in Detector.Window.sorts {
      if let demand = TokenDemand(pattern, of: kind, atLeast: run),
        demand.reach <= Detector.Window.farthest
      {
        return Detector.Window(kind: kind, run: demand.run, reach: demand.reach, lead: lead)
      }
    }
    return nil
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
