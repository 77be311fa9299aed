import Checks
import Core
import Detection
import Foundation
import Generation

/// Texts that are made to be slow to read.
extension Texts {
  /// Every rule's literal triggers, in any order.
  static func triggers(_ count: Int, _ detector: Detector) -> String {
    let literals = detector.rules.flatMap { rule -> [String] in
      guard case .literals(let texts) = rule.trigger else { return [] }
      return texts
    }
    return lines(count, "triggers") { random in
      (0..<600).map { _ in random.pick(literals) }.joined(
        separator: random.pick([" ", "", "\n", "="]))
    }
  }

  static func runs(_ count: Int) -> String {
    let pieces = ["abandon", "a", "A1b2", "0f", "zoo ", "1. ability "]
    return lines(count, "runs") { String(repeating: $0.pick(pieces), count: 20_000) }
  }

  /// Encodings in encodings, compressed emptiness, and more encoded pieces than anyone would decode.
  static func bombs(_ count: Int) -> String {
    let bomb = Data(deflated([UInt8](repeating: 0x61, count: 8 << 20)) ?? []).base64EncodedString()
    return lines(count, "bombs") { random in
      var nested = Data(Chatter.sentences(6, &random).utf8)
      for _ in 0..<16 { nested = Data(nested.base64EncodedString().utf8) }
      let pieces = (0..<2_000).map { _ in
        Data(Chatter.sentences(1, &random).utf8).base64EncodedString()
      }
      return [
        bomb, String(decoding: nested, as: UTF8.self), pieces.joined(separator: " "),
        pieces.joined(separator: "\n"),
      ].joined(separator: "\n\n")
    }
  }

  static func nesting(_ count: Int) -> String {
    lines(count, "nesting") { random in
      var nested = Chatter.sentences(2, &random)
      for _ in 0..<14 {
        nested = (["data": .string(nested)] as JSONValue).rendered
      }
      let brackets = String(repeating: "[{\"a\":", count: 30_000)
      return [nested, brackets, String(repeating: "> ", count: 20_000) + "end"]
        .joined(separator: "\n")
    }
  }

  /// Beginnings of keys, addresses, escapes and literals, each over and over.
  static func bait(_ count: Int) -> String {
    let baits = [
      "postgres://a:", "-----BEGIN RSA PRIVATE KEY-----\n", "eyJhbGciOi.", "&#115;", "%2573",
      "\\u0073",
      "\\\\", "**", "\"sk-\" + ", "\u{200B}", "\u{E0073}", "ѕк-", "{\"api_key\": \"", "password: ",
      "'a' 'b' ", "Failed password for ", "1. a\n", "ａｐｉ＿ｋｅｙ＝", "data:text/plain;base64,",
      "H4sIAAAA",
    ]
    return lines(count, "bait") { random in
      baits.map { String(repeating: $0, count: 2_000 + Int(random.below(500))) }
        .joined(separator: " ")
    }
  }
}
