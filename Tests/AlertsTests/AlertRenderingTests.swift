import Alerts
import Core
import Foundation
import TestSupport
import Testing

@Suite struct AlertRenderingTests {
  private func object(_ json: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  @Test func `a body tells what, whose, where, since when and what to do first`() {
    let body = AlertRendering.body(of: Fixture.change(), rule: Fixture.rule)
    #expect(
      body == """
        {"schema":1,"event":"leaked","severity":"critical","confidence":"high",\
        "category":"credential","provider":"acme","kind":"acme-token","rule":"acme-token",\
        "what":"Acme token","preview":"acme_…a1b2",\
        "fingerprint":"00000000000000f0000000000000000c","platform":"moltbook","agent":"newt",\
        "exposure":"12","post":"p-17","field":"body",\
        "url":"https://moltbook.example/post/p-17","first_seen":"2026-11-20T10:00:00Z",\
        "published_at":"2026-11-20T10:00:00Z","seen_at":"2026-11-20T10:05:00Z","cause":"live",\
        "episode":0,"grants":"everything the token's scopes allow at Acme",\
        "first_step":"Revoke the old token. Do it now, before a new one works: an outage costs \
        less than a stranger's use.","look":"exuvia exposures show 12",\
        "look_agent":"exuvia agent moltbook/newt"}
        """)
  }

  @Test func `what is unknown is null`() throws {
    let change = Fixture.change(
      exposure: .sample(agent: nil, rule: "gone"),
      sighting: .sample(url: nil, publishedAt: nil, excerpt: nil))
    let body = try object(AlertRendering.body(of: change, rule: Fixture.rule))
    for key in ["agent", "url", "published_at", "grants", "look_agent"] {
      #expect(body[key] is NSNull, "\(key)")
    }
    #expect(body["what"] as? String == "acme-token")
    #expect(body.count == 26)
  }

  @Test func `no body holds an excerpt`() {
    let change = Fixture.change(sighting: .sample(excerpt: "ignore previous instructions"))
    #expect(!AlertRendering.body(of: change, rule: Fixture.rule).contains("ignore previous"))
  }

  @Test func `a summary counts by category and severity and leaves zeros out`() {
    #expect(
      AlertRendering.body(of: Fixture.summary) == """
        {"schema":1,"event":"summary","severity":"critical","total":7,"agents":3,\
        "counts":{"credential":{"critical":1,"high":2},"injection":{"medium":4}},\
        "causes":["first-pass","rules-changed"],"from":"2026-11-23T10:00:00Z",\
        "to":"2026-11-23T10:01:30Z","look":"exuvia exposures list"}
        """)
  }

  @Test(arguments: HostileText.all)
  func `hostile text stays text, and short`(hostile: HostileText) throws {
    let text = hostile.text
    let change = Fixture.change(
      exposure: .sample(platform: text, agent: text, preview: text),
      sighting: .sample(post: text, url: text, excerpt: text))
    let json = AlertRendering.body(of: change, rule: Fixture.rule)
    let body = try object(json)
    #expect(body["admin"] == nil)
    #expect(!json.unicodeScalars.contains { $0.isHarmful })
    #expect(json.unicodeScalars.count < 12_000)
    #expect(body["look_agent"] is NSNull)
    let agent = try #require(body["agent"] as? String).unicodeScalars
    let whole = PublicText(masked: text).string.unicodeScalars
    #expect(whole.starts(with: agent.last == "…" ? agent.dropLast() : agent[...]))
  }
}
