/// Sixteen bytes that are looked at in one step; the index of a byte is read off the mask of those that were met.
struct ByteBlock {
  static let count = 16

  private var bytes: SIMD16<UInt8>

  @inline(__always)
  init(_ first: UnsafePointer<UInt8>) {
    bytes = UnsafeRawPointer(first).loadUnaligned(as: SIMD16<UInt8>.self)
  }

  /// Sixteen zeros.
  @inline(__always)
  init() { bytes = SIMD16() }

  @inline(__always)
  func store(to first: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(first).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
  }

  /// The quotes, backslashes and control characters.
  var specials: Mask {
    @inline(__always) get {
      // Typed constants: with others the compiler takes operators that go byte by byte.
      let quotes = SIMD16<UInt8>(repeating: Byte.quote)
      let backslashes = SIMD16<UInt8>(repeating: Byte.backslash)
      let spaces = SIMD16<UInt8>(repeating: 0x20)
      return Mask((bytes .== quotes) .| (bytes .== backslashes) .| (bytes .< spaces))
    }
  }

  /// The bytes of characters beyond ASCII.
  var beyondASCII: Mask {
    @inline(__always) get {
      let highest = SIMD16<UInt8>(repeating: 0x80)
      return Mask(bytes .>= highest)
    }
  }

  /// A block whose `beyondASCII` is empty if both blocks' are.
  @inline(__always)
  mutating func merge(_ other: ByteBlock) { bytes |= other.bytes }

  /// Some of the bytes.
  struct Mask {
    private var words: SIMD2<UInt64>

    @inline(__always)
    init(_ mask: SIMDMask<SIMD16<Int8>>) {
      words = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    }

    var isEmpty: Bool {
      @inline(__always) get { words.x | words.y == 0 }
    }

    /// The index of the first; 16 for none.
    var first: Int {
      @inline(__always) get {
        // Without a branch: which half it is in is as good as random.
        let low = UInt64(littleEndian: words.x)
        let half = low != 0 ? low : UInt64(littleEndian: words.y)
        return half.trailingZeroBitCount &>> 3 &+ (low != 0 ? 0 : 8)
      }
    }
  }
}
