/// Characters of base64 that belong together, with their places; line ends may part them.
struct Base64Line {
  /// The fewest bytes of text in the midst of others that are worth a reading.
  private static let shortest = 15

  /// Where each character stands.
  private let positions: [Int]
  private let characters: [UInt8]
  /// After the last character and its padding.
  let end: Int

  init(_ text: UnsafeRawBufferPointer, _ values: UnsafePointer<UInt8>, _ lines: [Range<Int>]) {
    positions = lines.flatMap(\.self)
    characters = positions.map { values[Int(text[$0])] }
    var end = lines.last?.upperBound ?? 0
    while end < text.count, text[end] == UInt8(ascii: "=") { end += 1 }
    self.end = end
  }

  /// Adds all of it as one text; false where it is none.
  func addWhole(to list: inout EditList, in text: UnsafeRawBufferPointer) -> Bool {
    let bytes = decoded(from: 0)
    guard isText(bytes) else { return false }
    list.group { add(0, bytes, to: &$0, in: text) }
    return true
  }

  /// Adds what is text in the midst of other bytes, at whichever of the four alignments.
  func addStretches(to list: inout EditList, in text: UnsafeRawBufferPointer) {
    for phase in 0..<4 {
      let bytes = decoded(from: phase)
      var group = 0
      while group < bytes.count {
        var end = group
        while end < bytes.count, bytes[end..<min(end + 3, bytes.count)].allSatisfy(isPrintable) {
          end = min(end + 3, bytes.count)
        }
        if end - group >= Base64Line.shortest {
          let stretch = Array(bytes[group..<end])
          let first = phase + group / 3 * 4
          list.group { add(first, stretch, to: &$0, in: text) }
        }
        group = max(end, group + 3)
      }
    }
  }

  /// Adds what the bytes inflate to; false where they are no gzip.
  func addInflated(
    to list: inout EditList, in text: UnsafeRawBufferPointer, _ budget: inout Decoder.Budget
  ) -> Bool {
    guard let inflated = inflate(decoded(from: 0), &budget), let first = positions.first else {
      return false
    }
    list.replace(first..<end, by: inflated, [.base64, .gzip])
    return true
  }

  /// The bytes of the groups from a character on; bits that fill none are dropped.
  private func decoded(from first: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count * 3 / 4)
    var at = first
    while at + 4 <= characters.count {
      let group =
        UInt32(characters[at]) << 18 | UInt32(characters[at + 1]) << 12
        | UInt32(characters[at + 2]) << 6 | UInt32(characters[at + 3])
      bytes.append(UInt8(truncatingIfNeeded: group >> 16))
      bytes.append(UInt8(truncatingIfNeeded: group >> 8))
      bytes.append(UInt8(truncatingIfNeeded: group))
      at += 4
    }
    if at + 2 <= characters.count {
      bytes.append(characters[at] << 2 | characters[at + 1] >> 4)
      if at + 3 <= characters.count {
        bytes.append(characters[at + 1] << 4 | characters[at + 2] >> 2)
      }
    }
    return bytes
  }

  /// Adds bytes from a character on: one edit for every stretch that no line end breaks.
  private func add(
    _ first: Int, _ bytes: [UInt8], to list: inout EditList, in text: UnsafeRawBufferPointer
  ) {
    let last = min(characters.count, first + (bytes.count + 2) / 3 * 4)
    let head = first == 0 ? startOfAddress(before: positions[0], in: text) : nil
    let whole =
      (head ?? positions[first])..<(last == characters.count ? end : positions[last - 1] + 1)
    if whole.lowerBound > 0, isAlphanumeric(text[whole.lowerBound - 1]) {
      list.replace(whole.lowerBound..<whole.lowerBound, by: 0x20, .base64)
    }
    var at = first
    var done = whole.lowerBound
    if head != nil {
      list.delete(done..<positions[0], .base64)
      done = positions[0]
    }
    while at < last {
      let next = unbroken(from: at, to: last)
      let origin = positions[at]..<(next == last ? whole.upperBound : positions[next - 1] + 1)
      list.delete(done..<origin.lowerBound, .base64)
      let start = (at - first) / 4 * 3
      let stop = min(bytes.count, (next - first + 3) / 4 * 3)
      // A group over a line's end comes from all of it.
      let isUnbroken = positions[next - 1] - positions[at] == next - 1 - at
      list.replace(
        origin, by: bytes[start..<stop], .base64, unit: isUnbroken ? 3 : 0, step: 4,
        footprint: whole)
      done = origin.upperBound
      at = next
    }
    // Not to be read as one word with what follows: `…/view`, `…%3D`.
    if done < text.count, isToken(text[done]) {
      list.replace(done..<done, by: 0x20, .base64)
    }
  }

  /// The end of the whole groups that stand in one line; of one group where a line's end breaks it.
  private func unbroken(from first: Int, to last: Int) -> Int {
    var end = first
    while end < last {
      let next = min(end + 4, last)
      guard positions[next - 1] - positions[first] == next - 1 - first else { break }
      end = next
    }
    return end > first ? end : min(first + 4, last)
  }
}

/// Where the `data:…;base64,` that ends at a place begins; nil where none does.
private func startOfAddress(before end: Int, in text: UnsafeRawBufferPointer) -> Int? {
  let mark = Array("base64,".utf8)
  guard end > mark.count + 5, text[end - mark.count..<end].elementsEqual(mark) else { return nil }
  var start = end - mark.count
  while start > 5, end - start < 100, text[start - 1] > 0x20 {
    start -= 1
    if text[start..<start + 5].elementsEqual("data:".utf8) { return start }
  }
  return nil
}

/// Whether bytes are UTF-8 without control characters.
func isText(_ bytes: [UInt8]) -> Bool {
  bytes.withUnsafeBytes { bytes in
    var at = 0
    while at < bytes.count {
      if bytes[at] < 0x80 {
        guard isPrintable(bytes[at]) else { return false }
        at += 1
      } else {
        let length = lengthOfCharacter(bytes, at)
        guard length > 0 else { return false }
        at += length
      }
    }
    return true
  }
}
