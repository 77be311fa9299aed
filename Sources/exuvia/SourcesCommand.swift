import ArgumentParser
import Core
import Feeds
import Monitoring
import Reporting
import Storage

/// Where posts come from.
struct SourcesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources", abstract: "Where posts come from, and how far each is covered.",
    subcommands: [List.self, Status.self], defaultSubcommand: List.self)

  /// The configured sources.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The configured sources.", usage: "exuvia sources list [<options>]")

    @OptionGroup var query: QueryOptions

    func run() throws {
      let sources = try query.common.configuration().sources.map { source in
        SourceReport.Source(
          name: source.name, kind: source.kind, base: source.base,
          rates: source.rates.map(\.description), pages: source.pages, isEnabled: source.isEnabled,
          isRequired: source.isRequired)
      }
      try query.answer(json: SourceReport.json(sources)) { style, _ in
        SourceReport.text(sources, style)
      }
    }
  }

  /// How far each source is covered.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "How far each source is covered, and what waits.",
      usage: "exuvia sources status [<options>]")

    @OptionGroup var query: QueryOptions

    func run() throws {
      let store = try query.store()
      let coverages = try query.common.configuration().sources.map { source in
        let spans = try store.sourceState(source.name).covered.values.flatMap { $0 }
        let waiting = try store.waiting(of: source.name)
        return SourceReport.Coverage(
          name: source.name, from: spans.map(\.oldest).min(), to: spans.map(\.newest).max(),
          gaps: try store.openGaps(of: source.name).count, waiting: waiting.count,
          givenUp: waiting.givenUp)
      }
      try query.answer(json: SourceReport.json(coverages)) { style, _ in
        SourceReport.text(coverages, style)
      }
    }
  }
}
