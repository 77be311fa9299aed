/// Which addresses may be connected to: those of the public network, and those that the operator means.
package struct AddressPolicy: Sendable, Hashable {
  /// Ranges that are meant although they are not public.
  package var allow: [CIDR]

  package init(allow: [CIDR] = []) {
    self.allow = allow
  }

  /// Whether the address may be connected to; an IPv4 address inside an IPv6 one is judged as itself.
  package func permits(_ address: IPAddress) -> Bool {
    if let inner = address.embedded {
      return permits(inner) || allow.contains { $0.contains(address) }
    }
    if allow.contains(where: { $0.contains(address) }) { return true }
    if !address.isIPv4, let global = AddressPolicy.global, !global.contains(address) {
      return false
    }
    return !AddressPolicy.special.contains { $0.contains(address) }
  }

  // All other IPv6 space is local, reserved or not given out.
  private static let global = CIDR("2000::/3")

  // IANA's special-purpose registries, without the ranges that are reached like any other.
  private static let special: [CIDR] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "2001::/23",
    "2001:db8::/32",
    "3fff::/20",
  ].compactMap { CIDR($0) }
}
