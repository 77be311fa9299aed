/// Makes a reading of a text and edits to it: only what stands near an edit is kept.
struct ReadingBuilder {
  /// Bytes around an edit that a reading keeps: what a rule's pattern and its context words reach.
  static let margin = 300
  /// Bytes by which a margin may grow so that no word and no armour is cut.
  private static let longestWord = 4_096
  /// Bytes by which it may grow then, to a line's beginning or end.
  private static let lineStart = 100

  private let text: UnsafeRawBufferPointer
  private var bytes: [UInt8] = []
  private var pieces: [OffsetMap.Piece] = []
  /// Where the text goes on.
  private var done = 0

  private init(_ text: UnsafeRawBufferPointer) {
    self.text = text
  }

  /// The edits stand in ascending order and do not overlap.
  static func reading(
    of text: UnsafeRawBufferPointer, _ edits: [Edit], pool: [UInt8], parent: Reading?
  ) -> Reading {
    var builder = ReadingBuilder(text)
    builder.bytes.reserveCapacity(min(text.count, edits.count * 2 * margin) + 64)
    builder.pieces.reserveCapacity(2 * edits.count + 2)
    for edit in edits { builder.apply(edit, pool) }
    if let last = edits.last { builder.copy(to: builder.end(after: last.range.upperBound)) }
    repairUTF8(&builder.bytes)
    let map = OffsetMap(builder.pieces, end: builder.bytes.count)
    return Reading(bytes: builder.bytes, map: map, of: parent)
  }

  private mutating func apply(_ edit: Edit, _ pool: [UInt8]) {
    if done == 0 || edit.range.lowerBound - done > 2 * ReadingBuilder.margin {
      if done > 0 { copy(to: min(end(after: done), edit.range.lowerBound)) }
      let start = start(before: edit.range.lowerBound)
      if start > done { skip(to: start) }
    }
    copy(to: edit.range.lowerBound)
    pieces.append(
      .init(
        start: bytes.count, origin: edit.range, unit: edit.unit, step: edit.step,
        disguises: edit.disguises))
    bytes += pool[edit.bytes]
    done = edit.range.upperBound
  }

  private mutating func copy(to end: Int) {
    guard end > done else { return }
    pieces.append(
      .init(start: bytes.count, origin: done..<end, unit: 1, step: 1, disguises: []))
    bytes += text[done..<end]
    done = end
  }

  private mutating func skip(to start: Int) {
    if !bytes.isEmpty {
      pieces.append(
        .init(
          start: bytes.count, origin: done..<start, unit: 0, step: 0, disguises: [], isGap: true))
      bytes.append(0x20)
    }
    done = start
  }

  private func start(before place: Int) -> Int {
    var start = max(done, place - ReadingBuilder.margin)
    let least = max(done, start - ReadingBuilder.longestWord)
    while start > least, text[start - 1] > 0x20 || isFull(lineBefore: start - 1) { start -= 1 }
    let first = max(done, start - ReadingBuilder.lineStart)
    while start > first, !isLineEnd(text[start - 1]) { start -= 1 }
    return start
  }

  private func end(after place: Int) -> Int {
    var end = min(text.count, place + ReadingBuilder.margin)
    let most = min(text.count, end + ReadingBuilder.longestWord)
    while end < most, text[end] > 0x20 || isFull(lineBefore: end) { end += 1 }
    let last = min(text.count, end + ReadingBuilder.lineStart)
    while end < last, !isLineEnd(text[end]) { end += 1 }
    return end
  }

  /// Whether a line ends at a place that is filled without a space, as armour's are.
  private func isFull(lineBefore place: Int) -> Bool {
    guard isLineEnd(text[place]), place >= 40 else { return false }
    return text[place - 40..<place].allSatisfy { $0 > 0x20 }
  }
}

/// Puts `?` for every byte that is no part of a UTF-8 character: patterns that read characters rely on them.
func repairUTF8(_ bytes: inout [UInt8]) {
  bytes.withUnsafeMutableBufferPointer { bytes in
    var at = 0
    while at < bytes.count {
      if bytes[at] < 0x80 {
        at += 1
        continue
      }
      let length = lengthOfCharacter(UnsafeRawBufferPointer(bytes), at)
      if length == 0 {
        bytes[at] = UInt8(ascii: "?")
        at += 1
      } else {
        at += length
      }
    }
  }
}
