/// A URL of the web in the one form that all readers understand alike; anything unclear is refused.
package struct WebAddress: Sendable, Hashable {
  package var scheme: String
  /// Lower case; an IPv6 address without its brackets.
  package var host: String
  package var port: Int
  /// Path and query, beginning with a slash.
  package var target: String

  /// Reads an absolute http or https URL; a fragment is dropped.
  package init(_ url: String) throws(TransportError) {
    guard url.utf8.count <= WebAddress.longest else { throw .badURL(.length) }
    guard let colon = url.firstRange(of: "://") else { throw .badURL(.scheme) }
    let scheme = url[..<colon.lowerBound].lowercased()
    guard let usual = WebAddress.usualPorts[scheme] else { throw .badURL(.scheme) }
    guard url.utf8.allSatisfy(WebAddress.characters.contains) else { throw .badURL(.characters) }
    let rest = url[colon.upperBound...].prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let target = rest[authority.endIndex...]
    guard !authority.contains("@") else { throw .badURL(.credentials) }
    let (host, port) = try WebAddress.split(authority)
    self.scheme = scheme
    self.host = try WebAddress.plain(host)
    self.port = port ?? usual
    guard !target.utf8.contains(where: { WebAddress.brackets.contains($0) }) else {
      throw .badURL(.characters)
    }
    self.target = target.hasPrefix("/") ? String(target) : "/" + target
  }

  /// The address, where the host is one and no name.
  package var address: IPAddress? { IPAddress(host) }

  /// Host and, where it is not the scheme's own, port: one name for one server.
  package var authority: String {
    let host = self.host.contains(":") ? "[\(self.host)]" : self.host
    return port == WebAddress.usualPorts[scheme] ? host : "\(host):\(port)"
  }

  package var url: String { "\(scheme)://\(authority)\(target)" }

  /// Whether both lead to the same server in the same way.
  package func hasOrigin(of other: WebAddress) -> Bool {
    (scheme, host, port) == (other.scheme, other.host, other.port)
  }

  private static let longest = 8_192
  private static let usualPorts = ["http": 80, "https": 443]
  private static let brackets = Set("[]".utf8)
  // RFC 3986; what is not among these is read differently by different programs.
  private static let characters = Set(
    ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%").utf8)
  private static let nameCharacters = Set("abcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}

extension WebAddress {
  private static func split(
    _ authority: Substring
  ) throws(TransportError) -> (host: Substring, port: Int?) {
    var host = authority
    var tail: Substring = ""
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { throw .badURL(.host) }
      host = authority[...end]
      tail = authority[authority.index(after: end)...]
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      tail = authority[colon...]
    }
    guard !tail.isEmpty else { return (host, nil) }
    let digits = tail.dropFirst()
    guard tail.hasPrefix(":"), (1...5).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = Int(digits), (1...65_535).contains(port)
    else { throw .badURL(.port) }
    return (host, port)
  }

  private static func plain(_ host: Substring) throws(TransportError) -> String {
    if host.hasPrefix("[") {
      guard let address = IPAddress(String(host.dropFirst().dropLast())), !address.isIPv4 else {
        throw .badURL(.oddAddress)
      }
      return address.description
    }
    let name = host.lowercased()
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    // Where the last label is a number, resolvers read the whole name as an address in one of a dozen spellings.
    guard let last = labels.last(where: { !$0.isEmpty }) else { throw .badURL(.host) }
    if last.utf8.allSatisfy({ (0x30...0x39).contains($0) }) || last.hasPrefix("0x") {
      guard IPAddress(name) != nil else { throw .badURL(.oddAddress) }
      return name
    }
    guard name.utf8.count <= 253,
      labels.allSatisfy({ label in
        (1...63).contains(label.utf8.count) && label.utf8.allSatisfy(nameCharacters.contains)
      })
    else { throw .badURL(.host) }
    return name
  }
}
