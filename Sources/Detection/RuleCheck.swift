import Checks
package import Core
package import Documents

/// One example of a rule, filled and ready to be tried.
package struct RuleTrial: Sendable, CustomStringConvertible {
  package let rule: Rule
  package let number: Int
  package let isNegative: Bool
  let text: String
  let secrets: [Range<Int>]

  package var description: String {
    "\(rule.id) \(isNegative ? "negative example" : "example") \(number + 1)"
  }

  /// Every example of the rules, with invented values in its templates.
  package static func all(of rules: [Rule]) -> [RuleTrial] {
    rules.flatMap { rule in
      [(rule.examples, false), (rule.negativeExamples, true)].flatMap { examples, isNegative in
        examples.enumerated().map { number, example in
          RuleTrial(rule: rule, number: number, isNegative: isNegative, example: example.text)
        }
      }
    }
  }

  private init(rule: Rule, number: Int, isNegative: Bool, example: String) {
    self.rule = rule
    self.number = number
    self.isNegative = isNegative
    var template = Template(
      seed: UInt64(number) &+ rule.id.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    (text, secrets) = Template.unmark(template.fill(example).text)
  }

  /// What is wrong with the rule by this example; nil where it keeps its word.
  package func fault(_ scanner: Scanner) -> Fault? {
    func fault(_ message: String) -> Fault {
      Fault(file: rule.file, line: rule.line, message: "\(self): \(message)")
    }
    let found = scanner.findings(in: Post(id: "example", body: text)).findings
    let own = found.filter { $0.rule == rule.id && $0.confidence >= .medium }
    if isNegative {
      return own.isEmpty ? nil : fault("is found, as \(reasons(own)), but must not be")
    }
    guard !secrets.isEmpty else { return fault("marks no secret with « and »") }
    for span in secrets where !own.contains(where: { $0.span == span }) {
      let bytes = Array(text.utf8)
      if let near = found.first(where: { $0.span.overlaps(span) }) {
        let what =
          near.rule != rule.id
          ? " as rule `\(near.rule)`"
          : near.span == span ? "" : " as bytes \(near.span) and not \(span)"
        return fault("is found\(what), \(reasons([near]))")
      }
      return fault("is not found: \(String(decoding: bytes[span].prefix(4), as: UTF8.self))…")
    }
    return breaksPromise(scanner.detector) ? fault("matches where no trigger stands") : nil
  }

  private func reasons(_ findings: [Finding]) -> String {
    findings.map { finding in
      let reasons = finding.reasons.map(\.rawValue).joined(separator: ", ")
      return "\(finding.confidence.name) (\(reasons.isEmpty ? "by itself" : reasons))"
    }.joined(separator: "; ")
  }

  /// Whether the pattern matches the text somewhere that its trigger does not lead to.
  private func breaksPromise(_ detector: Detector) -> Bool {
    guard let index = detector.rules.firstIndex(where: { $0.id == rule.id }) else { return false }
    let matcher = Matcher(detector, limits: Limits())
    var text = text
    return text.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      let triggered = matcher.matches(in: TextPool(bytes)).matches.filter { $0.rule == index }.map(
        \.whole)
      let exhaustive = matcher.exhaustiveMatches(of: index, in: bytes).map(\.whole)
      return triggered != exhaustive
    }
  }
}

/// Fills the templates of one text after the other with invented values, the same ones every time; a tag keeps its
/// value across them. « and » are taken out.
package struct TemplateFiller {
  private var template = Template(seed: 1)

  package init() {}

  package mutating func fill(_ text: String) -> String {
    Template.unmark(template.fill(text).text).text
  }
}

extension RuleSet {
  /// Every fault that the rules' own examples show, and what texts built from them show of triggers and patterns.
  package func check() -> [Fault] {
    let scanner = Scanner(Detector(self), key: nil)
    let trials = RuleTrial.all(of: rules)
    let trialsByRule = Dictionary(grouping: trials) { $0.rule.id }
    let counts = TriggerCounts(rules)
    let lints = rules.flatMap { rule in
      let own = trialsByRule[rule.id] ?? []
      let probe = RuleProbe(rule, own)
      return [
        shadowFault(of: rule, own, scanner), counts.fault(of: rule), wordFault(of: rule),
        probe?.leadFault,
        probe?.costFault,
      ].compactMap(\.self)
    }
    return trials.compactMap { $0.fault(scanner) } + lints
  }
}
