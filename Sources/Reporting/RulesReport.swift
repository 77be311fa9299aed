package import Core

/// What `rules list` prints; each form ends with a line break.
package enum RulesReport {
  /// The rules in the given order as one JSON document.
  package static func json(_ rules: [Rule]) -> String {
    JSONValue.document([.init("rules", .array(rules.map(json)))]).indented + "\n"
  }

  /// The rules in the given order as a table.
  package static func text(_ rules: [Rule], _ style: Style) -> String {
    guard !rules.isEmpty else { return "No rules.\n" }
    let table = Table(
      columns: [
        .init("ID", least: 16, most: 48), .init("KIND", least: 12, most: 48),
        .init("SEVERITY", least: 8), .init("CONFIDENCE", least: 6), .init("CHECK", least: 5),
        .init("BASIS", least: 5),
      ],
      rows: rules.map { rule in
        [
          .init(rule.id), .init(rule.kind), .init(rule.severity.name, Paint(rule.severity)),
          .init(rule.confidence.name), .init(rule.check?.name ?? "-"), .init(rule.basis.name),
        ]
      })
    let providers = Set(rules.map(\.provider.slug)).count
    return table.text(style)
      + "\n\(Words.count(rules.count, "rule")) of \(Words.count(providers, "provider")).\n"
  }

  /// What trying the rules' examples came to.
  package struct Check: Sendable {
    package var rules: Int
    package var examples: Int
    package var faults: [Fault]

    package init(rules: Int, examples: Int, faults: [Fault]) {
      self.rules = rules
      self.examples = examples
      self.faults = faults
    }

    /// One thing wrong in a rule file.
    package struct Fault: Sendable {
      package var file: String
      package var line: Int
      package var message: String

      package init(file: String, line: Int, message: String) {
        self.file = file
        self.line = line
        self.message = message
      }
    }
  }

  /// The faults as one JSON document.
  package static func json(_ check: Check) -> String {
    let faults = check.faults.map { fault -> JSONValue in
      ["file": .string(fault.file), "line": .int(fault.line), "message": .string(fault.message)]
    }
    return JSONValue.document([
      .init("rules", .int(check.rules)), .init("examples", .int(check.examples)),
      .init("faults", .array(faults)),
    ]).indented + "\n"
  }

  /// The sentence that follows the faults.
  package static func text(_ check: Check) -> String {
    guard check.faults.isEmpty else { return Words.count(check.faults.count, "fault") + "\n" }
    let what = "\(Words.count(check.rules, "rule")), \(Words.count(check.examples, "example"))"
    return what + ": all hold\n"
  }

  private static func json(_ rule: Rule) -> JSONValue {
    [
      "id": .string(rule.id),
      "name": .string(rule.name),
      "provider": .string(rule.provider.slug),
      "family": .string(rule.provider.family.name),
      "events": .array(
        rule.provider.events.map { event -> JSONValue in
          [
            "before": .string("\(event.before)"), "severity": .string(event.severity.name),
            "what": .string(event.what),
          ]
        }),
      "kind": .string(rule.kind),
      "category": .string(rule.category.name),
      "severity": .string(rule.severity.name),
      "confidence": .string(rule.confidence.name),
      "stage": .text(rule.stage),
      "check": .text(rule.check?.name),
      "companion": .text(rule.companion),
      "evidence": .names(rule.evidence),
      "harms_when_quoted": .bool(rule.harmsWhenQuoted),
      "grants": .text(rule.grants),
      "rotation": [
        "general": .bool(rule.rotation.isGeneral), "url": .text(rule.rotation.url),
        "steps": .texts(rule.rotation.steps),
      ],
      "advice": .texts(rule.advice),
      "references": .texts(rule.references),
      "basis": .string(rule.basis.name),
    ]
  }
}
