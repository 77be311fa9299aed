package import Core

/// The page that shows what kinds the rules know: `patterns/README.md`.
package enum KindsPage {
  /// In Markdown: how many there are by family and severity, then every rule by family and provider.
  package static func markdown(_ rules: [Rule]) -> String {
    let families = Dictionary(grouping: rules, by: \.provider.family)
    let shown = Family.allCases.filter { families[$0] != nil }
    let severities = Array(Severity.allCases.reversed())
    var lines = [
      "# Kinds", "",
      "Made by `make kinds` from the rules beside it; how to write one is in [CONTRIBUTING.md](../CONTRIBUTING.md).",
      "", row(["family", "rules"] + severities.map(\.name) + ["proved offline"]),
      "|---|" + String(repeating: "--:|", count: severities.count + 2),
    ]
    for family in shown + [nil] {
      let own = family.map { families[$0] ?? [] } ?? rules
      lines.append(
        row(
          [family.map { "[\($0.name)](#\($0.name))" } ?? "all", "\(own.count)"]
            + severities.map { severity in "\(own.count { $0.severity == severity })" }
            + ["\(own.count { $0.check != nil })"]))
    }
    for family in shown {
      lines += [
        "", "## \(family.name)", "",
        row(["provider", "rule", "finds", "severity", "confidence", "proof"]),
        "|---|---|---|---|---|---|",
      ]
      var last = ""
      for rule in families[family] ?? [] {
        let provider = rule.provider.slug == last ? "" : rule.provider.name
        last = rule.provider.slug
        lines.append(
          row([
            provider, "`\(rule.id)`", rule.name, rule.severity.name, rule.confidence.name,
            rule.check?.name ?? "",
          ]))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }
}
