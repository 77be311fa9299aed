import Core
import Transport

/// What may pass if a request is tried again.
enum Trouble: Hashable {
  /// The source counts more requests than it allows.
  case limited
  /// Platforms have refused valid requests for moments at a time.
  case unauthorized
  case server
  case connection

  init?(_ outcome: Result<FeedResponse, TransportError>) {
    switch outcome {
    case .success(let response):
      switch response.status {
      case 429: self = .limited
      case 401: self = .unauthorized
      case 500..<600: self = .server
      default: return nil
      }
    case .failure(let error):
      guard [.dns, .connect, .timeout, .closed, .encoding].contains(error) else { return nil }
      self = .connection
    }
  }

  /// How often a request is sent at most.
  var tries: Int {
    switch self {
    case .limited, .unauthorized: 3
    case .server, .connection: 4
    }
  }

  /// Seconds to wait after so many tries where the host names none: a random share of a bound that doubles.
  func wait(after tries: Int, jitter: Double) -> Double {
    // A host that counts is never asked again at once.
    let share = self == .limited ? 0.5 + jitter / 2 : jitter
    let bound = first * Double(1 << min(tries - 1, 16))
    return share * min(bound, 300)
  }

  private var first: Double {
    switch self {
    case .limited: 30
    case .unauthorized, .server, .connection: 2
    }
  }
}
