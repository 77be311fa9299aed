/// Whether letters follow each other as in English rather than by chance.
///
/// The table holds the 190 commonest pairs of letters in posts: 91 % of the pairs of prose, 28 % of all there are. How
/// many must be common depends on how many there are, so that random bodies of any length pass for words less than once
/// in 10,000 times. Hexadecimal (with a short suffix, such as a data centre's) is never judged: its six letters make
/// common pairs by chance.
func readsLikeWords(_ bytes: [UInt8]) -> Bool {
  var pairs = 0
  var common = 0
  var letters = 0
  var beyondHex = 0
  for part in bytes.split(whereSeparator: { !isLetter($0) && !isDigit($0) }) where !isHex(part) {
    var last: UInt8 = 0
    for byte in part {
      let letter = isLetter(byte) ? byte | 0x20 : 0
      if letter != 0 {
        letters += 1
        if letter > 0x66 { beyondHex += 1 }
      }
      if letter != 0, last != 0 {
        pairs += 1
        if commonPairs[Int(last - 0x61) * 26 + Int(letter - 0x61)] { common += 1 }
      }
      last = letter
    }
  }
  return pairs >= 6 && beyondHex * 5 > letters && common >= leastCommon(of: pairs)
}

private func isHex(_ part: ArraySlice<UInt8>) -> Bool {
  part.count >= 8 && part.contains(where: isDigit)
    && part.allSatisfy { isDigit($0) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66) }
}

private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

/// The number of common pairs that chance reaches less than once in 10,000 times, and at least three in five.
private func leastCommon(of pairs: Int) -> Int {
  let pairs = Double(pairs)
  return Int(max(0.6 * pairs, 0.28 * pairs + 2 * pairs.squareRoot()).rounded(.up))
}

private let commonPairs: [Bool] = {
  var table = [Bool](repeating: false, count: 26 * 26)
  for (first, seconds) in pairsByFirst {
    for second in seconds.utf8 {
      table[Int((first.utf8.first ?? 0x61) - 0x61) * 26 + Int(second - 0x61)] = true
    }
  }
  return table
}()

private let pairsByFirst: KeyValuePairs<String, String> = [
  "a": "bcdgilmnprstuvy",
  "b": "adelou",
  "c": "adehiklortuy",
  "d": "abceio",
  "e": "acdeflmnprstvxy",
  "f": "abdeiort",
  "g": "ehi",
  "h": "aeiotu",
  "i": "abcdefglmnoprstv",
  "k": "ei",
  "l": "adeilosty",
  "m": "aeiop",
  "n": "acdefgiosty",
  "o": "cdfklmnoprstuvw",
  "p": "aeilort",
  "q": "u",
  "r": "adeikmnorstuy",
  "s": "acehikopstu",
  "t": "aehiorstuy",
  "u": "eilmnrst",
  "v": "eim",
  "w": "aehio",
  "y": "ops",
]
