/// Why a request was not answered; says nothing that stood in a header or a body.
package enum TransportError: Error, Sendable, Hashable {
  case badURL(URLFault)
  case badHeader
  /// The name of the host could not be resolved.
  case dns
  /// The host's address is private or otherwise not of the public network.
  case refusedAddress(String)
  /// No connection: refused, unreachable, or not in time.
  case connect
  case tls
  case timeout
  /// The connection ended before the response did, or what came was not HTTP.
  case closed
  /// The body is in an encoding that cannot be undone.
  case encoding
  /// The body is longer than so many bytes.
  case tooLarge(Int)
  case redirectElsewhere(String)
  case tooManyRedirects(Int)
  case cancelled
  /// The transport was shut down before.
  case shutDown

  /// What is wrong with a URL.
  package enum URLFault: String, Sendable, CaseIterable {
    case scheme, credentials, characters, host, port, length
    /// An address in another form than the plain one, which programs read differently.
    case oddAddress = "odd-address"
  }

  /// The case's name, for logs and counters.
  package var label: String {
    switch self {
    case .badURL: "bad-url"
    case .badHeader: "bad-header"
    case .dns: "dns"
    case .refusedAddress: "refused-address"
    case .connect: "connect"
    case .tls: "tls"
    case .timeout: "timeout"
    case .closed: "closed"
    case .encoding: "encoding"
    case .tooLarge: "too-large"
    case .redirectElsewhere: "redirect-elsewhere"
    case .tooManyRedirects: "too-many-redirects"
    case .cancelled: "cancelled"
    case .shutDown: "shut-down"
    }
  }
}

extension TransportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badURL(let fault): "The URL \(fault.remedy)."
    case .badHeader: "A header cannot be sent; take line breaks and control characters out of it."
    case .dns:
      "The name of the host could not be resolved; check its spelling and this machine's network."
    case .refusedAddress(let address):
      "The address \(address) is not of the public network; if it is meant, add it to network.allow."
    case .connect:
      "No connection came about; check that the server runs and that no firewall is in between."
    case .tls:
      "The server's identity could not be checked; look at its certificate and this machine's clock."
    case .timeout: "The server did not answer in time; try again later."
    case .closed: "The connection ended before the answer did; try again later."
    case .encoding: "The answer's compression is damaged or unknown; try again later."
    case .tooLarge(let limit):
      "The answer is longer than the \(limit) bytes allowed; ask for smaller pages."
    case .redirectElsewhere(let host):
      "The server redirects to \(host), which is not followed; if it is right, set it as the address."
    case .tooManyRedirects(let limit):
      "The server redirects more than \(limit) times; check the address."
    case .cancelled: "The request was cancelled; start it again if it is still wanted."
    case .shutDown: "The transport is shut down; make a new one."
    }
  }
}

extension TransportError.URLFault {
  fileprivate var remedy: String {
    switch self {
    case .scheme: "must begin with https:// or http://"
    case .credentials: "must not hold a user name or password; give a token file instead"
    case .characters: "holds characters that must be percent-encoded"
    case .host: "needs a plain host name, in ASCII and without a dot at its end"
    case .port: "needs a port between 1 and 65535, or none"
    case .length: "is too long; shorten it"
    case .oddAddress: "must give an address in its plain form, such as 192.0.2.1 or [2001:db8::1]"
    }
  }
}
