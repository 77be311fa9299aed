package import Core
package import Transport

/// Makes sources' requests with manners, so that no source can be impolite.
///
/// Every request waits for its host's turn and is counted in the host's state before it is sent, so that neither a
/// crash nor a second run spends more than the rates allow. Passing troubles are tried again after a wait that the
/// host names or that doubles, kept in the host's state too. What remains goes to the source to decode.
package final class FeedClient: Sendable {
  package typealias Send =
    @Sendable (HTTPRequest, HTTPLimits) async throws(TransportError) -> HTTPResponse

  private let userAgent: String
  private let limits: HTTPLimits
  private let hosts: HostStates
  private let clock: FeedClock
  private let send: Send

  /// `limits` bound one try; the state of a host never asked is empty, and saving must last before it returns.
  package init(
    userAgent: String, limits: HTTPLimits, clock: FeedClock,
    hostState: @escaping @Sendable (String) throws -> HostState,
    setHostState: @escaping @Sendable (String, HostState) throws -> Void,
    send: @escaping Send
  ) {
    self.userAgent = userAgent
    self.limits = limits
    self.clock = clock
    hosts = HostStates(load: hostState, save: setHostState)
    self.send = send
  }

  /// How the crawler names itself and its operator; what a header cannot hold is left out.
  package static func userAgent(version: String, contact: String?) -> String {
    let contact = String((contact ?? "").filter { (" "..."~").contains($0) && $0.isASCII })
    return "Exuvia/\(version)" + (contact.isEmpty ? "" : " (+\(contact))")
  }

  /// Makes the request, waits included, as long as they end before the deadline.
  ///
  /// Statuses that no further try would change are given back for the source to decode.
  package func fetch(
    _ request: FeedRequest, of settings: SourceSettings, deadline: Timestamp
  ) async throws(FetchError) -> FeedResponse {
    let address = try settings.address(of: request)
    let message = HTTPRequest(url: address.url, headers: headers(settings))
    let pace = Pace(rates: settings.rates)
    var tries = 0
    var last: Result<FeedResponse, TransportError>?
    while true {
      do { try await takeTurn(at: address.authority, pace, deadline) } catch .notBefore(let moment)
      {
        // A host that is down or fails has failed, however long the next try would have to wait.
        guard let last, let trouble = Trouble(last), trouble != .limited else {
          throw .notBefore(moment)
        }
        return try conclude(last, trouble)
      }
      let outcome = await answer(to: message, deadline)
      last = outcome
      tries += 1
      let trouble = Trouble(outcome)
      let isOver = tries >= trouble?.tries ?? 0
      if let wait = wait(after: outcome, trouble, tries, isOver: isOver) {
        let moment = clock.now() + wait
        try hosts.postpone(address.authority, to: moment)
        if isOver, trouble == .limited { throw .notBefore(moment) }
      }
      if isOver { return try conclude(outcome, trouble) }
    }
  }

  private func headers(_ settings: SourceSettings) -> [(String, String)] {
    let token = settings.token.map { [("Authorization", "Bearer \($0.secret)")] } ?? []
    return [("User-Agent", userAgent), ("Accept", "application/json")] + token
  }

  /// Sleeps until the host may be asked, and counts the request.
  private func takeTurn(
    at host: String, _ pace: Pace, _ deadline: Timestamp
  ) async throws(FetchError) {
    while true {
      let now = clock.now()
      guard let turn = try hosts.take(host, pace, now: now, deadline: deadline) else { return }
      switch turn {
      case .at(let moment) where moment > deadline: throw .notBefore(moment)
      case .budgetSpent(let until) where until > deadline: throw .budgetSpent(until: until)
      default: break
      }
      do { try await clock.sleep(turn.moment - now) } catch { throw .cancelled }
    }
  }

  private func answer(
    to message: HTTPRequest, _ deadline: Timestamp
  ) async -> Result<FeedResponse, TransportError> {
    var limits = limits
    limits.total = min(limits.total, .seconds(max(1, deadline - clock.now())))
    do throws(TransportError) {
      let response = try await send(message, limits)
      return .success(
        FeedResponse(status: response.status, headers: response.headers, body: response.body))
    } catch { return .failure(error) }
  }

  /// Seconds until the host may be asked again; nil where its usual pace will do.
  private func wait(
    after outcome: Result<FeedResponse, TransportError>, _ trouble: Trouble?, _ tries: Int,
    isOver: Bool
  ) -> Double? {
    if case .success(let response) = outcome,
      let advice = RetryAdvice.seconds(response, now: clock.now())
    {
      return trouble == nil ? advice : advice + clock.jitter()
    }
    // A trouble that did not pass leaves no wait behind, but for a rate that was exceeded.
    guard let trouble, !isOver || trouble == .limited else { return nil }
    return trouble.wait(after: tries, jitter: clock.jitter())
  }

  private func conclude(
    _ outcome: Result<FeedResponse, TransportError>, _ trouble: Trouble?
  ) throws(FetchError) -> FeedResponse {
    switch outcome {
    case .success(let response): return response
    case .failure(.cancelled): throw .cancelled
    case .failure(let error): throw trouble == .connection ? .down(error) : .failed(error)
    }
  }
}

extension SourceSettings {
  /// Where the request goes: always to the base's own server, whatever its path says.
  fileprivate func address(of request: FeedRequest) throws(FetchError) -> WebAddress {
    let address: WebAddress
    do throws(TransportError) {
      let start = try WebAddress(base)
      guard request.path.hasPrefix("/") else { throw .badURL(.characters) }
      address = try WebAddress(String(base.reversed().drop { $0 == "/" }.reversed()) + request.path)
      guard address.hasOrigin(of: start) else { throw .badURL(.host) }
    } catch { throw .failed(error) }
    // Inside one's own network, where tests and mirrors stand, there may be no certificate.
    let isOwn =
      address.address.map { !AddressPolicy().permits($0) } ?? (address.host == "localhost")
    guard token == nil || address.scheme == "https" || isOwn else { throw .insecureToken }
    return address
  }
}
