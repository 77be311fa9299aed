import Core
import TestSupport
import Testing

@testable import Reporting

@Suite struct LayoutTests {
  @Test(arguments: [
    ("abc", 3), ("", 0), ("漢字", 4), ("ｆｕｌｌ", 8), ("한국어", 6), ("e\u{301}", 1), ("🙂", 2),
    ("🇩🇪", 2), ("…“‹", 3), ("日本 newt", 9),
  ])
  func `wide characters take two columns, marks none`(text: String, columns: Int) {
    #expect(text.columns == columns)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
    ("漢字漢字", 8, "漢字漢字"), ("漢字漢字", 7, "漢字漢…"), ("漢字漢字", 6, "漢字…"),
    ("漢字", 1, "…"), ("e\u{301}a", 2, "e\u{301}a"), ("e\u{301}ab", 2, "e\u{301}…"), ("", 0, ""),
  ])
  func `a text is cut to its column`(text: String, columns: Int, cut: String) {
    let fitted = text.fitted(columns)
    #expect(fitted == cut)
    #expect(fitted.columns <= columns)
  }

  @Test func `text that was stored unclean is still harmless`() {
    #expect(PublicText(stored: "a\u{1B}[2J\u{202E}b").string.fitted(20) == "a\u{FFFD}[2J\u{FFFD}b")
    let stacked = "a" + String(repeating: "\u{301}", count: 10_000) + "b"
    #expect(stacked.fitted(2).unicodeScalars.count == 6)
  }

  @Test func `words are wrapped at spaces, a long one stands alone`() {
    let text = "one two three " + String(repeating: "x", count: 30) + " four"
    #expect(
      text.wrapped(indent: "  ", width: 22)
        == "  one two three\n  " + String(repeating: "x", count: 30) + "\n  four\n")
    #expect("".wrapped(indent: "  ", width: 22) == "")
    #expect("a bc d".unbroken.wrapped(indent: "", width: 1) == "a bc d\n")
  }

  @Test func `columns stay in line under wide and coloured cells`() {
    let table = Table(
      columns: [.init("NAME"), .init("N", right: true), .init("LAST")],
      rows: [
        [.init("漢字", .high), .init("7"), .init("x")], [.init("newt"), .init("1,204"), .init("")],
        [.init(""), .init(""), .init("y")],
      ])
    #expect(
      table.text(Style(width: 80)) == """
        NAME      N  LAST
        漢字      7  x
        newt  1,204
                     y

        """)
    #expect(table.text(Style(colour: true)).contains("\u{1B}[31m漢字\u{1B}[0m      7  x\n"))
  }

  @Test func `the widest column gives way first, none below its least`() {
    let table = Table(
      columns: [.init("A", least: 3), .init("B", least: 6, most: 100)],
      rows: [[.init("abcd"), .init(String(repeating: "b", count: 50))]])
    #expect(table.text(Style(width: 20)) == "A     B\nabcd  bbbbbbbbbbbbb…\n")
    #expect(table.text(Style(width: 5)) == "A    B\nab…  bbbbb…\n")
    let whole = table.text(Style(width: 5, cutsTables: false))
    #expect(whole == "A     B\nabcd  \(String(repeating: "b", count: 50))\n")
  }

  @Test func `a name of any length leaves room for others`() {
    let table = Table(
      columns: [.init("A"), .init("B")],
      rows: [[.init(String(repeating: "a", count: 5_000)), .init("b")]])
    #expect(table.text(Style(cutsTables: false)).split(separator: "\n")[1].count == 83)
  }

  static let ages: [(Double, String)] = [
    (0.0, "just now"), (59, "just now"), (-60, "just now"), (-61, "in the future"),
    (60, "1 minute ago"), (119, "1 minute ago"), (120, "2 minutes ago"), (7199, "119 minutes ago"),
    (7200, "2 hours ago"), (172_799, "47 hours ago"), (172_800, "2 days ago"),
    (60 * 86_400, "60 days ago"), (61 * 86_400, "2 months ago"), (731 * 86_400, "2 years ago"),
    (1e12, "31,688 years ago"),
  ]

  @Test(arguments: ages)
  func `an age is told in the largest unit of which there are two`(seconds: Double, age: String) {
    #expect(Words.age(of: Fixture.now + -seconds, now: Fixture.now) == age)
  }

  static let durations: [(Double, String)] = [
    (0.0, "0.0 s"), (9.94, "9.9 s"), (10, "10 s"), (119.4, "119 s"), (120, "2 min"),
    (7199, "120 min"), (7200, "2 h"), (1e300, "1,000,000,000 h"), (-3, "0.0 s"),
  ]

  @Test(arguments: durations)
  func `a duration is told in one unit`(seconds: Double, duration: String) {
    #expect(Words.duration(seconds) == duration)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1234, "-1,234"),
  ])
  func `digits stand in groups of three`(number: Int, text: String) {
    #expect(Words.grouped(number) == text)
  }

  @Test func `every reason and disguise has its words`() {
    #expect(Reason.allCases.filter { Words.sentences[$0] == nil } == [])
    #expect(Disguise.allCases.filter { Words.disguises[$0] == nil } == [])
  }

  @Test func `the ends of time have a minute`() {
    #expect(Words.minute(Timestamp(microseconds: .min)) == "-290308-12-21 19:59 UTC")
    #expect(Words.minute(Timestamp("2026-11-20T10:00:59.5Z")) == "2026-11-20 10:00 UTC")
  }
}
