/// Finds unbroken runs of a character set, looking only at every `min`-th byte where there is none.
package struct RunFinder: Sendable {
  private let members: [Bool]
  private let min: Int

  /// Takes the set's bytes and the shortest run that counts.
  package init(_ members: some Sequence<UInt8>, min: Int) {
    precondition(min > 0)
    var table = [Bool](repeating: false, count: 256)
    for byte in members { table[Int(byte)] = true }
    self.members = table
    self.min = min
  }

  /// Calls `body` with every run of at least `min` bytes in a range of the text, by ascending place.
  package func forEachRun(
    in text: UnsafeRawBufferPointer, within range: Range<Int>, _ body: (Range<Int>) -> Void
  ) {
    let count = range.upperBound
    unsafe members.withUnsafeBufferPointer { members in
      var done = range.lowerBound
      var probe = done + min - 1
      // A run of `min` bytes covers one of the probed places, whatever its start.
      while probe < count {
        guard unsafe members[Int(text[probe])] else {
          done = probe + 1
          probe += min
          continue
        }
        var start = probe
        while start > done, unsafe members[Int(text[start - 1])] { start -= 1 }
        var end = probe + 1
        while end < count, unsafe members[Int(text[end])] { end += 1 }
        if end - start >= min { body(start..<end) }
        done = end
        probe = end + min - 1
      }
    }
  }
}
