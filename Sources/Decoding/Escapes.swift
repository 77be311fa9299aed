import Bytes

extension EditList {
  /// Percent signs, entities, backslashes and a terminal's colours: each kind by itself, as if the others meant nothing.
  mutating func addEscapes(in text: UnsafeRawBufferPointer, _ masks: ByteMasks) {
    var (percent, entity, backslash) = (0, 0, 0)
    var at = 0
    while let sign = masks.next(from: at, { $0.escape }) {
      switch text[sign] {
      case UInt8(ascii: "%"): if sign >= percent { percent = addPercentSign(in: text, at: sign) }
      case UInt8(ascii: "&"): if sign >= entity { entity = addEntity(in: text, at: sign) }
      case 0x1B: addColour(in: text, at: sign)
      default: if sign >= backslash { backslash = addBackslash(in: text, at: sign) }
      }
      at = sign + 1
    }
  }

  /// What sets a terminal's colour: ESC, a bracket, numbers, a letter.
  private mutating func addColour(in text: UnsafeRawBufferPointer, at escape: Int) {
    guard escape + 1 < text.count, text[escape + 1] == UInt8(ascii: "[") else { return }
    let rest = text[(escape + 2)...].prefix(16)
    guard let last = rest.firstIndex(where: { !isDigit($0) && $0 != UInt8(ascii: ";") }),
      (0x40...0x7E).contains(text[last])
    else { return }
    delete(escape..<last + 1, .escapes)
  }
}
