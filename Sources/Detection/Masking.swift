import Core

/// A stretch of a text and what is shown in its place.
struct MaskedSpan {
  var range: Range<Int>
  var label: String
}

/// A text in which spans are replaced, with the way from the original's offsets to the new ones and back.
struct Masked {
  let text: String
  /// What was replaced, in the original and as it is shown; ascending.
  private let pieces: [(original: Range<Int>, shown: Range<Int>)]

  var changed: Bool { !pieces.isEmpty }

  /// Takes spans in ascending order; one that begins within another is merged into it.
  init(_ original: UnsafeRawBufferPointer, _ spans: [MaskedSpan]) {
    var out: [UInt8] = []
    var pieces: [(original: Range<Int>, shown: Range<Int>)] = []
    var done = 0
    for span in spans {
      if span.range.lowerBound < done, let last = pieces.indices.last {
        done = max(done, span.range.upperBound)
        pieces[last].original = pieces[last].original.lowerBound..<done
        continue
      }
      out += original[done..<span.range.lowerBound]
      let start = out.count
      out += Array(span.label.utf8)
      done = span.range.upperBound
      pieces.append((span.range, start..<out.count))
    }
    out += original[min(done, original.count)...]
    text = String(decoding: out, as: UTF8.self)
    self.pieces = pieces
  }

  /// What a range of the new text stands for; nil where all of it was put there.
  func origin(of range: Range<Int>) -> Range<Int>? {
    let start = origin(ofPlace: range.lowerBound)
    let end = range.isEmpty ? start : origin(ofPlace: range.upperBound - 1)
    let whole = start.lowerBound..<max(start.upperBound, end.upperBound)
    return pieces.contains { $0.original == whole } ? nil : whole
  }

  private func origin(ofPlace place: Int) -> Range<Int> {
    guard let last = pieces.last(where: { $0.shown.lowerBound <= place }) else {
      return place..<place + 1
    }
    if place < last.shown.upperBound { return last.original }
    let at = place - last.shown.upperBound + last.original.upperBound
    return at..<at + 1
  }

  /// So many characters around a span of the original, with ellipses where the text goes on.
  func window(around span: Range<Int>, characters: Int) -> String {
    let place = offset(of: span.lowerBound)
    let utf8 = text.utf8
    let raw = utf8.index(utf8.startIndex, offsetBy: place, limitedBy: utf8.endIndex)
    let at = (raw ?? utf8.endIndex).samePositionRounded(in: text)
    let lead = characters / 3
    let start = text.index(at, offsetBy: -lead, limitedBy: text.startIndex) ?? text.startIndex
    let end = text.index(start, offsetBy: characters, limitedBy: text.endIndex) ?? text.endIndex
    return (start > text.startIndex ? "…" : "") + text[start..<end]
      + (end < text.endIndex ? "…" : "")
  }

  private func offset(of original: Int) -> Int {
    guard let last = pieces.last(where: { $0.original.upperBound <= original }) else {
      return min(original, text.utf8.count)
    }
    return min(last.shown.upperBound + original - last.original.upperBound, text.utf8.count)
  }
}

extension String.Index {
  fileprivate func samePositionRounded(in text: String) -> String.Index {
    var index = self
    while index > text.startIndex, String.Index(index, within: text) == nil {
      index = text.utf8.index(before: index)
    }
    return index
  }
}

extension [MaskedSpan] {
  /// By place, the longest first.
  var inOrder: [MaskedSpan] {
    sorted { ($0.range.lowerBound, -$0.range.count) < ($1.range.lowerBound, -$1.range.count) }
  }

  /// With what no rule knows and may still be a secret, between these spans: unbroken runs of 16 or more token
  /// characters with digits that are no UUID, hash or address, and longer ones that read like encoded data.
  func addingTokens(in text: UnsafeRawBufferPointer) -> [MaskedSpan] {
    var all: [MaskedSpan] = []
    var done = 0
    for span in self + [MaskedSpan(range: text.count..<text.count, label: "")] {
      if span.range.lowerBound > done {
        for run in runs(of: isEncodingByte, in: text, done..<span.range.lowerBound) {
          let isData = looksEncoded([UInt8](text[run]))
          let tokens =
            isData
            ? [run]
            : runs(of: isTokenByte, in: text, run).filter {
              looksLikeSecret([UInt8](text[$0]))
            }
          all += tokens.map { MaskedSpan(range: $0, label: "‹\($0.count) characters›") }
        }
      }
      if !span.range.isEmpty { all.append(span) }
      done = Swift.max(done, span.range.upperBound)
    }
    return all
  }
}

/// Passwords in addresses of any scheme, `scheme://user:password@host`, whatever rules think of the host.
func passwordsInAddresses(of text: UnsafeRawBufferPointer) -> [MaskedSpan] {
  var spans: [MaskedSpan] = []
  var at = 0
  while at + 3 < text.count {
    guard text[at] == 0x3A, text[at + 1] == 0x2F, text[at + 2] == 0x2F else {
      at += 1
      continue
    }
    let start = at + 3
    let end = min(text.count, start + 512)
    // User, password and host hold no white space; a slash before the `@` means that there are no user and password.
    let stop = text[start..<end].firstIndex { $0 <= 0x20 || $0 == 0x2F || $0 == 0x40 } ?? end
    if stop < end, text[stop] == 0x40, let colon = text[start..<stop].firstIndex(of: 0x3A),
      colon + 1 < stop
    {
      spans.append(MaskedSpan(range: colon + 1..<stop, label: "‹password›"))
    }
    at = stop
  }
  return spans
}

/// The unbroken runs of bytes of a sort.
private func runs(
  of isMember: (UInt8) -> Bool, in text: UnsafeRawBufferPointer, _ range: Range<Int>
) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  var at = range.lowerBound
  while at < range.upperBound {
    let end = text[at..<range.upperBound].firstIndex { !isMember($0) } ?? range.upperBound
    if end > at { runs.append(at..<end) }
    at = end + 1
  }
  return runs
}

/// Base64 with slashes, percent signs or escapes one after the other: what reads like no words.
private func looksEncoded(_ run: [UInt8]) -> Bool {
  guard run.count >= 24 else { return false }
  let parts = run.split(separator: UInt8(ascii: "/")).filter { !isHash([UInt8]($0)) }
  let rest = parts.flatMap(\.self)
  return rest.count >= 24 && Set(rest).count >= 6 && !readsLikeWords(rest)
}

private func looksLikeSecret(_ run: [UInt8]) -> Bool {
  run.count >= 16 && run.contains { $0 >= 0x30 && $0 <= 0x39 } && !isHash(run)
}

/// UUIDs, hashes and addresses: hexadecimal of the usual lengths, with or without 0x and dashes.
private func isHash(_ run: [UInt8]) -> Bool {
  let digits = run.drop { $0 == 0x30 || $0 == 0x78 }
  return [32, 36, 40, 42, 64, 66].contains(run.count)
    && (digits.allSatisfy(isHexDigit) || run.filter { $0 != 0x2D }.allSatisfy(isHexDigit))
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
}

private func isTokenByte(_ byte: UInt8) -> Bool {
  (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A)
    || byte == 0x5F || byte == 0x2D || byte == 0x2B
}

private func isEncodingByte(_ byte: UInt8) -> Bool {
  isTokenByte(byte) || byte == 0x2F || byte == 0x25 || byte == 0x5C
}

/// Whether a span lies in the midst of a long run of base64: a picture or a blob, where any prefix turns up by chance.
func isInsideData(_ span: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
  func isData(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A)
      || byte == 0x2B || byte == 0x2F || byte == 0x3D
  }
  var start = span.lowerBound
  while start > 0, span.lowerBound - start < 200, isData(text[start - 1]) { start -= 1 }
  var end = span.upperBound
  while end < text.count, end - span.upperBound < 200, isData(text[end]) { end += 1 }
  let around = (span.lowerBound - start) + (end - span.upperBound)
  return around >= 100
    && (text[start..<span.lowerBound].contains { $0 == 0x2B }
      || text[span.upperBound..<end].contains { $0 == 0x2B || $0 == 0x2F })
}

/// A URL without what stands before `@` in its host and after `=` in its query and fragment; it may lack its scheme.
func maskingURLParts(_ text: String) -> String {
  let head = text.prefix { $0.isLetter || $0.isNumber || "+.-".contains($0) }
  let colon = text[head.endIndex...].prefix(3)
  let start = colon == "://" ? colon.endIndex : text.startIndex
  let rest = text[start...].trimmingPrefix("//")
  let hostEnd = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
  var host = rest[..<hostEnd]
  if let at = host.lastIndex(of: "@") { host = "‹user›" + host[at...] }
  let tail = rest[hostEnd...]
  guard let mark = tail.firstIndex(where: { "?#".contains($0) }) else {
    return String(text[..<rest.startIndex] + host + tail)
  }
  var query = ""
  var inValue = false
  for character in tail[mark...] {
    switch character {
    case "?", "#", "&", ";":
      inValue = false
      query.append(character)
    case "=" where !inValue:
      inValue = true
      query += "=…"
    default: if !inValue { query.append(character) }
    }
  }
  return text[..<rest.startIndex] + host + tail[..<mark] + query
}

extension String {
  /// The text with `%XX` decoded wherever two hex digits follow; other percent signs stay.
  var removingPercentEncodingLeniently: String {
    guard utf8.contains(0x25) else { return self }
    var out: [UInt8] = []
    let bytes = Array(utf8)
    var at = 0
    while at < bytes.count {
      if bytes[at] == 0x25, at + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[at + 1...at + 2], as: UTF8.self), radix: 16)
      {
        out.append(value)
        at += 3
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
