import Checks
import Core
import Foundation
import Testing

@testable import Generation

private let secret = "acme_Q7rvK2mZx9-LdT4nWbY8sH3.pE6jC1uXa5Gi0oKeJS"
private let line = "export ACME_TOKEN=\(secret) # for the cafés"

typealias Undo = @Sendable (String) -> String?

/// The system's own ways to undo a spelling.
private let ways: [(Disguise, Undo)] = [
  (Disguise.percent, { $0.removingPercentEncoding?.removingPercentEncoding }),
  (
    .escapes,
    { text in
      let plain = text.replacing("\\\\", with: "\\").replacing("\\x", with: "\\u00")
        .replacing("\\U0000", with: "\\u").replacing(/\\u\{(..)\}/) { "\\u00\($0.1)" }
      return try? JSONDecoder().decode(String.self, from: Data("\"\(plain)\"".utf8))
    }
  ),
  (
    .zeroWidth,
    { text in
      String(
        String.UnicodeScalarView(
          text.unicodeScalars.filter { $0.properties.generalCategory != .format }))
    }
  ),
  (
    .tagCharacters,
    { text in
      String(
        String.UnicodeScalarView(
          text.unicodeScalars.compactMap { Unicode.Scalar($0.value - 0xE0000) }))
    }
  ),
  (.compatibility, { $0.precomposedStringWithCompatibilityMapping }),
  (.markdown, { $0.replacing(/[\\*~]/, with: "") }),
  (
    .htmlEntities,
    { text in
      text.replacing("&amp;", with: "&").replacing("&lowbar;", with: "_")
        .replacing("&period;", with: ".").replacing(/&#(x?)0*([0-9a-f]+);/) { entity in
          let number = UInt32(entity.2, radix: entity.1.isEmpty ? 10 : 16)
          return number.flatMap(Unicode.Scalar.init).map { "\($0)" } ?? ""
        }
    }
  ),
]

/// What stands at the spans, undone by means of the system's libraries, must be the secret again.
@Suite struct HidingTests {
  private static let hidden: [(hiding: Hiding, text: Marked)] = Hiding.all.compactMap { hiding in
    var random = SplitMix64(seed: 1, stream: hash(hiding.name))
    return hiding.hide(marked, &random).map { (hiding, $0) }
  }

  private static let marked = Marked(
    Array(line.utf8), 18..<(18 + secret.utf8.count))

  private func held(_ text: Marked) -> [String] {
    text.spans.map { String(decoding: text.bytes[$0], as: UTF8.self) }
  }

  @Test func `every disguise finds occasion in a common line`() {
    let missing = Set(Hiding.all.map(\.description))
      .subtracting(Self.hidden.map(\.hiding.description))
    // Tag characters are made of ASCII alone.
    #expect(missing == ["tag-characters: the line"])
  }

  @Test func `no disguise but the plain one and what only surrounds shows the secret`() {
    let open = Set(Self.hidden.filter { held($0.text)[0] == secret }.map(\.hiding.description))
    #expect(
      open == [
        "plain", "markdown: emphasis around", "markdown: underscores around",
        "markdown: code fence", "markdown: list item", "markdown: table cell",
        "markdown: link text", "markdown: block quote", "markdown: nested block quote",
        "percent: the line", "percent: data: URI", "escapes: JSON", "escapes: JSON in JSON",
        "compatibility: no-break spaces",
      ])
  }

  @Test(arguments: ways)
  func `what is spelled otherwise is the secret`(
    family: Disguise, undo: Undo
  ) {
    for (hiding, text) in Self.hidden where hiding.family == family {
      #expect(undo(held(text)[0]) == secret, "\(hiding)")
    }
  }

  @Test func `what is encoded holds the secret, in as few groups as can be`() throws {
    for (hiding, text) in Self.hidden where hiding.name.hasPrefix("the ") {
      let held = held(text)[0]
      var bytes: Data?
      switch hiding.family {
      case .base64:
        let standard = held.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        bytes = Data(base64Encoded: standard + padding)
      case .hex:
        let digits = Array(held.utf8)
        bytes = Data(
          stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
          })
      default: continue
      }
      let decoded = String(decoding: try #require(bytes, "\(hiding)"), as: UTF8.self)
      #expect(decoded.contains(secret), "\(hiding)")
      #expect(decoded.utf8.count <= secret.utf8.count + 4, "\(hiding)")
    }
  }

  @Test func `pieces are all there, in order, and nothing is before or behind them`() {
    for (hiding, text) in Self.hidden where hiding.family == .joined {
      let held = held(text)[0]
      var rest = held.unicodeScalars[...]
      for scalar in secret.unicodeScalars {
        let at = rest.firstIndex(of: scalar)
        #expect(at != nil, "\(hiding)")
        rest = rest[(at.map { rest.index(after: $0) } ?? rest.endIndex)...]
      }
      #expect(held.hasPrefix(secret.prefix(3)) && held.hasSuffix(secret.suffix(3)), "\(hiding)")
    }
  }

  @Test func `gzip is a member that zlib inflates`() throws {
    let packed = try #require(deflated(Array(line.utf8)))
    #expect(packed.starts(with: [0x1F, 0x8B, 8]))
    #expect(packed.suffix(4).elementsEqual([UInt8(line.utf8.count), 0, 0, 0]))
  }
}
