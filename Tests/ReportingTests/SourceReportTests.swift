import Core
import Foundation
import Reporting
import TestSupport
import Testing

@Suite struct SourceReportTests {
  private let sources = [
    SourceReport.Source(
      name: "moltbook", kind: "moltbook", base: "https://moltbook.example/api", rates: ["60/min"],
      pages: 20, isEnabled: true, isRequired: true),
    SourceReport.Source(
      name: "mirror", kind: "moltbook", base: "https://mirror.example", rates: ["5/s", "100/day"],
      pages: 1200, isEnabled: true, isRequired: false),
    SourceReport.Source(
      name: "old", kind: "moltbook", base: "https://old.example", rates: [], pages: 1,
      isEnabled: false, isRequired: true),
  ]

  private let coverages = [
    SourceReport.Coverage(
      name: "moltbook", from: Timestamp("2026-11-01T08:00:00Z"),
      to: Timestamp("2026-11-23T11:55:12Z"), gaps: 1, waiting: 1204, givenUp: 2),
    SourceReport.Coverage(name: "mirror", from: nil, to: nil, gaps: 0, waiting: 0, givenUp: 0),
  ]

  @Test func `sources are a table`() {
    #expect(
      SourceReport.text(sources, Fixture.plain) == """
        SOURCE    KIND      ADDRESS                       RATE          PAGES  STATE
        moltbook  moltbook  https://moltbook.example/api  60/min           20  required
        mirror    moltbook  https://mirror.example        5/s, 100/day  1,200  optional
        old       moltbook  https://old.example                             1  disabled

        """)
  }

  @Test func `coverage is a table, what is unknown a dash`() {
    #expect(
      SourceReport.text(coverages, Fixture.plain) == """
        SOURCE    COVERED FROM          TO                    GAPS  WAITING  GIVEN UP
        moltbook  2026-11-01 08:00 UTC  2026-11-23 11:55 UTC     1    1,204         2
        mirror    -                     -                        0        0         0

        """)
  }

  @Test func `no sources are said`() {
    #expect(SourceReport.text([SourceReport.Source](), Fixture.plain) == "No sources.\n")
    #expect(SourceReport.text([SourceReport.Coverage](), Fixture.plain) == "No sources.\n")
  }

  @Test func `scripts find every key of a source`() throws {
    let listed = try #require(
      Fixture.object(SourceReport.json(sources))["sources"] as? [[String: Any]])
    #expect(
      Set(listed[0].keys) == ["name", "kind", "base", "rate", "pages", "enabled", "required"])
    #expect(listed[1]["rate"] as? [String] == ["5/s", "100/day"])
    let covered = try #require(
      Fixture.object(SourceReport.json(coverages))["sources"] as? [[String: Any]])
    #expect(
      Set(covered[0].keys) == [
        "name", "covered_from", "covered_to", "open_gaps", "waiting", "given_up",
      ])
    #expect(covered[1]["covered_from"] is NSNull)
  }
}
