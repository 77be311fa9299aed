import ArgumentParser
import Core
import Reporting
import Storage

/// Every agent that exposed something.
struct AgentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agents", abstract: "Which agents exposed what, worst first.",
    usage: "exuvia agents [--all] [<options>]")

  @Flag(help: "Also agents that exposed nothing.")
  var all = false

  @OptionGroup var query: QueryOptions

  func run() throws {
    let agents = try query.store().agents().filter { all || $0.exposures > 0 }.map(\.standing)
    try query.answer(json: AgentReport.json(agents)) { style, now in
      AgentReport.text(agents, style, now: now)
    }
  }
}

/// One agent's exposure history.
struct AgentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent", abstract: "One agent's exposure history, the most urgent first.",
    usage: "exuvia agent <agent> [<options>]")

  @Argument(help: "NAME, PLATFORM/NAME or PLATFORM/id:ID.")
  var agent: String

  @OptionGroup var query: QueryOptions

  func run() throws {
    let store = try query.store()
    let record = try store.agent(called: agent)
    var filter = ExposureFilter()
    filter.agent = record.id
    let history = AgentHistory(
      platform: record.platform, name: record.name, id: record.nativeID,
      posts: record.firstSeen...max(record.firstSeen, record.lastSeen),
      exposures: try store.exposures(filter).map { exposure in
        ExposureHistory(exposure: exposure, sightings: try store.sightings(of: exposure.id))
      })
    try query.answer(json: AgentReport.json(history)) { style, now in
      try AgentReport.text(history, rule: query.rules(), style, now: now)
    }
  }
}

/// What to do about what was exposed.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "What to do, in order, about an agent's exposures.",
    usage: "exuvia plan <subject> ... [<options>]")

  @Argument(
    help: .init(
      "Agents (NAME, PLATFORM/NAME, PLATFORM/id:ID) or numbers of exposures.",
      valueName: "subject"))
  var subjects: [String]

  @OptionGroup var query: QueryOptions

  func run() throws {
    let store = try query.store()
    let plan = Recommendation.plan(
      for: try subjects.flatMap { try store.exposures(meant: $0) }.uniqued,
      rule: try query.rules())
    try query.answer(json: PlanReport.json(plan)) { style, now in
      PlanReport.text(plan, style, now: now)
    }
  }
}

extension AgentRecord {
  fileprivate var standing: AgentStanding {
    AgentStanding(
      platform: platform, name: name, id: nativeID, open: open, exposures: exposures,
      firstSeen: firstSeen, lastSeen: lastSeen)
  }
}

extension [Exposure] {
  /// Each once, where two subjects stand for the same.
  fileprivate var uniqued: [Exposure] {
    var seen: Set<Int64> = []
    return filter { seen.insert($0.id).inserted }
  }
}
