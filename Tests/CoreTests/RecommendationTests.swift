import Core
import TestSupport
import Testing

@Suite struct RecommendationTests {
  private func plan(
    _ exposures: [Exposure], _ rules: [Rule] = [.sample()]
  ) -> [Recommendation] {
    Recommendation.plan(for: exposures) { id in rules.first { $0.id == id } }
  }

  @Test func `a critical credential is revoked before its replacement works`() throws {
    let matter = try #require(plan([.sample()]).first)
    #expect(matter.urgency == .now)
    #expect(matter.title == "Acme token")
    #expect(matter.url == "https://acme.example/tokens")
    #expect(!matter.isGeneral)
    #expect(
      matter.steps == [
        "Revoke the old token. Do it now, before a new one works: an outage costs less than a "
          + "stranger's use.",
        "Beside that, have the post taken down; it was read, so this undoes nothing.",
        "Create a token with the same scopes.", "Put it where the old one was read.",
        "Read the security log for its use.",
      ])
  }

  @Test func `a lesser credential is replaced first and revoked then`() throws {
    let matter = try #require(plan([.sample(severity: .high)]).first)
    #expect(matter.urgency == .soon)
    #expect(
      matter.steps == [
        "Create a token with the same scopes.", "Put it where the old one was read.",
        "Revoke the old token.", "Read the security log for its use.",
        "Have the post taken down; it was read, so this replaces no step.",
      ])
  }

  @Test func `general steps say that they are general`() throws {
    let matter = try #require(plan([.sample()], [.sample(rotation: .general)]).first)
    #expect(matter.isGeneral)
    #expect(matter.steps.first?.hasPrefix("Revoke the old one where it was issued.") == true)
    #expect(matter.steps.last?.hasSuffix("since 2026-11-20T10:00:00Z.") == true)
    #expect(matter.notes.contains("The steps are general: none are written for Acme."))
  }

  @Test func `steps that name no revocation still begin with one`() throws {
    let rule = Rule.sample(rotation: Rotation(steps: ["Write to the operator."]))
    let matter = try #require(plan([.sample()], [rule]).first)
    #expect(matter.steps.first?.hasPrefix("Revoke it where it was issued. Do it now") == true)
    #expect(matter.steps.last == "Write to the operator.")
  }

  @Test func `a wallet's key is never revoked but emptied`() throws {
    let rule = Rule.sample(family: .wallets, rotation: .general)
    let matter = try #require(plan([.sample()], [rule]).first)
    #expect(matter.steps.first?.hasPrefix("Move everything it controls") == true)
    #expect(!matter.steps.contains { $0.hasPrefix("Revoke") })
  }

  @Test func `an unknown rule leaves the general way`() throws {
    let matter = try #require(plan([.sample()], []).first)
    #expect(matter.title == "acme-token")
    #expect(matter.isGeneral)
    #expect(matter.grants == nil)
  }

  @Test func `who posted a credential is never taken for its owner`() {
    for matter in plan([.sample(), .sample(id: 13, severity: .low)]) {
      #expect(matter.notes.contains { $0.hasPrefix("Who posted it need not own it") })
    }
  }

  @Test(arguments: Category.allCases)
  func `every category has steps without a rule of its own`(category: Category) throws {
    let matter = try #require(plan([.sample(category: category, severity: .high)], []).first)
    #expect(matter.steps.count >= 2)
    #expect(matter.steps.allSatisfy { $0.hasSuffix(".") && $0.count < 200 })
    #expect(matter.isGeneral)
  }

  @Test func `a rule's advice goes before the general`() throws {
    let rule = Rule.sample(category: .openPort, rotation: .general, advice: ["Bind it to ::1."])
    let matter = try #require(plan([.sample(category: .openPort)], [rule]).first)
    #expect(matter.steps == ["Bind it to ::1."])
    #expect(!matter.isGeneral)
  }

  @Test(arguments: [Category.injection, .phishing, .maliciousSkill])
  func `an accusing category accuses the text and is never urgent`(category: Category) throws {
    let matter = try #require(plan([.sample(category: category)]).first)
    #expect(matter.urgency == .review)
    #expect(matter.notes.contains { $0.contains("says nothing of its author") })
  }

  /// What is at stake and how soon the first step is due.
  struct Due: CustomTestStringConvertible {
    var category: Category
    var severity: Severity
    var confidence: Confidence
    var urgency: Recommendation.Urgency
    var testDescription: String { "\(category) \(severity) \(confidence)" }
  }

  @Test(arguments: [
    Due(category: .credential, severity: .critical, confidence: .high, urgency: .now),
    Due(category: .credential, severity: .critical, confidence: .medium, urgency: .now),
    Due(category: .credential, severity: .critical, confidence: .low, urgency: .review),
    Due(category: .credential, severity: .high, confidence: .high, urgency: .soon),
    Due(category: .credential, severity: .medium, confidence: .high, urgency: .soon),
    Due(category: .credential, severity: .low, confidence: .high, urgency: .review),
    Due(category: .credential, severity: .info, confidence: .high, urgency: .review),
    Due(category: .openPort, severity: .critical, confidence: .high, urgency: .soon),
    Due(category: .openPort, severity: .medium, confidence: .high, urgency: .review),
    Due(category: .stackTrace, severity: .low, confidence: .high, urgency: .review),
  ])
  func `urgency follows what is at stake and how sure it is`(due: Due) {
    let exposure = Exposure.sample(
      category: due.category, severity: due.severity, confidence: due.confidence)
    #expect(plan([exposure]).first?.urgency == due.urgency)
  }

  @Test func `a doubtful credential is looked at first`() throws {
    let doubtful = try #require(plan([.sample(confidence: .low)]).first)
    #expect(doubtful.steps.first == "Look at the post: whether this is real is not sure.")
    let publishable = try #require(plan([.sample(severity: .info)]).first)
    #expect(
      publishable.steps.first == "Look whether it was meant to be public: such values often are.")
    #expect(publishable.steps[1] == "If not: Create a token with the same scopes.")
  }

  @Test func `the most urgent matter comes first`() {
    let exposures: [Exposure] = [
      .sample(id: 1, category: .openPort, severity: .critical),
      .sample(id: 2, severity: .medium),
      .sample(id: 3, severity: .high, lastSeen: "2026-11-01T00:00:00Z"),
      .sample(id: 4, severity: .high, lastSeen: "2026-11-02T00:00:00Z"),
      .sample(id: 5, severity: .critical),
      .sample(id: 6, severity: .high, confidence: .medium, lastSeen: "2026-11-03T00:00:00Z"),
      .sample(id: 7, category: .injection, severity: .critical),
    ]
    let order = plan(exposures).map { $0.exposures[0].id }
    #expect(order == [5, 1, 4, 3, 6, 2, 7])
    #expect(plan(exposures.reversed()).map { $0.exposures[0].id } == order)
  }

  @Test func `what is settled needs nothing`() {
    let exposures = ExposureState.allCases.enumerated().map { index, state in
      Exposure.sample(id: Int64(index), state: state)
    }
    let standing = Set(plan(exposures).map { $0.exposures[0].state })
    #expect(standing == [.open, .acknowledged, .disputed])
    #expect(plan([]).isEmpty)
  }

  @Test func `one secret that several agents show is one matter`() throws {
    let matters = plan([
      .sample(id: 1, agent: "newt", fingerprint: 9), .sample(id: 2, agent: "toad", fingerprint: 9),
    ])
    #expect(matters.count == 1)
    #expect(matters[0].exposures.map(\.id) == [1, 2])
    #expect(matters[0].notes.contains { $0.hasPrefix("2 agents showed it") })
  }

  @Test func `the parts of one credential are treated together`() {
    let key = Exposure.sample(id: 1, rule: "acme-id", severity: .low)
    let secret = Exposure.sample(
      id: 2, rule: "acme-secret",
      details: [.companion: PublicText(masked: key.fingerprint.description)])
    let rules: [Rule] = [
      .sample(id: "acme-id", rotation: Rotation(steps: ["Delete the pair.", "Make a new pair."])),
      .sample(id: "acme-secret", rotation: Rotation(steps: ["Make a new pair."])),
    ]
    let matters = plan([key, secret], rules)
    #expect(matters.count == 1)
    #expect(matters[0].exposures.map(\.id) == [2, 1])
    #expect(matters[0].notes.contains { $0.hasPrefix("2 parts of one credential") })
    #expect(matters[0].steps.filter { $0 == "Make a new pair." }.count == 1)
    #expect(matters[0].steps[0].hasPrefix("Delete the pair. Do it now"))
  }

  @Test func `a companion named by its rule is joined where only one can be meant`() {
    let secret = Exposure.sample(
      id: 9, rule: "acme-secret", details: [.companion: PublicText("acme-id")])
    let one = plan([secret, .sample(id: 1, rule: "acme-id")])
    #expect(one.count == 1)
    let two = plan([secret, .sample(id: 1, rule: "acme-id"), .sample(id: 2, rule: "acme-id")])
    #expect(two.count == 3)
    #expect(two.flatMap(\.notes).filter { $0.hasPrefix("Its other part (acme-id)") }.count == 1)
    let other = plan([secret, .sample(id: 1, agent: "toad", rule: "acme-id")])
    #expect(other.count == 2)
  }

  @Test(arguments: HostileText.all)
  func `no step or note grows with what a post says`(hostile: HostileText) {
    let text = hostile.text
    let exposure = Exposure.sample(
      platform: text, agent: text, preview: text, details: [.companion: PublicText(masked: text)])
    for matter in plan([exposure], []) {
      for sentence in matter.steps + matter.notes {
        #expect(sentence.unicodeScalars.count < 400)
        #expect(!sentence.unicodeScalars.contains { $0.isHarmful })
      }
    }
  }
}
