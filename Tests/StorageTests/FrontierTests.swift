import Core
import Foundation
import Testing

@testable import Storage

@Suite struct FrontierTests {
  private let top = FeedRequest(
    source: "moltbook", purpose: .listing, path: "posts", key: "posts",
    walk: Walk(listing: "posts"))

  private func comments(_ id: String, path: String? = nil) -> FeedRequest {
    FeedRequest(
      source: "moltbook", purpose: .comments, path: path ?? "posts/\(id)/comments",
      key: "comments/\(id)", subject: id, expected: 3)
  }

  private func answer(
    _ request: FeedRequest, next: FeedRequest? = nil, followUps: [FeedRequest] = []
  ) -> RecordedPage {
    page(
      [post("p-\(request.path)")],
      progress: .answered(request, next: next, followUps: followUps, budgetSpent: false))
  }

  @Test func `a request comes back as it was queued`() async throws {
    try await withStore { store in
      try store.enqueue([comments("1"), top])
      #expect(try store.next(of: "moltbook", at: at(0)) == top)
      #expect(try store.next(of: "moltbook", at: at(0), without: ["posts"]) == comments("1"))
      #expect(try store.next(of: "clawhub", at: at(0)) == nil)
      #expect(
        try store.waiting(of: "moltbook")
          == WaitingRequests(walks: 1, gaps: 0, followUps: 1, givenUp: 0))
    }
  }

  @Test func `tops come before gaps, gaps before follow-ups, the oldest first`() async throws {
    try await withStore { store in
      try store.enqueue([comments("1"), comments("2"), top])
      let next = FeedRequest(
        source: "moltbook", purpose: .listing, path: "posts?page=2", key: "posts")
      try store.record(answer(top, next: next))
      try store.enqueue([top])
      var served: [String] = []
      while let request = try store.next(of: "moltbook", at: at(0)) {
        served.append(request.path)
        try store.record(answer(request))
      }
      #expect(
        served == ["posts", "posts?page=2", "posts/1/comments", "posts/2/comments"])
    }
  }

  @Test func `a follow-up is made once, whoever asks for it again`() async throws {
    try await withStore { store in
      try store.record(answer(top, followUps: [comments("1"), comments("1")]))
      let request = try #require(try store.next(of: "moltbook", at: at(0)))
      try store.record(answer(request))
      try store.record(answer(top, followUps: [comments("1")]))
      try store.enqueue([comments("1")])
      #expect(try store.next(of: "moltbook", at: at(0)) == nil)
    }
  }

  @Test(arguments: ["comments/1", "comments/1/2"])
  func `a follow-up of several pages is read to its end`(key: String) async throws {
    try await withStore { store in
      try store.enqueue([comments("1")])
      var second = comments("1", path: "posts/1/comments?page=2")
      second.key = key
      let outcome = try store.record(answer(comments("1"), next: second))
      #expect(!outcome.walkGoesOn)
      #expect(try store.next(of: "moltbook", at: at(0)) == second)
      try store.record(answer(second))
      #expect(try store.next(of: "moltbook", at: at(0)) == nil)
    }
  }

  @Test func `of a request that is done only its keyed identity remains`() async throws {
    try await withStore { store in
      try store.enqueue([comments("some-id")])
      try store.record(answer(comments("some-id")))
      #expect(
        try store.values("SELECT count(key) + count(path) + count(subject) FROM frontier") == ["0"])
      #expect(try store.count("frontier") == 1)
    }
  }

  @Test func `a failed request waits its time and is given up in the end`() async throws {
    try await withStore { store in
      try store.enqueue([comments("1")])
      for attempt in 1...10 {
        let now = at(Double(attempt) * hour)
        #expect(
          try store.next(of: "moltbook", at: now + -1) == (attempt == 1 ? comments("1") : nil))
        let request = try #require(try store.next(of: "moltbook", at: now))
        #expect(try store.waiting(of: "moltbook").givenUp == 0)
        try store.failed(request, label: "status-500", at: now, retryAt: now + hour)
      }
      #expect(try store.next(of: "moltbook", at: at(100 * day)) == nil)
      #expect(
        try store.waiting(of: "moltbook")
          == WaitingRequests(walks: 0, gaps: 0, followUps: 0, givenUp: 1))
      #expect(try store.dump().contains("status-500"))
    }
  }

  @Test func `a request that failed and was then answered is not given up`() async throws {
    try await withStore { store in
      try store.enqueue([comments("1")])
      try store.failed(comments("1"), label: "timeout", at: at(0), retryAt: at(1))
      try store.record(answer(comments("1")))
      #expect(try store.waiting(of: "moltbook").givenUp == 0)
    }
  }

  @Test func `a top that waits keeps its turn, one that was given up begins anew`() async throws {
    try await withStore { store in
      try store.enqueue([top])
      try store.failed(top, label: "status-500", at: at(0), retryAt: at(hour))
      try store.enqueue([top])
      #expect(try store.next(of: "moltbook", at: at(hour - 1)) == nil)
      for _ in 2...10 {
        try store.failed(top, label: "status-500", at: at(0), retryAt: at(hour))
      }
      #expect(try store.next(of: "moltbook", at: at(day)) == nil)
      try store.enqueue([top])
      #expect(try store.next(of: "moltbook", at: at(0)) == top)
      #expect(try store.waiting(of: "moltbook").givenUp == 0)
    }
  }

  @Test func `labels are bounded`() async throws {
    try await withStore { store in
      try store.enqueue([comments("1")])
      let long = String(repeating: "x", count: 65)
      try store.failed(comments("1"), label: long, at: at(0), retryAt: at(1))
      #expect(try store.values("SELECT length(last_error) FROM frontier") == ["64"])
    }
  }

  @Test func `a host's pace outlives the run`() async throws {
    try await withStore { store in
      #expect(try store.hostState("www.example.org") == HostState())
      for state in [
        HostState(notBefore: at(60), sent: [at(1), at(2)]), HostState(notBefore: nil, sent: []),
      ] {
        try store.setHostState(state, of: "www.example.org")
        #expect(try store.hostState("www.example.org") == state)
      }
    }
  }
}
