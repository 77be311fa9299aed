package import Transport

/// Why an alert was not delivered; says neither the sink's URL nor what it answered.
package enum AlertError: Error, Sendable, Hashable {
  /// The sink has no usable address.
  case badAddress(sink: String)
  /// The sink answered with a redirect, which is not followed: the body would go to another place than was set.
  case redirected
  /// The sink answered with a status of 400 to 499.
  case refused(status: Int)
  /// The sink answered with a status of 500 to 599.
  case failing(status: Int)
  /// The sink answered with a status that is no answer.
  case odd(status: Int)
  case timeout
  /// The request was not answered for another reason.
  case unanswered(TransportError)

  /// The case's name, for logs and counters; one of a few.
  package var label: String {
    switch self {
    case .badAddress: "bad-address"
    case .redirected: "redirected"
    case .refused: "refused"
    case .failing: "failing"
    case .odd: "odd-status"
    case .timeout: "timeout"
    case .unanswered(let error): error.label
    }
  }
}

extension AlertError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badAddress(let sink):
      "The alert sink \(sink) has no usable address; set its url_file to a file with an https URL."
    case .redirected:
      "The alert sink redirects, which is not followed; set the address that it redirects to."
    case .refused(let status):
      "The alert sink refused the alert with status \(status); check its address and its rights."
    case .failing(let status):
      "The alert sink failed with status \(status); the alert waits and is sent again."
    case .odd(let status):
      "The alert sink answered with status \(status), which is no answer; check its address."
    case .timeout: "The alert sink did not answer in time; the alert waits and is sent again."
    case .unanswered(let error): "The alert could not be sent: \(error)"
    }
  }
}
