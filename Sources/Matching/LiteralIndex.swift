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
  /// Its literal where it has but one, of fixed case: the C library looks for that faster.
  private let only: [UInt8]?

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
    only = literals.count == 1 && !literals[0].ignoresCase ? literals[0].bytes : nil
    table = GramTable(length: gram, rows)
  }

  /// Adds every hit that begins in a range of the text, by ascending place.
  package func findHits(
    in text: UnsafeRawBufferPointer, from start: Int, to end: Int, into hits: inout [LiteralHit]
  ) {
    guard let offsets = table.offsets else { return }
    if let only {
      unsafe findPlaces(of: only, in: text, from: start, to: end) {
        hits.append(LiteralHit(at: $0, literal: 0))
      }
      return
    }
    let first = hits.count
    let from = start &+ offsets.lowerBound
    let to = min(end &+ offsets.upperBound, text.count &- table.length &+ 1)
    var found: [LiteralHit] = []
    func compare(_ at: Int) {
      let gram = unsafe table.gram(in: text, at: at)
      unsafe table.addHits(of: gram, at: at, in: text, from: start, to: end, &found)
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
    // Where four bytes can be loaded.
    let last = min(end, text.count &- 3)
    var at = start
    unsafe table.bitmap.withUnsafeBufferPointer { bitmap in
      @inline(__always) func bit(_ at: Int) -> UInt8 {
        let word = unsafe (base + at).loadUnaligned(as: UInt32.self)
        return unsafe bitmap.bit(of: (UInt32(littleEndian: word) | 0x2020_2020) & mask)
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
    // A gram of three bytes may stand where no fourth follows.
    if at < end { compare(at) }
  }
}

/// Looks for one literal by the rarest of its bytes.
private func findPlaces(
  of literal: [UInt8], in text: UnsafeRawBufferPointer, from start: Int, to end: Int,
  _ body: (Int) -> Void
) {
  guard let base = text.baseAddress,
    let rarest = literal.indices.min(by: { share(of: literal[$0]) < share(of: literal[$1]) })
  else { return }
  var at = start + rarest
  let stop = min(end + rarest, text.count)
  while at < stop, let found = unsafe memchr(base + at, Int32(literal[rarest]), stop - at) {
    let place = unsafe UnsafeRawPointer(found) - base - rarest
    if unsafe text[place...].starts(with: literal) { body(place) }
    at = place + rarest + 1
  }
}
