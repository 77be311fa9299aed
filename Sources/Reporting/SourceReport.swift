package import Core

/// What `sources list` and `sources status` print; each form ends with a line break.
package enum SourceReport {
  /// One configured source.
  package struct Source: Sendable {
    package var name: String
    package var kind: String
    package var base: String
    package var rates: [String]
    package var pages: Int
    package var isEnabled: Bool
    package var isRequired: Bool

    package init(
      name: String, kind: String, base: String, rates: [String], pages: Int, isEnabled: Bool,
      isRequired: Bool
    ) {
      self.name = name
      self.kind = kind
      self.base = base
      self.rates = rates
      self.pages = pages
      self.isEnabled = isEnabled
      self.isRequired = isRequired
    }
  }

  /// How far one source is covered; times are nil where nothing is yet.
  package struct Coverage: Sendable {
    package var name: String
    package var from: Timestamp?
    package var to: Timestamp?
    package var gaps: Int
    /// Requests that are still to be made.
    package var waiting: Int
    package var givenUp: Int

    package init(
      name: String, from: Timestamp?, to: Timestamp?, gaps: Int, waiting: Int, givenUp: Int
    ) {
      self.name = name
      self.from = from
      self.to = to
      self.gaps = gaps
      self.waiting = waiting
      self.givenUp = givenUp
    }
  }

  /// The sources in the given order as one JSON document.
  package static func json(_ sources: [Source]) -> String {
    document(
      sources.map { source in
        [
          "name": .string(source.name), "kind": .string(source.kind), "base": .string(source.base),
          "rate": .texts(source.rates), "pages": .int(source.pages),
          "enabled": .bool(source.isEnabled), "required": .bool(source.isRequired),
        ]
      })
  }

  /// The sources in the given order as a table.
  package static func text(_ sources: [Source], _ style: Style) -> String {
    guard !sources.isEmpty else { return "No sources.\n" }
    let table = Table(
      columns: [
        .init("SOURCE", least: 8), .init("KIND", least: 8), .init("ADDRESS", least: 16),
        .init("RATE", least: 8), .init("PAGES", right: true), .init("STATE"),
      ],
      rows: sources.map { source in
        [
          .init(source.name), .init(source.kind), .init(source.base),
          .init(source.rates.joined(separator: ", ")), .init(Words.grouped(source.pages)),
          .init(source.isEnabled ? source.isRequired ? "required" : "optional" : "disabled"),
        ]
      })
    return table.text(style)
  }

  /// How far the sources are covered as one JSON document.
  package static func json(_ coverages: [Coverage]) -> String {
    document(
      coverages.map { coverage in
        [
          "name": .string(coverage.name), "covered_from": .time(coverage.from),
          "covered_to": .time(coverage.to), "open_gaps": .int(coverage.gaps),
          "waiting": .int(coverage.waiting), "given_up": .int(coverage.givenUp),
        ]
      })
  }

  /// How far the sources are covered as a table.
  package static func text(_ coverages: [Coverage], _ style: Style) -> String {
    guard !coverages.isEmpty else { return "No sources.\n" }
    let table = Table(
      columns: [
        .init("SOURCE", least: 8), .init("COVERED FROM", least: 20), .init("TO", least: 20),
        .init("GAPS", right: true), .init("WAITING", right: true), .init("GIVEN UP", right: true),
      ],
      rows: coverages.map { coverage in
        [
          .init(coverage.name), .init(coverage.from.map(Words.minute) ?? "-"),
          .init(coverage.to.map(Words.minute) ?? "-"), .init(Words.grouped(coverage.gaps)),
          .init(Words.grouped(coverage.waiting)), .init(Words.grouped(coverage.givenUp)),
        ]
      })
    return table.text(style)
  }

  private static func document(_ sources: [JSONValue]) -> String {
    JSONValue.document([.init("sources", .array(sources))]).indented + "\n"
  }
}
