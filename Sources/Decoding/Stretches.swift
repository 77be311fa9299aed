import Bytes

/// An unbroken row of ASCII characters and others that may stand for such: where a key written with them would lie.
private struct Stretch {
  var ascii = 0
  var digits = 0
  var forms = 0
  var spaces = 0
  var dashes = 0
  var tags = 0
  /// Look-alikes and full-width letters next to an ASCII letter or digit.
  var mixed = 0
  var lookAlikes = 0
  /// Unseen characters with others before and after them.
  var hidden = 0
  /// Whether a character that stands for no other comes right before it.
  var isAfterOther = false
  /// Whether a letter that stands for no other touches it: a word of another script.
  var isForeign = false

  /// Whether a key may be hidden there. Dashes between words, marks in emoji and words of other scripts are everyday.
  var isCause: Bool {
    let length = ascii + forms + lookAlikes + dashes + spaces
    return tags >= 8 || hidden > 0 || forms >= 5 || forms > 0 && length >= 12
      || mixed > 0 && !isForeign
      || dashes + spaces > 0 && digits > 0 && length >= 16 || spaces >= 3
      || dashes >= 4 && ascii >= 8
  }
}

/// Finds characters beyond ASCII that stand for ASCII ones, or for nothing.
struct StretchFinder {
  private let text: UnsafeRawBufferPointer
  /// The end of the last stretch.
  private var done = 0

  static func find(
    in text: UnsafeRawBufferPointer, _ masks: ByteMasks, _ list: inout EditList
  ) {
    var finder = StretchFinder(text: text)
    masks.forEachStrange(in: text) { finder.read(at: $0, &list) }
  }

  private init(text: UnsafeRawBufferPointer) {
    self.text = text
  }

  /// Reads on from a character beyond ASCII; gives where to go on.
  private mutating func read(at place: Int, _ list: inout EditList) -> Int {
    let lead = text[place]
    if let length = lengthOfEveryday(lead, place) { return place + length }
    let (value, length) = character(text, place)
    guard StandIn(value).kind != .none else { return place + length }
    var start = place
    let least = max(done, place - 256)
    while start > least, isGraphic(text[start - 1]) { start -= 1 }
    var stretch = Stretch()
    for at in start..<place { stretch.count(text[at]) }
    stretch.isAfterOther = start > 0 && start == place && text[start - 1] >= 0x80
    stretch.isForeign = stretch.isAfterOther
    let count = list.edits.count
    let end = extend(&stretch, from: place, &list)
    if !stretch.isCause { list.truncate(to: count) }
    done = end
    return end
  }

  /// The length of a character of the everyday sorts that stand for no other, at once: they are most of all.
  @inline(__always)
  private func lengthOfEveryday(_ lead: UInt8, _ place: Int) -> Int? {
    guard place + 4 <= text.count else { return nil }
    let second = text[place + 1]
    let third = text[place + 2]
    switch lead {
    case 0xC3: return 2
    case 0xE4...0xE9, 0xEB...0xED: return 3
    // Quotation marks, bullets, the ellipsis; a dash after a space.
    case 0xE2 where second == 0x80:
      if third >= 0x98 && third <= 0xA6 { return 3 }
      return third >= 0x93 && third <= 0x95 && place > 0 && text[place - 1] <= 0x20 ? 3 : nil
    // Emoji but for those of letters.
    case 0xF0 where second == 0x9F && !(third >= 0x84 && third <= 0x86) && third != 0xAF: return 4
    default: return nil
    }
  }

  private func extend(_ stretch: inout Stretch, from start: Int, _ list: inout EditList) -> Int {
    var at = start
    var unseen = 0
    var wasForm = false
    while at < text.count {
      let byte = text[at]
      if byte < 0x80 {
        // Words of such characters may be parted by plain spaces.
        let goesOn = wasForm && byte == 0x20 && at + 1 < text.count && text[at + 1] >= 0xE2
        // In the midst of a word, or at an end of it; after an emoji they belong to that.
        if stretch.ascii + stretch.forms > 0 || isGraphic(byte) && !stretch.isAfterOther {
          stretch.hidden += unseen
        }
        guard isGraphic(byte) || goesOn else { return at }
        unseen = 0
        stretch.count(byte)
        wasForm = wasForm && goesOn
        at += 1
        continue
      }
      let (value, length) = character(text, at)
      let other = StandIn(value)
      let range = at..<at + length
      switch other.kind {
      case .none:
        stretch.isForeign = stretch.isForeign || value < 0x590
        return at
      case .invisible:
        unseen += 1
        list.delete(range, .zeroWidth)
      case .tag:
        stretch.tags += 1
        list.replace(range, by: other.ascii, .tagCharacters)
      case .form, .space:
        if other.kind == .form { stretch.forms += 1 } else { stretch.spaces += 1 }
        if value >= 0xFF01, value <= 0xFF5E, isOddBeside(other.ascii, range) {
          stretch.mixed += 1
        }
        list.replace(range, by: other.ascii, .compatibility)
      case .dash:
        stretch.dashes += 1
        list.replace(range, by: other.ascii, .lookAlike)
      case .lookAlike:
        stretch.lookAlikes += 1
        if touchesASCII(range) { stretch.mixed += 1 }
        list.replace(range, by: other.ascii, .lookAlike)
      }
      wasForm = other.kind == .form || other.kind == .space && wasForm
      at += length
    }
    return at
  }
}

extension StretchFinder {
  /// Whether a full-width character stands where the plain one would: a letter in a word, a sign beside its like.
  private func isOddBeside(_ ascii: UInt8, _ range: Range<Int>) -> Bool {
    if isAlphanumeric(ascii) { return touchesASCII(range) }
    return range.lowerBound > 0 && text[range.lowerBound - 1] == ascii
      || range.upperBound < text.count && text[range.upperBound] == ascii
  }

  private func touchesASCII(_ range: Range<Int>) -> Bool {
    range.lowerBound > 0 && isAlphanumeric(text[range.lowerBound - 1])
      || range.upperBound < text.count && isAlphanumeric(text[range.upperBound])
  }
}

extension Stretch {
  fileprivate mutating func count(_ byte: UInt8) {
    ascii += 1
    if isDigit(byte) { digits += 1 }
  }
}

private func isGraphic(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
