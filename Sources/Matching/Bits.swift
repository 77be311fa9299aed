/// A bit for each of sixteen bytes, the first in the lowest.
@inline(__always)
func bits(of mask: SIMDMask<SIMD16<Int8>>) -> UInt64 {
  let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
  return packed(words.x) | packed(words.y) &<< 8
}

/// Swift has no instruction that takes a bit of each byte, but this product gathers them in its highest byte.
@inline(__always)
private func packed(_ bytes: UInt64) -> UInt64 {
  ((UInt64(littleEndian: bytes) & 0x8040_2010_0804_0201) &* 0x0101_0101_0101_0101) &>> 56
}
