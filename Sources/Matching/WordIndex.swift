package import Bytes

/// Finds where any of many literals stands by the words that begin in them: only where an ASCII letter or digit follows
/// another byte, or a capital begins a hump, need a text be looked at.
package final class WordIndex: Sendable {
  /// Literals known by the first bytes of a word and of what follows: eight of them, six, four, or three.
  private let tables: [GramTable]
  /// A bit for the first three bytes of each, five bits of a byte: case apart, letters are told by these.
  private let beginnings: [UInt64]

  /// Indexes literals, of which each must have a `gram`; hits name them by their position in the list.
  package init(_ literals: [(literal: Literal, beginsWord: Bool)]) {
    var rows: [Int: [(number: Int, literal: Literal, offsets: Range<Int>)]] = [:]
    for (number, (literal, beginsWord)) in literals.enumerated() {
      guard let (place, length) = WordIndex.gram(of: literal, beginsWord: beginsWord) else {
        preconditionFailure("no word begins in a literal")
      }
      rows[length, default: []].append((number, literal, place..<place + 1))
    }
    tables = rows.sorted { $0.key > $1.key }.map { GramTable(length: $0.key, $0.value) }
    var beginnings = [UInt64](repeating: 0, count: 1 << 9)
    for (_, literal, offsets) in rows.values.joined() {
      let bytes = literal.bytes[offsets.lowerBound..<offsets.lowerBound + 3]
      let number = beginning(bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) })
      beginnings[number >> 6] |= 1 << UInt64(number & 63)
    }
    self.beginnings = beginnings
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
    for length in [8, 6, 4, 3] {
      let long = places.filter { place in
        place + length <= bytes.count && bytes[place..<place + 2].allSatisfy(RunKind.token.contains)
      }
      if let place = literal.rarestBeginning(of: length, among: long) { return (place, length) }
    }
    return nil
  }

  /// Puts every hit into the list whose word begins in one of some blocks, or anywhere; by ascending place.
  package func findHits(
    in text: UnsafeRawBufferPointer, _ masks: ByteMasks, within some: BlockSet?,
    into hits: inout [LiteralHit]
  ) {
    hits.removeAll(keepingCapacity: true)
    unsafe masks.blocks.withUnsafeBufferPointer { blocks in
      unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.atOnce + 128) { room in
        guard let words = room.baseAddress else { return }
        var count = 0
        @inline(__always) func read(_ block: Int) {
          unsafe writeDown(wordStarts(block, blocks), of: block, to: words, &count)
          guard count >= Self.atOnce else { return }
          unsafe lookUp(words, count, in: text, &hits)
          count = 0
        }
        if let some { some.forEach(read) } else { for block in blocks.indices { read(block) } }
        unsafe lookUp(words, count, in: text, &hits)
      }
    }
    if hits.count > 1 { hits.sort() }
  }

  /// How many words are looked up at once: as many as stay in the fastest cache.
  private static let atOnce = 2_048

  /// Looks at words by their places, ascending, and may write over these.
  ///
  /// Which word a literal may begin is as good as random, so that a branch for each would be foretold wrongly again and
  /// again: first those are told apart whose first three bytes some literal has, with no branch.
  @inline(never)
  private func lookUp(
    _ words: UnsafeMutablePointer<UInt32>, _ count: Int, in text: UnsafeRawBufferPointer,
    _ hits: inout [LiteralHit]
  ) {
    guard let base = text.baseAddress else { return }
    var sure = count
    while sure > 0, unsafe Int(words[sure &- 1]) &+ 8 > text.count {
      sure &-= 1
      let place = unsafe Int(words[sure])
      for table in tables where place + table.length <= text.count {
        unsafe table.addHits(at: place, in: text, from: 0, to: text.count, &hits)
      }
    }
    var left = 0
    unsafe beginnings.withUnsafeBufferPointer { beginnings in
      guard let beginnings = beginnings.baseAddress else { return }
      for index in 0..<sure {
        let place = unsafe words[index]
        let word = unsafe (base + Int(place)).loadUnaligned(as: UInt32.self)
        unsafe words[left] = place
        left = unsafe left &+ Int(truncatingIfNeeded: beginnings.bit(ofBeginning: word) & 1)
      }
    }
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: left + 1) { known in
      guard let known = known.baseAddress else { return }
      for table in tables {
        let count = unsafe table.pick(words, left, of: base, to: known)
        for index in 0..<count {
          let place = unsafe Int(known[index])
          unsafe table.addHits(at: place, in: text, from: 0, to: text.count, &hits)
        }
      }
    }
  }
}

/// Writes the places of a block's starts to a list with room for 64 more than there are, eight at once, whether or not
/// there are so many: to stop behind the last would be foretold wrongly nearly every time.
@inline(__always)
private func writeDown(
  _ starts: UInt64, of block: Int, to list: UnsafeMutablePointer<UInt32>, _ count: inout Int
) {
  let end = count &+ starts.nonzeroBitCount
  var starts = starts
  var at = count
  while at < end {
    for place in 0..<8 {
      unsafe list[at &+ place] = UInt32(
        truncatingIfNeeded: 64 &* block &+ starts.trailingZeroBitCount)
      starts &= starts &- 1
    }
    at &+= 8
  }
  count = end
}

extension UnsafePointer<UInt64> {
  /// The bit that a bitmap has for the first three bytes of a word; the others are anything.
  @inline(__always)
  fileprivate func bit(ofBeginning word: UInt32) -> UInt64 {
    let number = beginning(word)
    return unsafe self[number &>> 6] &>> UInt64(truncatingIfNeeded: number)
  }
}

/// The lower five bits of each of a word's first three bytes, as memory has them.
@inline(__always)
private func beginning(_ word: UInt32) -> Int {
  let word = UInt32(littleEndian: word)
  return Int(word & 0x1F | word &>> 3 & 0x3E0 | word &>> 6 & 0x7C00)
}

/// Where words begin in a block: letters and digits behind other bytes, and capitals at the beginning of a hump; none whose
/// second byte is no token byte, since every gram has one there.
@inline(__always)
private func wordStarts(_ block: Int, _ blocks: UnsafeBufferPointer<ByteMasks.Block>) -> UInt64 {
  let this = unsafe blocks[block]
  let words = this.letter | this.digit
  let small = this.letter & ~this.capital
  var (inside, behindSmall, behindCapital, behindTwo): (UInt64, UInt64, UInt64, UInt64) = (
    0, 0, 0, 0
  )
  var (next, nextSmall): (UInt64, UInt64) = (0, 0)
  if block > 0 {
    let before = unsafe blocks[block - 1]
    inside = (before.letter | before.digit) &>> 63
    behindSmall = (before.letter & ~before.capital) &>> 63
    behindCapital = before.capital &>> 63
    behindTwo = before.capital &>> 62
  }
  if block + 1 < blocks.count {
    let after = unsafe blocks[block + 1]
    next = after.token
    nextSmall = after.letter & ~after.capital
  }
  // A word begins at the K of `apiKey` and `APIKey`, and at the k of `APIkey`.
  let second = this.capital &<< 1 | behindCapital
  let third = this.capital &<< 2 | behindTwo
  let humps =
    this.capital & (small &<< 1 | behindSmall | second & (small &>> 1 | nextSmall &<< 63))
    | small & second & third
  let starts = words & ~(words &<< 1 | inside) | humps
  return starts & (this.token &>> 1 | next &<< 63)
}
