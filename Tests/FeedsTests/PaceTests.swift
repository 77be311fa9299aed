import Core
import Feeds
import Testing

@Suite struct PaceTests {
  /// Sends as early as allowed from `start` on and gives the moments.
  private func send(
    _ count: Int, by pace: Pace, from start: Timestamp, _ state: inout HostState
  ) -> [Timestamp] {
    var now = start
    return (0..<count).map { _ in
      now = max(now, pace.turn(after: state, now: now).moment)
      state = pace.state(state, sendingAt: now)
      return now
    }
  }

  private func most(_ moments: [Timestamp], in seconds: Double) -> Int {
    var first = 0
    return moments.indices.map { last in
      while moments[last] - moments[first] >= seconds { first += 1 }
      return last - first + 1
    }.max() ?? 0
  }

  @Test(arguments: ["60/min", "7/min", "1/s", "5/s", "1/min", "1000/h"])
  func `no sliding span holds more than the rate, across a restart too`(text: String) throws {
    let rate = try #require(Rate(text))
    let pace = Pace(rates: [rate])
    var state = HostState()
    var moments = send(600, by: pace, from: Timestamp(seconds: 1_000), &state)
    // Another process goes on with the state that was kept.
    moments += send(400, by: Pace(rates: [rate]), from: try #require(moments.last), &state)
    #expect(most(moments, in: rate.seconds) <= rate.requests)
    // The server's clock may see them a little closer together.
    #expect(most(moments, in: rate.seconds * 1.01) <= rate.requests)
    let spent = try #require(moments.last) - moments[0]
    #expect(spent <= Double(moments.count) * rate.seconds / Double(rate.requests) * 1.03)
    #expect(state.sent.count <= rate.requests)
  }

  @Test func `a longer rate is a budget over a sliding span`() throws {
    let rates = try ["100/day", "10/min"].map { try #require(Rate($0)) }
    let pace = Pace(rates: rates)
    var state = HostState()
    let start = Timestamp(seconds: 5_000)
    let moments = send(1_000, by: pace, from: start, &state)
    #expect(most(moments, in: 60) <= 10)
    #expect(most(moments, in: 86_400) == 100)
    #expect(state.sent.count == 100)
    var fresh = HostState()
    let spent = send(100, by: pace, from: start, &fresh)
    let now = spent[99] + 7
    #expect(
      pace.turn(after: fresh, now: now) == .budgetSpent(until: start + 86_400 * 1.02))
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var notBefore: Double?
    var sent: [Double]
    var turn: Pace.Turn
  }

  @Test(arguments: [
    Row(testDescription: "nothing sent", sent: [], turn: .at(Timestamp(seconds: 1_000))),
    Row(testDescription: "sent just now", sent: [1_000], turn: .at(Timestamp(seconds: 1_001.02))),
    Row(testDescription: "sent long ago", sent: [900], turn: .at(Timestamp(seconds: 1_000))),
    Row(
      testDescription: "a host's wish", notBefore: 1_030, sent: [900],
      turn: .at(Timestamp(seconds: 1_030))),
    Row(
      testDescription: "a wish that is over", notBefore: 990, sent: [],
      turn: .at(Timestamp(seconds: 1_000))),
    Row(
      testDescription: "a wish nobody can have had", notBefore: 50_000, sent: [],
      turn: .at(Timestamp(seconds: 1_000))),
    Row(
      testDescription: "sent in the future, by a wrong clock", sent: [9_000],
      turn: .at(Timestamp(seconds: 1_001.02))),
    Row(
      testDescription: "a burst from other settings", sent: Array(repeating: 990, count: 60),
      turn: .at(Timestamp(seconds: 990 + 61.2))),
  ])
  func `the turn follows from what was sent`(row: Row) {
    let state = HostState(
      notBefore: row.notBefore.map { Timestamp(seconds: $0) },
      sent: row.sent.map { Timestamp(seconds: $0) })
    let pace = Pace(rates: [Rate(requests: 60, seconds: 60)])
    #expect(pace.turn(after: state, now: Timestamp(seconds: 1_000)) == row.turn)
  }

  @Test func `what no rate looks back to is dropped`() {
    let pace = Pace(rates: [Rate(requests: 60, seconds: 60)])
    let state = HostState(
      notBefore: Timestamp(seconds: 999),
      sent: [900, 938.7, 938.9].map { Timestamp(seconds: $0) })
    #expect(
      pace.state(state, sendingAt: Timestamp(seconds: 1_000))
        == HostState(sent: [938.9, 1_000].map { Timestamp(seconds: $0) }))
  }

  @Test func `without a rate nothing waits`() {
    let state = HostState(sent: [Timestamp(seconds: 1_000)])
    #expect(
      Pace(rates: []).turn(after: state, now: Timestamp(seconds: 1_000))
        == .at(Timestamp(seconds: 1_000)))
  }
}
