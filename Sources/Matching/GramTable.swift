/// Grams of a few bytes of many literals, for finding where one of these may stand.
///
/// A bitmap over hashed grams answers "no" for nearly every place without a chain of dependent loads, which is what holds
/// an automaton's transition table back; only where a gram of some literal may stand are the literals of that gram
/// compared. ASCII case is folded in the hash, and in the comparison where a literal asks for it.
struct GramTable: Sendable {
  /// A gram of a literal, and where the literal's bytes are in `bytes`.
  private struct Entry {
    /// The literal's first eight bytes, folded.
    var head: UInt64
    var literal: UInt32
    var start: UInt32
    var offset: UInt16
    var count: UInt16
    var ignoresCase: Bool

    /// Which of eight bytes the literal has.
    var headMask: UInt64 { .max &>> UInt64(64 &- 8 &* min(8, Int(count))) }
  }

  /// Bits of a hash that name a gram: so many that of the bitmap's one in 16 is set, as far as that stays in the fastest
  /// cache.
  private static let bits = 12...17

  /// The bytes of a gram, and which of a word they are.
  let length: Int
  let mask: UInt64
  /// The first and the last place of a gram in its literal; nil without literals.
  let offsets: ClosedRange<Int>?
  /// A bit for every hash of a gram.
  let bitmap: [UInt64]
  /// How far a product is shifted to be a hash.
  let shift: UInt64
  /// The first entry of a bucket, which holds the grams of some neighbouring hashes; the next bucket's ends it.
  private let starts: [UInt32]
  /// The gram of each entry.
  private let grams: [UInt64]
  private let entries: [Entry]
  /// All literals, one after the other.
  private let bytes: [UInt8]

  /// Takes literals with their numbers and the places of the grams to be known of each.
  init(length: Int, _ literals: [(number: Int, literal: Literal, offsets: Range<Int>)]) {
    self.length = length
    mask = .max >> UInt64(64 - 8 * length)
    var bytes: [UInt8] = []
    var rows: [(gram: UInt64, entry: Entry)] = []
    for (number, literal, offsets) in literals {
      let head = packed(literal.bytes.prefix(8))
      let headMask = UInt64.max >> UInt64(64 - 8 * min(8, literal.bytes.count))
      for offset in offsets {
        let entry = Entry(
          head: folded(head) & headMask, literal: UInt32(number), start: UInt32(bytes.count),
          offset: UInt16(offset), count: UInt16(literal.bytes.count),
          ignoresCase: literal.ignoresCase)
        let gram = packed(literal.bytes[offset..<offset + length])
        rows.append((folded(gram) & mask, entry))
      }
      bytes += literal.bytes
    }
    let wanted = 4 + Int.bitWidth - rows.count.leadingZeroBitCount
    let bits = min(max(wanted, GramTable.bits.lowerBound), GramTable.bits.upperBound)
    let shift = UInt64(64 - bits)
    self.shift = shift
    rows.sort {
      (hashed($0.gram, shift), $0.entry.literal) < (hashed($1.gram, shift), $1.entry.literal)
    }
    var bitmap = [UInt64](repeating: 0, count: 1 << (bits - 6))
    var starts = [UInt32](repeating: 0, count: 1 << (bits - 3) + 1)
    for (gram, _) in rows {
      let value = hashed(gram, shift)
      bitmap[value >> 6] |= 1 << UInt64(value & 63)
      starts[bucket(value) + 1] += 1
    }
    for bucket in starts.indices.dropLast() { starts[bucket + 1] += starts[bucket] }
    let places = rows.map { Int($0.entry.offset) }
    offsets = places.min().flatMap { first in places.max().map { first...$0 } }
    grams = rows.map(\.gram)
    entries = rows.map(\.entry)
    self.bitmap = bitmap
    self.starts = starts
    self.bytes = bytes
  }

  /// The folded gram at a place that as many bytes follow.
  @inline(__always)
  func gram(in text: UnsafeRawBufferPointer, at place: Int) -> UInt64 {
    guard place &+ 8 <= text.count, let base = text.baseAddress else {
      return folded(unsafe packed(text[place..<place + length])) & mask
    }
    return folded(unsafe (base + place).loadUnaligned(as: UInt64.self)) & mask
  }

  /// Writes down which of some places, each with eight bytes to read, may have a gram of a literal; gives how many.
  func pick(
    _ places: UnsafePointer<UInt32>, _ count: Int, of text: UnsafeRawPointer,
    to list: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var picked = 0
    unsafe bitmap.withUnsafeBufferPointer { bitmap in
      guard let bitmap = bitmap.baseAddress else { return }
      for index in 0..<count {
        let place = unsafe places[index]
        let word = unsafe (text + Int(place)).loadUnaligned(as: UInt64.self)
        unsafe list[picked] = place
        picked &+= unsafe Int(
          truncatingIfNeeded: bitmap.bit(of: folded(word) & mask, shift) & 1)
      }
    }
    return picked
  }

  /// Adds the literals that have the gram at a place and that begin in a range of the text.
  @inline(never)
  func addHits(
    at place: Int, in text: UnsafeRawBufferPointer, from start: Int, to end: Int,
    _ hits: inout [LiteralHit]
  ) {
    let gram = unsafe gram(in: text, at: place)
    let bucket = bucket(hashed(gram, shift))
    for slot in Int(starts[bucket])..<Int(starts[bucket + 1]) where grams[slot] == gram {
      let entry = entries[slot]
      let at = place - Int(entry.offset)
      if at >= start, at < end, unsafe stands(entry, in: text, at: at) {
        hits.append(LiteralHit(at: at, literal: Int(entry.literal)))
      }
    }
  }

  private func stands(_ entry: Entry, in text: UnsafeRawBufferPointer, at: Int) -> Bool {
    let count = Int(entry.count)
    guard at + count <= text.count else { return false }
    if at + 8 <= text.count {
      let head = unsafe text.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      guard folded(head) & entry.headMask == entry.head else { return false }
    }
    for offset in 0..<count {
      let found = unsafe text[at + offset]
      let byte = bytes[Int(entry.start) + offset]
      guard found == byte || (entry.ignoresCase && folded(found) == byte) else { return false }
    }
    return true
  }
}

extension UnsafePointer<UInt64> {
  /// The bit that a bitmap has for a gram; the others are anything.
  @inline(__always)
  func bit(of gram: UInt64, _ shift: UInt64) -> UInt64 {
    let value = hashed(gram, shift)
    return unsafe self[value &>> 6] &>> UInt64(truncatingIfNeeded: value)
  }
}

/// Up to eight bytes as memory has them, the first lowest.
private func packed(_ bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
  bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
}

// Folds case by setting the bit that tells `a` from `A`; other bytes may become alike, which only costs a comparison.
@inline(__always)
func folded(_ word: UInt64) -> UInt64 {
  UInt64(littleEndian: word) | 0x2020_2020_2020_2020
}

@inline(__always)
private func hashed(_ gram: UInt64, _ shift: UInt64) -> Int {
  Int(truncatingIfNeeded: (gram &* 0x9E37_79B9_7F4A_7C15) &>> shift)
}

@inline(__always)
private func bucket(_ hash: Int) -> Int { hash >> 3 }
