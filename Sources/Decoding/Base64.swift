import Bytes

/// Finds base64 and base64url that decode to text, or to gzip that inflates to some; alone, in addresses, over lines.
struct Base64Finder {
  /// Characters that a line of a secret's base64 has at least, and all of it.
  private static let shortestLine = 16
  private static let shortest = 20
  /// Groups in a row that must decode to ASCII text where the rest does not: of random ones 1 in 20 does.
  private static let groups = 5

  private let text: UnsafeRawBufferPointer
  private let values: UnsafePointer<UInt8>
  private let wrapped: WrappedLines

  /// Adds an edit for every stretch that tells text; a line that was read over several runs is read once.
  static func find(
    in text: UnsafeRawBufferPointer, _ masks: ByteMasks, _ runs: [Range<Int>],
    _ list: inout EditList, _ budget: inout Decoder.Budget
  ) {
    base64Values.withUnsafeBufferPointer { values in
      guard let values = values.baseAddress else { return }
      let wrapped = WrappedLines(digits: .base64, text: text)
      let finder = Base64Finder(text: text, values: values, wrapped: wrapped)
      var done = 0
      // Of text's characters every fourth, or more, is a capital.
      for run in runs where run.upperBound > done && masks.holds(in: run, { $0.capital }) {
        var at = max(done, run.lowerBound)
        while at < run.upperBound {
          let end = wrapped.end(from: at, to: run.upperBound)
          if end - at >= shortestLine {
            done = finder.read(at..<end, &list, &budget)
          }
          at = max(end + 1, done)
        }
      }
    }
  }

  /// Reads one unbroken run of the alphabet; gives where to go on.
  private func read(
    _ run: Range<Int>, _ list: inout EditList, _ budget: inout Decoder.Budget
  ) -> Int {
    if beginsText(run), let end = readWhole(run, &list) { return end }
    // In an address the slash parts what in the standard alphabet would be one run.
    var done = 0
    var at = run.lowerBound
    while run.upperBound - at >= Base64Finder.shortestLine {
      let end = text[at..<run.upperBound].firstIndex(of: UInt8(ascii: "/")) ?? run.upperBound
      if beginsGzip(at) {
        let line = Base64Line(text, values, wrapped.lines(from: at..<run.upperBound))
        if line.addInflated(to: &list, in: text, &budget) { return line.end }
      } else if end - at >= Base64Finder.shortest, end - at < run.count, beginsText(at..<end) {
        let parts = end == run.upperBound ? wrapped.lines(from: at..<end) : [at..<end]
        let line = Base64Line(text, values, parts)
        if line.addWhole(to: &list, in: text) { done = line.end }
      }
      at = end + 1
    }
    if done > 0 { return max(done, run.upperBound) }
    guard run.count >= Base64Finder.shortest, beginsText(run) || holdsText(run) else {
      return run.upperBound
    }
    let line = Base64Line(text, values, wrapped.lines(from: run))
    line.addStretches(to: &list, in: text)
    return line.end
  }

  /// Reads a run, with the lines after it, that is text as a whole; gives where to go on.
  private func readWhole(_ run: Range<Int>, _ list: inout EditList) -> Int? {
    let lines = wrapped.lines(from: run)
    guard lines.count > 1 || run.count >= Base64Finder.shortest else { return nil }
    let line = Base64Line(text, values, lines)
    return line.addWhole(to: &list, in: text) ? line.end : nil
  }

  /// The three bytes of a group; nil where one is no ASCII text.
  @inline(__always)
  private func isText(_ at: Int) -> Bool {
    let group =
      UInt32(values[Int(text[at])]) << 18 | UInt32(values[Int(text[at + 1])]) << 12
      | UInt32(values[Int(text[at + 2])]) << 6 | UInt32(values[Int(text[at + 3])])
    return isPrintable(UInt8(truncatingIfNeeded: group >> 16))
      && isPrintable(UInt8(truncatingIfNeeded: group >> 8))
      && isPrintable(UInt8(truncatingIfNeeded: group))
  }

  /// Whether a run may be text from its first group on.
  private func beginsText(_ run: Range<Int>) -> Bool {
    isText(run.lowerBound) || isText(run.lowerBound + 4) || isText(run.lowerBound + 8)
  }

  /// Whether some groups in a row are text, at any of the four alignments.
  private func holdsText(_ run: Range<Int>) -> Bool {
    let span = 4 * Base64Finder.groups
    for phase in 0..<4 {
      var at = run.lowerBound + phase + span - 4
      // A row of so many groups covers one of these places.
      while at + 4 <= run.upperBound {
        guard isText(at) else {
          at += span
          continue
        }
        var start = at
        while start - 4 >= run.lowerBound, isText(start - 4) { start -= 4 }
        var end = at + 4
        while end + 4 <= run.upperBound, isText(end) { end += 4 }
        if end - start >= span { return true }
        at = end + span - 4
      }
    }
    return false
  }

  /// Whether gzip's first bytes stand at a place.
  private func beginsGzip(_ at: Int) -> Bool {
    text[at..<at + 4].elementsEqual("H4sI".utf8)
  }
}

/// The value of each character of both alphabets; 64 for others.
let base64Values: [UInt8] = {
  var values = [UInt8](repeating: 64, count: 256)
  let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
  for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
  for byte in "+-".utf8 { values[Int(byte)] = 62 }
  for byte in "/_".utf8 { values[Int(byte)] = 63 }
  return values
}()
