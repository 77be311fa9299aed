import Core

/// Text with placeholders such as `{base62:30}` and `{crc32-base62}`, filled with values that pass
/// their checks.
///
/// Fills depend on the seed and on how many fills without a tag came before in the same `Template`;
/// those with a tag (`{hex:40#a}`) on the seed and the tag alone. What stands in braces and is no
/// placeholder stays as it is, and so do the marks « and » around secrets, which `unmark` takes
/// out.
package struct Template: Sendable {
  private let seed: UInt64
  private var fills: UInt64 = 0

  package init(seed: UInt64) {
    self.seed = seed
  }

  /// The filled text, marks included, and what stands between its marks.
  package mutating func fill(_ text: String) -> (text: String, secrets: [String]) {
    let bytes = Array(text.utf8)
    var output = FilledText()
    var index = 0
    while index < bytes.count {
      if let (placeholder, end) = Placeholder.read(bytes, at: index),
        let value = value(of: placeholder, after: output)
      {
        output.append(fill: value)
        index = end
      } else {
        output.append(literal: bytes[index])
        index += 1
      }
    }
    let filled = output.bytes.text
    let (plain, spans) = Template.unmark(filled)
    let secrets = spans.map { Array(plain.utf8)[$0].text }
    return (filled, secrets)
  }

  /// Takes out pairs of « and »; the spans are of what stood between them, in bytes of the UTF-8
  /// that is left.
  package static func unmark(_ text: String) -> (text: String, spans: [Range<Int>]) {
    var rest = Array(text.utf8)[...]
    var plain: [UInt8] = []
    var spans: [Range<Int>] = []
    while let open = rest.firstRange(of: openMark),
      let close = rest[open.upperBound...].firstRange(of: closeMark)
    {
      plain += rest[..<open.lowerBound]
      let start = plain.count
      plain += rest[open.upperBound..<close.lowerBound]
      spans.append(start..<plain.count)
      rest = rest[close.upperBound...]
    }
    return ((plain + rest).text, spans)
  }

  private mutating func value(of placeholder: Placeholder, after output: FilledText) -> [UInt8]? {
    if let tail = tails[placeholder.name], placeholder.argument == nil {
      var random = random(placeholder.tag)
      return tail(output, &random)
    }
    let make: Generator?
    if let charset = Charset(name: placeholder.name) {
      make = { random, argument in
        guard let length = Int(argument), (1...100_000).contains(length) else { return nil }
        return random.characters(charset, length)
      }
    } else {
      make = generators[placeholder.name]
    }
    guard let make else { return nil }
    let fills = fills
    var random = random(placeholder.tag)
    let value = make(&random, placeholder.argument ?? "")
    // What is left as it stands counts for nothing.
    if value == nil { self.fills = fills }
    return value
  }

  private mutating func random(_ tag: String?) -> SplitMix64 {
    guard let tag else {
      fills += 1
      return SplitMix64(seed: seed, stream: fills)
    }
    // FNV-1a, with the top bit set to keep tags and positions apart.
    let hash = tag.utf8.reduce(0xCBF2_9CE4_8422_2325) { (hash: UInt64, byte) in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return SplitMix64(seed: seed, stream: hash | 1 << 63)
  }
}

private let openMark = Array("«".utf8)
private let closeMark = Array("»".utf8)

/// `{name}`, `{name:argument}`, each also with `#tag` at its end.
private struct Placeholder {
  let name: String
  let argument: String?
  let tag: String?

  /// The placeholder that begins at a brace, and where the text goes on after it.
  static func read(_ bytes: [UInt8], at index: Int) -> (Placeholder, end: Int)? {
    guard bytes[index] == UInt8(ascii: "{"),
      let close = bytes[(index + 1)...].firstIndex(where: { $0 == 0x7B || $0 == 0x7D }),
      bytes[close] == UInt8(ascii: "}")
    else { return nil }
    let inner = bytes[(index + 1)..<close].text
    let tagged = inner.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = tagged[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let placeholder = Placeholder(
      name: String(parts[0]), argument: parts.count > 1 ? String(parts[1]) : nil,
      tag: tagged.count > 1 ? String(tagged[1]) : nil)
    return (placeholder, close + 1)
  }
}

/// A text under way, with what computed tails look back on.
private struct FilledText {
  private(set) var bytes: [UInt8] = []
  private var fillStart = 0
  private var markEnd: Int?

  /// The fills right before, with no literal text between them.
  var fills: ArraySlice<UInt8> { bytes[fillStart...] }

  /// Everything since «; without one, since the last white space or quote.
  var token: ArraySlice<UInt8> {
    if let markEnd { return bytes[markEnd...] }
    let ends = Array("\"'`".utf8)
    let end = bytes.lastIndex { $0.isASCIISpace || ends.contains($0) }
    return bytes[(end.map { $0 + 1 } ?? 0)...]
  }

  mutating func append(literal byte: UInt8) {
    bytes.append(byte)
    fillStart = bytes.count
    if bytes.suffix(2).elementsEqual(openMark) { markEnd = bytes.count }
    if bytes.suffix(2).elementsEqual(closeMark) { markEnd = nil }
  }

  mutating func append(fill value: [UInt8]) {
    bytes += value
  }
}

private let tails: [String: @Sendable (FilledText, inout SplitMix64) -> [UInt8]] = [
  "crc32-base62": { text, _ in Base62.sixDigits(Checksum.crc32(text.fills)) },
  "github-tail": { text, random in githubHash(text.token) + random.characters(.base62, 8) },
  "grafana-crc": { text, _ in grafanaTail(withoutSeparator(text.token)) },
  "atlassian-crc": { text, _ in atlassianTail(text.token) },
  "synapse-crc": { text, _ in
    Base62.sixDigits(Checksum.crc32(withoutSeparator(text.token)))
  },
  "zuplo-crc": { text, _ in zuploTail(withoutSeparator(text.token)) },
]

// `_` before a tail separates it and is no part of what it sums up.
private func withoutSeparator(_ token: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  token.last == UInt8(ascii: "_") ? token.dropLast() : token
}
