/// A set of ASCII bytes as 128 bits: a constant, where a table would be looked up through its owner every time.
struct ByteSet {
  /// A bit for each of the bytes 0 to 63.
  let low: UInt64
  /// A bit for each of the bytes 64 to 127.
  let high: UInt64

  /// Letters and digits.
  static let alphanumeric = ByteSet(low: 0x03FF_0000_0000_0000, high: 0x07FF_FFFE_07FF_FFFE)
  /// What keys, their names and addresses are written with.
  static let token = ByteSet(low: 0x27FF_F820_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)
  /// Both alphabets of base64.
  static let base64 = ByteSet(low: 0x03FF_A800_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)
  /// What closes a word at a line's end, or says that it goes on: ``\\"'`|*,;+&)``.
  static let closing = ByteSet(low: 0x0800_1EC4_0000_0000, high: 0x1000_0001_1000_0000)
  /// Hexadecimal digits.
  static let hex = ByteSet(low: 0x03FF_0000_0000_0000, high: 0x0000_007E_0000_007E)
  /// What text is made of, with tabs and line ends.
  static let printable = ByteSet(low: 0xFFFF_FFFF_0000_2600, high: 0x7FFF_FFFF_FFFF_FFFF)

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    guard byte < 0x80 else { return false }
    return (byte < 0x40 ? low : high) >> UInt64(byte & 0x3F) & 1 != 0
  }
}

@inline(__always)
func isToken(_ byte: UInt8) -> Bool { ByteSet.token.contains(byte) }

@inline(__always)
func isHex(_ byte: UInt8) -> Bool { ByteSet.hex.contains(byte) }

@inline(__always)
func isPrintable(_ byte: UInt8) -> Bool { ByteSet.printable.contains(byte) }

@inline(__always)
func isAlphanumeric(_ byte: UInt8) -> Bool { ByteSet.alphanumeric.contains(byte) }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

@inline(__always)
func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
