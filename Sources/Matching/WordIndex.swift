package import Bytes

/// Finds where any of many literals stands by the words that begin in them: only where an ASCII letter or digit follows
/// another byte, or a capital a small letter, need a text be looked at.
package final class WordIndex: Sendable {
  /// Literals known by the first bytes of a word: six of them, four, or three.
  private let sixes: GramTable
  private let fours: GramTable
  private let threes: GramTable

  /// Indexes literals, of which each must have a `gram`; hits name them by their position in the list.
  package init(_ literals: [(literal: Literal, beginsWord: Bool)]) {
    var rows: [Int: [(number: Int, literal: Literal, offsets: Range<Int>)]] = [:]
    for (number, (literal, beginsWord)) in literals.enumerated() {
      guard let (place, length) = WordIndex.gram(of: literal, beginsWord: beginsWord) else {
        preconditionFailure("no word begins in a literal")
      }
      rows[length, default: []].append((number, literal, place..<place + 1))
    }
    threes = GramTable(length: 3, rows[3] ?? [])
    fours = GramTable(length: 4, rows[4] ?? [])
    sixes = GramTable(length: 6, rows[6] ?? [])
  }

  /// The rarest gram of a literal that begins a word, whatever stands before the literal, or where nothing does that
  /// would belong to its first word; nil where none does. Its first two are token bytes.
  package static func gram(
    of literal: Literal, beginsWord: Bool
  ) -> (place: Int, length: Int)? {
    let bytes = literal.bytes
    let places = bytes.indices.filter { place in
      isAlphanumeric(bytes[place]) && (place == 0 ? beginsWord : !isAlphanumeric(bytes[place - 1]))
    }
    for length in [6, 4, 3] {
      let long = places.filter { place in
        place + length <= bytes.count && bytes[place..<place + 2].allSatisfy(RunKind.token.contains)
      }
      if let place = literal.rarestGrams(1, of: length, among: long) { return (place, length) }
    }
    return nil
  }

  /// Puts every hit into the list whose word begins in one of some blocks, or anywhere; by ascending place.
  package func findHits(
    in text: UnsafeRawBufferPointer, _ masks: ByteMasks, within some: BlockSet?,
    into hits: inout [LiteralHit]
  ) {
    hits.removeAll(keepingCapacity: true)
    guard let base = text.baseAddress else { return }
    let last = text.count &- 8
    let hasThrees = threes.offsets != nil
    unsafe masks.blocks.withUnsafeBufferPointer { blocks in
      unsafe withBitmaps { sixes, fours, threes in
        @inline(__always) func look(at block: Int) {
          var starts = unsafe wordStarts(block, blocks)
          while starts != 0 {
            let place = 64 &* block &+ starts.trailingZeroBitCount
            starts &= starts &- 1
            guard place <= last else {
              for table in [self.sixes, self.fours, self.threes] {
                unsafe compare(table, at: place, in: text, &hits)
              }
              continue
            }
            let word = folded(unsafe (base + place).loadUnaligned(as: UInt64.self))
            let isSix = unsafe sixes.bit(of: word & 0xFFFF_FFFF_FFFF) & 1
            let isFour = unsafe fours.bit(of: word & 0xFFFF_FFFF) & 1
            let isThree = hasThrees ? unsafe threes.bit(of: word & 0xFF_FFFF) & 1 : 0
            guard isSix | isFour | isThree != 0 else { continue }
            if isSix != 0 { unsafe compare(self.sixes, at: place, in: text, &hits) }
            if isFour != 0 { unsafe compare(self.fours, at: place, in: text, &hits) }
            if isThree != 0 { unsafe compare(self.threes, at: place, in: text, &hits) }
          }
        }
        if let some {
          some.forEach { look(at: $0) }
        } else {
          for block in blocks.indices { look(at: block) }
        }
      }
    }
    if hits.count > 1 { hits.sort() }
  }

  @inline(__always)
  private func withBitmaps(
    _ body: (UnsafePointer<UInt64>, UnsafePointer<UInt64>, UnsafePointer<UInt64>) -> Void
  ) {
    unsafe sixes.bitmap.withUnsafeBufferPointer { sixes in
      unsafe fours.bitmap.withUnsafeBufferPointer { fours in
        unsafe threes.bitmap.withUnsafeBufferPointer { threes in
          guard let sixes = sixes.baseAddress, let fours = fours.baseAddress,
            let threes = threes.baseAddress
          else { return }
          unsafe body(sixes, fours, threes)
        }
      }
    }
  }

  private func compare(
    _ table: GramTable, at place: Int, in text: UnsafeRawBufferPointer, _ hits: inout [LiteralHit]
  ) {
    guard place + table.length <= text.count else { return }
    let gram = unsafe table.gram(in: text, at: place)
    unsafe table.addHits(of: gram, at: place, in: text, from: 0, to: text.count, &hits)
  }
}

/// Where words begin in a block: letters and digits behind other bytes, and capitals behind small letters; none whose
/// second byte is no token byte, since every gram has one there.
@inline(__always)
private func wordStarts(_ block: Int, _ blocks: UnsafeBufferPointer<ByteMasks.Block>) -> UInt64 {
  let this = unsafe blocks[block]
  let words = this.letter | this.digit
  let small = this.letter & ~this.capital
  var (inside, behindSmall, next): (UInt64, UInt64, UInt64) = (0, 0, 0)
  if block > 0 {
    let before = unsafe blocks[block - 1]
    inside = (before.letter | before.digit) &>> 63
    behindSmall = (before.letter & ~before.capital) &>> 63
  }
  if block + 1 < blocks.count { next = unsafe blocks[block + 1].token }
  let starts =
    words & ~(words &<< 1 | inside) | this.capital & (small &<< 1 | behindSmall)
  return starts & (this.token &>> 1 | next &<< 63)
}
