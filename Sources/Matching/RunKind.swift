/// What an unbroken run is of.
package enum RunKind: Sendable, CaseIterable {
  /// ASCII letters, digits and `% + , - . / : = _ ~`.
  case token
  /// ASCII letters, digits, `_` and `-`: no address of a page and no path.
  case word

  /// Bytes of the shortest that counts.
  package static let shortest = 16

  package func contains(_ byte: UInt8) -> Bool {
    if isAlphanumeric(byte) || byte == 0x5F || byte == 0x2D { return true }
    return self == .token && (byte &- 0x2B < 16 || byte == 0x3D || byte == 0x25 || byte == 0x7E)
  }
}

@inline(__always)
func isAlphanumeric(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }
