import Core
import Crypto

/// The English word list of BIP-39 and its phrases.
///
/// Made for loops over whole posts: a word is packed five bits a letter, so that a look-up is one
/// multiplication and, for most words of a language, one or two loads; nothing is allocated and
/// ASCII case does not matter.
package enum BIP39 {
  /// The list's words in order.
  package static let words: [[UInt8]] = bip39Words.utf8
    .split(whereSeparator: \.isASCIISpace).map { Array($0) }

  /// The position of a word in the list; nil where it is none.
  package static func index(of word: Span<UInt8>) -> Int? {
    guard (3...8).contains(word.count) else { return nil }
    var packed: UInt64 = 0
    for offset in word.indices {
      guard word[offset].isASCIILetter else { return nil }
      packed = packed << 5 | UInt64(word[offset] & 0x1F)
    }
    return index(packed: packed)
  }

  /// The position of a word whose letters a caller's loop has packed: `packed << 5 | UInt64(letter
  /// & 0x1F)`, from 0.
  ///
  /// Only letters may be packed; words may be of any length, since too long ones are in no danger
  /// of looking short.
  package static func index(packed: UInt64) -> Int? {
    guard packed < 1 << 40 else { return nil }
    var slot = BIP39.slot(packed)
    while true {
      let entry = table[slot]
      if entry >> 16 == packed, entry != 0 { return Int(entry & 0xFFFF) }
      if entry == 0 { return nil }
      slot = (slot + 1) & (slots - 1)
    }
  }

  private static let slots = 8_192

  // An entry is a packed word above 16 bits of index; no word packs to zero.
  private static let table: [UInt64] = {
    var table = [UInt64](repeating: 0, count: slots)
    for (index, word) in words.enumerated() {
      let packed = word.reduce(UInt64(0)) { $0 << 5 | UInt64($1 & 0x1F) }
      var slot = BIP39.slot(packed)
      while table[slot] != 0 { slot = (slot + 1) & (slots - 1) }
      table[slot] = packed << 16 | UInt64(index)
    }
    return table
  }()

  private static func slot(_ packed: UInt64) -> Int {
    Int(truncatingIfNeeded: (packed &* 0x9E37_79B9_7F4A_7C15) >> 51)
  }

  /// The phrase of 16 to 32 bytes, a multiple of four: words joined by one space.
  static func phrase(_ entropy: [UInt8]) -> [UInt8] {
    let hash = Array(SHA256.hash(data: entropy))
    let bits = (entropy + hash.prefix(1)).flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
    let count = entropy.count * 8 / 32 * 33 / 11
    let indexes = (0..<count).map { word in
      bits[word * 11..<word * 11 + 11].reduce(0) { $0 << 1 | Int($1) }
    }
    return Array(indexes.map { words[$0] }.joined(separator: [0x20]))
  }

  /// Whether the words' last bits are the checksum of those before.
  static func isIntact(_ indexes: [Int]) -> Bool {
    let bits = indexes.flatMap { index in (0..<11).map { UInt8(index >> (10 - $0) & 1) } }
    let entropyBits = bits.count / 33 * 32
    let entropy = stride(from: 0, to: entropyBits, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | $1 }
    }
    let hash = Array(SHA256.hash(data: entropy))
    return bits[entropyBits...].enumerated().allSatisfy { hash[0] >> (7 - $0) & 1 == $1 }
  }
}

// Words in a row, whatever numbers, commas and bullets stand between them.
func checkBIP39(_ secret: [UInt8]) -> CheckOutcome {
  let words = letterRuns(secret)
  guard (12...24).contains(words.count), words.count.isMultiple(of: 3) else {
    return .failed(.structureFailed)
  }
  let indexes = words.compactMap { BIP39.index(of: $0.span) }
  guard indexes.count == words.count else { return .failed(.structureFailed) }
  return .checksum(BIP39.isIntact(indexes))
}
