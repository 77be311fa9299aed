/// Which of the bytes that a disguise needs a text holds at all: what nearly every text is dismissed by.
struct Presence {
  var beyondASCII = false
  /// `%` or `&`.
  var signs = false
  var backslash = false

  /// Looks at every byte once, sixteen in a step.
  init(_ text: UnsafeRawBufferPointer) {
    guard let base = text.baseAddress else { return }
    let width = 16
    // Typed constants: with others the compiler takes operators that go byte by byte.
    let percent = SIMD16<UInt8>(repeating: 0x25)
    let one = SIMD16<UInt8>(repeating: 1)
    let slash = SIMD16<UInt8>(repeating: 0x5C)
    var all = SIMD16<UInt8>()
    var signs = SIMDMask<SIMD16<Int8>>(repeating: false)
    var slashes = SIMDMask<SIMD16<Int8>>(repeating: false)
    var at = 0
    while at + width <= text.count {
      let block = (base + at).loadUnaligned(as: SIMD16<UInt8>.self)
      all |= block
      signs = signs .| ((block &- percent) .<= one)
      slashes = slashes .| (block .== slash)
      at += width
    }
    var tail: UInt8 = 0
    while at < text.count {
      let byte = text[at]
      tail |= byte
      self.signs = self.signs || byte &- 0x25 <= 1
      backslash = backslash || byte == 0x5C
      at += 1
    }
    beyondASCII = tail >= 0x80 || (unsafeBitCast(all, to: SIMD2<UInt64>.self)).holdsHighBit
    self.signs = self.signs || isSet(signs)
    backslash = backslash || isSet(slashes)
  }

  var isEmpty: Bool { !beyondASCII && !signs && !backslash }
}

private func isSet(_ mask: SIMDMask<SIMD16<Int8>>) -> Bool {
  let words = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
  return words.x | words.y != 0
}

extension SIMD2<UInt64> {
  fileprivate var holdsHighBit: Bool { (x | y) & 0x8080_8080_8080_8080 != 0 }
}
