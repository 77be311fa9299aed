package import Core

/// One finding of `check`, with the record it was found in.
package struct CheckRow: Sendable {
  /// The record's id, or the path of a text file.
  package var postID: PublicText?
  package var platform: PublicText?
  package var agent: PublicText?
  package var recordKind: PostKind?
  package var finding: Finding
  /// Where it stands in a text file, counted from 1; nil in other records.
  package var line: Int?
  /// The raw value, where it was asked for and may be shown.
  package var secret: String?

  package init(
    postID: PublicText?, platform: PublicText?, agent: PublicText?, recordKind: PostKind?,
    finding: Finding, line: Int? = nil, secret: String? = nil
  ) {
    self.postID = postID
    self.platform = platform
    self.agent = agent
    self.recordKind = recordKind
    self.finding = finding
    self.line = line
    self.secret = secret
  }
}

/// What `check` did as a whole.
package struct CheckSummary: Sendable, Equatable {
  package var records: Int
  /// Records with a finding that was shown.
  package var recordsWithFindings: Int
  /// Findings shown, by severity.
  package var findings: [Severity: Int]
  /// Findings under the thresholds, by rule.
  package var heldBack: [String: Int]
  /// Lines that are no records.
  package var passedOver: Int
  /// Texts, readings and searches that a limit cut short.
  package var cut: Int
  /// Whether every input was read to its end.
  package var complete: Bool

  package init(
    records: Int = 0, recordsWithFindings: Int = 0, findings: [Severity: Int] = [:],
    heldBack: [String: Int] = [:], passedOver: Int = 0, cut: Int = 0, complete: Bool = true
  ) {
    self.records = records
    self.recordsWithFindings = recordsWithFindings
    self.findings = findings
    self.heldBack = heldBack
    self.passedOver = passedOver
    self.cut = cut
    self.complete = complete
  }
}

/// What `check` prints: lines or a document for scripts, text for people; each ends with a line break.
package enum CheckReport {
  /// One finding as a line of JSON.
  package static func line(_ row: CheckRow) -> String { json(row).rendered + "\n" }

  /// The beginning of one JSON document of all findings, which is written as they come.
  package static let documentOpening = "{\"schema\":1,\"findings\":["

  /// One finding of the document.
  package static func documentItem(_ row: CheckRow, isFirst: Bool) -> String {
    (isFirst ? "\n" : ",\n") + json(row).rendered
  }

  /// The end of the document, with the summary.
  package static func documentClosing(_ summary: CheckSummary) -> String {
    "\n],\"summary\":" + json(summary).rendered + "}\n"
  }

  /// One finding for people: what was found, then where and why.
  package static func text(_ row: CheckRow, _ style: Style) -> String {
    let finding = row.finding
    let severity = style.painted(finding.severity.name, Paint(finding.severity))
    let gap = String(repeating: " ", count: 10 - finding.severity.name.count)
    let head = finding.preview.string.fitted(26).padded(26) + "  "
    let rule = finding.rule.fitted(style.columns(beside: 38))
    var text = severity + gap + head + style.painted(rule, .strong) + "\n"
    text += sentence(row).wrapped(indent: indent, width: style.width)
    if let secret = row.secret {
      // As a JSON string, so that it cannot move the cursor and is still exact.
      text += indent + "secret: " + JSONValue.string(secret).rendered + "\n"
    }
    return text
  }

  /// What `check` did, for people, after the findings.
  package static func closing(_ summary: CheckSummary, _ style: Style) -> String {
    let total = summary.findings.values.reduce(0, +)
    var text =
      total == 0
      ? "Nothing found in \(Words.count(summary.records, "record")).\n"
      : "\(Words.count(total, "finding")) in \(Words.grouped(summary.recordsWithFindings)) of "
        + "\(Words.count(summary.records, "record")): \(Words.severities(summary.findings)).\n"
    let held = summary.heldBack.values.reduce(0, +)
    if held > 0 {
      text +=
        "\(Words.count(held, "finding")) held back: see --min-confidence and --min-severity.\n"
    }
    if summary.passedOver > 0 {
      text += "\(Words.count(summary.passedOver, "line")) passed over: no records.\n"
    }
    if summary.cut > 0 {
      text += Words.cuts(summary.cut) + ".\n"
    }
    if !summary.complete { text += "Incomplete: an input could not be read to its end.\n" }
    return text
  }

  /// Why secrets that were asked for are not shown.
  package static func refusal(of number: Int) -> String {
    let (what, whose) =
      number == 1
      ? ("1 secret is", "its record names")
      : ("\(Words.grouped(number)) secrets are", "their records name")
    return "\(what) not shown: \(whose) a platform, and the agent is not on the watch list"
  }

  private static let indent = String(repeating: " ", count: 10)

  private static func sentence(_ row: CheckRow) -> String {
    let finding = row.finding
    let place = (row.postID?.string ?? "-").fitted(72)
    let span = "\(finding.field.name):\(finding.span.lowerBound)-\(finding.span.upperBound)"
    var parts = [row.line.map { "\(place):\($0)" } ?? "\(place) \(span)"]
    switch (row.platform, row.agent) {
    case (let platform?, let agent): parts.append("by " + Words.agent(platform, agent))
    case (nil, let agent?): parts.append("by " + agent.string.fitted(40))
    case (nil, nil): break
    }
    let why = Words.reasons(finding.reasons, finding.disguise)
    parts.append(
      "\(finding.confidence.name) confidence".unbroken + (why.isEmpty ? "" : ": " + why))
    return parts.joined(separator: ", ")
  }

  private static func json(_ row: CheckRow) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("post_id", .text(row.postID)),
      .init("platform", .text(row.platform)),
      .init("agent", .text(row.agent)),
      .init("record_kind", .text(row.recordKind?.name)),
    ]
    members += JSONValue.finding(row.finding)
    if let secret = row.secret { members.append(.init("secret", .string(secret))) }
    return .document(members)
  }

  private static func json(_ summary: CheckSummary) -> JSONValue {
    [
      "records": .int(summary.records),
      "records_with_findings": .int(summary.recordsWithFindings),
      "findings": .severities(summary.findings),
      "held_back": .counts(summary.heldBack),
      "lines_passed_over": .int(summary.passedOver),
      "texts_cut": .int(summary.cut),
      "complete": .bool(summary.complete),
    ]
  }
}
