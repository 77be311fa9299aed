package import Core

/// What `scan` prints at its end; each form ends with a line break.
package enum ScanReport {
  /// The summary as one JSON object on one line, so that the last line of a log is the whole of it.
  package static func json(_ summary: ScanSummary) -> String {
    JSONValue.document([
      .init("store", .string(summary.store)),
      .init("posts_read", .int(summary.postsRead)),
      .init("posts_new", .int(summary.postsNew)),
      .init("exposures_new", .int(summary.exposuresNew)),
      .init("exposures_new_by_severity", .severities(summary.newBySeverity)),
      .init("exposures_seen_again", .int(summary.exposuresSeenAgain)),
      .init("alerts_sent", .int(summary.alertsSent)),
      .init("alerts_waiting", .int(summary.alertsWaiting)),
      .init("complete", .bool(summary.complete)),
      .init("skipped", .texts(summary.skipped)),
      .init(
        "incomplete",
        .array(
          summary.incomplete.map { ["source": .string($0.source), "why": .string($0.why)] })),
      .init(
        "lag_seconds",
        ["median": .seconds(summary.lag?.median), "p95": .seconds(summary.lag?.p95)]),
      .init("seconds", .seconds(summary.seconds)),
      .init("cut", .int(summary.cut)),
      .init("faults", .int(summary.faults)),
      .init("held_back", .counts(summary.heldBack)),
    ]).rendered + "\n"
  }

  /// The summary for people, what matters most first; `verbose` adds what is held back, how late and by which source.
  package static func text(_ summary: ScanSummary, _ style: Style, verbose: Bool = false) -> String
  {
    var lines = [news(summary, style)]
    lines += summary.incomplete.map { gap in
      let why = gap.why.fitted(400)
      return style.painted("Incomplete: ", .medium)
        + "\(gap.source.fitted(80)): \(why.hasSuffix(".") ? why : why + ".")"
    }
    if !summary.complete {
      lines.append("What was read is stored; the next pass goes on from there.")
    }
    if summary.alertsWaiting > 0 {
      let verb = summary.alertsWaiting == 1 ? "waits" : "wait"
      lines.append(
        "\(Words.count(summary.alertsWaiting, "alert")) \(verb) to be sent; the next pass tries again."
      )
    }
    lines.append(figures(summary))
    if verbose { lines += background(summary) }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func news(_ summary: ScanSummary, _ style: Style) -> String {
    guard summary.exposuresNew > 0 else {
      return summary.complete ? "Nothing new." : "Nothing new in what was read."
    }
    let worst = summary.newBySeverity.filter { $0.value > 0 }.keys.max()
    let head = style.painted(
      Words.count(summary.exposuresNew, "new exposure"), worst.map(Paint.init) ?? .strong)
    let agents = summary.newAgents > 0 ? " of \(Words.count(summary.newAgents, "agent"))" : ""
    let more = summary.exposuresNew - summary.news.count
    return "\(head)\(agents): \(Words.severities(summary.newBySeverity)).\n\n"
      + table(summary.news).text(style)
      + (more > 0 ? "And \(Words.grouped(more)) more: exuvia exposures list\n" : "")
  }

  private static func table(_ news: [NewExposure]) -> Table {
    Table(
      columns: [
        .init("ID", right: true, least: 9, most: 20), .init("SEVERITY", least: 8),
        .init("AGENT", least: 12), .init("KIND", least: 12), .init("PREVIEW", least: 10),
      ],
      rows: news.map { exposure in
        [
          .init(String(exposure.id)), .init(exposure.severity.name, Paint(exposure.severity)),
          .init("\(exposure.platform)/\(exposure.agent?.string ?? Words.unknown)"),
          .init(exposure.kind), .init(exposure.preview.string),
        ]
      })
  }

  private static func figures(_ summary: ScanSummary) -> String {
    var parts = [
      "\(Words.count(summary.postsRead, "post")) read, \(Words.grouped(summary.postsNew)) new"
    ]
    if summary.exposuresSeenAgain > 0 {
      parts.append("\(Words.count(summary.exposuresSeenAgain, "exposure")) seen again")
    }
    if summary.alertsSent > 0 { parts.append("\(Words.count(summary.alertsSent, "alert")) sent") }
    if summary.faults > 0 { parts.append("\(Words.count(summary.faults, "record")) unreadable") }
    if summary.cut > 0 { parts.append("\(Words.count(summary.cut, "text")) cut") }
    parts.append(Words.duration(summary.seconds))
    return parts.joined(separator: "; ") + "."
  }

  private static func background(_ summary: ScanSummary) -> [String] {
    var lines: [String] = []
    if !summary.skipped.isEmpty {
      lines.append("Not due: \(summary.skipped.map { $0.fitted(40) }.joined(separator: ", ")).")
    }
    if let lag = summary.lag {
      lines.append(
        "From publication to record: median \(Words.duration(lag.median)), "
          + "95th percentile \(Words.duration(lag.p95)).")
    }
    if !summary.heldBack.isEmpty {
      let rules = summary.heldBack.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let parts = rules.map { "\($0.key) \(Words.grouped($0.value))" }
      lines.append("Held back: \(parts.joined(separator: ", ")).")
    }
    return lines + ["Store: \(summary.store.fitted(200))"]
  }
}
