/// What a word or a variable's name says of parts.
enum Label {
  /// There are some: `part`, `second`, `half_2`, `rest`, `p1`.
  case telling
  /// A number or a letter, which counts them in their places.
  case number
  /// A word that stands everywhere, beside parts too.
  case everyday
  /// It is none.
  case none

  init(_ word: Range<Int>, in text: UnsafeRawBufferPointer) {
    self = .none
    guard !word.isEmpty, word.count <= 16 else { return }
    var end = word.upperBound
    while end > word.lowerBound, isDigit(text[end - 1]) { end -= 1 }
    let digits = word.upperBound - end
    guard digits <= 2 else { return }
    if end - word.lowerBound <= 1 {
      guard end == word.lowerBound || isAlphanumeric(text[end - 1]) else { return }
      self = digits > 0 && end > word.lowerBound ? .telling : .number
      return
    }
    var start = word.lowerBound
    var tells = false
    for at in start...end where at == end || text[at] == UInt8(ascii: "_") {
      if at > start {
        guard let kind = labels.kind(of: start..<at, in: text) else { return }
        tells = tells || kind == .part || kind == .link
      }
      start = at + 1
    }
    self = tells ? .telling : .everyday
  }
}

/// Whether a word may stand before the first part, and tells nothing but that.
func isLead(_ word: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
  switch Label(word, in: text) {
  case .telling, .number: true
  case .everyday: labels.kind(of: word, in: text) == .lead
  case .none: false
  }
}

/// Words by kind, found without making a string of what is looked up.
private struct LabelTable {
  enum Kind {
    /// Parts and their order.
    case part
    /// What else may stand before the first of them.
    case lead
    /// What stands between parts and hardly ever else beside a key; what stands everywhere.
    case link, everyday
  }

  /// By hash, the next free slot taken; a word of 0 is none.
  private var slots = [(word: UInt64, kind: Kind)](repeating: (0, .part), count: 512)

  init(_ lists: [(kind: Kind, words: String)]) {
    for (kind, words) in lists {
      for word in words.split(separator: " ") {
        let packed = Array(word.utf8).withUnsafeBytes { pack(0..<$0.count, in: $0) }
        var slot = LabelTable.slot(packed)
        while slots[slot].word != 0 { slot = (slot + 1) % slots.count }
        slots[slot] = (packed, kind)
      }
    }
  }

  func kind(of word: Range<Int>, in text: UnsafeRawBufferPointer) -> Kind? {
    let wanted = pack(word, in: text)
    var slot = LabelTable.slot(wanted)
    while slots[slot].word != 0 {
      if slots[slot].word == wanted { return slots[slot].kind }
      slot = (slot + 1) % slots.count
    }
    return nil
  }

  private static func slot(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 55)
  }
}

/// The first seven letters, in small, and how many there are.
private func pack(_ word: Range<Int>, in text: UnsafeRawBufferPointer) -> UInt64 {
  var packed = UInt64(word.count)
  for at in word.prefix(7) { packed = packed << 8 | UInt64(text[at] | 0x20) }
  return packed
}

private let labels = LabelTable([
  (
    .part,
    """
    part parts half halves piece pieces chunk chunks segment segments bit bits fragment fragments section seg first \
    second third fourth fifth sixth last final 1st 2nd 3rd 4th
    """
  ),
  (
    .lead,
    """
    one two three four five six line in into split begins starts with start beginning prefix head front left chars \
    characters
    """
  ),
  (
    .link,
    """
    rest remainder remaining ends ending suffix tail followed then next plus continues continued cont append concat
    """
  ),
  (
    .everyday,
    """
    end back right middle other and by is it of the that my key token secret password continue add push str after now \
    goes on comes here to const let var export set static string local
    """
  ),
])

/// The end of a variable's name or a word.
func endOfName(
  from start: Int, in text: UnsafeRawBufferPointer, to limit: Int = .max
) -> Int {
  let limit = min(limit, text.count)
  var end = start
  while end < limit, isAlphanumeric(text[end]) || text[end] == UInt8(ascii: "_") { end += 1 }
  return end
}

func isQuote(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
}

/// The bytes that a part of a key is written with.
func isPart(_ byte: UInt8) -> Bool { isToken(byte) && byte != 0x2C && byte != 0x3A }
