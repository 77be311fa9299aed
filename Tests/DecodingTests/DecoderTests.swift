import Core
import Foundation
import Testing

@testable import Decoding

/// A text, what one of its readings must say, and where the part of it in « and » stood.
struct Expected: Sendable, CustomTestStringConvertible {
  var text: String
  var reading: String
  var origin: String
  var disguise: [Disguise]

  init(_ text: String, _ reading: String, _ origin: String, _ disguise: Disguise...) {
    self.text = text
    self.reading = reading
    self.origin = origin
    self.disguise = disguise
  }

  var testDescription: String { "\(disguise.map(\.rawValue)): \(text)" }
}

/// All readings of a text, nested ones too, as a scanner would ask for them.
func allReadings(
  of bytes: [UInt8], starts: [Int] = [], limits: Limits = Limits()
) -> (readings: [Reading], cuts: Int) {
  let decoder = Decoder(limits: limits)
  var budget = Decoder.Budget(limits, textOf: bytes.count)
  func readings(_ bytes: [UInt8], _ starts: [Int], of reading: Reading?) -> [Reading] {
    bytes.withUnsafeBytes { text in
      decoder.readings(
        of: .init(text, runs: runs(in: bytes), starts: starts, reading: reading), &budget)
    }
  }
  var queue = readings(bytes, starts, of: nil)
  var next = 0
  while next < queue.count {
    queue += readings(queue[next].bytes, [], of: queue[next])
    next += 1
  }
  return (queue, budget.cuts)
}

private func runs(in bytes: [UInt8]) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  var start = 0
  for at in 0...bytes.count where at == bytes.count || !isToken(bytes[at]) {
    if at - start >= 16 { runs.append(start..<at) }
    start = at + 1
  }
  return runs
}

@Suite struct DecoderTests {
  @Test(arguments: [
    Expected(#"a sk\_live\_abc b"#, "sk_live_abc", #"sk\_live\_abc"#, .markdown),
    Expected("a &#115;k&lowbar;1&#x5f; b", "sk_1_", "&#115;k&lowbar;1&#x5f;", .htmlEntities),
    Expected("a%73%6b%5Fb", "ask_b", "a%73%6b%5Fb", .percent),
    Expected("%2573k", "sk", "%2573k", .percent, .percent),
    Expected(#"\u0073\x6B\u{5F}\141"#, "sk_a", #"\u0073\x6B\u{5F}\141"#, .escapes),
    Expected("\u{1B}[93ms\u{1B}[0;1mk-0\u{1B}[0m", "sk-0", "s\u{1B}[0;1mk-0", .escapes),
    Expected(#"\\u0073k"#, "sk", #"\\u0073k"#, .escapes, .escapes),
    Expected(
      #"\ud835\udc00ccess-key-0123"#, "Access-key", #"\ud835\udc00ccess-key"#, .escapes,
      .compatibility),
    Expected("s\u{200B}k\u{AD}-\u{2060}a", "sk-a", "s\u{200B}k\u{AD}-\u{2060}a", .zeroWidth),
    Expected("ｓｋ＿ｌｉｖｅ＿１２３４", "sk_live_1234", "ｓｋ＿ｌｉｖｅ＿１２３４", .compatibility),
    Expected("sk_livе_abc", "sk_live_abc", "sk_livе_abc", .lookAlike),
    Expected("sk–proj–0123456789", "sk-proj-0123456789", "sk–proj–0123456789", .lookAlike),
    Expected(
      "x YSBsb25nIHRleHQgaW4gYmFzZTY0 y", "long", "YSBsb25n", .base64),
    Expected(
      "a 61206c6f6e67207465787420696e20686578 b", "long", "6c6f6e67", .hex),
    Expected("_sk-0123456789abcdef_", "sk-0123456789abcdef", "sk-0123456789abcdef", .markdown),
  ])
  func `a disguise is undone, and leads back to its place`(row: Expected) throws {
    let bytes = Array(row.text.utf8)
    let wanted = Array(row.reading.utf8)
    let found = allReadings(of: bytes).readings.contains { reading in
      guard let start = reading.bytes.firstRange(of: wanted) else { return false }
      let origin = String(decoding: bytes[reading.origin(of: start)], as: UTF8.self)
      return origin == row.origin && reading.disguises(of: start) == row.disguise
    }
    #expect(found)
  }

  @Test(arguments: [
    "", "plain words, and nothing else: not even a key", "it’s “quoted” — and dashed–off",
    "你好，世界：全角标点", "emoji 👩‍💻 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 here", "Привет, мир и API-ключ", "naïve café über",
    "**bold** and _italic_",
    "https://example.org/a/long/path/of-words/and-more", "3f2504e04f8911d39a0c0305e82c3301",
    "internationalization and misunderstandings", "x² + y² = z²", "100 % of it & more",
  ])
  func `everyday text gives no cause`(text: String) {
    #expect(allReadings(of: Array(text.utf8)).readings.isEmpty)
  }

  @Test(arguments: [
    ("sk-abc\ndef123\n", "sk-abcdef123"), ("sk-abc\\\ndef123", "sk-abcdef123"),
    ("sk-abc\n> def123", "sk-abcdef123"), ("sk-abc<br>def123", "sk-abcdef123"),
    ("sk-abc1, second part: def123.", "sk-abc1def123"), ("sk-ab**c1de**f2", "sk-abc1def2"),
    ("sk-abc\n- def123\n- 456ghi", "sk-abcdef123456ghi"),
    ("sk-abc |\n| 2 | def123 |", "sk-abcdef123"), ("sk-abc1 and then def123", "sk-abc1def123"),
    ("1) sk-abc1 2) def123", "sk-abc1def123"),
  ])
  func `parts are joined where the first begins a secret`(text: String, expected: String) {
    let bytes = Array(text.utf8)
    let start = bytes.firstRange(of: Array("sk-".utf8))?.lowerBound ?? 0
    let readings = allReadings(of: bytes, starts: [start]).readings
    #expect(readings.contains { $0.bytes.firstRange(of: Array(expected.utf8)) != nil })
  }

  @Test(arguments: [
    ("id=\"ab1c\" + \"2de\"", "id=\"ab1c2de\""), ("id=\"ab1c\" + \"2de\"", "id=ab1c2de"),
    ("id='ab1c' . '2de'", "id='ab1c2de'"), ("id='ab1c' '2de'", "id='ab1c2de'"),
    ("id = (\"ab1c\"\n  \"2de\")", "id = \"ab1c2de\")"),
    ("id = \"\".join([\"ab1c\", \"2de3\"])", "id = \"ab1c2de3\""),
    ("id=\nab1c2\nd3e4\n", "id=ab1c2d3e4"), ("id=part 1: ab1c2 part 2: d3e4", "id=ab1c2d3e4"),
    ("id: first half ab1c2d3e4f5a6b7c, second half is 8d9e", "id: ab1c2d3e4f5a6b7c8d9e"),
    ("id is\n1. ab1c2\n2. d3e4", "id is ab1c2d3e4"),
    ("a = 'ab1c2'\nb = 'd3e4'\nid = a + b", "id = 'ab1c2d3e4'"),
    ("A=\"ab1c2\"\nB=\"d3e4\"\nid=\"${A}${B}\"", "id=\"ab1c2d3e4\""),
    ("id = \"ab1c2\"\nid += \"d3e4\"", "id = \"ab1c2d3e4\""),
  ])
  func `what names a key stands before its joined parts`(text: String, expected: String) {
    let readings = allReadings(of: Array(text.utf8)).readings
    #expect(readings.contains { $0.bytes.firstRange(of: Array(expected.utf8)) != nil })
  }

  @Test(arguments: [
    "sk-abc1\nand then", "sk-abc1\nNAME=12345", "sk-abc1, and so on", "sk-abc1~def",
    "sk-abc1 def123", "sk-abc1: def", "sk-abc1\nOpenClaw is", "k = \"ab1c2\"\nsecret = \"d3e4\"",
    "sk-abc1 is the key of OpenClaw", "[\"index\", \"main.js\"]", "say \"ab1\" and \"cd2\"",
  ])
  func `words are no parts`(text: String) {
    #expect(allReadings(of: Array(text.utf8), starts: [0]).readings.isEmpty)
  }

  @Test(arguments: 16..<40)
  func `an encoding is read over lines of any width`(width: Int) {
    let text = Array("so it says and goes on: this is the text, all of it".utf8)
    let hex = text.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    for encoded in [Data(text).base64EncodedString(), hex] {
      let lines = stride(from: 0, to: encoded.utf8.count, by: width).map {
        String(
          decoding: Array(encoded.utf8)[$0..<min($0 + width, encoded.utf8.count)], as: UTF8.self)
      }
      let readings = allReadings(of: Array(lines.joined(separator: "\n").utf8)).readings
      #expect(readings.contains { $0.bytes.firstRange(of: text) != nil })
    }
  }

  @Test(arguments: [
    ("k=__sk-0123456789abcdef__", "k=sk-0123456789abcdef"),
    ("k=~~sk-0123456789abcdef~~", "k=sk-0123456789abcdef"),
    ("k=||sk-0123456789abcdef||", "k=sk-0123456789abcdef"),
    ("k=[sk-0123456789abcdef](https://example.org)", "k=sk-0123456789abcdef"),
    ("k=**sk-0123456789abcdef**", "k=sk-0123456789abcdef"),
    ("k=sk-01~~23456789~~abcdef", "k=sk-0123456789abcdef"),
  ])
  func `marks in pairs are taken off`(text: String, expected: String) {
    let readings = allReadings(of: Array((text + ".").utf8)).readings
    #expect(readings.contains { $0.bytes.firstRange(of: Array(expected.utf8)) != nil })
  }
}

@Suite struct LimitTests {
  @Test func `no more readings and no more of their bytes than allowed`() {
    var limits = Limits()
    let text = Array(String(repeating: #"%2541\\u0041&amp;#65; "#, count: 200).utf8)
    #expect(allReadings(of: text, limits: limits).cuts == 0)
    limits.readingsPerText = 1
    let few = allReadings(of: text, limits: limits)
    #expect(few.readings.count == 1)
    #expect(few.cuts > 0)
    limits = Limits()
    limits.readingsTimesText = 0
    limits.readingsLeast = 0
    #expect(allReadings(of: text, limits: limits).readings.isEmpty)
  }

  @Test func `layers beyond the deepest are counted, not read`() {
    let text = Array("%2525252541".utf8)
    let result = allReadings(of: text)
    #expect(result.readings.count == 3)
    #expect(result.cuts == 1)
    #expect(result.readings.last?.bytes == Array("%2541".utf8))
  }
}

@Suite struct FuzzTests {
  @Test(arguments: 0..<40)
  func `whatever the bytes, every reading leads back into the text`(seed: UInt64) {
    var random = Numbers(state: seed)
    let pieces = [
      "%41", "%u0041", "&#65;", "&amp;", "\\u0041", "\\", "\\n", "\u{200B}", "Ａ", "а", "—", "sk-",
      "YSBsb25nIHRleHQgaW4gYmFzZTY0", "H4sIAAAAAAAA", "\n> ", "\n", "\"", " + ", "**", "=", "_",
      "61206c6f6e67207465787420696e20686578", "part 2: ", "data:text/plain;base64,", " ", "x",
    ]
    for _ in 0..<25 {
      var bytes: [UInt8] = []
      for _ in 0..<random.next(60) {
        let pick = random.next(pieces.count + 6)
        bytes += pick < pieces.count ? Array(pieces[pick].utf8) : [UInt8(random.next(256))]
      }
      let starts = bytes.indices.filter { bytes[$0] == UInt8(ascii: "s") }
      for reading in allReadings(of: bytes, starts: starts).readings {
        var last = 0
        for at in reading.bytes.indices {
          let origin = reading.origin(of: at..<at + 1)
          #expect(origin.lowerBound >= 0 && origin.upperBound <= bytes.count)
          #expect(origin.lowerBound >= last)
          last = origin.lowerBound
        }
        #expect(String(validating: reading.bytes, as: UTF8.self) != nil)
      }
    }
  }
}

private struct Numbers {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
