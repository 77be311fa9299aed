import Core
import Testing

@Suite struct PublicTextTests {
  @Test(arguments: [
    ("plain words, ünïcode and 漢字 🙂", "plain words, ünïcode and 漢字 🙂"),
    ("two\nlines\tand\ra return", "two lines and a return"),
    ("red\u{1B}[31m", "red\\u{1b}[31m"),
    ("bell\u{7} nul\u{0} delete\u{7F} c1\u{9B}", "bell\\u{7} nul\\u{0} delete\\u{7f} c1\\u{9b}"),
    ("abc\u{202E}fed", "abc\\u{202e}fed"),
    ("is\u{2066}o\u{2069}", "is\\u{2066}o\\u{2069}"),
    ("zero\u{200B}width\u{FEFF}", "zero\\u{200b}width\\u{feff}"),
    ("line\u{2028}para\u{2029}", "line\\u{2028}para\\u{2029}"),
    ("tag\u{E0041}", "tag\\u{e0041}"),
    ("filler\u{3164}\u{1160}", "filler\\u{3164}\\u{1160}"),
    ("soft\u{AD}hyphen", "soft\\u{ad}hyphen"),
    ("music\u{1D173}", "music\\u{1d173}"),
  ])
  func `what could mislead a reader becomes visible`(hostile: String, shown: String) {
    #expect(PublicText(masked: hostile).string == shown)
  }

  @Test func `no scalar that is harmful comes through`() {
    for value in 0...0x10FFFF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = PublicText(masked: String(scalar)).string
      let misleads =
        [.control, .format, .lineSeparator, .paragraphSeparator]
        .contains(scalar.properties.generalCategory) && !Self.visibleFormats.contains(value)
      if misleads, text.unicodeScalars.contains(scalar) {
        Issue.record("U+\(String(value, radix: 16)) comes through")
      }
    }
  }

  /// Format characters by category that have ink of their own: number and verse signs that stand over others.
  static let visibleFormats: Set<UInt32> = {
    var set: Set<UInt32> = [0x6DD, 0x70F, 0x8E2, 0x890, 0x891, 0x110BD, 0x110CD]
    set.formUnion(0x600...0x605)
    set.formUnion(0x13430...0x1343F)
    return set
  }()

  @Test func `masking twice changes nothing more`() {
    let once = PublicText(masked: "a\u{1B}b\u{202E}")
    #expect(PublicText(masked: once.string) == once)
  }

  @Test(arguments: [
    ("", 3, ""), ("abc", 3, "abc"), ("abcd", 3, "abc…"), ("ÄÖÜß", 3, "ÄÖÜ…"), ("abc", 0, "…"),
    ("abc", -1, "…"), ("abc", .max, "abc"), ("👍🏽👍🏽👍🏽", 2, "👍🏽👍🏽…"),
  ])
  func `a prefix counts characters`(text: String, characters: Int, cut: String) {
    #expect(PublicText(masked: text).prefix(characters).string == cut)
  }

  @Test func `marks stacked on one character do not make a prefix long`() {
    let stacked = PublicText(masked: "a" + String(repeating: "\u{301}", count: 10_000))
    #expect(stacked.prefix(10).string.unicodeScalars.count == 41)
  }
}
