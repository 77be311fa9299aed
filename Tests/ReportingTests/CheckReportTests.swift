import Core
import Reporting
import TestSupport
import Testing

@Suite struct CheckReportTests {
  private func row(
    _ finding: Finding = Fixture.finding(), agent: String? = "newt", secret: String? = nil
  ) -> CheckRow {
    CheckRow(
      postID: PublicText("p-17"), platform: PublicText("moltbook"),
      agent: agent.map(PublicText.init(masked:)), recordKind: .post, finding: finding,
      secret: secret)
  }

  @Test func `a line holds every key in the contract's order`() {
    let finding = Fixture.finding(
      fingerprint: Fingerprint(high: 1, low: 2), disguise: [.percent, .base64],
      reasons: [.checksumOK, .context],
      details: [.user: PublicText("root"), .host: PublicText("h")])
    let line = CheckReport.line(row(finding))
    #expect(
      line == """
        {"schema":1,"post_id":"p-17","platform":"moltbook","agent":"newt","record_kind":"post",\
        "rule":"acme-token","provider":"acme","kind":"acme-token","category":"credential",\
        "severity":"critical","confidence":"high","stage":"T1552","field":"body","start":17,\
        "end":57,"preview":"acme_…a1b2","fingerprint":"00000000000000010000000000000002",\
        "disguise":["percent","base64"],"reasons":["checksum-ok","context"],\
        "details":{"host":"h","user":"root"}}

        """)
  }

  @Test func `what is unknown is null and never absent`() throws {
    var finding = Fixture.finding(reasons: [])
    finding.stage = nil
    let line = CheckReport.line(
      CheckRow(postID: nil, platform: nil, agent: nil, recordKind: nil, finding: finding))
    #expect(
      Fixture.keys(line) == [
        "schema", "post_id", "platform", "agent", "record_kind", "rule", "provider", "kind",
        "category", "severity", "confidence", "stage", "field", "start", "end", "preview",
        "fingerprint", "disguise", "reasons", "details",
      ])
    #expect(line.hasPrefix(#"{"schema":1,"post_id":null,"platform":null,"agent":null,"#))
    #expect(line.contains(#""stage":null"#) && line.contains(#""fingerprint":null"#))
  }

  @Test func `a secret stands only where it was asked for`() throws {
    #expect(try Fixture.object(CheckReport.line(row()))["secret"] == nil)
    let shown = try Fixture.object(CheckReport.line(row(secret: "s3\u{1B}cret")))
    #expect(shown["secret"] as? String == "s3\u{1B}cret")
    #expect(!CheckReport.text(row(), Fixture.plain).contains("secret:"))
  }

  @Test func `text says what, where and why`() {
    let finding = Fixture.finding(disguise: [.percent, .base64], reasons: [.checksumOK, .context])
    #expect(
      CheckReport.text(row(finding, secret: "acme\n_x"), Fixture.plain) == """
        critical  acme_…a1b2                  acme-token
                  p-17 body:17-57, by newt on moltbook, high confidence: its checksum is
                  right; words near it speak of it; hidden by percent signs, then base64
                  secret: "acme\\n_x"

        """)
  }

  @Test func `text leaves out what is unknown`() {
    let row = CheckRow(
      postID: PublicText("notes.txt"), platform: nil, agent: nil, recordKind: nil,
      finding: Fixture.finding(severity: .low, reasons: []))
    #expect(
      CheckReport.text(row, Fixture.plain) == """
        low       acme_…a1b2                  acme-token
                  notes.txt body:17-57, high confidence

        """)
  }

  @Test func `a text file's finding is told by its line, words that belong together stay so`() {
    let row = CheckRow(
      postID: PublicText("deploy/notes-of-the-whole-year-two-thousand-and-26.txt"), platform: nil,
      agent: nil, recordKind: nil, finding: Fixture.finding(), line: 12)
    #expect(
      CheckReport.text(row, Fixture.plain) == """
        critical  acme_…a1b2                  acme-token
                  deploy/notes-of-the-whole-year-two-thousand-and-26.txt:12,
                  high confidence: its checksum is right

        """)
  }

  @Test func `refused secrets are counted`() {
    #expect(CheckReport.refusal(of: 1).hasPrefix("1 secret is not shown: its record names"))
    #expect(CheckReport.refusal(of: 1204).hasPrefix("1,204 secrets are not shown: their records"))
  }

  @Test func `colour stands only where it was asked for`() {
    let text = CheckReport.text(row(), Style(colour: true, width: 80))
    #expect(text.hasPrefix("\u{1B}[1;31mcritical\u{1B}[0m  acme_…a1b2"))
    #expect(!CheckReport.text(row(), Fixture.plain).contains("\u{1B}"))
  }

  @Test func `a document holds findings and summary`() throws {
    let summary = CheckSummary(
      records: 3, recordsWithFindings: 1, findings: [.critical: 1], heldBack: ["b": 2, "a": 1])
    let json =
      CheckReport.documentOpening + CheckReport.documentItem(row(), isFirst: true)
      + CheckReport.documentItem(row(), isFirst: false) + CheckReport.documentClosing(summary)
    let document = try Fixture.object(json)
    #expect(document["schema"] as? Int == 1)
    #expect((document["findings"] as? [[String: Any]])?.count == 2)
    #expect(
      json.hasSuffix(
        """

        ],"summary":{"records":3,"records_with_findings":1,"findings":{"critical":1,"high":0,\
        "medium":0,"low":0,"info":0},"held_back":{"a":1,"b":2},"lines_passed_over":0,\
        "texts_cut":0,"complete":true}}

        """))
    #expect(json.split(separator: "\n").count == 4, "a line for each finding")
  }

  @Test func `the closing lines count what was read, held back and missed`() {
    let summary = CheckSummary(
      records: 1204, recordsWithFindings: 2, findings: [.critical: 1, .high: 2],
      heldBack: ["a": 1], passedOver: 1, cut: 2, complete: false)
    #expect(
      CheckReport.closing(summary, Fixture.plain) == """
        3 findings in 2 of 1,204 records: 1 critical, 2 high.
        1 finding held back: see --min-confidence and --min-severity.
        1 line passed over: no records.
        2 texts, readings or searches were cut short by a limit.
        Incomplete: an input could not be read to its end.

        """)
    #expect(
      CheckReport.closing(CheckSummary(records: 1), Fixture.plain)
        == "Nothing found in 1 record.\n")
  }
}
