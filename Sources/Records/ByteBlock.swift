import CBytes

/// 64 bytes that are looked at in one step.
struct ByteBlock {
  static let count = 64

  /// The quotes, backslashes and control characters, the first byte's bit the lowest.
  let specials: UInt64
  /// The bytes of characters beyond ASCII.
  let beyondASCII: UInt64

  @inline(__always)
  init(_ first: UnsafePointer<UInt8>) {
    let masks = exuvia_classify_string(first)
    specials = masks.specials
    beyondASCII = masks.beyond_ascii
  }
}
