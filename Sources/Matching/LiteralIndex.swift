import Glibc

/// Finds where any of many literals stands, in one pass over a stretch of a text.
///
/// Of each literal as many neighbouring grams are known as the shortest one has, up to four: only every so many-th place
/// of the text need be looked at.
package final class LiteralIndex: Sendable {
  /// The latest place in a literal that its grams are taken from: what lies behind it is looked at for nothing.
  private static let latest = 8

  private let stride: Int
  private let table: GramTable
  /// A rare byte that all have at one place, in fixed case: the C library looks for that faster.
  private let sign: (byte: UInt8, offset: Int)?
  private let literals: [[UInt8]]

  /// Indexes literals of at least three bytes; hits name them by their position in the list.
  package init(_ literals: [Literal]) {
    let shortest = literals.map(\.bytes.count).min() ?? Literal.shortest
    precondition(shortest >= Literal.shortest)
    let gram = min(4, shortest)
    let stride = min(4, shortest - gram + 1)
    let rows = literals.enumerated().map { number, literal in
      let places = 0...min(LiteralIndex.latest, literal.bytes.count - gram + 1 - stride)
      let first = literal.rarestGrams(stride, of: gram, among: places) ?? 0
      return (number: number, literal: literal, offsets: first..<first + stride)
    }
    self.stride = stride
    self.literals = literals.map(\.bytes)
    sign = literals.contains(where: \.ignoresCase) ? nil : commonSign(of: self.literals)
    table = GramTable(length: gram, rows)
  }

  /// Adds every hit that begins in a range of the text, by ascending place.
  package func findHits(
    in text: UnsafeRawBufferPointer, from start: Int, to end: Int, into hits: inout [LiteralHit]
  ) {
    guard let offsets = table.offsets else { return }
    if let sign {
      unsafe findPlaces(of: sign, in: text, from: start, to: end) { place in
        for (number, literal) in literals.enumerated()
        where unsafe text[place...].starts(with: literal) {
          hits.append(LiteralHit(at: place, literal: number))
        }
      }
      return
    }
    let first = hits.count
    let from = start &+ offsets.lowerBound
    let to = min(end &+ offsets.upperBound, text.count &- table.length &+ 1)
    var found: [LiteralHit] = []
    func compare(_ at: Int) {
      unsafe table.addHits(at: at, in: text, from: start, to: end, &found)
    }
    switch stride {
    case 1: unsafe search(text, from, to, stride: 1, compare)
    case 2: unsafe search(text, from, to, stride: 2, compare)
    case 3: unsafe search(text, from, to, stride: 3, compare)
    default: unsafe search(text, from, to, stride: 4, compare)
    }
    hits += found
    if hits.count > first + 1 { hits[first...].sort() }
  }

  // A constant stride, and one branch for four places: this loop is what most of a quiet text costs.
  @inline(__always)
  private func search(
    _ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int, stride: Int, _ compare: (Int) -> Void
  ) {
    guard let base = text.baseAddress else { return }
    let mask = table.mask
    let shift = table.shift
    // Where eight bytes can be loaded.
    let last = min(end, text.count &- 7)
    var at = start
    unsafe table.bitmap.withUnsafeBufferPointer { bitmap in
      guard let bitmap = bitmap.baseAddress else { return }
      @inline(__always) func bit(_ at: Int) -> UInt64 {
        let word = unsafe (base + at).loadUnaligned(as: UInt64.self)
        return unsafe bitmap.bit(of: folded(word) & mask, shift)
      }
      while at &+ 3 &* stride < last {
        let bits = bit(at) | bit(at &+ stride) | bit(at &+ 2 &* stride) | bit(at &+ 3 &* stride)
        if bits & 1 != 0 {
          for place in 0..<4 where bit(at &+ place &* stride) & 1 != 0 {
            compare(at &+ place &* stride)
          }
        }
        at = at &+ 4 &* stride
      }
      while at < last {
        if bit(at) & 1 != 0 { compare(at) }
        at = at &+ stride
      }
    }
    while at < end {
      compare(at)
      at = at &+ stride
    }
  }
}

/// The rarest byte that literals have at the same place; nil where prose has that often, unless there is but one literal.
private func commonSign(of literals: [[UInt8]]) -> (byte: UInt8, offset: Int)? {
  guard let first = literals.first else { return nil }
  let places = first.indices.filter { place in
    literals.allSatisfy { $0.indices.contains(place) && $0[place] == first[place] }
  }
  guard let rarest = places.min(by: { share(of: first[$0]) < share(of: first[$1]) }),
    literals.count == 1 || share(of: first[rarest]) < 3
  else { return nil }
  return (first[rarest], rarest)
}

/// Calls `body` with every place in a range where a literal with the sign would begin.
private func findPlaces(
  of sign: (byte: UInt8, offset: Int), in text: UnsafeRawBufferPointer, from start: Int,
  to end: Int, _ body: (Int) -> Void
) {
  guard let base = text.baseAddress else { return }
  var at = start + sign.offset
  let stop = min(end + sign.offset, text.count)
  while at < stop, let found = unsafe memchr(base + at, Int32(sign.byte), stop - at) {
    let place = unsafe UnsafeRawPointer(found) - base
    body(place - sign.offset)
    at = place + 1
  }
}
