/// Finds a text's unbroken runs of token bytes: ASCII letters, digits and `% + , - . / : = _ ~`.
///
/// A credential is nearly always such a run, and prose hardly ever is: on real posts a twelfth of the bytes. So this one
/// pass, sixteen bytes a step, spares most texts every other.
package enum TokenRuns {
  /// The shortest run that is reported, in bytes: a block, so that no block holds two of them.
  package static let shortest = 16

  /// Puts the runs into the list, by ascending place.
  package static func find(in text: UnsafeRawBufferPointer, into runs: inout [Range<Int>]) {
    runs.removeAll(keepingCapacity: true)
    let count = text.count
    guard count >= shortest, let base = text.baseAddress else { return }
    var start = 0
    var at = 0
    while at + shortest <= count {
      let others = unsafe OtherBytes(base + at)
      if !others.isEmpty {
        let end = at + others.first
        if end - start >= shortest { runs.append(start..<end) }
        start = at + others.last + 1
      }
      at += shortest
    }
    while at < count {
      if unsafe !isToken(text[at]) {
        if at - start >= shortest { runs.append(start..<at) }
        start = at + 1
      }
      at += 1
    }
    if count - start >= shortest { runs.append(start..<count) }
  }

  /// Whether a byte may stand in a run.
  package static func isToken(_ byte: UInt8) -> Bool {
    let letter = (byte | 0x20) &- 0x61
    return letter < 26 || byte &- 0x2B < 16 || byte == 0x5F || byte == 0x3D || byte == 0x25
      || byte == 0x7E
  }
}

/// Which of sixteen bytes are no token bytes.
private struct OtherBytes {
  private let low: UInt64
  private let high: UInt64

  @inline(__always)
  init(_ first: UnsafeRawPointer) {
    let bytes = unsafe first.loadUnaligned(as: SIMD16<UInt8>.self)
    // Typed constants: with others the compiler takes operators that go byte by byte.
    let small = SIMD16<UInt8>(repeating: 0x20)
    let a = SIMD16<UInt8>(repeating: 0x61)
    let letters = SIMD16<UInt8>(repeating: 26)
    let plus = SIMD16<UInt8>(repeating: 0x2B)
    let upToColon = SIMD16<UInt8>(repeating: 16)
    let underscore = SIMD16<UInt8>(repeating: 0x5F)
    let equals = SIMD16<UInt8>(repeating: 0x3D)
    let percent = SIMD16<UInt8>(repeating: 0x25)
    let tilde = SIMD16<UInt8>(repeating: 0x7E)
    let tokens =
      (((bytes | small) &- a) .< letters) .| ((bytes &- plus) .< upToColon)
      .| (bytes .== underscore) .| (bytes .== equals) .| (bytes .== percent) .| (bytes .== tilde)
    let words = unsafe unsafeBitCast(tokens, to: SIMD2<UInt64>.self)
    low = ~UInt64(littleEndian: words.x)
    high = ~UInt64(littleEndian: words.y)
  }

  var isEmpty: Bool {
    @inline(__always) get { low | high == 0 }
  }

  var first: Int {
    @inline(__always) get {
      low != 0 ? low.trailingZeroBitCount >> 3 : 8 + high.trailingZeroBitCount >> 3
    }
  }

  var last: Int {
    @inline(__always) get {
      high != 0 ? 15 - high.leadingZeroBitCount >> 3 : 7 - low.leadingZeroBitCount >> 3
    }
  }
}
