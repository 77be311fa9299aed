import Core
import Detection
import Generation

/// Prints what is found of the generator's cases, by disguise, and which look-alikes are taken for secrets; with `list`
/// also each failure, which is invented and may be shown.
func printRecall(_ detector: Detector, oneIn share: Int, list: Bool) {
  let scanner = Scanner(detector, key: nil)
  var recall = Recall()
  CaseGenerator(detector).forEachCase(oneIn: share) { made in
    let outcome = scanner.outcome(of: made)
    recall.add(outcome, of: made.hiding)
    if list, outcome != .exact {
      print("\(outcome.rawValue) \(made), at \(made.spans[0])")
      for finding in scanner.findings(in: made.post).findings {
        let reasons = finding.reasons.map(\.rawValue).joined(separator: " ")
        print("  \(finding.rule) at \(finding.span), \(finding.confidence.name): \(reasons)")
      }
      print("\(made.text)\n")
    }
  }
  printRow(["disguise", "cases"] + Outcome.allCases.map(\.rawValue), first: 48)
  for row in recall.rows {
    printRow(
      ["\(row.hiding)", "\(row.total)"] + Outcome.allCases.map { "\(row.counts[$0] ?? 0)" },
      first: 48)
  }
  print("found exactly, of the disguised: \(percent(recall.share))\n")
  printLookAlikes(scanner, list: list)
}

private func printLookAlikes(_ scanner: Scanner, list: Bool) {
  var silence = Silence()
  for lookAlike in LookAlike.all(scanner.detector, each: 20) {
    let voices = scanner.voices(in: lookAlike)
    silence.add(voices, of: lookAlike)
    if list, !voices.isEmpty { print("\(voices.joined(separator: ", ")) of \(lookAlike)\n") }
  }
  printRow(["look-alike", "texts", "spoke"], first: 48)
  for row in silence.rows {
    printRow([row.why, "\(row.total)", "\(row.spoke)"] + row.rules.sorted(), first: 48)
  }
  print("silent: \(percent(silence.share))")
}

private func percent(_ share: Double) -> String {
  let tenths = Int((share * 10_000).rounded(.down))
  return "\(tenths / 100).\(tenths % 100 < 10 ? "0" : "")\(tenths % 100) %"
}
