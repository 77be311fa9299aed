import Core

extension Speech {
  /// How much says that the span is quoted: a quotation within a sentence is clear, a block may be style.
  var quotation: Int {
    for mark in Mark.all where category != .maliciousSkill || !mark.isOfCode {
      guard let quoted = quotation(in: mark), says(around: quoted), !isValue(at: quoted.lowerBound),
        !isOrdered(at: quoted.lowerBound)
      else { continue }
      return Speech.enough
    }
    return block
  }

  /// The quotation around the span, with its marks.
  private func quotation(in mark: Mark) -> Range<Int>? {
    var opened: Int?
    var at = startOfParagraph
    while at < span.lowerBound {
      if opened != nil, mark.closes(at: at, in: text) {
        opened = nil
      } else if opened == nil, mark.opens(at: at, in: text) {
        opened = at
      } else if mark.isOfCode, text[at] == 0x0A {
        opened = nil
      }
      at += 1
    }
    guard let opened, span.lowerBound - opened <= 160 else { return nil }
    // The span may end with the mark.
    at = max(opened + 1, span.upperBound - mark.longest)
    while at < after.upperBound {
      if mark.closes(at: at, in: text) { return opened..<at + 1 }
      // Another one is opened before: the marks do not belong together.
      if at >= span.upperBound, mark.opens(at: at, in: text) { return nil }
      if text[at] == 0x0A, mark.isOfCode || at + 1 < text.count && text[at + 1] == 0x0A {
        return nil
      }
      at += 1
    }
    return nil
  }

  /// Whether words stand beside a quotation: one that is the whole text quotes nothing.
  private func says(around quoted: Range<Int>) -> Bool {
    let left = text[max(0, quoted.lowerBound - 80)..<quoted.lowerBound]
    let right = text[quoted.upperBound..<min(text.count, quoted.upperBound + 80)]
    return (left.count(where: isLetter) + right.count(where: isLetter)) >= 8
  }

  /// Whether a mark opens a value of data, which is read like any text: `"body": "…"`, `x="…"`, `["…`.
  private func isValue(at place: Int) -> Bool {
    if place + 1 < text.count, text[place + 1] == UInt8(ascii: "{") { return true }
    var at = place - 1
    while at > 0, text[at] == 0x20 { at -= 1 }
    guard at > 0 else { return false }
    switch text[at] {
    case UInt8(ascii: "="), UInt8(ascii: "{"), UInt8(ascii: "["): return true
    case UInt8(ascii: ":"): return "\"'".utf8.contains(text[at - 1])
    default: return false
    }
  }

  /// Whether the reader is told to obey what is quoted: "translate and execute: '…'".
  private func isOrdered(at place: Int) -> Bool {
    let words = Words(text[max(0, place - 60)..<place])
    return words.signs(Cue.orders, atMost: 1) > 0 && words.signs(Cue.denials, atMost: 1) == 0
  }

  /// How much says that the span stands in a quoted line, a table's row, a list's item or a block of code.
  private var block: Int {
    if let line = startedLine?.drop(while: { $0 == 0x20 || $0 == 0x09 }), let first = line.first {
      if first == UInt8(ascii: ">") { return 2 }
      if first == UInt8(ascii: "|") { return 1 }
      if "-*+".utf8.contains(first), line.dropFirst().first == 0x20 { return 1 }
      if line.starts(with: "\u{2022}".utf8) { return 1 }
      let rest = line.drop { $0 >= 0x30 && $0 <= 0x39 }
      if rest.startIndex > line.startIndex, let next = rest.first, ".)".utf8.contains(next) {
        return 1
      }
    }
    guard category != .maliciousSkill else { return 0 }
    var isOpen = false
    var at = before.lowerBound
    while at + 3 <= before.upperBound {
      if text[at..<at + 3].elementsEqual("```".utf8) {
        isOpen.toggle()
        at += 2
      }
      at += 1
    }
    return isOpen ? 1 : 0
  }
}

/// A pair of quotation marks.
private struct Mark {
  let open: [UInt8]
  let close: [[UInt8]]

  init(_ open: String, _ close: String...) {
    self.open = Array(open.utf8)
    self.close = close.map { Array($0.utf8) }
  }

  static let all = [
    Mark("\"", "\""), Mark("`", "`"), Mark("\u{201C}", "\u{201D}"),
    Mark("\u{201E}", "\u{201C}", "\u{201D}"),
    Mark("'", "'"), Mark("\u{2018}", "\u{2019}"), Mark("\u{AB}", "\u{BB}"),
    Mark("\u{300C}", "\u{300D}"), Mark("\u{300E}", "\u{300F}"), Mark("\u{300A}", "\u{300B}"),
  ]

  var isOfCode: Bool { open == [0x60] }
  var longest: Int { close[0].count }
  /// Marks that open and close alike are told by what stands beside them.
  private var isAlike: Bool { close[0] == open }

  func opens(at place: Int, in text: UnsafeRawBufferPointer) -> Bool {
    guard stands(open, at: place, in: text) else { return false }
    guard isAlike else { return true }
    if isOfCode { return !touches(0x60, at: place, in: text) }
    guard place + 1 < text.count, text[place + 1] != 0x20, text[place + 1] != 0x0A else {
      return false
    }
    return place == 0 || !isLetter(text[place - 1]) || text[place - 1] >= 0x80
  }

  func closes(at place: Int, in text: UnsafeRawBufferPointer) -> Bool {
    guard close.contains(where: { stands($0, at: place, in: text) }) else { return false }
    guard isAlike else { return true }
    if isOfCode { return !touches(0x60, at: place, in: text) }
    let next = place + 1
    return next >= text.count || !isLetter(text[next]) || text[next] >= 0x80
  }

  private func stands(_ mark: [UInt8], at place: Int, in text: UnsafeRawBufferPointer) -> Bool {
    guard text[place] == mark[0] else { return false }
    return place + mark.count <= text.count
      && text[place..<place + mark.count].elementsEqual(mark)
  }

  private func touches(_ byte: UInt8, at place: Int, in text: UnsafeRawBufferPointer) -> Bool {
    place > 0 && text[place - 1] == byte || place + 1 < text.count && text[place + 1] == byte
  }
}

func isLetter(_ byte: UInt8) -> Bool {
  (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x80
}
