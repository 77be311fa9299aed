/// An unbroken row of ASCII characters and others that may stand for such: where a key written with them would lie.
private struct Stretch {
  var ascii = 0
  var digits = 0
  var forms = 0
  var dashes = 0
  var tags = 0
  /// Look-alikes next to an ASCII letter or digit.
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
    let length = ascii + forms + lookAlikes + dashes
    return tags >= 8 || hidden > 0 || forms > 0 && length >= 12 || mixed > 0 && !isForeign
      || dashes > 0 && digits > 0 && length >= 16
  }
}

/// Finds characters beyond ASCII that stand for ASCII ones, or for nothing.
struct StretchFinder {
  private let text: UnsafeRawBufferPointer
  /// The end of the last stretch.
  private var done = 0

  static func find(in text: UnsafeRawBufferPointer, _ list: inout EditList) {
    var finder = StretchFinder(text: text)
    var at = 0
    while let place = finder.nextBeyondASCII(from: at) {
      at = finder.read(at: place, &list)
    }
  }

  private init(text: UnsafeRawBufferPointer) {
    self.text = text
  }

  private func nextBeyondASCII(from start: Int) -> Int? {
    var at = start
    while at + 8 <= text.count {
      let word = text.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080
      if word != 0 { return at + UInt64(littleEndian: word).trailingZeroBitCount >> 3 }
      at += 8
    }
    while at < text.count, text[at] < 0x80 { at += 1 }
    return at < text.count ? at : nil
  }

  /// Reads on from a character beyond ASCII; gives where to go on.
  private mutating func read(at place: Int, _ list: inout EditList) -> Int {
    let lead = text[place]
    // The scripts of East Asia and most emoji, at once: they come in long rows.
    if lead >= 0xE4 && lead <= 0xED && lead != 0xEA { return min(text.count, place + 3) }
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
        stretch.forms += other.kind == .form ? 1 : 0
        list.replace(range, by: other.ascii, .compatibility)
      case .dash:
        stretch.dashes += 1
        list.replace(range, by: other.ascii, .lookAlike)
      case .lookAlike:
        stretch.lookAlikes += 1
        let touches =
          at > 0 && isAlphanumeric(text[at - 1])
          || range.upperBound < text.count && isAlphanumeric(text[range.upperBound])
        if touches { stretch.mixed += 1 }
        list.replace(range, by: other.ascii, .lookAlike)
      }
      wasForm = other.kind == .form || other.kind == .space && wasForm
      at += length
    }
    return at
  }
}

extension Stretch {
  fileprivate mutating func count(_ byte: UInt8) {
    ascii += 1
    if isDigit(byte) { digits += 1 }
  }
}

private func isGraphic(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
