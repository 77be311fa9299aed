package import Core

/// What `agents` and `agent` print; each ends with a line break.
package enum AgentReport {
  /// All agents as one JSON document, worst first.
  package static func json(_ agents: [AgentStanding]) -> String {
    let sorted = AgentStanding.worstFirst(agents)
    return JSONValue.document([
      .init("agents", .array(sorted.map(json)))
    ]).indented + "\n"
  }

  private static func json(_ agent: AgentStanding) -> JSONValue {
    .object(
      members(
        agent.platform, agent.name, agent.id, agent, seen: (agent.firstSeen, agent.lastSeen)))
  }

  /// All agents as a table, worst first.
  package static func text(_ agents: [AgentStanding], _ style: Style, now: Timestamp) -> String {
    guard !agents.isEmpty else { return "No agent has exposed anything that was seen.\n" }
    let table = Table(
      columns: [
        .init("AGENT", least: 16), .init("PLATFORM", least: 8, most: 16),
        .init("WORST", least: 8), .init("OPEN", right: true), .init("ALL", right: true),
        .init("FIRST SEEN", least: 12, most: 14), .init("LAST SEEN", least: 12, most: 14),
      ],
      rows: AgentStanding.worstFirst(agents).map { agent in
        [
          .init(agent.name?.string ?? Words.unknown), .init(agent.platform.string),
          .init(agent.worst?.name ?? "-", agent.worst.map(Paint.init)),
          .init(Words.grouped(agent.openCount)), .init(Words.grouped(agent.exposures)),
          .init(Words.age(of: agent.firstSeen, now: now)),
          .init(Words.age(of: agent.lastSeen, now: now)),
        ]
      })
    return table.text(style) + "\nOne of them: exuvia agent PLATFORM/NAME\n"
  }

  /// One agent's history as one JSON document.
  package static func json(_ history: AgentHistory) -> String {
    let standing = history.standing
    let agent = members(
      history.platform, history.name, history.id, standing,
      seen: (
        history.posts?.lowerBound ?? standing?.firstSeen,
        history.posts?.upperBound ?? standing?.lastSeen
      ))
    let exposures = history.mostUrgentFirst.map { entry in
      JSONValue.object(
        ExposureReport.members(of: entry.exposure)
          + [.init("seen", .array(entry.newestFirst.map(ExposureReport.json)))])
    }
    return JSONValue.document([
      .init("agent", .object(agent)), .init("recon", json(history.recon)),
      .init("exposures", .array(exposures)),
      .init("next", .text(next(history))),
    ]).indented + "\n"
  }

  /// One agent's page: who, how it stands, what to do first, then its exposures.
  package static func text(
    _ history: AgentHistory, rule: (String) -> Rule?, _ style: Style, now: Timestamp
  ) -> String {
    let id = history.id.map { " (id \($0.string.fitted(64)))" } ?? ""
    let who = Words.agent(history.platform, history.name)
    var text = style.painted(who, .strong) + id + "\n"
    guard let standing = history.standing else { return text + silence(history, style, now: now) }
    text += sentence(standing, history.exposures.map(\.exposure.state), now: now).wrapped(
      indent: "", width: style.width)
    let plan = Recommendation.plan(for: history.exposures.map(\.exposure), rule: rule)
    if let first = plan.first {
      let lead = first.exposures[0]
      let title = style.painted("First:", .strong)
      text += "\n\(title) \(first.title) \(lead.preview.string.fitted(40))\n"
      text += (first.steps.first ?? "").wrapped(indent: "  ", width: style.width)
    }
    if let recon = history.recon { text += "\n" + lines(recon, style) }
    let parts = history.parts
    for (part, entries) in parts {
      text += "\n"
      if parts.count > 1 || part != .leaked { text += heading(part, style) }
      text += entries.map { lines($0, style, now: now) }.joined(separator: "\n")
    }
    guard let next = next(history) else { return text }
    return text + "\nWhat to do: \(next)\n"
  }

  private static func members(
    _ platform: PublicText, _ name: PublicText?, _ id: PublicText?, _ standing: AgentStanding?,
    seen: (first: Timestamp?, last: Timestamp?)
  ) -> [JSONValue.Member] {
    [
      .init("platform", .text(platform)),
      .init("name", .text(name)),
      .init("id", .text(id)),
      .init("worst", .text(standing?.worst?.name)),
      .init("open", .int(standing?.openCount ?? 0)),
      .init("open_by_severity", .severities(standing?.open ?? [:])),
      .init("exposures", .int(standing?.exposures ?? 0)),
      .init("first_seen", .time(seen.first)),
      .init("last_seen", .time(seen.last)),
    ]
  }

  private static func sentence(
    _ standing: AgentStanding, _ states: [ExposureState], now: Timestamp
  ) -> String {
    let head =
      standing.openCount == 0
      ? "Nothing open"
      : "\(Words.count(standing.openCount, "open exposure")): \(Words.severities(standing.open))"
    let rest = ExposureState.allCases.filter { $0 != .open }.compactMap { state in
      let count = states.count { $0 == state }
      return count > 0 ? "\(Words.grouped(count)) \(state.name)" : nil
    }
    return ([head] + rest).joined(separator: "; ")
      + ". First seen \(Words.moment(standing.firstSeen, now: now)), "
      + "last seen \(Words.moment(standing.lastSeen, now: now))."
  }

  /// What is said of an agent that exposed nothing.
  private static func silence(
    _ history: AgentHistory, _ style: Style, now: Timestamp
  ) -> String {
    let posts = history.posts.map { posts in
      let last = Words.moment(posts.upperBound, now: now)
      guard posts.lowerBound < posts.upperBound else { return " in its posts of \(last)" }
      return " in its posts from \(Words.moment(posts.lowerBound, now: now)) to \(last)"
    }
    return "No exposures\(posts ?? "").".wrapped(indent: "", width: style.width)
  }

  private static func json(_ recon: Recon?) -> JSONValue {
    guard let recon else { return .null }
    let pieces = Recon.Piece.allCases.map { piece in
      JSONValue.Member(piece.plural, .array((recon.known[piece] ?? []).map { .text($0) }))
    }
    return .object(
      [.init("severity", .string(recon.severity.name)), .init("exposures", .int(recon.exposures))]
        + pieces)
  }

  /// What small finds tell together.
  private static func lines(_ recon: Recon, _ style: Style) -> String {
    let severity = style.painted(recon.severity.name, Paint(recon.severity))
    let count = Words.count(recon.exposures, "find")
    var text =
      "\(style.painted("Recon:", .strong)) \(severity). "
      + "\(count) together tell an attacker of a target:\n"
    for piece in Recon.Piece.allCases {
      guard let known = recon.known[piece] else { continue }
      let shown = known.prefix(5).map { $0.string.fitted(60) }
      let more = known.count > 5 ? ["\(Words.grouped(known.count - 5)) more"] : []
      let lines = (shown + more).joined(separator: ", ")
        .wrapped(indent: String(repeating: " ", count: 15), width: style.width)
      text += "  " + style.painted(piece.plural.padded(13), .faint) + lines.dropFirst(15)
    }
    return text
  }

  private static func heading(_ part: AgentHistory.Part, _ style: Style) -> String {
    switch part {
    case .leaked: style.painted("Credentials", .strong) + "\n"
    case .exposed: style.painted("What else it gave away", .strong) + "\n"
    case .planted:
      style.painted("Texts that read as if planted for others", .strong) + "\n"
        + "The words fit such a pattern; that says nothing of who wrote them, or why.\n".wrapped(
          indent: "", width: style.width)
    }
  }

  private static func lines(
    _ entry: ExposureHistory, _ style: Style, now: Timestamp
  ) -> String {
    let exposure = entry.exposure
    let indent = String(repeating: " ", count: 10)
    let severity = style.painted(
      exposure.severity.name, exposure.state.stands ? Paint(exposure.severity) : .faint)
    let gap = String(repeating: " ", count: 10 - exposure.severity.name.count)
    let kind = exposure.kind.fitted(40)
    var text =
      "\(severity)\(gap)\(kind) \(exposure.preview.string.fitted(40)), \(exposure.state.name), "
      + "\(exposure.confidence.name) confidence, exposure \(exposure.id)\n"
    let often =
      exposure.sightings == 1
      ? "seen once, \(Words.moment(exposure.lastSeen, now: now))"
      : "seen \(Words.grouped(exposure.sightings)) times, from "
        + "\(Words.moment(exposure.firstSeen, now: now)) to "
        + Words.moment(exposure.lastSeen, now: now)
    text += often.wrapped(indent: indent, width: style.width)
    // One page may show it in several posts.
    var places: [PublicText] = []
    for place in entry.newestFirst.map({ $0.url ?? $0.post }) where !places.contains(place) {
      places.append(place)
    }
    for place in places.prefix(3) { text += indent + place.string.fitted(200) + "\n" }
    let more = places.count - 3
    if more > 0 {
      let command = NextCommand.exposure(exposure.id)
      text += "\(indent)and in \(Words.count(more, "more place")): \(command)\n"
    }
    return text
  }

  /// The plan of the agent, or of its worst exposure where its name cannot be pasted; nil where nothing stands.
  private static func next(_ history: AgentHistory) -> String? {
    guard let worst = history.mostUrgentFirst.first?.exposure, worst.state.stands else {
      return nil
    }
    return NextCommand.plan(history.platform, history.name) ?? NextCommand.plan(worst.id)
  }
}
