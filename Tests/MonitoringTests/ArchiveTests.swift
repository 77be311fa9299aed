import Core
import Detection
import Foundation
import Storage
import TestSupport
import Testing

@testable import Monitoring

/// Files of records, and records that come by standard input.
@Suite(.serialized) struct ArchiveTests {
  @Test func `a second run reads nothing, and a longer file from where the last run ended`()
    async throws
  {
    try await withWorld { world in
      let archive = try world.archive(posts(0..<30))
      let first = try await world.pass(over: [.archive(archive)])
      #expect(first.complete)
      #expect(first.postsRead == 30)
      let before = try world.store().dump()
      let second = try await world.pass(over: [.archive(archive)])
      #expect(second.postsRead == 0)
      #expect(second.exposuresSeenAgain == 0)
      #expect(!second.isWorthTelling)
      #expect(try world.store().dump() == before)
      try world.close()
      _ = try world.archive(posts(0..<45))
      let third = try await world.pass(over: [.archive(archive)])
      #expect(third.postsRead == 15)
      #expect(third.postsNew == 15)
    }
  }

  @Test func `a file that changed is read from its start`() async throws {
    try await withWorld { world in
      let archive = try world.archive(posts(0..<30))
      try await world.pass(over: [.archive(archive)])
      var changed = posts(0..<30)
      changed[3].body = "Something else of no more weight."
      _ = try world.archive(changed)
      let summary = try await world.pass(over: [.archive(archive)])
      #expect(summary.postsRead == 30)
      #expect(summary.postsNew == 1)
      #expect(try world.rows("revision").count == 31)
      #expect(try await world.pass(over: [.archive(archive)]).postsRead == 0)
    }
  }

  @Test func `a file that became shorter is read from its start`() async throws {
    try await withWorld { world in
      let archive = try world.archive(posts(0..<30))
      try await world.pass(over: [.archive(archive)])
      _ = try world.archive(posts(0..<10))
      let summary = try await world.pass(over: [.archive(archive)])
      #expect(summary.postsRead == 10)
      #expect(summary.postsNew == 0)
    }
  }

  @Test func `other rules read a file again, and find more`() async throws {
    try await withWorld { world in
      let rules = try Rules.few.get().rules
      let fewer = rules.filter { $0.provider.slug != "github" }
      world.detector = Detector(RuleSet(rules: fewer, digest: "fewer"))
      var records = posts(0..<10)
      records[4].body = Secrets.github
      records[5].body = Secrets.moltbook
      let archive = try world.archive(records)
      #expect(try await world.pass(over: [.archive(archive)]).exposuresNew == 1)
      world.detector = Detector(RuleSet(rules: rules, digest: "more"))
      let summary = try await world.pass(over: [.archive(archive)])
      #expect(summary.postsRead == 10)
      #expect(summary.postsNew == 0)
      #expect(summary.exposuresNew == 1)
      #expect(summary.exposuresSeenAgain == 1)
    }
  }

  @Test func `a truncated gzip file is incomplete, keeps what was read and goes on when whole`()
    async throws
  {
    try await withWorld { world in
      world.limits.archivePageRecords = 20
      let lines = posts(0..<100).map { $0.line + "\n" }.joined()
      let whole = gzipped(Array(lines.utf8))
      let file = world.folder.appending(path: "archive.ndjson.gz")
      try Data(whole.prefix(whole.count / 2)).write(to: file)
      let first = try await world.pass(over: [.archive(file.path)])
      #expect(!first.complete)
      #expect(first.incomplete.map(\.why).joined().contains("gzip data ends early"))
      #expect((40...60).contains(first.postsNew))
      #expect(try await !world.pass(over: [.archive(file.path)]).complete)
      try Data(whole).write(to: file)
      let last = try await world.pass(over: [.archive(file.path)])
      #expect(last.complete)
      #expect(last.postsRead == 100 - first.postsNew)
      #expect(Set(try world.recorded()).count == 100)
    }
  }

  @Test func `lines that are no records are counted and named by their number alone`()
    async throws
  {
    try await withWorld { world in
      let lines = [
        posts(0..<1)[0].line, "{\"title\": \"\(Secrets.github)\"}", "not JSON \(Secrets.github)",
        "", "[1]", posts(1..<2)[0].line,
      ]
      let file = world.folder.appending(path: "a.ndjson")
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
      let summary = try await world.pass(over: [.archive(file.path)])
      #expect(summary.complete)
      #expect(summary.postsNew == 2)
      #expect(summary.faults == 3)
      for number in [2, 3, 5] { #expect(world.notebook.text.contains("line \(number): ")) }
      #expect(!world.notebook.text.contains(Secrets.github.prefix(12)))
    }
  }

  @Test func `a missing file is incomplete and says how to mend it`() async throws {
    try await withWorld { world in
      let summary = try await world.pass(over: [.archive("/nowhere/\(Secrets.github).ndjson")])
      #expect(!summary.complete)
      let reason = try #require(summary.incomplete.first)
      #expect(reason.why.contains("cannot be opened"))
      #expect(!reason.why.contains(Secrets.github) && !reason.source.contains(Secrets.github))
    }
  }

  @Test func `a deadline leaves the rest of a file to the next pass and says so`() async throws {
    try await withWorld { world in
      world.limits.archivePageRecords = 10
      world.clock.drift(by: 0.5)
      let archive = try world.archive(posts(0..<100))
      let first = try await world.pass(over: [.archive(archive)], for: 8)
      #expect(!first.complete)
      #expect(first.postsNew > 0 && first.postsNew < 100)
      #expect(first.incomplete.first?.why.contains("time was up") == true)
      let second = try await world.pass(over: [.archive(archive)])
      #expect(second.complete)
      #expect(second.postsRead == 100 - first.postsNew)
    }
  }

  @Test func `a signal leaves the rest of a file to the next pass`() async throws {
    try await withWorld { world in
      world.limits.archivePageRecords = 10
      let archive = try world.archive(posts(0..<100))
      let stop = StopSignal()
      stop.receive(2)
      #expect(try await world.pass(over: [.archive(archive)], stop: stop).postsRead == 0)
      #expect(try await world.pass(over: [.archive(archive)]).postsRead == 100)
    }
  }

  @Test func `two files and a source are read in one pass`() async throws {
    try await withWorld { world in
      world.town.addPosts(5)
      let one = try world.archive(posts(0..<10), name: "one.ndjson")
      let two = try world.archive(posts(5..<20), name: "two.ndjson")
      let summary = try await world.pass(
        over: [.archive(one), .archive(two), .source("moltbook")])
      #expect(summary.complete)
      #expect(summary.postsRead == 30)
      #expect(summary.postsNew == 25)
      #expect(try world.store().verify().isEmpty)
    }
  }

  @Test func `standard input is read as it comes, until it ends or a signal says so`() async throws
  {
    try await withWorld { world in
      let input = try StandardInput()
      defer { input.restore() }
      try input.write(posts(0..<3).map { $0.line + "\n" }.joined())
      let stop = StopSignal()
      let monitor = try world.monitor()
      async let summary = monitor.pass(over: [.archive("-")], deadline: nil, stop: stop)
      try await eventually { try world.recorded().count == 3 }
      try input.write(posts(3..<5).map { $0.line + "\n" }.joined())
      try await eventually { try world.recorded().count == 5 }
      // The writer keeps the pipe open: only the signal ends the pass.
      stop.receive(15)
      #expect(try await summary.postsNew == 5)
    }
  }

  @Test func `standard input that ends is complete, and has no position`() async throws {
    try await withWorld { world in
      let input = try StandardInput()
      defer { input.restore() }
      try input.write(posts(0..<3).map { $0.line + "\n" }.joined() + "{\"id\": \"no line end\"}")
      input.end()
      let summary = try await world.pass(over: [.archive("-")])
      #expect(summary.complete)
      #expect(summary.postsNew == 4)
      #expect(try world.rows("archive").isEmpty)
    }
  }

  private func posts(_ numbers: Range<Int>) -> [Post] {
    numbers.map { number in
      Post(
        platform: "moltbook", id: "post-\(number)", agentName: "auk\(number % 4)",
        title: "Number \(number)", body: "Calm seas, day \(number).",
        createdAt: (VirtualClock.start + Double(number)).description)
    }
  }
}

/// A pipe in place of the process's standard input.
private final class StandardInput {
  private let saved = dup(0)
  private var writer: FileHandle?

  init() throws {
    let pipe = Pipe()
    dup2(pipe.fileHandleForReading.fileDescriptor, 0)
    try pipe.fileHandleForReading.close()
    writer = pipe.fileHandleForWriting
  }

  func write(_ text: String) throws { try writer?.write(contentsOf: Data(text.utf8)) }

  func end() {
    try? writer?.close()
    writer = nil
  }

  func restore() {
    end()
    dup2(saved, 0)
    close(saved)
  }
}

/// Waits until something holds, for ten seconds at most.
private func eventually(_ condition: () throws -> Bool) async throws {
  for _ in 0..<1_000 {
    if try condition() { return }
    try await Task.sleep(for: .milliseconds(10))
  }
  Issue.record("it never came about")
}
