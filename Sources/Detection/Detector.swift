import Checks
package import Core
import Documents
import Matching

/// All rules, compiled: immutable, shared by every scanner.
///
/// A text goes through one pass over all literal triggers (and one sparse pass for each run or word-list trigger);
/// a rule's pattern runs only where its trigger stands.
package final class Detector: Sendable {
  package let rules: [Rule]
  /// Names the set of rules; see `RuleSet.digest`.
  package let digest: String
  let patterns: [Pattern]
  /// The number of the group that is the finding, by rule; 0 where the whole match is.
  let secretGroups: [Int]
  /// The groups that go to `details`, by rule.
  let detailGroups: [[(key: DetailKey, number: Int)]]
  let literals: LiteralIndex
  /// The rules of each literal, by its position in the index.
  let rulesOfLiteral: [[Int]]
  let runs: [(finder: RunFinder, rules: [Int])]
  let wordRows: (finder: WordRowFinder, rules: [Int])?
  private let places: [String: Int]

  /// Compiles the rules.
  /// - Throws: every fault at once.
  package init(_ set: RuleSet) throws(RuleError) {
    rules = set.rules
    digest = set.digest
    var patterns: [Pattern] = []
    for rule in rules {
      do {
        patterns.append(
          try Pattern(rule.pattern, anchored: rule.isAnchored, unicode: rule.unicode))
      } catch {
        throw .faulty([.init(file: rule.file, line: rule.line, message: "\(rule.id): \(error)")])
      }
    }
    self.patterns = patterns
    secretGroups = patterns.map { $0.groups.first { $0.name == "secret" }?.number ?? 0 }
    detailGroups = patterns.map { pattern in
      pattern.groups.compactMap { group in
        DetailKey(name: group.name).map { ($0, group.number) }
      }
    }
    places = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })

    var literalRules: [LiteralIndex.Literal: [Int]] = [:]
    var runRules: [Trigger: [Int]] = [:]
    var rowRules: [Int] = []
    for (index, rule) in rules.enumerated() {
      switch rule.trigger {
      case .literals(let texts):
        let ignoresCase = rule.pattern.contains("(?i")
        for text in texts {
          literalRules[.init(text, ignoresCase: ignoresCase), default: []].append(index)
        }
      case .run: runRules[rule.trigger, default: []].append(index)
      case .wordlist: rowRules.append(index)
      }
    }
    let ordered = literalRules.sorted { $0.value[0] < $1.value[0] }
    literals = LiteralIndex(ordered.map(\.key))
    rulesOfLiteral = ordered.map(\.value)
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
}

/// Rows of at least twelve BIP-39 words; numbers, bullets and line ends may part them.
private let bip39Rows = WordRowFinder(
  min: 12, shortest: 3, longest: 8, widestGap: 12,
  isListed: { BIP39.index(of: $0.bindMemory(to: UInt8.self).span) != nil })
