import Bytes

/// Finds hexadecimal digits that write text, or gzip that inflates to some; alone, or wrapped over lines.
struct HexFinder {
  /// Digits that a line of a secret's hexadecimal has at least, and all of it.
  private static let shortestLine = 16
  private static let shortest = 20

  private let text: UnsafeRawBufferPointer
  private let wrapped: WrappedLines

  static func find(
    in text: UnsafeRawBufferPointer, _ masks: ByteMasks, _ runs: [Range<Int>],
    _ list: inout EditList, _ budget: inout Decoder.Budget
  ) {
    let finder = HexFinder(text: text, wrapped: WrappedLines(digits: .hex, text: text))
    var done = 0
    for run in runs where run.upperBound > done && masks.holds(in: run, { $0.digit }) {
      var at = max(done, run.lowerBound)
      while at < run.upperBound {
        let end = finder.wrapped.end(from: at, to: run.upperBound)
        if end - at >= shortestLine { done = finder.add(at..<end, &list, &budget) }
        at = max(end + 1, done)
      }
    }
  }

  /// Adds what a run of digits writes, with the lines after it; gives where to go on.
  private func add(
    _ run: Range<Int>, _ list: inout EditList, _ budget: inout Decoder.Budget
  ) -> Int {
    // The 0 of 0x is no digit of the value, and a letter before may look like one.
    for phase in 0..<2 {
      let start = run.lowerBound + phase
      let isGzip = byte(start) == 0x1F && byte(start + 2) == 0x8B
      guard isGzip || mayBeText(from: start) else { continue }
      let lines = wrapped.lines(from: start..<run.upperBound)
      let places = lines.flatMap(\.self)
      guard places.count >= HexFinder.shortest else { continue }
      let bytes = stride(from: 0, to: places.count - 1, by: 2).map { at in
        UInt8(truncatingIfNeeded: digit(places[at]) << 4 | digit(places[at + 1]))
      }
      let end = places[2 * bytes.count - 1] + 1
      if isGzip {
        guard let inflated = inflate(bytes, &budget) else { return run.upperBound }
        list.replace(start..<end, by: inflated, [.hex, .gzip])
        return end
      }
      // Of hashes, whose bytes are any, none is text.
      guard isText(bytes) else { continue }
      add(bytes, of: lines, to: end, &list)
      return end
    }
    return run.upperBound
  }

  /// Adds bytes with one edit a line; two digits that a line's end parts go with the first.
  private func add(_ bytes: [UInt8], of lines: [Range<Int>], to end: Int, _ list: inout EditList) {
    let whole = lines[0].lowerBound..<end
    list.group { list in
      var written = 0
      var isHalf = false
      for (line, next) in zip(lines, lines.dropFirst().map(\.lowerBound) + [end]) {
        let start = line.lowerBound + (isHalf ? 1 : 0)
        let count = (line.upperBound - start) / 2
        isHalf = start + 2 * count < line.upperBound
        list.replace(
          start..<start + 2 * count, by: bytes[written..<written + count], .hex, unit: 1, step: 2,
          footprint: whole)
        written += count
        // Between lines, and a byte that stands on both.
        let parting = start + 2 * count..<next + (isHalf ? 1 : 0)
        guard next < end else { break }
        list.replace(
          parting, by: isHalf ? bytes[written..<written + 1] : [], .hex, footprint: whole)
        written += isHalf ? 1 : 0
      }
    }
  }

  /// Whether most of the first bytes are ASCII text; of a hash a third is.
  private func mayBeText(from start: Int) -> Bool {
    var strange = 0
    for at in stride(from: start, to: start + 16, by: 2) {
      if let byte = byte(at), isPrintable(byte) { continue }
      strange += 1
      if strange > 2 { return false }
    }
    return true
  }

  private func byte(_ at: Int) -> UInt8? {
    hexNumber(in: text, at: at, digits: 2).map(UInt8.init(truncatingIfNeeded:))
  }

  private func digit(_ at: Int) -> UInt32 { hexValue(text[at]) ?? 0 }
}
