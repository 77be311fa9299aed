import Core
import Testing

@Suite struct VocabularyTests {
  private func holds<Member: Named & Equatable>(_ type: Member.Type) -> Bool {
    Set(Member.names).count == Member.allCases.count
      && Member.allCases.allSatisfy { Member(name: $0.name) == $0 }
      && Member.names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } }
  }

  @Test func `every closed set has one name a member and reads it back`() {
    #expect(holds(Category.self))
    #expect(holds(Severity.self))
    #expect(holds(Confidence.self))
    #expect(holds(Reason.self))
    #expect(holds(Disguise.self))
    #expect(holds(DetailKey.self))
    #expect(holds(ExposureState.self))
    #expect(holds(Cause.self))
    #expect(holds(AlertEvent.self))
    #expect(holds(PostKind.self))
    #expect(holds(TextField.self))
    #expect(holds(CheckName.self))
    #expect(Category(name: "Credential") == nil)
  }

  @Test func `scripts know the categories, severities and fields by these names`() {
    #expect(
      Category.names == [
        "credential", "open-port", "ssh-failure", "scan-result", "stack-trace", "config-artifact",
        "injection", "phishing", "malicious-skill",
      ])
    #expect(Severity.names == ["info", "low", "medium", "high", "critical"])
    #expect(Confidence.names == ["low", "medium", "high"])
    #expect(TextField.names == ["title", "body", "name", "url", "description"])
    #expect(
      PostKind.names == [
        "post", "comment", "skill", "profile", "channel", "listing", "feedback",
      ])
  }

  @Test func `only injection, phishing and malicious skills accuse`() {
    #expect(Category.allCases.filter(\.accuses) == [.injection, .phishing, .maliciousSkill])
  }

  @Test(arguments: [
    (Confidence.medium, 1, Confidence.high), (.medium, -1, .low), (.high, 1, .high),
    (.low, -3, .low), (.low, 9, .high), (.medium, 0, .medium),
  ])
  func `confidence steps stop at its ends`(from: Confidence, steps: Int, to: Confidence) {
    #expect(from.stepped(steps) == to)
  }

  @Test func `severities and confidences are ordered`() {
    #expect(Severity.allCases.sorted() == [.info, .low, .medium, .high, .critical])
    #expect(Confidence.allCases.sorted() == [.low, .medium, .high])
  }

  @Test func `a post gives the text of each field`() {
    let post = Post(
      id: "1", agentName: "n", title: "t", body: "b", about: "d", url: "u")
    #expect(TextField.allCases.map { post.text(of: $0) } == ["t", "b", "n", "u", "d"])
  }

  @Test func `rotation without steps is general`() {
    #expect(Rotation.general.isGeneral)
    #expect(!Rotation(steps: ["Revoke it."]).isGeneral)
  }
}
