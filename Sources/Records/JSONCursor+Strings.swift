extension JSONCursor {
  /// Bytes that unescaping may touch behind what it writes.
  static let slack = ByteBlock.count

  /// Steps over a string from its opening quote on.
  mutating func skipString() throws(JSONFault) {
    guard skip(Byte.quote) else { throw fault(.unexpected) }
    while true {
      _ = skipPlain()
      guard at < end else { throw fault(.endsEarly) }
      switch at.pointee {
      case Byte.quote:
        at += 1
        return
      case Byte.backslash: _ = try escape()
      default: throw fault(.controlCharacter)
      }
    }
  }

  /// Steps over a string from its opening quote on and gives its text: where it stands if it has no escapes, else
  /// written to the room, which must hold as many bytes as are left here, and `slack`.
  mutating func string(_ room: UnsafeMutablePointer<UInt8>) throws(JSONFault) -> JSONText {
    guard skip(Byte.quote) else { throw fault(.unexpected) }
    let first = at
    var isBeyondASCII = skipPlain()
    guard at < end else { throw fault(.endsEarly) }
    if at.pointee == Byte.quote {
      defer { at += 1 }
      return JSONText(
        bytes: UnsafeBufferPointer(start: first, count: at - first), mayBeBeyondASCII: isBeyondASCII
      )
    }
    room.update(from: first, count: at - first)
    var to = room + (at - first)
    while true {
      guard at < end else { throw fault(.endsEarly) }
      switch at.pointee {
      case Byte.quote:
        at += 1
        return JSONText(
          bytes: UnsafeBufferPointer(start: room, count: to - room), mayBeBeyondASCII: isBeyondASCII
        )
      case Byte.backslash:
        let scalar = try escape()
        if scalar < 0x80 {
          to.pointee = UInt8(truncatingIfNeeded: scalar)
          to += 1
        } else {
          isBeyondASCII = true
          to += encode(scalar, to)
        }
      default: throw fault(.controlCharacter)
      }
      if copyPlain(&to) { isBeyondASCII = true }
    }
  }

  /// Steps to the next quote, backslash or control character, or the end, where one stands unless no bytes follow; whether bytes beyond ASCII may be before it.
  @inline(__always)
  private mutating func skipPlain() -> Bool {
    var beyondASCII: UInt64 = 0
    while bytesEnd - at >= ByteBlock.count {
      let block = ByteBlock(at)
      beyondASCII |= block.beyondASCII
      guard block.specials == 0 else {
        at += block.specials.trailingZeroBitCount
        return beyondASCII != 0
      }
      at += ByteBlock.count
    }
    var isBeyondASCII = beyondASCII != 0
    while at < end, isPlain(at.pointee) {
      if at.pointee >= 0x80 { isBeyondASCII = true }
      at += 1
    }
    return isBeyondASCII
  }

  /// Like `skipPlain`, but writes what it steps over, and may touch `slack` bytes more.
  @inline(__always)
  private mutating func copyPlain(_ to: inout UnsafeMutablePointer<UInt8>) -> Bool {
    var beyondASCII: UInt64 = 0
    while bytesEnd - at >= ByteBlock.count {
      let block = ByteBlock(at)
      beyondASCII |= block.beyondASCII
      to.update(from: at, count: ByteBlock.count)
      guard block.specials == 0 else {
        let plain = block.specials.trailingZeroBitCount
        at += plain
        to += plain
        return beyondASCII != 0
      }
      at += ByteBlock.count
      to += ByteBlock.count
    }
    var isBeyondASCII = beyondASCII != 0
    while at < end, isPlain(at.pointee) {
      if at.pointee >= 0x80 { isBeyondASCII = true }
      to.pointee = at.pointee
      at += 1
      to += 1
    }
    return isBeyondASCII
  }

  /// Steps over an escape and gives what it stands for; U+FFFD for a lone surrogate.
  @inline(__always)
  private mutating func escape() throws(JSONFault) -> UInt32 {
    guard end - at >= 2 else { throw endsEarly() }
    let letter = at[1]
    if letter == Byte.u { return try codePoint() }
    let byte = unescaped(letter)
    guard byte != 0 else { throw fault(.badEscape) }
    at += 2
    return UInt32(byte)
  }

  private mutating func codePoint() throws(JSONFault) -> UInt32 {
    let unit = try codeUnit()
    guard unit & 0xF800 == 0xD800 else { return unit }
    guard unit < 0xDC00, end - at >= 2, at[0] == Byte.backslash, at[1] == Byte.u else {
      return 0xFFFD
    }
    let second = at
    let low = try codeUnit()
    guard low & 0xFC00 == 0xDC00 else {
      at = second
      return 0xFFFD
    }
    return 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
  }

  private mutating func codeUnit() throws(JSONFault) -> UInt32 {
    var unit: UInt32 = 0
    for index in 2..<6 {
      guard end - at > index else { throw endsEarly() }
      guard let digit = hexValue(at[index]) else { throw fault(.badEscape) }
      unit = unit << 4 | digit
    }
    at += 6
    return unit
  }

  private mutating func endsEarly() -> JSONFault {
    at = end
    return fault(.endsEarly)
  }
}

@inline(__always)
private func isPlain(_ byte: UInt8) -> Bool {
  byte >= 0x20 && byte != Byte.quote && byte != Byte.backslash
}

/// Writes a scalar beyond ASCII as UTF-8 and gives how many bytes that took.
private func encode(_ scalar: UInt32, _ to: UnsafeMutablePointer<UInt8>) -> Int {
  func continuation(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(scalar >> shift & 0x3F) }
  if scalar < 0x800 {
    to[0] = 0xC0 | UInt8(scalar >> 6)
    to[1] = continuation(0)
    return 2
  }
  if scalar < 0x10000 {
    to[0] = 0xE0 | UInt8(scalar >> 12)
    to[1] = continuation(6)
    to[2] = continuation(0)
    return 3
  }
  to[0] = 0xF0 | UInt8(scalar >> 18)
  to[1] = continuation(12)
  to[2] = continuation(6)
  to[3] = continuation(0)
  return 4
}

/// What a one-letter escape stands for; 0 for letters that are none.
@inline(__always)
private func unescaped(_ letter: UInt8) -> UInt8 {
  switch letter {
  case Byte.n: 0x0A
  case Byte.quote, Byte.backslash, Byte.slash: letter
  case Byte.t: 0x09
  case UInt8(ascii: "r"): 0x0D
  case UInt8(ascii: "b"): 0x08
  case Byte.f: 0x0C
  default: 0
  }
}

/// The value of a hex digit; nil for other bytes.
private func hexValue(_ digit: UInt8) -> UInt32? {
  switch digit {
  case Byte.zero...Byte.nine: UInt32(digit - Byte.zero)
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(digit - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(digit - UInt8(ascii: "A") + 10)
  default: nil
  }
}
