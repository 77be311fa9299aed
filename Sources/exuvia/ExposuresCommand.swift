import ArgumentParser
import Core
import Monitoring
import Reporting
import Storage

/// What was exposed.
struct ExposuresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exposures", abstract: "What was exposed, and where.",
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// All exposures, the worst first.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "All exposures, the worst first.", usage: "exuvia exposures list [<options>]")

    @Option(help: "Only this agent's: NAME, PLATFORM/NAME or PLATFORM/id:ID.")
    var agent: String?

    @Option(help: "Only this platform's.")
    var platform: String?

    @Option(help: "Only this category's.")
    var category: Core.Category?

    @Option(help: "Only this provider's.")
    var provider: String?

    @OptionGroup var least: Thresholds

    @Option(help: "Only in this state; may be repeated.")
    var state: [ExposureState] = []

    @Option(help: .init("Only what was seen since: 7d, 12h or 2026-01-31.", valueName: "time"))
    var since: String?

    @Option(help: .init("At most so many.", valueName: "number"))
    var limit: Int?

    @OptionGroup var query: QueryOptions

    func validate() throws {
      if let since, moment(since) == nil {
        throw ValidationError("--since takes 7d, 12h or a time such as 2026-01-31, not `\(since)`")
      }
      if let limit, limit < 1 { throw ValidationError("--limit takes 1 or more") }
    }

    func run() throws {
      let store = try query.store()
      var filter = ExposureFilter()
      filter.agent = try agent.map { try store.agent(called: $0).id }
      filter.platform = platform
      filter.category = category
      filter.provider = provider
      filter.minSeverity = least.severity
      filter.minConfidence = least.confidence
      filter.states = Set(state)
      filter.since = since.flatMap(moment)
      filter.limit = limit
      let exposures = try store.exposures(filter)
      try query.answer(json: ExposureReport.json(exposures)) { style, now in
        ExposureReport.text(exposures, style, now: now)
      }
    }

    private func moment(_ text: String) -> Timestamp? {
      seconds(text).map { currentTime() + -$0 } ?? Timestamp(lenient: text)
    }
  }

  /// One exposure with every place where it was seen.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One exposure, every place where it was seen, and what to do.",
      usage: "exuvia exposures show <id> [<options>]")

    @Argument(help: "The exposure's number, as `exposures list` shows it.")
    var id: Int64

    @OptionGroup var query: QueryOptions

    func run() throws {
      let store = try query.store()
      guard let exposure = try store.exposure(id) else { throw LookUpError.unknownExposure(id) }
      let history = ExposureHistory(exposure: exposure, sightings: try store.sightings(of: id))
      let rules = try query.rules()
      try query.answer(json: ExposureReport.json(history, rule: rules)) { style, now in
        ExposureReport.text(history, rule: rules, style, now: now)
      }
    }
  }
}
