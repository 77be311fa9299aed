import Core
import Foundation
import Reporting
import TestSupport
import Testing

/// Every output, given every text that could harm its reader in every place that outside text can take.
@Suite struct HostileTextTests {
  private let rule: @Sendable (String) -> Rule? = { _ in nil }

  private func exposure(_ text: String) -> Exposure {
    .sample(
      platform: text, agent: text, preview: text,
      details: Dictionary(
        uniqueKeysWithValues: DetailKey.allCases.map { ($0, PublicText(masked: text)) }))
  }

  private func history(_ text: String) -> ExposureHistory {
    ExposureHistory(
      exposure: exposure(text),
      sightings: [.sample(post: text, url: nil, excerpt: text), .sample(post: text, url: text)])
  }

  private func agent(_ text: String) -> AgentHistory {
    let text = PublicText(masked: text)
    return AgentHistory(
      platform: text, name: text, id: text, exposures: [history(text.string)])
  }

  private func standing(_ text: String) -> AgentStanding {
    let shown = PublicText(masked: text)
    return AgentStanding(
      platform: shown, name: shown, id: shown, open: [.high: 1], exposures: 1,
      firstSeen: Fixture.now, lastSeen: Fixture.now)
  }

  private func row(_ text: String, secret: String? = nil) -> CheckRow {
    let shown = PublicText(masked: text)
    return CheckRow(
      postID: shown, platform: shown, agent: shown, recordKind: .skill,
      finding: Fixture.finding(preview: text, details: [.user: shown]), secret: secret)
  }

  private func summary(_ text: String) -> ScanSummary {
    var summary = ScanSummary()
    summary.incomplete = [.init(source: text, why: text)]
    summary.store = text
    summary.skipped = [text]
    return summary
  }

  @Test(arguments: HostileText.all)
  func `text for people moves no cursor and stays short`(hostile: HostileText) {
    let text = hostile.text
    let (style, now) = (Fixture.plain, Fixture.now)
    let exposures = [exposure(text)]
    let texts = [
      CheckReport.text(row(text), style),
      ExposureReport.text(exposures, style, now: now),
      ExposureReport.text(history(text), rule: rule, style, now: now),
      AgentReport.text([standing(text)], style, now: now),
      AgentReport.text(agent(text), rule: rule, style, now: now),
      PlanReport.text(Recommendation.plan(for: exposures, rule: rule), style, now: now),
      ScanReport.text(summary(text), style, verbose: true),
    ]
    for shown in texts {
      #expect(Fixture.isHarmless(shown), "\(shown.debugDescription.prefix(200))")
      #expect(shown.unicodeScalars.count < 8_000)
    }
  }

  @Test(arguments: HostileText.all)
  func `a secret that is shown moves no cursor either`(hostile: HostileText) {
    let text = hostile.text
    let shown = CheckReport.text(row("x", secret: text), Fixture.plain)
    #expect(Fixture.isHarmless(shown))
  }

  @Test(arguments: HostileText.all)
  func `JSON stays one valid value and holds the text as text`(hostile: HostileText) throws {
    let text = hostile.text
    let exposures = [exposure(text)]
    let documents = [
      CheckReport.line(row(text, secret: text)),
      CheckReport.documentOpening + CheckReport.documentItem(row(text), isFirst: true)
        + CheckReport.documentClosing(CheckSummary()),
      ExposureReport.json(exposures),
      ExposureReport.json(history(text), rule: rule),
      AgentReport.json([standing(text)]),
      AgentReport.json(agent(text)),
      PlanReport.json(Recommendation.plan(for: exposures, rule: rule)),
      ScanReport.json(summary(text)),
    ]
    for json in documents {
      #expect(Fixture.isHarmless(json), "\(json.debugDescription.prefix(200))")
      #expect(try Fixture.object(json)["schema"] as? Int == 1)
    }
    let line = CheckReport.line(row(text, secret: text))
    #expect(line.count { $0 == "\n" } == 1)
    let read = try Fixture.object(line)
    #expect(read["secret"] as? String == text)
    #expect(read["agent"] as? String == PublicText(masked: text).string)
    #expect(read["admin"] == nil)
  }

  @Test(arguments: HostileText.all)
  func `no command to paste holds more than a plain name`(hostile: HostileText) throws {
    let text = hostile.text
    let next = try #require(Fixture.object(AgentReport.json(agent(text)))["next"] as? String)
    #expect(next == "exuvia plan 12")
  }
}
