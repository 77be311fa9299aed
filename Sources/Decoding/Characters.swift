import Foundation

/// The value of a hex digit.
func hexValue(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 0x30...0x39: UInt32(byte - 0x30)
  case 0x41...0x46: UInt32(byte - 0x41 + 10)
  case 0x61...0x66: UInt32(byte - 0x61 + 10)
  default: nil
  }
}

/// How many bytes the character at a place has; 0 where none begins.
func lengthOfCharacter(_ text: UnsafeRawBufferPointer, _ at: Int) -> Int {
  func follows(_ offset: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
    at + offset < text.count && text[at + offset] >= low && text[at + offset] <= high
  }
  switch text[at] {
  case 0..<0x80: return 1
  case 0xC2...0xDF: return follows(1) ? 2 : 0
  case 0xE0: return follows(1, 0xA0) && follows(2) ? 3 : 0
  case 0xED: return follows(1, 0x80, 0x9F) && follows(2) ? 3 : 0
  case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
  case 0xF0: return follows(1, 0x90) && follows(2) && follows(3) ? 4 : 0
  case 0xF4: return follows(1, 0x80, 0x8F) && follows(2) && follows(3) ? 4 : 0
  case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
  default: return 0
  }
}

/// The character at a place of well-formed text, and how many bytes it has.
func character(_ text: UnsafeRawBufferPointer, _ at: Int) -> (value: UInt32, length: Int) {
  let length = max(1, lengthOfCharacter(text, at))
  guard length > 1 else { return (UInt32(text[at]), 1) }
  var value = UInt32(text[at]) & (0x7F >> UInt32(length))
  for offset in 1..<length { value = value << 6 | UInt32(text[at + offset] & 0x3F) }
  return (value, length)
}

/// Where a byte stands next; nil for nowhere.
func place(of byte: UInt8, in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
  guard start < text.count, let base = text.baseAddress,
    let found = memchr(base + start, Int32(byte), text.count - start)
  else { return nil }
  return UnsafeRawPointer(found) - base
}
