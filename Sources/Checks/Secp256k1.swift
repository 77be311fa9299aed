/// The curve of Bitcoin, Ethereum and Nostr: y² = x³ + 7 over the integers modulo a prime.
///
/// Not in constant time: the keys that it sees are public already.
enum Secp256k1 {
  private static let order: [UInt8] =
    Array(repeating: 0xFF, count: 15) + [
      0xFE, 0xBA, 0xAE, 0xDC, 0xE6, 0xAF, 0x48, 0xA0, 0x3B, 0xBF, 0xD2, 0x5E, 0x8C, 0xD0, 0x36,
      0x41, 0x41,
    ]

  /// Whether 32 bytes are a number between 0 and the order, both left out.
  static func isPrivateKey(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.count == 32 && bytes.contains { $0 != 0 } && bytes.lexicographicallyPrecedes(order)
  }

  /// The public point of a private key: 32 bytes of x and 32 of y.
  static func publicKey(of key: some Collection<UInt8>) -> (x: [UInt8], y: [UInt8]) {
    precondition(isPrivateKey(key))
    var sum: Point?
    for byte in key {
      for bit in stride(from: 7, through: 0, by: -1) {
        sum = sum?.doubled
        if byte >> UInt8(bit) & 1 == 1 { sum = sum.map { $0.plusBase } ?? Point.base }
      }
    }
    // No multiple of the base below the order is the point at infinity.
    let point = sum ?? .base
    let scale = point.z.inverse
    let square = scale * scale
    return ((point.x * square).bytes, (point.y * square * scale).bytes)
  }
}

/// A point in Jacobian coordinates: (x / z², y / z³).
private struct Point {
  var x: Residue
  var y: Residue
  var z: Residue

  static let base = Point(
    x: Residue(
      0x59F2_815B_16F8_1798, 0x029B_FCDB_2DCE_28D9, 0x55A0_6295_CE87_0B07, 0x79BE_667E_F9DC_BBAC),
    y: Residue(
      0x9C47_D08F_FB10_D4B8, 0xFD17_B448_A685_5419, 0x5DA4_FBFC_0E11_08A8, 0x483A_DA77_26A3_C465),
    z: Residue(1))

  var doubled: Point {
    let a = x * x
    let b = y * y
    let c = b * b
    let sum = x + b
    let d = (sum * sum - a - c).twice
    let e = a.twice + a
    let newX = e * e - d.twice
    return Point(x: newX, y: e * (d - newX) - c.twice.twice.twice, z: (y * z).twice)
  }

  /// The sum with the base point, which is never this one: only the first step could meet it.
  var plusBase: Point {
    let square = z * z
    let h = Point.base.x * square - x
    let r = Point.base.y * square * z - y
    let hh = h * h
    let hhh = h * hh
    let v = x * hh
    let newX = r * r - hhh - v.twice
    return Point(x: newX, y: r * (v - newX) - y * hhh, z: z * h)
  }
}

/// A number modulo 2²⁵⁶ − 2³² − 977, in words from the least; each by name, since loops over words cost tenfold.
private struct Residue {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  /// What 2²⁵⁶ is worth.
  private static let fold: UInt64 = 0x1_0000_03D1
  private static let prime = Residue(~fold + 1, .max, .max, .max)

  init(_ a: UInt64, _ b: UInt64 = 0, _ c: UInt64 = 0, _ d: UInt64 = 0) {
    (self.a, self.b, self.c, self.d) = (a, b, c, d)
  }

  private var words: [UInt64] { [a, b, c, d] }

  /// Most significant first.
  var bytes: [UInt8] {
    words.reversed().flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
  }

  var twice: Residue { self + self }

  static func + (x: Residue, y: Residue) -> Residue { folded(x.plus(y, times: 1)) }

  static func - (x: Residue, y: Residue) -> Residue {
    let (difference, isBelow) = x.minus(y)
    return isBelow ? difference.minus(Residue(fold)).difference : difference
  }

  static func * (x: Residue, y: Residue) -> Residue {
    var (low, high) = (Residue(0), Residue(0))
    (low.a, high) = high.plus(y, times: x.a).shifted
    (low.b, high) = high.plus(y, times: x.b).shifted
    (low.c, high) = high.plus(y, times: x.c).shifted
    (low.d, high) = high.plus(y, times: x.d).shifted
    return folded(low.plus(high, times: fold))
  }

  /// By Fermat: to the power of the prime less two.
  var inverse: Residue {
    var result = Residue(1)
    let exponent = Residue.prime.minus(Residue(2)).difference.words
    for bit in stride(from: 255, through: 0, by: -1) {
      result = result * result
      if exponent[bit / 64] >> UInt64(bit % 64) & 1 == 1 { result = result * self }
    }
    return result
  }

  /// Five words, of which the highest counts `fold` times.
  private struct Long {
    var low: Residue
    var high: UInt64

    /// The lowest word, and the others in its place.
    @inline(__always)
    var shifted: (UInt64, Residue) { (low.a, Residue(low.b, low.c, low.d, high)) }
  }

  @inline(__always)
  private static func folded(_ long: Long) -> Residue {
    let once = long.low.plus(Residue(fold), times: long.high)
    // What overflows now leaves so little that it cannot do so again.
    let twice = once.low.plus(Residue(fold), times: once.high).low
    let (difference, isBelow) = twice.minus(prime)
    return isBelow ? twice : difference
  }

  @inline(__always)
  private func plus(_ other: Residue, times factor: UInt64) -> Long {
    var (sum, carry) = (self, UInt64(0))
    (carry, sum.a) = add(factor, times: other.a, a, carry)
    (carry, sum.b) = add(factor, times: other.b, b, carry)
    (carry, sum.c) = add(factor, times: other.c, c, carry)
    (carry, sum.d) = add(factor, times: other.d, d, carry)
    return Long(low: sum, high: carry)
  }

  @inline(__always)
  private func minus(_ other: Residue) -> (difference: Residue, isBelow: Bool) {
    var (rest, isBelow) = (self, false)
    (isBelow, rest.a) = subtract(a, other.a, isBelow)
    (isBelow, rest.b) = subtract(b, other.b, isBelow)
    (isBelow, rest.c) = subtract(c, other.c, isBelow)
    (isBelow, rest.d) = subtract(d, other.d, isBelow)
    return (rest, isBelow)
  }
}

/// a · b + c + d, which always fits two words.
@inline(__always)
private func add(
  _ a: UInt64, times b: UInt64, _ c: UInt64, _ d: UInt64
) -> (high: UInt64, low: UInt64) {
  let (high, low) = a.multipliedFullWidth(by: b)
  let (first, carry) = low.addingReportingOverflow(c)
  let (second, more) = first.addingReportingOverflow(d)
  return (high &+ (carry ? 1 : 0) &+ (more ? 1 : 0), second)
}

@inline(__always)
private func subtract(_ a: UInt64, _ b: UInt64, _ borrow: Bool) -> (isBelow: Bool, UInt64) {
  let (first, under) = a.subtractingReportingOverflow(b)
  let (second, more) = first.subtractingReportingOverflow(borrow ? 1 : 0)
  return (under || more, second)
}
