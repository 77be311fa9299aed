import Core
import Reporting
import TestSupport
import Testing

@Suite struct ExplanationReportTests {
  private func explanation(preview: String = "acme_…a1b2 (41)") -> Explanation {
    var explanation = Explanation(bytes: 1204)
    let finding = Fixture.finding(
      preview: preview, disguise: [.base64], reasons: [.checksumOK, .context])
    var lost = Fixture.finding(preview: preview, reasons: [.placeholder])
    lost.rule = "acme-other"
    lost.confidence = .low
    explanation.matches = [
      .init(
        reading: 1, finding: finding, severity: .high, confidence: .medium,
        effects: [.raises, .raises], missing: [], isLoose: false, outcome: .found),
      .init(
        reading: nil, finding: lost, severity: .high, confidence: .medium, effects: [.holds],
        missing: [.context], isLoose: true, outcome: .givesWay(to: "acme-token")),
    ]
    explanation.readings = [.init(parent: nil, disguise: [.base64], span: 17..<57, bytes: 30)]
    explanation.triggers = [
      .init(
        reading: nil, span: 2..<60, cause: .run(.base58, min: 51), matched: [],
        unmatched: ["a-a", "b-b", "c-c", "d-d"]),
      .init(
        reading: 1, span: 17..<57, cause: .literal("acme_"), matched: ["acme-token"],
        unmatched: []),
    ]
    return explanation
  }

  @Test func `people see what came of it first, then why`() {
    var cut = explanation()
    cut.cuts = 1
    #expect(
      ExplanationReport.text(cut, Fixture.plain) == """
        1 finding in 1,204 bytes.
        1 text, reading or search was cut short by a limit.

        found       acme-token
                    acme_…a1b2 (41) at bytes 17-57, in reading 1
                    critical, high confidence; the rule says high, medium
                    raised: its checksum is right; words near it speak of it

        gives way   acme-other
                    acme_…a1b2 (41) at bytes 17-57
                    critical, low confidence; the rule says high, medium
                    held at low: it looks like a placeholder; nothing shows that its
                    parts belong together
                    would raise it: words near it that speak of it
                    gives way to acme-token, which says more of that place

        READING  OF    WHERE  BYTES  UNDOES
              1  text  17-57     30  base64

        TRIGGER               WHERE  IN         MATCHED     TRIED IN VAIN
        acme_                 17-57  reading 1  acme-token  -
        51 or more of base58  2-60   text       -           a-a, b-b, c-c and 1 more

        """)
  }

  @Test func `where nothing is found it says how far the text came`() {
    var explanation = Explanation(bytes: 26)
    func text() -> String { ExplanationReport.text(explanation, Fixture.plain) }
    #expect(text() == "Nothing found in 26 bytes: no rule's trigger stands there.\n")
    explanation.triggers = self.explanation().triggers
    #expect(text().hasPrefix("Nothing found in 26 bytes: triggers stand there, and no pattern"))
    explanation.matches = [self.explanation().matches[1]]
    #expect(text().hasPrefix("Nothing found in 26 bytes: what matches is held back.\n"))
  }

  @Test func `scripts find every step`() throws {
    let document = try Fixture.object(ExplanationReport.json(explanation()))
    #expect(document["schema"] as? Int == 1 && document["bytes"] as? Int == 1204)
    let matches = try #require(document["matches"] as? [[String: Any]])
    #expect(matches.map { $0["outcome"] as? String } == ["found", "gives-way"])
    #expect(matches.map { $0["gives_way_to"] as? String } == [nil, "acme-token"])
    #expect(matches[0]["effects"] as? [String] == ["raises", "raises"])
    #expect(matches[1]["missing"] as? [String] == ["context"])
    #expect((document["readings"] as? [[String: Any]])?.first?["bytes"] as? Int == 30)
    let triggers = try #require(document["triggers"] as? [[String: Any]])
    #expect(triggers.map { $0["trigger"] as? String } == ["51 or more of base58", "acme_"])
  }

  @Test(arguments: HostileText.all)
  func `hostile previews stay on their lines`(hostile: HostileText) {
    let text = ExplanationReport.text(explanation(preview: hostile.text), Fixture.plain)
    #expect(Fixture.isHarmless(text))
    #expect(text.unicodeScalars.count < 8_000)
  }
}
