package import Core

/// What `rules explain` prints; each form ends with a line break.
package enum ExplanationReport {
  /// The steps as one JSON document.
  package static func json(_ explanation: Explanation) -> String {
    let readings = explanation.readings.map { reading -> JSONValue in
      [
        "of": number(reading.parent), "disguise": .names(reading.disguise),
        "start": .int(reading.span.lowerBound), "end": .int(reading.span.upperBound),
        "bytes": .int(reading.bytes),
      ]
    }
    let triggers = explanation.triggers.map { trigger -> JSONValue in
      [
        "reading": number(trigger.reading), "trigger": .string(words(trigger.cause)),
        "start": .int(trigger.span.lowerBound), "end": .int(trigger.span.upperBound),
        "matched": .texts(trigger.matched), "unmatched": .texts(trigger.unmatched),
      ]
    }
    return JSONValue.document([
      .init("bytes", .int(explanation.bytes)), .init("cuts", .int(explanation.cuts)),
      .init("matches", .array(explanation.matches.map(json))),
      .init("readings", .array(readings)), .init("triggers", .array(triggers)),
      .init("triggers_left_out", .int(explanation.triggersLeft)),
    ]).indented + "\n"
  }

  /// For people: what came of it, every match with its reasons, then the readings and the triggers.
  package static func text(_ explanation: Explanation, _ style: Style) -> String {
    var parts = [closing(explanation)]
    parts += explanation.matches.prefix(most).map { text($0, style) }
    if explanation.matches.count > most {
      parts.append(more(explanation.matches.count - most, "match", "more matches"))
    }
    if !explanation.readings.isEmpty { parts.append(readings(explanation.readings, style)) }
    if !explanation.triggers.isEmpty { parts.append(triggers(explanation, style)) }
    return parts.joined(separator: "\n")
  }

  /// Matches, readings and triggers that people are shown of each; JSON has all.
  private static let most = 50

  private static func closing(_ explanation: Explanation) -> String {
    let found = explanation.matches.count { $0.outcome == .found }
    let text = Words.count(explanation.bytes, "byte")
    let nothing =
      !explanation.matches.isEmpty
      ? "what matches is held back"
      : explanation.triggers.isEmpty
        ? "no rule's trigger stands there" : "triggers stand there, and no pattern matches"
    let sentence =
      found > 0
      ? "\(Words.count(found, "finding")) in \(text).\n" : "Nothing found in \(text): \(nothing).\n"
    return sentence + (explanation.cuts > 0 ? Words.cuts(explanation.cuts) + ".\n" : "")
  }

  private static func text(_ match: Explanation.Match, _ style: Style) -> String {
    let finding = match.finding
    let rule = style.painted(finding.rule.fitted(style.columns(beside: indent.count)), .strong)
    return style.painted(match.outcome.word.padded(indent.count), match.paint) + rule + "\n"
      + lines(of: match).map { $0.wrapped(indent: indent, width: style.width) }.joined()
  }

  private static let indent = String(repeating: " ", count: 12)

  private static func lines(of match: Explanation.Match) -> [String] {
    let finding = match.finding
    let preview = finding.preview.string.fitted(60).unbroken
    let place = match.reading.map { ", in reading \($0)" } ?? ""
    var lines = [
      "\(preview) at bytes \(words(finding.span))" + place,
      "\(finding.severity.name), \(finding.confidence.name) confidence; "
        + "the rule says \(match.severity.name), \(match.confidence.name)",
    ]
    for (effect, label) in effects {
      let reasons = zip(finding.reasons, match.effects).filter { $0.1 == effect }.map(\.0)
      var sentence = Words.reasons(reasons)
      if effect == .holds, match.isLoose {
        sentence += (sentence.isEmpty ? "" : "; ") + "nothing shows that its parts belong together"
      }
      if !sentence.isEmpty { lines.append("\(label): \(sentence)") }
    }
    let missing = match.missing.compactMap { raisers[$0] }
    if !missing.isEmpty { lines.append("would raise it: \(missing.joined(separator: "; "))") }
    if case .givesWay(let rule) = match.outcome {
      lines.append("gives way to " + (rule ?? "another match") + ", which says more of that place")
    }
    return lines
  }

  private static let effects: KeyValuePairs<Explanation.Effect, String> = [
    .raises: "raised", .lowers: "lowered", .holds: "held at low", .none: "noted",
  ]

  private static let raisers: [Reason: String] = [
    .context: "words near it that speak of it", .companion: "its other part in the same post",
  ]

  private static func readings(_ readings: [Explanation.Reading], _ style: Style) -> String {
    let table = Table(
      columns: [
        .init("READING", right: true), .init("OF", least: 4), .init("WHERE", least: 8),
        .init("BYTES", right: true), .init("UNDOES", least: 10),
      ],
      rows: readings.prefix(most).enumerated().map { index, reading in
        [
          .init("\(index + 1)"), .init(layer(reading.parent)), .init(words(reading.span)),
          .init(Words.grouped(reading.bytes)),
          .init(
            reading.disguise.map { Words.disguises[$0] ?? $0.name }.joined(separator: ", then ")),
        ]
      })
    return table.text(style) + more(readings.count - most, "reading")
  }

  private static func triggers(_ explanation: Explanation, _ style: Style) -> String {
    let all = explanation.triggers
    // Where a pattern matched is of more interest than where none did.
    let shown = all.filter { !$0.matched.isEmpty } + all.filter { $0.matched.isEmpty }
    let table = Table(
      columns: [
        .init("TRIGGER", least: 10, most: 30), .init("WHERE", least: 8), .init("IN", least: 4),
        .init("MATCHED", least: 16), .init("TRIED IN VAIN", least: 12),
      ],
      rows: shown.prefix(most).map { trigger in
        [
          .init(words(trigger.cause)), .init(words(trigger.span)), .init(layer(trigger.reading)),
          .init(names(trigger.matched)), .init(names(trigger.unmatched)),
        ]
      })
    return table.text(style) + more(all.count + explanation.triggersLeft - most, "trigger")
  }

  private static func more(_ number: Int, _ noun: String, _ many: String? = nil) -> String {
    number > 0 ? "And \(Words.count(number, "more \(noun)", many)).\n" : ""
  }

  private static func names(_ rules: [String]) -> String {
    let first = rules.prefix(3).joined(separator: ", ")
    return rules.isEmpty ? "-" : rules.count > 3 ? "\(first) and \(rules.count - 3) more" : first
  }

  private static func words(_ span: Range<Int>) -> String {
    "\(span.lowerBound)-\(span.upperBound)"
  }

  private static func words(_ cause: Explanation.Cause) -> String {
    switch cause {
    case .literal(let text): text
    case .run(let charset, let min): "\(min) or more of \(charset.name)"
    case .words(let list): "a row of \(list.name) words"
    }
  }

  private static func layer(_ reading: Int?) -> String { reading.map { "reading \($0)" } ?? "text" }

  private static func number(_ reading: Int?) -> JSONValue { reading.map { .int($0) } ?? .null }

  private static func json(_ match: Explanation.Match) -> JSONValue {
    var winner: String?
    if case .givesWay(let rule) = match.outcome { winner = rule }
    return .object(
      [
        .init("outcome", .string(match.outcome.word.replacing(" ", with: "-"))),
        .init("gives_way_to", .text(winner)),
        .init("reading", number(match.reading)),
      ] + JSONValue.finding(match.finding) + [
        .init("rule_severity", .string(match.severity.name)),
        .init("rule_confidence", .string(match.confidence.name)),
        .init("effects", .names(match.effects)),
        .init("missing", .names(match.missing)),
        .init("parts_belong_together", .bool(!match.isLoose)),
      ])
  }
}

extension Explanation.Match {
  fileprivate var paint: Paint { outcome == .found ? Paint(finding.severity) : .faint }
}

extension Explanation.Outcome {
  fileprivate var word: String {
    switch self {
    case .found: "found"
    case .heldBack: "held back"
    case .givesWay: "gives way"
    }
  }
}
