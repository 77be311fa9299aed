import Core
import TestSupport
import Testing

@Suite struct NextCommandTests {
  @Test(arguments: [
    ("moltbook", "newt", "exuvia agent moltbook/newt"),
    ("moltbook", "New_t-1.2", "exuvia agent moltbook/New_t-1.2"),
    ("moltbook", "-rf", "exuvia agent moltbook/-rf"),
    ("moltbook", "a newt", "exuvia agent 'moltbook/a newt'"),
    ("moltbook", "蠑螈", "exuvia agent 'moltbook/蠑螈'"),
  ])
  func `a plain name can be pasted`(platform: String, name: String, command: String) {
    let (platform, name) = (PublicText(masked: platform), PublicText(masked: name))
    #expect(NextCommand.agent(platform, name) == command)
    #expect(NextCommand.plan(platform, name)?.hasPrefix("exuvia plan ") == true)
  }

  @Test(arguments: [
    ("moltbook", "it's"), ("moltbook", "$(reboot)"), ("moltbook", "`id`"), ("moltbook", "a;b"),
    ("moltbook", "a|b"), ("moltbook", "a\u{1B}b"), ("moltbook", "new…"), ("moltbook", "a/b"),
    ("moltbook", ""), ("moltbook", " "), ("moltbook", "a\"b"), ("moltbook", "a\\b"),
    ("moltbook", "~"), ("moltbook", "*"), ("moltbook", "🙂"), ("-x", "newt"), ("", "newt"),
    ("a b;c", "newt"), ("moltbook", String(repeating: "x", count: 101)),
  ])
  func `a name that a shell could read otherwise is not offered`(platform: String, name: String) {
    let (platform, name) = (PublicText(masked: platform), PublicText(masked: name))
    #expect(NextCommand.agent(platform, name) == nil)
    #expect(NextCommand.plan(platform, name) == nil)
  }

  @Test func `an unknown agent has no page, an exposure always has`() {
    #expect(NextCommand.agent(PublicText("moltbook"), nil) == nil)
    #expect(NextCommand.exposure(12) == "exuvia exposures show 12")
    #expect(NextCommand.plan(12) == "exuvia plan 12")
  }
}
