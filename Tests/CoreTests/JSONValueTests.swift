import Core
import Foundation
import Testing

@Suite struct JSONValueTests {
  static let values: [(JSONValue, String)] = [
    (.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.int(-7), "-7"),
    (.number("1.50"), "1.50"), (.string("a"), #""a""#), (.array([]), "[]"), (.object([]), "{}"),
    (.array([.int(1), .null]), "[1,null]"),
    (["b": .int(1), "a": .array([.string("x")])], #"{"b":1,"a":["x"]}"#),
    (.text(nil as String?), "null"), (.text(nil as PublicText?), "null"),
    (.text(PublicText("mask")), #""mask""#),
  ]

  @Test(arguments: values)
  func `values are rendered on one line, keys in their order`(value: JSONValue, text: String) {
    #expect(value.rendered == text)
  }

  @Test func `the indented form stands on several lines`() {
    let value: JSONValue = ["a": .array([.int(1), .int(2)]), "b": .object([]), "c": .array([])]
    #expect(
      value.indented == """
        {
          "a": [
            1,
            2
          ],
          "b": {},
          "c": []
        }
        """)
  }

  @Test(arguments: [
    ("\"\\/", #""\"\\/""#), ("\n\r\t", #""\n\r\t""#),
    ("\u{0}\u{1B}\u{7F}", #""\u0000\u001b\u007f""#),
    ("\u{202E}\u{2066}", #""\u202e\u2066""#), ("\u{2028}\u{2029}\u{85}", #""\u2028\u2029\u0085""#),
    ("\u{200B}\u{FEFF}", #""\u200b\ufeff""#), ("\u{E0041}", #""\udb40\udc41""#),
    ("é漢🙂", #""é漢🙂""#),
  ])
  func `characters that mislead are escaped`(text: String, rendered: String) {
    #expect(JSONValue.string(text).rendered == rendered)
  }

  @Test func `every scalar comes back from a reader as it was`() throws {
    var text = ""
    for value in 0...0x10FFFF as ClosedRange<UInt32> {
      if let scalar = Unicode.Scalar(value), value < 0x3000 || value % 97 == 0 {
        text.unicodeScalars.append(scalar)
      }
    }
    let value: JSONValue = .object([.init(text, .string(text))])
    for rendered in [value.rendered, value.indented] {
      let read = try JSONSerialization.jsonObject(with: Data(rendered.utf8)) as? [String: String]
      #expect(
        read.map { Array(($0.first?.value ?? "").unicodeScalars) } == Array(text.unicodeScalars))
      #expect(
        read.map { Array(($0.first?.key ?? "").unicodeScalars) } == Array(text.unicodeScalars))
    }
  }

  @Test func `a key that repeats has its last value`() {
    let value: JSONValue = ["a": .int(1), "b": .int(2), "a": .int(3)]
    #expect(value["a"] == .int(3))
    #expect(value["c"] == nil)
    #expect(JSONValue.string("a")["a"] == nil)
  }
}
