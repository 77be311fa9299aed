import Core
import Matching

/// How near a run of bytes a rule's literals must stand.
struct RunWindow: Sendable, Hashable {
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
  /// Runs from the rarest in prose on.
  static let sorts: [(kind: RunKind, run: Int)] = [
    (.word, 32), (.token, 40), (.word, 20), (.token, 24), (.word, 16), (.token, 16),
  ]

  /// Whether prose has hardly any such run.
  var isRare: Bool { run >= (kind == .word ? 20 : 40) }
  /// Bytes of a run's surroundings that are looked at.
  var width: Int { reach + lead }

  /// Where one of two is.
  static func widest(_ one: RunWindow?, _ other: RunWindow) -> RunWindow {
    guard let one else { return other }
    return RunWindow(
      kind: one.kind, run: min(one.run, other.run), reach: max(one.reach, other.reach),
      lead: max(one.lead, other.lead))
  }
}

/// Where a rule's literals count, as its pattern's source shows; kept with the rules, since reading that takes longer
/// than reading them.
struct TriggerPlace: Sendable, Equatable {
  /// Whether they stand in capitals and small letters alike.
  var ignoresCase: Bool
  /// Whether no literal stands in the midst of a word.
  var beginsWord: Bool
  /// Where they are worth a try; nil for everywhere.
  var window: RunWindow?

  init(_ rule: Rule) {
    ignoresCase = rule.ignoresCase
    beginsWord = false
    guard case .literals(let texts) = rule.trigger else { return }
    beginsWord =
      rule.triggersAtWords
      || (rule.lead > 0
        ? texts.allSatisfy { rule.pattern.contains("(?<![A-Za-z0-9])" + $0) }
        : beginsWords(rule.pattern))
    guard !rule.unicode else { return }
    for (kind, run) in RunWindow.sorts {
      if let demand = TokenDemand(rule.pattern, of: kind, atLeast: run),
        demand.reach <= RunWindow.farthest
      {
        window = RunWindow(kind: kind, run: demand.run, reach: demand.reach, lead: rule.lead)
        return
      }
    }
  }

  init(ignoresCase: Bool, beginsWord: Bool, window: RunWindow?) {
    self.ignoresCase = ignoresCase
    self.beginsWord = beginsWord
    self.window = window
  }
}
