import Core
import Foundation
import Transport

/// What can go wrong with a request to the town.
enum Fault: Sendable, Hashable, CaseIterable {
  case limitedBySeconds, limitedByDate, limitedByEpoch, limitedInBody
  case broken, badGateway, cut, silent
  case truncated, page, nothing
  case commentsRefused, commentsHidden
  case repeated, short, hollow, bare

  /// A limit that asks for a pause of so many seconds.
  case limited(seconds: Int)

  static let allCases: [Fault] = [
    .limitedBySeconds, .limitedByDate, .limitedByEpoch, .limitedInBody, .broken, .badGateway, .cut,
    .silent, .truncated, .page, .nothing, .commentsRefused, .commentsHidden, .repeated, .short,
    .hollow, .bare,
  ]

  /// Whether the request can meet it at all.
  func suits(_ call: Town.Call) -> Bool {
    switch self {
    case .commentsRefused, .commentsHidden: call.isComments
    case .repeated, .hollow: call.path.contains("cursor=")
    case .short: call.isListing || call.isComments
    case .bare: call.isListing
    default: true
    }
  }

  /// Whether the client itself tries again.
  var passes: Bool {
    switch self {
    case .limitedBySeconds, .limitedByDate, .limitedByEpoch, .limitedInBody, .broken, .badGateway,
      .cut, .silent:
      true
    default: false
    }
  }

  func answer(
    _ call: Town.Call, from town: Town, _ limits: HTTPLimits
  ) throws(TransportError) -> HTTPResponse {
    switch self {
    case .limitedBySeconds: return .status(429, "", [("Retry-After", "7")])
    case .limited(let seconds): return .status(429, "", [("Retry-After", "\(seconds)")])
    case .limitedByDate:
      return .status(429, "", [("Retry-After", (town.clock.now + 9).httpDate)])
    case .limitedByEpoch:
      let reset = (town.clock.now + 11).microseconds / 1_000_000
      return .status(
        429, "", [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "\(reset)")])
    case .limitedInBody: return .status(429, #"{"success":false,"retry_after_seconds":13}"#)
    case .broken: return .status(500, "<h1>Internal Server Error</h1>")
    case .badGateway: return .status(502)
    case .cut: throw .closed
    case .silent:
      town.clock.advance(Double(limits.total.components.seconds))
      throw .timeout
    case .truncated:
      var response = town.page(call.path)
      response.body.removeLast(response.body.count / 3)
      return response
    case .page: return .status(200, "<!doctype html><title>Redirecting…</title>")
    case .nothing: return .status(200)
    case .commentsRefused: return .status(405)
    case .commentsHidden:
      return .status(200, #"{"success":true,"comments":[],"has_more":false}"#)
    case .repeated: return town.page(call.previousPath)
    case .short: return town.page(call.path, cut: 3)
    case .hollow: return town.page(call.path, cut: 0)
    case .bare: return .status(200, #"{"success":true,"posts":[],"has_more":false}"#)
    }
  }
}

extension Town.Call {
  /// The path of the page before this one, as a cache that is a page late would have it.
  fileprivate var previousPath: String {
    String(path.split(separator: "&cursor=", maxSplits: 1)[0])
  }
}

extension Timestamp {
  /// As RFC 9110 writes it.
  fileprivate var httpDate: String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "GMT")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return formatter.string(
      from: Date(timeIntervalSince1970: Double(microseconds) / 1_000_000))
  }
}

/// Numbers that are the same on every machine; by Sebastiano Vigna's SplitMix64.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// A share of requests meets a fault; which ones, and which fault, depends on seed and number alone.
  static func faults(seed: UInt64, share: Double) -> @Sendable (Town.Call) -> Fault? {
    { call in
      var dice = Dice(seed &* 1_000_003 &+ UInt64(call.number))
      guard Double.random(in: 0..<1, using: &dice) < share else { return nil }
      // Where nothing was read before, an empty platform cannot be told from a failing one.
      return Fault.allCases.filter { $0 != .bare && $0.suits(call) }.randomElement(using: &dice)
    }
  }
}
