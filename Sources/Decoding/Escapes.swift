import Bytes

extension EditList {
  /// Percent signs, entities and backslashes: each kind by itself, as if the others meant nothing.
  mutating func addEscapes(in text: UnsafeRawBufferPointer, _ masks: ByteMasks) {
    var (percent, entity, backslash) = (0, 0, 0)
    var at = 0
    while let sign = masks.next(from: at, { $0.escape }) {
      switch text[sign] {
      case UInt8(ascii: "%"): if sign >= percent { percent = addPercentSign(in: text, at: sign) }
      case UInt8(ascii: "&"): if sign >= entity { entity = addEntity(in: text, at: sign) }
      default: if sign >= backslash { backslash = addBackslash(in: text, at: sign) }
      }
      at = sign + 1
    }
  }
}
