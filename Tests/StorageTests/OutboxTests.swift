import Core
import Foundation
import Testing

@testable import Storage

@Suite struct OutboxTests {
  /// A store with one alert that waits.
  private func withAlert(_ body: (Store, Alert) throws -> Void) async throws {
    try await withStore { store in
      try store.record(page([post("p1", [finding(1)])]))
      try body(store, try #require(try store.dueAlerts(at: at(0), limit: 1).first))
    }
  }

  @Test func `an alert is due until it was sent`() async throws {
    try await withAlert { store, alert in
      #expect(alert.sink == "webhook")
      #expect(alert.body == "{}")
      #expect(try store.alertsWaiting() == 1)
      try store.alertSent(alert.id, at: at(1))
      #expect(try store.dueAlerts(at: at(day), limit: 9) == [])
      #expect(try store.alertsWaiting() == 0)
    }
  }

  @Test func `a failed alert is due again later`() async throws {
    try await withAlert { store, alert in
      try store.alertFailed(alert.id, label: "status-503", at: at(0), retryAt: at(60))
      #expect(try store.dueAlerts(at: at(59), limit: 9) == [])
      #expect(try store.dueAlerts(at: at(60), limit: 9).map(\.attempts) == [1])
      #expect(try store.alertsWaiting() == 1)
    }
  }

  @Test func `an alert is given up after three days of failing, not of waiting`() async throws {
    try await withAlert { store, alert in
      for seconds in [30 * day, 33 * day - 1] {
        try store.alertFailed(alert.id, label: "timeout", at: at(seconds), retryAt: at(seconds))
        #expect(try store.alertsWaiting() == 1)
      }
      try store.alertFailed(alert.id, label: "timeout", at: at(33 * day), retryAt: at(34 * day))
      #expect(try store.alertsWaiting() == 0)
      #expect(try store.alertsDead() == 1)
      #expect(try store.dueAlerts(at: at(99 * day), limit: 9) == [])
    }
  }

  @Test func `the oldest alerts are due first, no more than asked for`() async throws {
    try await withStore { store in
      for number in [3, 1, 2] {
        try store.record(page([post("p\(number)", [finding(number)])])) { change in
          var alert = alert(change)
          alert.createdAt = at(Double(number))
          return [alert]
        }
      }
      let due = try store.dueAlerts(at: at(day), limit: 2)
      #expect(due.map(\.createdAt) == [at(1), at(2)])
    }
  }

  @Test func `an alert that is there already stays as it is`() async throws {
    try await withAlert { store, queued in
      let outcome = try store.record(page([post("p2", by: "Bo", [finding(2)])])) { _ in
        [Alert(id: queued.id, sink: "other", event: .spread, body: "[]", createdAt: at(9))]
      }
      #expect(outcome.alertsQueued == 0)
      #expect(try store.dueAlerts(at: at(day), limit: 9) == [queued])
    }
  }
}
