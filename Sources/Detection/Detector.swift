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
  let windows: [RunWindow?]
  let searches: [Search]
  /// Bytes that a match may begin before its literal, in any rule.
  let longestLead: Int
  /// Where secrets begin that may be in parts; its literals have no rules.
  let starts: Search
  let runs: [(finder: RunFinder, rules: [Int])]
  let wordRows: (finder: WordRowFinder, rules: [Int])?
  private let positions: [String: Int]
  /// Public prefixes that are long enough to tell a kind alone.
  private let prefixes: [[UInt8]]
  private let compiled: Mutex<[CompiledRule?]>

  /// Literals that are looked for at once.
  struct Search: Sendable {
    var index: Index
    /// Bytes of the longest literal.
    var longest: Int
    /// The rules of each literal, by its position in the index.
    var rules: [[Int]]
    /// The widest windows of the rules, one for each kind of run; empty for everywhere.
    var windows: [RunWindow]
    /// Whether every literal begins with a character beyond ASCII.
    var isBeyondASCII = false

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
    positions = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    prefixes = Set(rules.map(\.publicPrefix)).map { Array($0.utf8) }.filter { prefix in
      prefix.count >= 5 || prefix.count >= 3 && prefix.last.map("_-".utf8.contains) ?? false
    }
    compiled = Mutex(Array(repeating: nil, count: rules.count))
    let places = set.triggerPlaces
    windows = places.map(\.window)
    longestLead = rules.map(\.lead).max() ?? 0
    var groups: [Search.Group: [Int]] = [:]
    var runRules: [Trigger: [Int]] = [:]
    var rowRules: [Int] = []
    for (index, rule) in rules.enumerated() {
      switch rule.trigger {
      case .literals: groups[Search.Group(rule, places[index]), default: []].append(index)
      case .run: runRules[rule.trigger, default: []].append(index)
      case .wordlist: rowRules.append(index)
      }
    }
    searches = groups.sorted { $0.value[0] < $1.value[0] }.map { [rules] group, members in
      Search(of: members, in: rules, group, places)
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
    positions[id].map { rules[$0] }
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
  fileprivate enum Group: Hashable {
    /// Known by words: near rare runs, farther off, and everywhere, where further ones cost next to nothing.
    case near, far, everywhere
    /// Beginning with characters beyond ASCII, which most texts have few of.
    case beyondASCII(RunKind?)
    /// The others, alike runs and widths by themselves.
    case bytes(RunKind?, run: Int, width: Int)

    init(_ rule: Rule, _ place: TriggerPlace) {
      let window = place.window
      let literals = rule.literals(place)
      if literals.allSatisfy({ WordIndex.gram(of: $0, beginsWord: place.beginsWord) != nil }) {
        self =
          switch window {
          case .some(let window) where window.isRare && window.width <= 64: .near
          case .some(let window) where window.isRare && window.width <= 400: .far
          default: .everywhere
          }
      } else {
        self =
          literals.allSatisfy { $0.bytes[0] >= 0x80 }
          ? .beyondASCII(window?.kind)
          : .bytes(window?.kind, run: (window?.run ?? 0) / 16, width: (window?.width ?? 0) / 64)
      }
    }
  }

  /// How far before a run the first part of a secret in parts may stand, in bytes.
  private static let longestPart = 96

  fileprivate init(
    of members: [Int], in rules: [Rule], _ group: Group, _ places: [TriggerPlace]
  ) {
    var literals: [Literal: [Int]] = [:]
    for rule in members {
      for literal in rules[rule].literals(places[rule]) {
        literals[literal, default: []].append(rule)
      }
    }
    let ordered = literals.sorted {
      ($0.value[0], $0.key.bytes.count) < ($1.value[0], $1.key.bytes.count)
    }
    self.rules = ordered.map(\.value)
    longest = ordered.map(\.key.bytes.count).max() ?? 0
    switch group {
    case .near, .far, .everywhere:
      index = .words(
        WordIndex(ordered.map { ($0.key, $0.value.allSatisfy { places[$0].beginsWord }) }))
    case .bytes, .beyondASCII: index = .bytes(LiteralIndex(ordered.map(\.key)))
    }
    if case .beyondASCII = group { isBeyondASCII = true }
    let all = group == .everywhere ? [] : members.compactMap { places[$0].window }
    windows = Dictionary(grouping: all, by: \.kind).values
      .compactMap { $0.reduce(nil, RunWindow.widest) }
  }

  /// Of the first part of a secret the prefix is known; what follows is near, and has a digit.
  fileprivate init(prefixesOf rules: [Rule]) {
    let texts = Set(rules.filter(\.canBeJoined).map(\.publicPrefix)).sorted()
      .map { Literal($0, ignoresCase: false) }
      .filter { WordIndex.gram(of: $0, beginsWord: true) != nil }
    self.rules = texts.map { _ in [] }
    longest = texts.map(\.bytes.count).max() ?? 0
    index = .words(WordIndex(texts.map { ($0, true) }))
    windows = [
      RunWindow(
        kind: .word, run: RunKind.shortest, reach: Self.longestPart, lead: 0, holdsDigit: true)
    ]
  }
}

extension Rule {
  /// What triggers it, of literals.
  fileprivate func literals(_ place: TriggerPlace) -> [Literal] {
    guard case .literals(let texts) = trigger else { return [] }
    return texts.map { Literal($0, ignoresCase: place.ignoresCase) }
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
