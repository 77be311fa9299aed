import Identity
import Testing

@Suite struct AgentIdentityTests {
  private let key = IdentityKey(bytes: Array(0..<32))

  @Test(arguments: [
    ("Ada", "aDA", true), ("Zoë", "Zoe\u{308}", true), ("ZOË", "ZOë", false), ("Ada", "Аda", false),
    ("Ａda", "Ada", false), ("Ada", "Ada ", false), ("", "a", false),
  ])
  func `names are one if NFC and ASCII case make them so`(a: String, b: String, same: Bool) {
    let names = [a, b].map { key.agentName(platform: "moltbook", name: $0) }
    #expect((names[0] == names[1]) == same)
  }

  @Test(arguments: [
    ("0xAbC", "0xabc", true), ("0XABC", "0xabc", true), ("Abc", "abc", false),
    ("0xAbG", "0xabg", false), ("7", "07", false),
  ])
  func `ids are opaque, but for hex numbers`(a: String, b: String, same: Bool) {
    let posts = [a, b].map { key.post(platform: "farcaster", id: $0) }
    #expect((posts[0] == posts[1]) == same)
    let agents = [a, b].map { key.agentID(platform: "farcaster", id: $0) }
    #expect((agents[0] == agents[1]) == same)
  }

  @Test func `identities of several platforms and purposes never meet`() {
    let hashes = [
      key.agentName(platform: "a", name: "x"), key.agentName(platform: "b", name: "x"),
      key.agentID(platform: "a", id: "x"), key.post(platform: "a", id: "x"),
      key.revision(title: "a", body: "x"), key.agentName(platform: "ax", name: ""),
    ]
    #expect(Set(hashes).count == hashes.count)
  }

  @Test func `a revision is of title and body, and a missing one is empty`() {
    let revisions = [("a", "b"), ("ab", ""), ("", "ab"), ("b", "a")]
      .map { key.revision(title: $0.0, body: $0.1) }
    #expect(Set(revisions).count == revisions.count)
    #expect(key.revision(title: nil, body: "b") == key.revision(title: "", body: "b"))
  }
}
