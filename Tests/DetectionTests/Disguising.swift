import Core
import Foundation
import TestSupport

@testable import Detection

/// A way to hide a secret in a text, for tests: written apart from the code that undoes it.
struct Hiding: Sendable, CustomStringConvertible {
  let description: String
  let disguise: Disguise
  /// Whether the whole text is hidden, and not the secret alone.
  let isOfWhole: Bool
  /// What stands for the secret; nil where this way cannot be gone with it.
  let hide: @Sendable ([UInt8]) -> [UInt8]?

  init(_ name: String, _ disguise: Disguise, _ hide: @escaping @Sendable ([UInt8]) -> [UInt8]?) {
    description = name
    self.disguise = disguise
    isOfWhole = false
    self.hide = hide
  }

  init(
    whole name: String, _ disguise: Disguise, _ hide: @escaping @Sendable ([UInt8]) -> [UInt8]?
  ) {
    description = name
    self.disguise = disguise
    isOfWhole = true
    self.hide = hide
  }

  /// Every byte by itself.
  init(
    each name: String, _ disguise: Disguise, _ hide: @escaping @Sendable (UInt8) -> String
  ) {
    self.init(name, disguise) { secret in secret.flatMap { Array(hide($0).utf8) } }
  }

  static let all: [Hiding] = characters + encodings + partings

  /// Whether it writes lines or words around the parts: only where the secret is a value by itself, not part of a URL.
  var isOfValue: Bool {
    !["adjacent literals", "literals on lines", "continued", "emphasis within"].contains(
      description) && Hiding.partings.contains { $0.description == description }
  }

  private static let characters: [Hiding] = [
    Hiding(each: "markdown escapes", .markdown) {
      "_*-.#+!".utf8.contains($0) ? "\\" + char($0) : char($0)
    },
    Hiding(each: "decimal entities", .htmlEntities) { "&#\($0);" },
    Hiding(each: "hex entities", .htmlEntities) { "&#x\(hex($0, 2));" },
    Hiding(each: "named entities", .htmlEntities) {
      ["_": "&lowbar;", "-": "&#45;", ".": "&period;"][char($0)]
        ?? (isLetter($0) ? char($0) : "&#\($0);")
    },
    Hiding(each: "entities twice", .htmlEntities) { "&amp;#\($0);" },
    Hiding(each: "percent", .percent) { "%\(hex($0, 2))" },
    Hiding(each: "percent where needed", .percent) {
      isLetter($0) || isDigit($0) ? char($0) : "%\(hex($0, 2))"
    },
    Hiding(each: "percent twice", .percent) { "%25\(hex($0, 2))" },
    Hiding(each: "unicode escapes", .escapes) { "\\u00\(hex($0, 2))" },
    Hiding(each: "unicode escapes in JSON in JSON", .escapes) { "\\\\u00\(hex($0, 2))" },
    Hiding(each: "braced escapes", .escapes) { "\\u{\(hex($0, 2))}" },
    Hiding(each: "byte escapes", .escapes) { "\\x\(hex($0, 2))" },
    Hiding(each: "octal escapes", .escapes) {
      "\\" + String(repeating: "0", count: 3 - String($0, radix: 8).count) + String($0, radix: 8)
    },
    Hiding(each: "zero-width spaces everywhere", .zeroWidth) { char($0) + "\u{200B}" },
    Hiding("one zero-width joiner", .zeroWidth) { inserted("\u{200D}", in: $0) },
    Hiding("a soft hyphen", .zeroWidth) { inserted("\u{AD}", in: $0) },
    Hiding("a word joiner", .zeroWidth) { inserted("\u{2060}", in: $0) },
    Hiding("a bidirectional control", .zeroWidth) { inserted("\u{202E}", in: $0) },
    Hiding(each: "tag characters", .tagCharacters) {
      $0 < 0x80 && $0 >= 0x20 ? scalar(0xE0000 + UInt32($0)) : char($0)
    },
    Hiding(each: "full width", .compatibility) {
      $0 > 0x20 && $0 < 0x7F ? scalar(0xFEE0 + UInt32($0)) : char($0)
    },
    Hiding(each: "mathematical", .compatibility) {
      isLetter($0)
        ? scalar(0x1D5D4 + UInt32($0 >= 0x61 ? $0 - 0x61 + 26 : $0 - 0x41))
        : isDigit($0) ? scalar(0x1D7EC + UInt32($0 - 0x30)) : char($0)
    },
    Hiding("look-alike letters", .lookAlike) { secret in
      let letters = ["a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "A": "А"]
      var changed = false
      let hidden = secret.flatMap { byte -> [UInt8] in
        guard let other = letters[char(byte)] else { return [byte] }
        changed = true
        return Array(other.utf8)
      }
      return changed ? hidden : nil
    },
    Hiding("dashes", .lookAlike) { secret in
      guard secret.contains(0x2D), !secret.contains(0x20) else { return nil }
      return secret.flatMap { $0 == 0x2D ? Array("\u{2013}".utf8) : [$0] }
    },
  ]

  private static let encodings: [Hiding] = [
    Hiding("base64", .base64) { Array(Data($0).base64EncodedString().utf8) },
    Hiding("base64url", .base64) { base64url($0) },
    Hiding(whole: "base64 after a byte", .base64) {
      Array(Data(Array("k=".utf8) + $0).base64EncodedString().utf8)
    },
    Hiding(whole: "base64 after two", .base64) { base64url(Array("so ".utf8) + $0) },
    Hiding(whole: "a text in base64", .base64) { Array(Data($0).base64EncodedString().utf8) },
    Hiding(whole: "a text in JSON", .escapes) {
      Array(JSONValue.string(String(decoding: $0, as: UTF8.self)).rendered.utf8)
    },
    Hiding(whole: "JSON in JSON", .escapes) {
      let once: JSONValue = ["text": .string(String(decoding: $0, as: UTF8.self))]
      return Array(JSONValue.string(once.rendered).rendered.utf8)
    },
    Hiding(whole: "a text in hex", .hex) { $0.flatMap { Array(hex($0, 2).utf8) } },
    Hiding(whole: "a text in gzip", .gzip) {
      Array(Data(gzipped($0)).base64EncodedString().utf8)
    },
    Hiding(whole: "a text quoted", .markdown) { text in
      Array(("> so\n> " + String(decoding: text, as: UTF8.self).replacing("\n", with: "\n> ")).utf8)
    },
    Hiding("base64 in a data: URI", .base64) {
      Array("data:text/plain;base64,".utf8) + Array(Data($0).base64EncodedString().utf8)
    },
    Hiding(whole: "base64 in a URL", .base64) {
      Array("https://x.example/d/".utf8) + base64url($0)
    },
    Hiding("base64 twice", .base64) {
      Array(Data(Data($0).base64EncodedData()).base64EncodedString().utf8)
    },
    Hiding("base64 over lines", .base64) {
      lines(
        Array(
          Data($0 + $0.map { _ in 0x20 } + Array("and that is it".utf8)).base64EncodedString().utf8),
        40)
    },
    Hiding("hex", .hex) { secret in secret.flatMap { Array(hex($0, 2).utf8) } },
    Hiding("gzip in base64", .gzip) { Array(Data(gzipped($0)).base64EncodedString().utf8) },
  ]

  private static let partings: [Hiding] = [
    Hiding("adjacent literals", .joined) { parted($0, "\"", "\" + \"", "\"") },
    Hiding("literals on lines", .joined) { parted($0, "\"", "\"\n  \"", "\"") },
    Hiding("wrapped", .joined) { parted($0, "\n", "\n", "\n") },
    Hiding("continued", .joined) { parted($0, "", "\\\n", "") },
    Hiding("quoted and wrapped", .joined) { parted($0, "\n> ", "\n> ", "\n") },
    Hiding("listed parts", .joined) { parted($0, "part 1: ", "\npart 2: ", "\n") },
    Hiding("halves", .joined) { parted($0, "first half: ", ", second half: ", ".") },
    Hiding("bullets", .joined) { parted($0, "\n- ", "\n- ", "\n") },
    Hiding("cells", .joined) { parted($0, "| 1 | ", " |\n| 2 | ", " |") },
    Hiding("emphasis within", .markdown) { parted($0, "", "**", "**") },
  ]

  /// The secret in two parts; nil for those of several words or lines.
  private static func parted(
    _ secret: [UInt8], _ before: String, _ between: String, _ after: String
  ) -> [UInt8]? {
    guard secret.count >= 20, !secret.contains(where: { $0 <= 0x20 }) else { return nil }
    let half = secret.count / 2
    return Array(before.utf8) + secret[..<half] + Array(between.utf8) + secret[half...]
      + Array(after.utf8)
  }
}

private func inserted(_ text: String, in secret: [UInt8]) -> [UInt8] {
  secret[..<(secret.count / 2)] + Array(text.utf8) + secret[(secret.count / 2)...]
}

private func lines(_ text: [UInt8], _ width: Int) -> [UInt8] {
  Array(
    stride(from: 0, to: text.count, by: width).map { text[$0..<min($0 + width, text.count)] }
      .joined(separator: [0x0A]))
}

private func base64url(_ bytes: [UInt8]) -> [UInt8] {
  Array(
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "").utf8)
}

private func char(_ byte: UInt8) -> String { String(Unicode.Scalar(byte)) }

private func scalar(_ value: UInt32) -> String { Unicode.Scalar(value).map(String.init) ?? "" }

private func hex(_ byte: UInt8, _ digits: Int) -> String {
  let text = String(byte, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

private func isLetter(_ byte: UInt8) -> Bool {
  (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
