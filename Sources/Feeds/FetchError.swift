package import Core
package import Transport

/// Why a request has no answer now.
package enum FetchError: Error, Sendable {
  /// The host wants a pause, or its rate does, that ends after the deadline; the host's state knows of it.
  case notBefore(Timestamp)
  /// A longer rate is used up until then, which is after the deadline; no failure.
  case budgetSpent(until: Timestamp)
  /// The host could not be reached, time and again.
  case down(TransportError)
  /// The request cannot succeed until somebody changes something.
  case failed(TransportError)
  /// A token is set and the base address would show it to the whole way.
  case insecureToken
  /// The host's state could not be read or written.
  case store(any Error)
  case cancelled

  /// The case's name, for logs and counters.
  package var label: String {
    switch self {
    case .notBefore: "not-before"
    case .budgetSpent: "budget-spent"
    case .down: "down"
    case .failed: "failed"
    case .insecureToken: "insecure-token"
    case .store: "store"
    case .cancelled: "cancelled"
    }
  }
}

extension FetchError {
  /// Whether there is no fault, and only time has to pass.
  package var isWait: Bool {
    switch self {
    case .notBefore, .budgetSpent, .cancelled: true
    case .down, .failed, .insecureToken, .store: false
    }
  }

  /// Whether other requests to the same host would end alike.
  package var isOfHost: Bool {
    switch self {
    case .notBefore, .budgetSpent, .cancelled, .insecureToken, .store: true
    case .down(let error), .failed(let error):
      switch error {
      case .timeout, .closed, .encoding, .tooLarge, .redirectElsewhere, .tooManyRedirects: false
      default: true
      }
    }
  }
}

extension FetchError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notBefore(let moment): "The source is not asked before \(moment); a later pass goes on."
    case .budgetSpent(let moment):
      "The source's rate is used up until \(moment); a later pass goes on."
    case .down(let error): "The source is down. \(error)"
    case .failed(let error): "The source cannot be read. \(error)"
    case .insecureToken: "The token is not sent over http; set a base address with https."
    case .store:
      "What was asked of the host could not be recorded; check the store with `exuvia store verify`."
    case .cancelled: "The request was cancelled; a later pass goes on."
    }
  }
}
