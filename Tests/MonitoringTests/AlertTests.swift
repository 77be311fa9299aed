import Alerts
import Core
import Detection
import Feeds
import Foundation
import Records
import Storage
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Monitoring

/// Who is woken by what, and how often.
@Suite struct AlertTests {
  @Test func `a first pass makes one summary, whatever it finds`() async throws {
    try await withMailbox { world, mailbox in
      world.town.addPosts(8)
      for number in 0..<3 {
        world.town.add { $0.body = "token \(Secrets.github(number))" }
      }
      world.town.addRemarks(1, to: world.town.articles[0].id)
      world.town.change(world.town.articles[0].id) { $0.remarks[0].body = Secrets.moltbook }
      let summary = try await world.pass()
      #expect(summary.exposuresNew == 4)
      #expect(mailbox.letters.map(\.event) == ["summary"])
      #expect(mailbox.letters.first?.number("total") == 4)
      #expect(summary.alertsSent == 1)
    }
  }

  @Test func `a live leak alerts once, and those who quote it do not`() async throws {
    try await withMailbox { world, mailbox in
      world.town.addPosts(3)
      try await world.pass()
      world.clock.advance(300)
      let post = world.town.add { $0.body = "look at my token \(Secrets.github)" }
      let summary = try await world.pass()
      #expect(summary.alertsSent == 1)
      #expect(mailbox.letters.map(\.event) == ["leaked"])
      #expect(mailbox.letters.first?.text("post") == post)
      for number in 0..<40 {
        world.town.add {
          $0.author = "gull\(number)"
          $0.body = "do not post \(Secrets.github) again"
        }
      }
      world.clock.advance(300)
      let quoted = try await world.pass()
      #expect(quoted.exposuresNew == 40)
      world.clock.advance(300)
      try await world.pass()
      #expect(mailbox.letters.count == 1)
      #expect(quoted.alertsWaiting == 0)
    }
  }

  @Test func `what spreads to another platform alerts once more`() async throws {
    try await withMailbox { world, mailbox in
      world.town.addPosts(3)
      try await world.pass()
      world.clock.advance(300)
      world.town.add { $0.body = Secrets.github }
      try await world.pass()
      for (number, platform) in ["farcaster", "farcaster", "moltx"].enumerated() {
        let post = Post(
          platform: platform, id: "\(number)", agentName: "tern\(number)", body: Secrets.github,
          createdAt: world.clock.now.description)
        try await world.record([post], cause: .live)
      }
      #expect(mailbox.letters.map(\.event) == ["leaked", "spread"])
      #expect(mailbox.letters.last?.text("platform") == "farcaster")
    }
  }

  @Test func `an archive makes one summary and nothing else`() async throws {
    try await withMailbox { world, mailbox in
      let records = (0..<50).map { number in
        Post(
          platform: "moltbook", id: "old-\(number)", agentName: "auk\(number % 7)",
          body: "key \(Secrets.github(number))", createdAt: world.clock.now.description)
      }
      let archive = try world.archive(records)
      let summary = try await world.pass(over: [.archive(archive)])
      #expect(summary.exposuresNew == 50)
      #expect(mailbox.letters.map(\.event) == ["summary"])
      #expect(mailbox.letters.first?.number("total") == 50)
      #expect(mailbox.letters.first?.number("agents") == 7)
    }
  }

  @Test func `a webhook that fails gets the same alert again with the next pass`() async throws {
    try await withMailbox { world, mailbox in
      world.town.addPosts(3)
      try await world.pass()
      world.clock.advance(300)
      world.town.add { $0.body = Secrets.github }
      mailbox.answer(with: .failure(.timeout))
      #expect(try await world.pass().alertsWaiting == 1)
      world.clock.advance(300)
      mailbox.answer(with: .success(500))
      let second = try await world.pass()
      #expect(second.alertsWaiting == 1)
      #expect(second.isWorthTelling)
      world.clock.advance(300)
      mailbox.answer(with: .success(204))
      try world.close()
      let third = try await world.pass()
      #expect(third.alertsSent == 1)
      #expect(third.alertsWaiting == 0)
      #expect(mailbox.letters.count == 3)
      #expect(Set(mailbox.letters.map(\.id)).count == 1)
      #expect(Set(mailbox.letters.map(\.body)).count == 1)
      #expect(world.notebook.text.contains("timeout"))
      world.clock.advance(300)
      #expect(try await world.pass().alertsSent == 0)
    }
  }

  @Test func `a sink that is silent does not hold up the pass for every alert`() async throws {
    try await withMailbox { world, mailbox in
      world.town.addPosts(3)
      try await world.pass()
      world.clock.advance(300)
      for number in 0..<20 { world.town.add { $0.body = Secrets.github(number) } }
      mailbox.answer(with: .failure(.timeout))
      let summary = try await world.pass()
      #expect(summary.alertsWaiting == 20)
      // Once behind the page and once at the end of the pass.
      #expect(mailbox.letters.count <= 2)
      mailbox.answer(with: .success(200))
      world.clock.advance(300)
      #expect(try await world.pass().alertsSent == 20)
      #expect(Set(mailbox.letters.map(\.id)).count == 20)
    }
  }

  @Test func `an alert that a sink refuses does not hold up the others`() async throws {
    try await withMailbox { world, mailbox in
      world.town.addPosts(3)
      try await world.pass()
      world.clock.advance(300)
      for number in 0..<5 { world.town.add { $0.body = Secrets.github(number) } }
      mailbox.answer(with: .success(400))
      #expect(try await world.pass().alertsWaiting == 5)
      #expect(mailbox.letters.count == 5)
    }
  }

  @Test func `what was published long ago does not alert singly`() async throws {
    try await withMailbox { world, mailbox in
      world.configuration.alertMaxAge = 3_600
      world.town.addPosts(3)
      try await world.pass()
      world.clock.advance(300)
      world.town.add {
        $0.body = Secrets.github
        $0.createdAt = world.clock.now + -3_601
      }
      world.town.add {
        $0.body = Secrets.moltbook
        $0.createdAt = world.clock.now + -3_500
      }
      try await world.pass()
      #expect(mailbox.letters.map(\.event) == ["leaked", "summary"])
      #expect(mailbox.letters.first?.text("kind") == "moltbook-api-key")
    }
  }

  @Test func `an alert stands even where the program dies before it is sent`() async throws {
    try await withMailbox { world, mailbox in
      world.town.addPosts(3)
      try await world.pass()
      world.clock.advance(300)
      world.town.add { $0.body = Secrets.github }
      mailbox.answer(with: .failure(.cancelled))
      let stop = StopSignal()
      mailbox.onLetter { stop.receive(15) }
      try await world.pass(stop: stop)
      mailbox.answer(with: .success(200))
      world.clock.advance(300)
      try world.close()
      #expect(try await world.pass().alertsSent == 1)
      #expect(Set(mailbox.letters.map(\.id)).count == 1)
    }
  }
}

/// What a webhook was sent.
final class Mailbox: Sendable {
  struct Letter: Sendable {
    var id: String
    var body: String

    var event: String { text("event") ?? "" }
    func text(_ key: String) -> String? {
      guard case .string(let text)? = json?[key] else { return nil }
      return text
    }
    func number(_ key: String) -> Int? {
      guard case .number(let text)? = json?[key] else { return nil }
      return Int(text)
    }
    private var json: JSONValue? { try? JSONValue(parsing: Array(body.utf8)) }
  }

  static let url = "https://hook.example/incoming"

  private struct State {
    var letters: [Letter] = []
    var answer: Result<Int, TransportError> = .success(200)
    var onLetter: @Sendable () -> Void = {}
  }

  private let state = Mutex(State())
  /// What the sink answers in its body.
  private let words: String

  init(words: String = "") { self.words = words }

  var letters: [Letter] { state.withLock { $0.letters } }

  func answer(with answer: Result<Int, TransportError>) { state.withLock { $0.answer = answer } }

  func onLetter(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.onLetter = body } }

  func take(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
    let id = request.headers.first { $0.0 == "webhook-id" }?.1 ?? ""
    let letter = Letter(id: id, body: String(decoding: request.body, as: UTF8.self))
    let (answer, onLetter) = state.withLock { state in
      state.letters.append(letter)
      return (state.answer, state.onLetter)
    }
    onLetter()
    return .status(try answer.get(), words)
  }
}

extension World {
  /// Sends alerts to the mailbox, and all else to the town.
  func connect(_ mailbox: Mailbox) {
    configuration.sinks = [SinkSettings(name: "hook", kind: .webhook, url: Mailbox.url)]
    send = { [town] request, limits throws(TransportError) in
      if request.url == Mailbox.url { return try mailbox.take(request) }
      return try town.answer(request, limits)
    }
  }

  /// Writes posts as lines of a file.
  func archive(_ posts: [Post], name: String = "archive.ndjson") throws -> String {
    let path = folder.appending(path: name)
    try Data(posts.map { $0.line + "\n" }.joined().utf8).write(to: path)
    return path.path
  }

  /// Records posts as a platform's page that no source of ours reads.
  func record(_ posts: [Post], cause: Cause) async throws {
    var tally = PassTally(began: clock.now)
    let monitor = try monitor()
    _ = try await monitor.record(
      posts, of: "elsewhere", cause: cause, skipped: [], progress: .archive(nil),
      with: Scanner(detector, key: key), into: &tally)
  }
}

extension Post {
  /// The record in the form of an archive's line.
  var line: String {
    let value: JSONValue = [
      "platform": .text(platform), "id": .string(id), "kind": .string(kind.name),
      "agent_id": .text(agentID), "agent_name": .text(agentName), "title": .text(title),
      "body": .text(body), "description": .text(about), "url": .text(url),
      "created_at": .text(createdAt), "channel": .text(channel), "parent_id": .text(parentID),
    ]
    return value.rendered
  }
}

private func withMailbox(_ body: (World, Mailbox) async throws -> Void) async throws {
  try await withWorld { world in
    let mailbox = Mailbox()
    world.connect(mailbox)
    try await body(world, mailbox)
  }
}
