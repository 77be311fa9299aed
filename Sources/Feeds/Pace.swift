package import Core

/// When a host may be asked next, by the rates it allows and what was sent before, in this run or another.
///
/// Requests are spaced evenly by the rate of the shortest span; the longer rates are budgets over a span that slides.
/// All spans are stretched a little, so that a server that counts in its own way and sees requests arrive closer
/// together than they were sent still finds the rate kept.
package struct Pace: Sendable {
  /// When the next request may go.
  package enum Turn: Sendable, Hashable {
    /// Not before that moment; that is now where nothing stands against it.
    case at(Timestamp)
    /// A longer rate is used up until then.
    case budgetSpent(until: Timestamp)

    package var moment: Timestamp {
      switch self {
      case .at(let moment), .budgetSpent(let moment): moment
      }
    }
  }

  package let rates: [Rate]

  package init(rates: [Rate]) {
    self.rates = rates.sorted { ($0.seconds, $0.requests) < ($1.seconds, $1.requests) }
  }

  /// The next request's turn; moments of the future in `state` are a clock's fault and count as now.
  package func turn(after state: HostState, now: Timestamp) -> Turn {
    let sent = state.sent.map { min($0, now) }
    var moment = now
    if let notBefore = state.notBefore, notBefore <= now + longestWait {
      moment = max(moment, notBefore)
    }
    if let last = sent.last, let rate = rates.first {
      moment = max(moment, last + rate.seconds / Double(rate.requests) * Pace.stretch)
    }
    var isSpent = false
    for (index, rate) in rates.enumerated() where sent.count >= rate.requests {
      // The next request needs the one that is so many back to have left the span.
      let free = sent[sent.count - rate.requests] + rate.seconds * Pace.stretch
      if free > moment { isSpent = index > 0 }
      moment = max(moment, free)
    }
    return isSpent ? .budgetSpent(until: moment) : .at(moment)
  }

  /// The state once a request is sent now; what no rate looks back to is dropped.
  package func state(_ state: HostState, sendingAt now: Timestamp) -> HostState {
    let longest = rates.map { $0.seconds * Pace.stretch }.max() ?? 0
    let most = rates.map(\.requests).max() ?? 1
    var next = state
    next.sent = state.sent.map { min($0, now) }.filter { $0 > now + -longest } + [now]
    next.sent.removeFirst(max(0, next.sent.count - most))
    if let notBefore = next.notBefore, notBefore <= now { next.notBefore = nil }
    return next
  }

  private static let stretch = 1.02

  // What nobody can have asked for: longer waits come from a clock that was wrong.
  private var longestWait: Double {
    max(2 * RetryAdvice.longest, (rates.last?.seconds ?? 0) * Pace.stretch)
  }
}
