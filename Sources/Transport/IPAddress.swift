import Foundation
import NIOCore

/// An IPv4 or IPv6 address.
package struct IPAddress: Sendable, Hashable {
  /// 4 or 16 bytes, the most significant first.
  package let bytes: [UInt8]

  /// Takes 4 or 16 bytes, the most significant first; nil for any other number.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Reads the plain forms alone: four decimal numbers without leading zeros, or IPv6 without a zone or brackets.
  package init?(_ text: String) {
    if text.contains(":") {
      guard let bytes = IPAddress.six(text) else { return nil }
      self.bytes = bytes
    } else {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      let bytes = parts.compactMap { part in UInt8(part).flatMap { "\($0)" == part ? $0 : nil } }
      guard parts.count == 4, bytes.count == 4 else { return nil }
      self.bytes = bytes
    }
  }

  package var isIPv4: Bool { bytes.count == 4 }

  /// The IPv4 address that an IPv6 address stands for: mapped, NAT64 or 6to4.
  package var embedded: IPAddress? {
    for (range, offset) in IPAddress.embeddings where range.contains(self) {
      return IPAddress(bytes: Array(bytes[offset..<offset + 4]))
    }
    return nil
  }

  private static let embeddings: [(CIDR, Int)] = [
    ("::ffff:0:0/96", 12), ("64:ff9b::/96", 12), ("2002::/16", 2),
  ].compactMap { text, offset in CIDR(text).map { ($0, offset) } }

  private static func six(_ text: String) -> [UInt8]? {
    let allowed = Set("0123456789abcdefABCDEF:.".utf8)
    guard text.utf8.allSatisfy(allowed.contains),
      case .v6(let address)? = try? SocketAddress(ipAddress: text, port: 0)
    else { return nil }
    return withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
  }
}

extension IPAddress: CustomStringConvertible {
  /// The shortest plain form.
  package var description: String {
    if isIPv4 { return bytes.map(String.init).joined(separator: ".") }
    let address = try? SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: 0)
    return address?.ipAddress ?? ""
  }
}

/// A range of addresses: those that share the first bits.
package struct CIDR: Sendable, Hashable {
  package let address: IPAddress
  package let bits: Int

  /// Reads `10.0.0.0/8`, `fd00::/8` or a single address; nil where the text is none of these.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let address = IPAddress(parts[0]) else { return nil }
    let width = address.bytes.count * 8
    guard parts.count == 1 || parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let bits = parts.count == 2 ? Int(parts[1]) : width, (0...width).contains(bits)
    else { return nil }
    self.address = address
    self.bits = bits
  }

  /// Whether the address is of the range; addresses of the other family never are.
  package func contains(_ other: IPAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    let whole = bits / 8
    guard address.bytes[..<whole] == other.bytes[..<whole] else { return false }
    guard bits % 8 > 0 else { return true }
    let mask = ~(UInt8.max >> (bits % 8))
    return address.bytes[whole] & mask == other.bytes[whole] & mask
  }
}
