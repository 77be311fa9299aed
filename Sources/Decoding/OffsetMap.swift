/// The way from a reading's offsets to those of the text it was read from.
struct OffsetMap: Sendable {
  /// A stretch of the reading; the next one's start ends it. One without bytes stands where something was taken out.
  struct Piece: Sendable {
    var start: Int
    var origin: Range<Int>
    /// Every `unit` bytes of it come from `step` of the origin's; a unit of 0 means all from all.
    var unit: Int
    var step: Int
    /// Nothing for a stretch that is as it was.
    var disguises: Disguises
    /// Whether something is left out here that is no part of the reading.
    var isGap = false
  }

  private(set) var pieces: [Piece] = []
  private let end: Int

  init(_ pieces: [Piece], end: Int) {
    self.pieces = pieces
    self.end = end
  }

  var edits: [Range<Int>] {
    pieces.indices.filter { !pieces[$0].disguises.isEmpty }.map(range)
  }

  func origin(of range: Range<Int>) -> Range<Int> {
    guard let first = origin(ofByte: range.lowerBound) else { return 0..<0 }
    guard !range.isEmpty, let last = origin(ofByte: range.upperBound - 1) else {
      return first.lowerBound..<first.lowerBound
    }
    return first.lowerBound..<max(last.upperBound, first.lowerBound)
  }

  /// What was undone in a range or right beside it; parts are only joined by a seam within it.
  func disguises(of range: Range<Int>) -> Disguises {
    let widened = max(0, range.lowerBound - 1)..<min(end, range.upperBound + 1)
    return touching(widened).reduce(into: Disguises()) { result, piece in
      let isWithin = piece.start > range.lowerBound && piece.start < range.upperBound
      if piece.disguises != .joined || isWithin { result.formUnion(piece.disguises) }
    }
  }

  /// The stretch of the reading that a range of the text was read as, and what was undone for that.
  func stretch(of range: Range<Int>) -> (range: Range<Int>, disguises: Disguises) {
    let within = pieces.indices.filter {
      pieces[$0].origin.overlaps(range) && !pieces[$0].isGap
    }
    guard let first = within.first, let last = within.last else { return (0..<0, []) }
    let (head, tail) = (pieces[first], pieces[last])
    let before = head.disguises.isEmpty ? range.lowerBound - head.origin.lowerBound : 0
    let behind = tail.disguises.isEmpty ? tail.origin.upperBound - range.upperBound : 0
    let start = head.start + max(0, before)
    let end = max(start, self.range(of: last).upperBound - max(0, behind))
    return (start..<end, within.reduce(into: []) { $0.formUnion(pieces[$1].disguises) })
  }

  func isBroken(_ range: Range<Int>) -> Bool {
    touching(range).contains {
      $0.isGap && $0.start < range.upperBound && $0.start >= range.lowerBound
    }
  }

  private func range(of index: Int) -> Range<Int> {
    pieces[index].start..<(index + 1 < pieces.count ? pieces[index + 1].start : end)
  }

  /// The pieces with bytes in a range, and those without at its edges or within.
  private func touching(_ range: Range<Int>) -> ArraySlice<Piece> {
    var first = index(of: range.lowerBound)
    while first > 0, pieces[first - 1].start == range.lowerBound { first -= 1 }
    var last = first
    while last < pieces.count,
      pieces[last].start < range.upperBound
        || pieces[last].start == range.upperBound && self.range(of: last).isEmpty
    {
      last += 1
    }
    return pieces[first..<last]
  }

  private func origin(ofByte offset: Int) -> Range<Int>? {
    guard !pieces.isEmpty else { return nil }
    let piece = pieces[index(of: offset)]
    guard piece.unit > 0 else { return piece.origin }
    let start = piece.origin.lowerBound + (offset - piece.start) / piece.unit * piece.step
    let most = piece.origin.upperBound
    return min(start, most)..<min(start + piece.step, most)
  }

  /// The last piece that begins at an offset or before it: the one that holds the byte there.
  private func index(of offset: Int) -> Int {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}
