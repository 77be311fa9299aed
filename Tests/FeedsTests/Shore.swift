import Core
import Feeds
import Synchronization
import Transport

/// A world for the client: its own time, a script of answers, and a memory of what happened.
final class Shore: Sendable {
  typealias Answer = Result<HTTPResponse, TransportError>

  struct Fault: Error {}

  private struct State {
    var now = Timestamp(seconds: 1_000_000)
    var script: [Answer]
    var requests: [HTTPRequest] = []
    var limits: [HTTPLimits] = []
    var sentAt: [Timestamp] = []
    var counted: [Int] = []
    var sleeps: [Double] = []
    var hosts: [String: HostState] = [:]
    var savesLeft = Int.max
  }

  static let start = Timestamp(seconds: 1_000_000)
  private let state: Mutex<State>
  private let jitter: Double
  private let sleepFails: Bool

  /// The last answer of the script is given again and again; an answer takes no time.
  init(
    _ script: [Answer], jitter: Double = 0.5, hosts: [String: HostState] = [:],
    savesLeft: Int = .max, sleepFails: Bool = false
  ) {
    var state = State(script: script)
    state.hosts = hosts
    state.savesLeft = savesLeft
    self.state = Mutex(state)
    self.jitter = jitter
    self.sleepFails = sleepFails
  }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }
  var limits: [HTTPLimits] { state.withLock { $0.limits } }
  /// Seconds from the start at which requests were sent.
  var sentAt: [Double] { state.withLock { $0.sentAt.map { $0 - Shore.start } } }
  /// How many requests the host's state counted when each was sent.
  var counted: [Int] { state.withLock { $0.counted } }
  var sleeps: [Double] { state.withLock { $0.sleeps } }
  var hosts: [String: HostState] { state.withLock { $0.hosts } }

  var client: FeedClient {
    FeedClient(
      userAgent: FeedClient.userAgent(version: "1.2", contact: "shore@example.org"),
      limits: HTTPLimits(body: 1_000),
      clock: FeedClock(
        now: { self.state.withLock { $0.now } },
        sleep: { seconds in
          if self.sleepFails { throw CancellationError() }
          self.state.withLock { state in
            state.sleeps.append(seconds)
            state.now = state.now + max(seconds, 0.000_001)
          }
        }, jitter: { self.jitter }),
      hostState: { host in self.state.withLock { $0.hosts[host] ?? HostState() } },
      setHostState: { host, state in try self.save(host, state) },
      send: { request, limits throws(TransportError) in try self.answer(request, limits) })
  }

  private func save(_ host: String, _ value: HostState) throws {
    try state.withLock { state in
      state.savesLeft -= 1
      if state.savesLeft < 0 { throw Fault() }
      state.hosts[host] = value
    }
  }

  private func answer(
    _ request: HTTPRequest, _ limits: HTTPLimits
  ) throws(TransportError) -> HTTPResponse {
    let answer = state.withLock { state -> Answer in
      state.requests.append(request)
      state.limits.append(limits)
      state.sentAt.append(state.now)
      state.counted.append(state.hosts.values.map(\.sent.count).reduce(0, +))
      return state.script.count > 1 ? state.script.removeFirst() : state.script[0]
    }
    return try answer.get()
  }
}

extension Shore.Answer {
  static func status(
    _ status: Int, _ headers: [(String, String)] = [], _ body: String = ""
  ) -> Shore.Answer {
    .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
  }
}
