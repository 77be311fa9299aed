import Core
import Foundation
import Records
import TestSupport
import Testing

@Suite struct JSONValueParsingTests {
  struct Reading: Sendable, CustomTestStringConvertible {
    var json: String
    var value: JSONValue
    var testDescription: String { json }

    init(_ json: String, _ value: JSONValue) {
      self.json = json
      self.value = value
    }
  }

  @Test(arguments: [
    Reading("null", .null),
    Reading(" \t\r\n true ", .bool(true)),
    Reading("false", .bool(false)),
    Reading("0", .number("0")),
    Reading("-0.50e+07", .number("-0.50e+07")),
    Reading("1E-2", .number("1E-2")),
    Reading("123456789012345678901234567890", .number("123456789012345678901234567890")),
    Reading("\"\"", .string("")),
    Reading("\"eight by\"", .string("eight by")),
    Reading(
      "\"no escape, long enough for several words, é and 🦀\"",
      .string("no escape, long enough for several words, é and 🦀")),
    Reading(#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{c}\n\r\t")),
    Reading(#""a\u00e9\u20AC\ud83e\udd80z""#, .string("aé€🦀z")),
    Reading(#""nul \u0000 and del \u007f""#, .string("nul \u{0} and del \u{7f}")),
    Reading(#""\ud800""#, .string("\u{FFFD}")),
    Reading(#""\ud800x\udc00""#, .string("\u{FFFD}x\u{FFFD}")),
    Reading(#""\ud83e\ud83e\udd80""#, .string("\u{FFFD}🦀")),
    Reading(#""\ud83e\n""#, .string("\u{FFFD}\n")),
    Reading("[]", .array([])),
    Reading("[ ]", .array([])),
    Reading("{}", .object([])),
    Reading("[1,[2],{\"a\":null}]", .array([.number("1"), .array([.number("2")]), ["a": .null]])),
    Reading(" { \"b\" : 1 , \"a\" : { } } ", ["b": .number("1"), "a": .object([])]),
    Reading(
      #"{"k\u0065y":1,"key":2}"#, .object([.init("key", .number("1")), .init("key", .number("2"))])),
    Reading("\u{FEFF}[1]", .array([.number("1")])),
  ])
  func `valid texts keep their order and spellings`(reading: Reading) throws {
    #expect(try JSONValue(parsing: reading.json) == reading.value)
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var json: String
    var offset: Int
    var reason: JSONFault.Reason
    var testDescription: String { json }

    init(_ json: String, _ offset: Int, _ reason: JSONFault.Reason) {
      self.json = json
      self.offset = offset
      self.reason = reason
    }
  }

  @Test(arguments: [
    Refusal("", 0, .empty),
    Refusal("  \n", 3, .empty),
    Refusal("\u{FEFF}", 3, .empty),
    Refusal("<!DOCTYPE html><html>", 0, .markup),
    Refusal("\n <?xml version='1.0'?>", 2, .markup),
    Refusal("Bad Gateway", 0, .unexpected),
    Refusal("nul", 3, .endsEarly),
    Refusal("nulL", 3, .unexpected),
    Refusal("True", 0, .unexpected),
    Refusal("NaN", 0, .unexpected),
    Refusal("[1,]", 3, .unexpected),
    Refusal("[1 2]", 3, .unexpected),
    Refusal("[", 1, .endsEarly),
    Refusal("[1", 2, .endsEarly),
    Refusal("]", 0, .unexpected),
    Refusal("{\"a\"}", 4, .unexpected),
    Refusal("{\"a\":}", 5, .unexpected),
    Refusal("{\"a\":1,}", 7, .unexpected),
    Refusal("{a:1}", 1, .unexpected),
    Refusal("{'a':1}", 1, .unexpected),
    Refusal("{\"a\":1", 6, .endsEarly),
    Refusal("[1}", 2, .unexpected),
    Refusal("1 1", 2, .trailing),
    Refusal("{}{}", 2, .trailing),
    Refusal("01", 1, .trailing),
    Refusal("-", 1, .endsEarly),
    Refusal("+1", 0, .unexpected),
    Refusal("[-a]", 2, .badNumber),
    Refusal("[1.]", 3, .badNumber),
    Refusal("[.5]", 1, .unexpected),
    Refusal("[1e]", 3, .badNumber),
    Refusal("[1e+]", 4, .badNumber),
    Refusal("\"abc", 4, .endsEarly),
    Refusal("\"abc\\", 5, .endsEarly),
    Refusal("\"abc\\\"", 6, .endsEarly),
    Refusal(#""\x41""#, 1, .badEscape),
    Refusal(#""\u12g4""#, 1, .badEscape),
    Refusal(#""\u12"#, 5, .endsEarly),
    Refusal("\"tab\there\"", 4, .controlCharacter),
    Refusal("\"a longer text with a line\nend\"", 26, .controlCharacter),
  ])
  func `faults name the byte and the reason`(refusal: Refusal) {
    #expect(throws: JSONFault(offset: refusal.offset, reason: refusal.reason)) {
      try JSONValue(parsing: refusal.json)
    }
  }

  @Test(
    arguments: [
      ([0x22, 0x61, 0xFF, 0x62, 0x22], "a\u{FFFD}b"),
      ([0x22, 0xE2, 0x82, 0x22], "\u{FFFD}"),
      ([0x22, 0xE2, 0x82, 0x5C, 0x6E, 0x22], "\u{FFFD}\n"),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0x22, 0xC0, 0x80, 0x22], "\u{FFFD}\u{FFFD}"),
    ] as [([UInt8], String)])
  func `invalid UTF-8 is repaired`(bytes: [UInt8], text: String) throws {
    #expect(try JSONValue(parsing: bytes) == .string(text))
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `nesting is allowed up to the depth and no further`(opening: String) throws {
    let close = opening == "[" ? "]" : "}"
    func nested(_ levels: Int) -> String {
      String(repeating: opening, count: levels - 1) + (opening == "[" ? "[]" : "{}")
        + String(repeating: close, count: levels - 1)
    }
    _ = try JSONValue(parsing: nested(3), depth: 3)
    _ = try JSONValue(parsing: nested(Limits().jsonDepth))
    _ = try JSONValue(parsing: nested(512), depth: .max)
    for (levels, depth) in [(4, 3), (Limits().jsonDepth + 1, Limits().jsonDepth), (513, .max)] {
      #expect(throws: JSONFault(offset: min(depth, 512) * opening.count, reason: .tooDeep)) {
        try JSONValue(parsing: nested(levels), depth: depth)
      }
    }
  }

  @Test func `ten thousand open brackets are refused at the first one too many`() {
    #expect(throws: JSONFault(offset: 64, reason: .tooDeep)) {
      try JSONValue(parsing: [UInt8](repeating: UInt8(ascii: "["), count: 10_000))
    }
  }

  @Test func `every prefix of a text is refused and the whole is not`() throws {
    let whole = Array(#"{"a":[1.5e3,true,null,"x\u00e9\n🦀"],"b":{"c":false}}"#.utf8)
    for length in 0..<whole.count {
      #expect(throws: JSONFault.self) { try JSONValue(parsing: Array(whole[..<length])) }
    }
    _ = try JSONValue(parsing: whole)
  }

  @Test func `a quote, a backslash or a control character is seen at every place of a word`() throws
  {
    for length in 0..<40 {
      for place in 0...length {
        let (before, after) = (
          String(repeating: "é", count: place), String(repeating: "x", count: length - place)
        )
        let value = try JSONValue(parsing: "\"\(before)\\n\(after)\"")
        #expect(value == .string("\(before)\n\(after)"))
        #expect(throws: JSONFault(offset: 1 + 2 * place, reason: .controlCharacter)) {
          try JSONValue(parsing: "\"\(before)\u{1f}\(after)\"")
        }
      }
    }
  }

  @Test(.enabled(if: sharedFolder != nil))
  func `recorded pages survive being rendered and read again`() throws {
    let folder = try #require(sharedFolder).appending(path: "corpus/raw")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(".json") {
      let value = try JSONValue(parsing: [UInt8](Data(contentsOf: folder.appending(path: name))))
      #expect(try JSONValue(parsing: value.rendered) == value)
    }
  }
}
