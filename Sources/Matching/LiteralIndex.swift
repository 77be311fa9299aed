/// Finds where any of many literals stands, in one pass over a text, and one more if there are short ones.
///
/// A bitmap over hashed grams answers "no" for nearly every place without a chain of dependent loads, which is what
/// holds an automaton's transition table back; only where a gram of some literal may stand are the literals of that hash
/// compared. Of longer literals several neighbouring grams are known, so that only every second to fourth place of the text
/// need be looked at. ASCII case is folded in the hash, and in the comparison where a literal asks for it.
package struct LiteralIndex: Sendable {
  /// One literal and whether ASCII case matters to it.
  package struct Literal: Sendable, Hashable {
    package var bytes: [UInt8]
    package var ignoresCase: Bool

    package init(_ text: String, ignoresCase: Bool) {
      bytes = Array(text.utf8)
      self.ignoresCase = ignoresCase
      if ignoresCase { bytes = bytes.map(folded) }
    }
  }

  /// A literal, by its position in the list, and where it begins.
  package struct Hit: Equatable, Comparable {
    package var at: Int
    package var literal: Int

    package init(at: Int, literal: Int) {
      self.at = at
      self.literal = literal
    }

    package static func < (a: Hit, b: Hit) -> Bool { (a.at, a.literal) < (b.at, b.literal) }
  }

  /// The shortest literal that can be indexed, in bytes.
  package static let shortest = 3

  private let tables: [GramTable]

  /// Indexes literals of at least three bytes; hits name them by their position in the list.
  package init(_ literals: [Literal]) {
    precondition(literals.allSatisfy { $0.bytes.count >= LiteralIndex.shortest })
    let isShort = literals.map { $0.bytes.count < 5 }
    tables = [true, false].compactMap { short in
      GramTable(literals.indices.filter { isShort[$0] == short }.map { ($0, literals[$0]) })
    }
  }

  /// Adds every hit that begins in a range of the text, by ascending place.
  package func findHits(
    in text: UnsafeRawBufferPointer, from start: Int, to end: Int, into hits: inout [Hit]
  ) {
    let first = hits.count
    for table in tables { unsafe table.findHits(in: text, from: start, to: end, into: &hits) }
    if hits.count > first + 1 { hits[first...].sort() }
  }
}

/// The grams of some literals: of three bytes each for the short, at every place; of four for the long, at every place
/// that a multiple of `stride` may fall on.
private final class GramTable: Sendable {
  /// A gram of a literal, and where the literal's bytes are in `bytes`.
  private struct Entry {
    var gram: UInt32
    /// The gram's place in the literal.
    var offset: UInt32
    var literal: UInt32
    var start: UInt32
    var count: UInt32
    var ignoresCase: Bool
  }

  // As `hash` gives.
  private static let bits = 16
  private let mask: UInt32
  private let gram: Int
  private let stride: Int
  /// A bit for every hash of a gram.
  private let bitmap: [UInt8]
  /// The first entry of a hash; the next hash's ends it.
  private let starts: [UInt32]
  private let entries: [Entry]
  /// All literals, one after the other.
  private let bytes: [UInt8]

  /// Takes literals with their numbers; nil for none.
  init?(_ literals: [(number: Int, literal: LiteralIndex.Literal)]) {
    guard let shortest = literals.map(\.literal.bytes.count).min() else { return nil }
    gram = shortest < 5 ? 3 : 4
    stride = shortest < 5 ? 1 : min(4, shortest - 3)
    mask = gram == 4 ? .max : 0xFF_FFFF
    var bytes: [UInt8] = []
    var entries: [Entry] = []
    for (number, literal) in literals {
      for offset in 0..<stride {
        var word: UInt32 = 0
        for place in 0..<gram { word |= UInt32(literal.bytes[offset + place]) << (8 * place) }
        entries.append(
          Entry(
            gram: folded(word, mask), offset: UInt32(offset), literal: UInt32(number),
            start: UInt32(bytes.count), count: UInt32(literal.bytes.count),
            ignoresCase: literal.ignoresCase))
      }
      bytes += literal.bytes
    }
    entries.sort { (hash($0.gram), $0.literal) < (hash($1.gram), $1.literal) }
    let size = 1 << GramTable.bits
    var bitmap = [UInt8](repeating: 0, count: size / 8)
    var starts = [UInt32](repeating: 0, count: size + 1)
    for entry in entries {
      let value = hash(entry.gram)
      bitmap[value >> 3] |= 1 << UInt8(value & 7)
      starts[value + 1] += 1
    }
    for value in 0..<size { starts[value + 1] += starts[value] }
    self.bitmap = bitmap
    self.starts = starts
    self.entries = entries
    self.bytes = bytes
  }

  /// Adds the hits of literals that begin in the range.
  func findHits(
    in text: UnsafeRawBufferPointer, from start: Int, to end: Int,
    into hits: inout [LiteralIndex.Hit]
  ) {
    switch stride {
    case 1: unsafe search(text, from: start, to: end, stride: 1, &hits)
    case 2: unsafe search(text, from: start, to: end, stride: 2, &hits)
    case 3: unsafe search(text, from: start, to: end, stride: 3, &hits)
    default: unsafe search(text, from: start, to: end, stride: 4, &hits)
    }
    // A gram of three bytes may stand where no fourth follows.
    let last = text.count - 3
    guard gram == 3, last >= start, last < end else { return }
    let word =
      unsafe UInt32(text[last]) | UInt32(text[last + 1]) << 8 | UInt32(text[last + 2]) << 16
    unsafe compare(folded(word, mask), at: last, in: text, from: start, to: end, &hits)
  }

  // A constant stride, and one branch for four places: this loop is what most of a quiet text costs.
  @inline(__always)
  private func search(
    _ text: UnsafeRawBufferPointer, from start: Int, to end: Int, stride: Int,
    _ hits: inout [LiteralIndex.Hit]
  ) {
    guard let base = text.baseAddress else { return }
    let mask = mask
    let stop = min(end &+ stride &- 1, text.count &- 3)
    unsafe bitmap.withUnsafeBufferPointer { bitmap in
      @inline(__always) func gram(_ at: Int) -> UInt32 {
        folded(unsafe (base + at).loadUnaligned(as: UInt32.self), mask)
      }
      @inline(__always) func bit(_ at: Int) -> UInt8 {
        let value = hash(gram(at))
        return unsafe bitmap[value &>> 3] &>> UInt8(truncatingIfNeeded: value & 7)
      }
      var at = start
      while at &+ 3 &* stride < stop {
        let bits = bit(at) | bit(at &+ stride) | bit(at &+ 2 &* stride) | bit(at &+ 3 &* stride)
        if bits & 1 != 0 {
          for place in 0..<4 where bit(at &+ place &* stride) & 1 != 0 {
            let place = at &+ place &* stride
            unsafe compare(gram(place), at: place, in: text, from: start, to: end, &hits)
          }
        }
        at = at &+ 4 &* stride
      }
      while at < stop {
        if bit(at) & 1 != 0 {
          unsafe compare(gram(at), at: at, in: text, from: start, to: end, &hits)
        }
        at = at &+ stride
      }
    }
  }

  @inline(never)
  private func compare(
    _ gram: UInt32, at place: Int, in text: UnsafeRawBufferPointer, from start: Int, to end: Int,
    _ hits: inout [LiteralIndex.Hit]
  ) {
    let value = hash(gram)
    for slot in Int(starts[value])..<Int(starts[value + 1]) where entries[slot].gram == gram {
      let entry = entries[slot]
      let at = place - Int(entry.offset)
      if at >= start, at < end, unsafe stands(entry, in: text, at: at) {
        hits.append(LiteralIndex.Hit(at: at, literal: Int(entry.literal)))
      }
    }
  }

  private func stands(_ entry: Entry, in text: UnsafeRawBufferPointer, at: Int) -> Bool {
    let count = Int(entry.count)
    guard at + count <= text.count else { return false }
    for offset in 0..<count {
      let found = unsafe text[at + offset]
      let byte = bytes[Int(entry.start) + offset]
      guard found == byte || (entry.ignoresCase && folded(found) == byte) else { return false }
    }
    return true
  }
}

// Folds case by setting the bit that tells `a` from `A`; other bytes may become alike, which only costs a comparison.
@inline(__always)
private func folded(_ word: UInt32, _ mask: UInt32) -> UInt32 {
  (UInt32(littleEndian: word) | 0x2020_2020) & mask
}

@inline(__always)
private func hash(_ gram: UInt32) -> Int {
  Int((gram &* 0x9E37_79B1) >> 16)
}

@inline(__always)
private func folded(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}
