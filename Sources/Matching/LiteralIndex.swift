/// Finds where any of many literals stands, in one pass over a text.
///
/// A bitmap over hashed trigrams answers "no" for nearly every byte without a chain of dependent loads, which is what
/// holds an automaton's transition table back; only where the first three bytes of some literal may stand are the
/// literals of that hash compared. ASCII case is folded in the hash, and in the comparison where a literal asks for it.
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

  /// The shortest literal that can be indexed, in bytes.
  package static let shortest = 3

  private static let bits = 16
  private let literals: [Literal]
  /// A bit for every trigram hash that begins a literal.
  private var bitmap: [UInt8]
  /// First literal of a hash in `order`, by hash; the next hash's entry ends it.
  private var starts: [UInt32]
  /// Literals by hash.
  private var order: [UInt32]

  /// Indexes literals of at least three bytes; hits name them by their position in the list.
  package init(_ literals: [Literal]) {
    precondition(literals.allSatisfy { $0.bytes.count >= LiteralIndex.shortest })
    self.literals = literals
    let size = 1 << LiteralIndex.bits
    bitmap = [UInt8](repeating: 0, count: size / 8)
    let hashes = literals.map { literal in
      hash(
        of: UInt32(literal.bytes[0]) | UInt32(literal.bytes[1]) << 8
          | UInt32(literal.bytes[2]) << 16)
    }
    order = literals.indices.sorted { (hashes[$0], $0) < (hashes[$1], $1) }.map(UInt32.init)
    starts = [UInt32](repeating: 0, count: size + 1)
    for value in hashes {
      bitmap[value >> 3] |= 1 << UInt8(value & 7)
      starts[value + 1] += 1
    }
    for value in 0..<size { starts[value + 1] += starts[value] }
  }

  /// Calls `body` with a literal's position in the list and where it stands, by ascending place.
  package func forEachHit(
    in text: UnsafeRawBufferPointer, _ body: (_ literal: Int, _ at: Int) -> Void
  ) {
    let count = text.count
    guard count >= LiteralIndex.shortest, !literals.isEmpty else { return }
    unsafe bitmap.withUnsafeBufferPointer { bitmap in
      var at = 0
      // Eight bytes hold the trigrams of six places; the loop's loads do not wait for each other.
      while at + 8 <= count {
        let word = unsafe text.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        for place in 0..<6 {
          let value = hash(of: UInt32(truncatingIfNeeded: word >> UInt64(8 * place)))
          if unsafe bitmap[value >> 3] & (1 << UInt8(value & 7)) != 0 {
            unsafe compare(text, at: at + place, hash: value, body)
          }
        }
        at += 6
      }
      while at + 3 <= count {
        let trigram =
          unsafe UInt32(text[at]) | UInt32(text[at + 1]) << 8 | UInt32(text[at + 2]) << 16
        let value = hash(of: trigram)
        if unsafe bitmap[value >> 3] & (1 << UInt8(value & 7)) != 0 {
          unsafe compare(text, at: at, hash: value, body)
        }
        at += 1
      }
    }
  }

  @inline(never)
  private func compare(
    _ text: UnsafeRawBufferPointer, at: Int, hash: Int, _ body: (Int, Int) -> Void
  ) {
    for slot in Int(starts[hash])..<Int(starts[hash + 1]) {
      let index = Int(order[slot])
      if unsafe stands(literals[index], in: text, at: at) { body(index, at) }
    }
  }

  private func stands(_ literal: Literal, in text: UnsafeRawBufferPointer, at: Int) -> Bool {
    guard at + literal.bytes.count <= text.count else { return false }
    for (offset, byte) in literal.bytes.enumerated() {
      let found = unsafe text[at + offset]
      guard found == byte || (literal.ignoresCase && folded(found) == byte) else { return false }
    }
    return true
  }
}

// Folds case by setting the bit that tells `a` from `A`; other bytes may collide, which only costs a comparison.
@inline(__always)
private func hash(of trigram: UInt32) -> Int {
  let folded = (trigram & 0xFF_FFFF) | 0x20_2020
  return Int((folded &* 0x9E37_79B1) >> 16)
}

@inline(__always)
private func folded(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}
