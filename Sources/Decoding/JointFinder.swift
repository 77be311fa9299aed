import Bytes

/// Finds the places where a word may be parted: quotation marks, asterisks, colons and line ends, with nothing beside
/// them that speaks against it.
struct JointFinder {
  private let text: UnsafeRawBufferPointer
  private let masks: ByteMasks
  private var joints: [Int] = []

  static func find(
    in text: UnsafeRawBufferPointer, _ masks: ByteMasks, _ odd: OddBytes
  ) -> [Int] {
    var finder = JointFinder(text: text, masks: masks)
    var last: UInt64 = 0
    for (block, this) in odd.masks.enumerated() {
      let next = block + 1 < odd.masks.count ? odd.masks[block + 1] : 0
      if last | this | next != 0 { finder.addJoints(of: block, last, this, next) }
      last = this
    }
    return finder.joints
  }

  /// Adds those of a block, given what is odd in the one before it, in itself and in the next.
  private mutating func addJoints(
    of block: Int, _ last: UInt64, _ this: UInt64, _ next: UInt64
  ) {
    var signs = masks.blocks[block].joint
    while signs != 0 {
      let bit = signs.trailingZeroBitCount
      signs &= signs &- 1
      // Prose has nothing odd from 16 bytes before a joint to 48 behind it.
      let odd =
        bit < 16 ? this << (16 - bit) | last >> (48 + bit) : this >> (bit - 16) | next << (80 - bit)
      if odd != 0, isJoint(64 * block + bit) { joints.append(64 * block + bit) }
    }
  }

  private func isJoint(_ place: Int) -> Bool {
    switch text[place] {
    case 0x0A: partsLines(place)
    case UInt8(ascii: "*"): partsMarked(place)
    case UInt8(ascii: ":"): followsLabel(place)
    default: partsLiterals(place)
    }
  }

  /// Whether the colon at a place stands after a word that tells of a part, and before one.
  private func followsLabel(_ place: Int) -> Bool {
    guard place + 1 < text.count, isBlank(text[place + 1]) else { return false }
    var start = place
    while start > 0, place - start < 16, isAlphanumeric(text[start - 1]) { start -= 1 }
    let label = Label(start..<place, in: text)
    return label == .telling || label == .number
  }

  /// Whether the asterisk at a place is the first of some between two parts of a word.
  private func partsMarked(_ place: Int) -> Bool {
    guard place > 0, isPart(text[place - 1]) else { return false }
    let next = text[place..<min(text.count, place + 4)].first { $0 != UInt8(ascii: "*") }
    return next.map(isPart) ?? false
  }

  /// Whether the quotation mark at a place ends a literal after which another begins, or a variable is set to one.
  private func partsLiterals(_ place: Int) -> Bool {
    guard place > 0, place + 1 < text.count, !isAlphanumeric(text[place + 1]),
      text[place - 1] > 0x20, !isQuote(text[place - 1])
    else { return false }
    let most = min(text.count - 1, place + 48)
    var at = place + 1
    var isApart = false
    while at < most, !isAlphanumeric(text[at]), !isQuote(text[at]) {
      isApart = isApart || isLineEnd(text[at]) || text[at] == UInt8(ascii: ";")
      at += 1
    }
    guard at < most else { return false }
    if text[at] == text[place] { return at > place + 1 && text[at + 1] > 0x20 }
    // A string's prefix, or a name.
    let end = endOfName(from: at, in: text)
    guard end < text.count else { return false }
    if end - at <= 2, text[end] == text[place] { return true }
    return isApart
      && text[end..<min(text.count, end + 16)].prefix { $0 != text[place] }.contains(
        UInt8(ascii: "="))
  }

  /// Whether no plain word ends or begins where the line's end at a place is; a label of a part may begin.
  private func partsLines(_ place: Int) -> Bool {
    let end = endOfLastWord(before: place, in: text)
    guard end > 0, isPart(text[end - 1]), text[end - 1] != UInt8(ascii: ".") else { return false }
    var at = place + 1
    while at < min(text.count, place + 24), !isAlphanumeric(text[at]),
      text[at] != 0x0A || at == place + 1
    { at += 1 }
    let next = text[at..<min(text.count, at + 16)].prefix(while: isPart)
    let isOdd = next.dropFirst().contains { isDigit($0) || isCapital($0) || $0 == 0x3D }
    if isOdd, Part(at..<at + next.count, in: text).looksRandom { return true }
    let word = at..<endOfName(from: at, in: text, to: at + 16)
    guard isOdd || Label(word, in: text) != .none else { return false }
    let last = text[max(0, end - 16)..<end].reversed().prefix(while: isPart)
    return Part(end - last.count..<end, in: text).looksRandom
  }
}

/// The end of the last word of a line that ends at a place, without what closes or continues it.
func endOfLastWord(before place: Int, in text: UnsafeRawBufferPointer) -> Int {
  var end = place
  while end > 0, place - end < 8, text[end - 1] <= 0x20 || ByteSet.closing.contains(text[end - 1]) {
    end -= 1
  }
  return end
}

private func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
