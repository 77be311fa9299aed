import Core
import Documents
import Matching

/// What a rule's pattern does on texts built from its examples: where matches begin, and how long an attempt takes.
struct RuleProbe {
  let rule: Rule
  /// Searches everywhere, whatever the trigger.
  private let pattern: Pattern
  private let examples: [[UInt8]]

  /// Takes the rule with its own examples; nil where its pattern cannot be compiled.
  init?(_ rule: Rule, _ trials: [RuleTrial]) {
    guard
      let pattern = try? Pattern(
        rule.pattern, anchored: false, unicode: rule.unicode, fast: false)
    else { return nil }
    self.rule = rule
    self.pattern = pattern
    examples = trials.filter { !$0.isNegative }.map { Array($0.text.utf8) }
  }

  /// A match that begins before its literal by more than the rule's `lead`.
  var leadFault: Fault? {
    guard case .literals(let literals) = rule.trigger else { return nil }
    for example in examples {
      guard let match = match(in: example) else { continue }
      let places = places(of: literals, in: example).filter { $0 >= match.lowerBound }
      if let first = places.first, first - match.lowerBound > rule.lead {
        return fault(
          "a match begins \(first - match.lowerBound) bytes before its literal; declare `lead: \(first - match.lowerBound)`, or let the pattern begin at the literal"
        )
      }
    }
    guard rule.lead == 0, let firsts = pattern.firstBytes else { return nil }
    let own = Set(literals.compactMap { $0.utf8.first })
    let allowed = rule.ignoresCase ? Set(own.flatMap { [$0, $0 ^ 0x20] }).union(own) : own
    guard let other = firsts.subtracting(allowed).min() else { return nil }
    return fault(
      "a match may begin with `\(Character(Unicode.Scalar(other)))`, which begins none of its literals; declare `lead`, add the literal, or let the pattern begin at it"
    )
  }

  /// An attempt whose steps grow with the text, so that many attempts in one text grow with its square, or that a scan
  /// would cut short.
  var costFault: Fault? {
    for example in examples.prefix(2) {
      guard let match = match(in: example), let triggerEnd = triggerEnd(in: example, match) else {
        continue
      }
      let middle = (match.lowerBound + match.upperBound) / 2
      for head in Set([triggerEnd, middle, match.upperBound - 1]).sorted() where head > 0 {
        for filler in fillers(example, match, head) {
          if let fault = costFault(Array(example[..<head]), filler, at: match.lowerBound) {
            return fault
          }
        }
      }
    }
    return nil
  }

  private func costFault(_ head: [UInt8], _ filler: [UInt8], at start: Int) -> Fault? {
    let limit = Int(Limits().matchSteps)
    guard let long = steps(head, filler, at: start, RuleProbe.longText, limit) else {
      return fault(
        "an attempt takes over \(limit) steps on a text that goes on with `\(shown(filler))`, and would be cut short; bound its quantifiers, make them possessive, or let neighbours share no characters"
      )
    }
    guard long > RuleProbe.fewSteps,
      let short = steps(head, filler, at: start, RuleProbe.longText / 4, limit),
      long > 2 * short
    else { return nil }
    return fault(
      "the longer a text that goes on with `\(shown(filler))`, the longer an attempt: \(short) steps, and \(long) on four times the text; bound its quantifiers"
    )
  }

  private static let longText = 65_536
  /// Under so many steps no attempt matters.
  private static let fewSteps = 4_096

  private func steps(
    _ head: [UInt8], _ filler: [UInt8], at start: Int, _ size: Int, _ limit: Int
  ) -> Int? {
    (head + filler.prefix(size)).withUnsafeBytes {
      pattern.steps(at: start, in: $0, least: RuleProbe.fewSteps, limit: limit)
    }
  }

  /// What near-matches may go on with.
  private func fillers(_ example: [UInt8], _ match: Range<Int>, _ head: Int) -> [[UInt8]] {
    RuleProbe.commonFillers
      + [[example[head - 1]], [example[min(head, example.count - 1)]], Array(example[match])].map(
        RuleProbe.filled)
  }

  private static let commonFillers = ["a", "A", "0", " ", "\n", "a ", "a1B-"]
    .map { filled(Array($0.utf8)) }

  /// A unit over and over; by doubling, since texts are long.
  private static func filled(_ unit: [UInt8]) -> [UInt8] {
    var text = unit
    while text.count < longText { text += text }
    return text
  }

  private func triggerEnd(in example: [UInt8], _ match: Range<Int>) -> Int? {
    guard case .literals(let literals) = rule.trigger else { return match.lowerBound + 1 }
    return literals.flatMap { literal in
      places(of: [literal], in: example).map { $0 + literal.utf8.count }
    }.filter { match.lowerBound < $0 && $0 <= match.upperBound }.min()
  }

  private func places(of literals: [String], in text: [UInt8]) -> [Int] {
    let text = rule.ignoresCase ? lowercased(text) : text
    return literals.flatMap { literal in
      let bytes = rule.ignoresCase ? lowercased(Array(literal.utf8)) : Array(literal.utf8)
      return text.indices.filter { text[$0...].starts(with: bytes) }
    }.sorted()
  }

  private func match(in text: [UInt8]) -> Range<Int>? {
    var scratch = Scratch(matchSteps: Limits().matchSteps)
    let found = text.withUnsafeBytes {
      scratch.firstMatch(of: pattern, in: $0, from: 0, through: text.count)
    }
    guard case .match(let range) = found, !range.isEmpty else { return nil }
    return range
  }

  private func shown(_ filler: [UInt8]) -> String {
    String(decoding: filler.prefix(4), as: UTF8.self).debugDescription.dropFirst().dropLast() + "…"
  }

  private func fault(_ message: String) -> Fault {
    Fault(file: rule.file, line: rule.line, message: "rule `\(rule.id)`: \(message)")
  }
}

private func lowercased(_ text: [UInt8]) -> [UInt8] {
  text.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
}
