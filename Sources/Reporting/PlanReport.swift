package import Core

/// What `plan` prints; each form ends with a line break.
package enum PlanReport {
  /// The plan as one JSON document, most urgent first.
  package static func json(_ plan: [Recommendation]) -> String {
    JSONValue.document([.init("plan", .array(plan.map(json)))]).indented + "\n"
  }

  /// The plan for people, numbered, most urgent first.
  package static func text(_ plan: [Recommendation], _ style: Style, now: Timestamp) -> String {
    guard !plan.isEmpty else { return "Nothing to do: no exposure stands open.\n" }
    var text = opening(plan).wrapped(indent: "", width: style.width)
    // What holds for every matter is said once, at the end.
    let common = plan.count > 1 ? plan[0].notes.filter { plan.notes($0) } : []
    for (index, matter) in plan.enumerated() {
      text += "\n" + lines(matter, number: index + 1, without: common, style, now: now)
    }
    for note in common { text += "\n" + "On all: \(note)".wrapped(indent: "", width: style.width) }
    return text
  }

  private static func opening(_ plan: [Recommendation]) -> String {
    let urgent = plan.count { $0.urgency == .now }
    let head = Words.count(plan.count, "matter")
    return urgent == 0
      ? "\(head), none of them for this very hour."
      : "\(head), \(urgent == plan.count ? "all" : Words.grouped(urgent)) to settle now."
  }

  private static func lines(
    _ matter: Recommendation, number: Int, without common: [String], _ style: Style, now: Timestamp
  ) -> String {
    let lead = matter.exposures[0]
    let severity = style.painted(lead.severity.name, Paint(lead.severity))
    let title = style.painted(matter.title, .strong)
    var text =
      "\(number). \(title) \(lead.preview.string.fitted(40)): \(severity), \(urgencies[matter.urgency] ?? "")\n"
    func add(_ sentence: String) {
      text += sentence.wrapped(indent: "   ", width: style.width)
    }
    add(whose(matter, now: now))
    if let grants = matter.grants { add("It grants \(grants).") }
    for (index, step) in matter.steps.enumerated() {
      let mark = "   \(index + 1)) "
      let blank = String(repeating: " ", count: mark.count)
      text += mark + step.wrapped(indent: blank, width: style.width).dropFirst(blank.count)
    }
    if let url = matter.url { add("Where: \(url)") }
    for note in matter.notes where !common.contains(note) { add("Note: \(note)") }
    return text
  }

  private static func whose(_ matter: Recommendation, now: Timestamp) -> String {
    let ids = matter.exposures.prefix(10).map { String($0.id) }
    let agents = matter.agents.prefix(5).map { Words.agent($0.platform, $0.agent) }
    let since = matter.exposures.map(\.firstSeen).min() ?? matter.exposures[0].firstSeen
    return "exposure\(ids.count == 1 ? "" : "s") \(listed(ids, of: matter.exposures.count)), "
      + "posted by \(listed(agents, of: matter.agents.count)), "
      + "public since \(Words.moment(since, now: now))"
  }

  private static func listed(_ some: [String], of total: Int) -> String {
    let rest = total - some.count
    return some.joined(separator: ", ") + (rest > 0 ? " and \(Words.grouped(rest)) more" : "")
  }

  private static let urgencies: [Recommendation.Urgency: String] = [
    .now: "to settle now", .soon: "within days", .review: "to look through",
  ]

  private static func json(_ matter: Recommendation) -> JSONValue {
    let lead = matter.exposures[0]
    let agents = matter.agents.map { agent -> JSONValue in
      ["platform": .text(agent.platform), "name": .text(agent.agent)]
    }
    return [
      "title": .string(matter.title),
      "urgency": .string(matter.urgency.name),
      "category": .string(lead.category.name),
      "provider": .string(lead.provider),
      "severity": .string(lead.severity.name),
      "confidence": .string(lead.confidence.name),
      "exposures": .array(matter.exposures.map { .id($0.id) }),
      "agents": .array(agents),
      "preview": .text(lead.preview),
      "first_seen": .time(matter.exposures.map(\.firstSeen).min()),
      "grants": .text(matter.grants),
      "url": .text(matter.url),
      "general": .bool(matter.isGeneral),
      "steps": .texts(matter.steps),
      "notes": .texts(matter.notes),
    ]
  }
}

extension [Recommendation] {
  /// Whether a note stands on each of them.
  fileprivate func notes(_ note: String) -> Bool { allSatisfy { $0.notes.contains(note) } }
}

extension Recommendation {
  /// Who posted what it is about, each once, in the order of the exposures.
  fileprivate var agents: [Exposure] {
    var seen: Set<[PublicText?]> = []
    return exposures.filter { seen.insert([$0.platform, $0.agent]).inserted }
  }
}
