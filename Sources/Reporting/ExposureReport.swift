package import Core

/// An exposure with the places where it was seen.
package struct ExposureHistory: Sendable {
  package var exposure: Exposure
  package var sightings: [Sighting]

  package init(exposure: Exposure, sightings: [Sighting]) {
    self.exposure = exposure
    self.sightings = sightings
  }

  /// The sightings, newest first; of one time, in the order of their posts.
  var newestFirst: [Sighting] {
    sightings.sorted { a, b in
      a.moment != b.moment ? a.moment > b.moment : a.post.string < b.post.string
    }
  }
}

extension Sighting {
  /// When the text was published, or seen where that is unknown.
  var moment: Timestamp { publishedAt ?? seenAt }
}

/// What `exposures list` and `exposures show` print; each ends with a line break.
package enum ExposureReport {
  /// The exposures in the given order as one JSON document.
  package static func json(_ exposures: [Exposure]) -> String {
    JSONValue.document([
      .init("exposures", .array(exposures.map { .object(members(of: $0)) }))
    ]).indented + "\n"
  }

  /// The exposures in the given order as a table.
  package static func text(_ exposures: [Exposure], _ style: Style, now: Timestamp) -> String {
    guard !exposures.isEmpty else { return "No exposures.\n" }
    let table = Table(
      columns: [
        .init("ID", right: true, least: 9, most: 20), .init("SEVERITY", least: 8),
        .init("AGENT", least: 12), .init("KIND", least: 12), .init("PREVIEW", least: 10),
        .init("STATE", least: 5, most: 12), .init("LAST SEEN", least: 12, most: 14),
      ],
      rows: exposures.map { exposure in
        [
          .init(String(exposure.id)), .init(exposure.severity.name, Paint(exposure.severity)),
          .init("\(exposure.platform)/\(exposure.agent?.string ?? Words.unknown)"),
          .init(exposure.kind), .init(exposure.preview.string), .init(exposure.state.name),
          .init(Words.age(of: exposure.lastSeen, now: now)),
        ]
      })
    return table.text(style) + "\nOne of them: exuvia exposures show ID\n"
  }

  /// One exposure with its sightings and what to do, as one JSON document.
  package static func json(_ history: ExposureHistory, rule: (String) -> Rule?) -> String {
    let exposure = history.exposure
    let known = rule(exposure.rule)
    let matter = Recommendation.plan(for: [exposure], rule: rule).first
    return JSONValue.document([
      .init("exposure", .object(members(of: exposure))),
      .init("rule_name", .text(known?.name)),
      .init("grants", .text(known?.grants)),
      .init("seen", .array(history.newestFirst.map(json))),
      .init("steps", .texts(matter?.steps ?? [])),
      .init("next", .string(NextCommand.plan(exposure.id))),
    ]).indented + "\n"
  }

  /// One exposure for people: what it is, where it was seen, what to do first.
  package static func text(
    _ history: ExposureHistory, rule: (String) -> Rule?, _ style: Style, now: Timestamp
  ) -> String {
    let exposure = history.exposure
    let matter = Recommendation.plan(for: [exposure], rule: rule).first
    var text = heading(exposure, rule(exposure.rule), style)
    for (name, value) in facts(exposure, rule(exposure.rule), now: now) {
      let lines = value.wrapped(indent: String(repeating: " ", count: 15), width: style.width)
      text += "  " + style.painted(name.padded(13), .faint) + lines.dropFirst(15)
    }
    text += "\n" + style.painted("Seen", .strong) + "\n"
    for sighting in history.newestFirst { text += lines(sighting, style, now: now) }
    if let step = matter?.steps.first {
      text += "\n" + style.painted("First", .strong) + "\n"
      text += step.wrapped(indent: "  ", width: style.width)
    }
    for note in matter?.notes ?? [] { text += note.wrapped(indent: "  ", width: style.width) }
    guard matter != nil else { return text + "\nNothing to do: \(exposure.state.name).\n" }
    return text + "\nAll steps: \(NextCommand.plan(exposure.id))\n"
  }

  private static func heading(_ exposure: Exposure, _ rule: Rule?, _ style: Style) -> String {
    let severity = style.painted(exposure.severity.name, Paint(exposure.severity))
    let title = style.painted(rule?.name ?? exposure.kind, .strong)
    return "\(title) \(exposure.preview.string.fitted(40))\n"
      + "exposure \(exposure.id): \(severity), \(exposure.confidence.name) confidence, "
      + "\(exposure.state.name)\n"
  }

  private static func facts(
    _ exposure: Exposure, _ rule: Rule?, now: Timestamp
  ) -> [(String, String)] {
    var facts = [
      ("posted by", Words.agent(exposure.platform, exposure.agent)),
      ("first seen", Words.moment(exposure.firstSeen, now: now)),
      ("last seen", Words.moment(exposure.lastSeen, now: now)),
      ("sightings", Words.grouped(exposure.sightings)),
      ("rule", exposure.rule),
    ]
    if !exposure.reasons.isEmpty { facts.append(("why", Words.reasons(exposure.reasons))) }
    if let grants = rule?.grants { facts.append(("grants", grants)) }
    for key in DetailKey.allCases {
      if let value = exposure.details[key] { facts.append((key.name, value.string.fitted(80))) }
    }
    return facts + [("fingerprint", exposure.fingerprint.description)]
  }

  private static func lines(_ sighting: Sighting, _ style: Style, now: Timestamp) -> String {
    let times = sighting.count == 1 ? "" : ", \(Words.grouped(sighting.count)) times"
    let place = (sighting.url ?? sighting.post).string.fitted(200)
    let when = Words.moment(sighting.moment, now: now)
    var text = "\(when), in the \(sighting.field.name)\(times)"
      .wrapped(indent: "  ", width: style.width)
    text += "    \(place)\n"
    if let excerpt = sighting.excerpt {
      let quoted = "“\(excerpt.string.fitted(320))”"
      text += quoted.wrapped(indent: "    ", width: style.width).paintedLines(style, .faint)
    }
    return text
  }
}

extension ExposureReport {
  /// What every machine form says of an exposure.
  static func members(of exposure: Exposure) -> [JSONValue.Member] {
    [
      .init("id", .id(exposure.id)),
      .init("platform", .text(exposure.platform)),
      .init("agent", .text(exposure.agent)),
      .init("category", .string(exposure.category.name)),
      .init("provider", .string(exposure.provider)),
      .init("kind", .string(exposure.kind)),
      .init("rule", .string(exposure.rule)),
      .init("severity", .string(exposure.severity.name)),
      .init("confidence", .string(exposure.confidence.name)),
      .init("state", .string(exposure.state.name)),
      .init("first_seen", .time(exposure.firstSeen)),
      .init("last_seen", .time(exposure.lastSeen)),
      .init("sightings", .int(exposure.sightings)),
      .init("preview", .text(exposure.preview)),
      .init("fingerprint", .string(exposure.fingerprint.description)),
      .init("reasons", .names(exposure.reasons)),
      .init("details", .details(exposure.details)),
    ]
  }

  static func json(_ sighting: Sighting) -> JSONValue {
    [
      "post": .text(sighting.post),
      "url": .text(sighting.url),
      "field": .string(sighting.field.name),
      "count": .int(sighting.count),
      "published_at": .time(sighting.publishedAt),
      "seen_at": .time(sighting.seenAt),
      "excerpt": .text(sighting.excerpt),
    ]
  }
}

extension String {
  /// Each line painted for itself, so that no colour runs over a line's end.
  func paintedLines(_ style: Style, _ paint: Paint) -> String {
    guard style.colour else { return self }
    return split(separator: "\n").map { style.painted(String($0), paint) + "\n" }.joined()
  }
}
