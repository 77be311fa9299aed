import Foundation
import Testing

/// What ends, or must not end, a command from outside.
@Suite(.serialized) struct SignalTests {
  @Test(arguments: [SIGTERM, SIGINT])
  func `a stopped scan keeps what it read`(signal: Int32) async throws {
    try await withHome { home in
      let input = Pipe()
      let scan = try home.start(["scan", "archive:-"], input: input.fileHandleForReading)
      let town = try Data(contentsOf: home.folder.appending(path: "town.ndjson"))
      try input.fileHandleForWriting.write(contentsOf: town)
      try await eventually { try await home.run("agents").out.contains("newt") }

      let second = try await home.run("scan", "archive:town.ndjson")
      #expect(second.code == 0 && second.out == "")
      #expect(second.err.hasSuffix("; nothing to do\n"))
      #expect(second.err.contains("process \(scan.process.processIdentifier) has been scanning"))

      scan.signal(signal)
      let outcome = try await scan.outcome()
      #expect(outcome.code == 128 + signal)
      #expect(outcome.out.hasPrefix("5 new exposures of 3 agents"))
      #expect(try await home.run("store", "verify").code == 0)
    }
  }

  @Test func `a pass ends when its time is up`() async throws {
    try await withHome { home in
      let input = Pipe()
      let scan = try home.start(
        ["scan", "archive:-", "--for", "1s"], input: input.fileHandleForReading)
      let outcome = try await scan.outcome()
      #expect(outcome.code == 0, "\(outcome.err)")
      try input.fileHandleForWriting.close()
    }
  }

  @Test func `a check that is stopped leaves no half of a file`() async throws {
    try await withHome { home in
      let input = Pipe()
      let check = try home.start(
        ["check", "-", "-o", "found.jsonl"], input: input.fileHandleForReading)
      let files = { try FileManager.default.contentsOfDirectory(atPath: home.folder.path) }
      try await eventually { try files().contains { $0.hasPrefix("found.jsonl") } }
      check.signal(SIGTERM)
      #expect(try await check.outcome().code == 143)
      #expect(try files().allSatisfy { !$0.hasPrefix("found.jsonl") })
      try input.fileHandleForWriting.close()
    }
  }

  @Test(arguments: ["", "trap '' PIPE; "])
  func `a reader that has seen enough hears no complaint`(trap: String) async throws {
    try await withHome { home in
      let town = try Data(contentsOf: home.folder.appending(path: "town.ndjson"))
      let archive = home.folder.appending(path: "long.ndjson")
      try Data((0..<200).flatMap { _ in town }).write(to: archive)
      let outcome = try await home.shell("\(trap)exuvia check long.ndjson | head -n 1")
      #expect(outcome.out.split(separator: "\n").count == 1)
      #expect(outcome.err == "")
    }
  }

  @Test func `a holder that hangs is reported`() async throws {
    try await withHome { home in
      try await home.run("init")
      let lock = open(home.path("state/exuvia/exuvia.db.lock"), O_RDWR | O_CREAT, 0o600)
      defer { close(lock) }
      try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
      let hourAgo = Int64((Date.now.timeIntervalSince1970 - 3600) * 1_000_000)
      let line = Array("4711 \(hourAgo) \(hourAgo)\n".utf8)
      try #require(write(lock, line, line.count) == line.count)
      let outcome = try await home.run("scan", "archive:town.ndjson")
      #expect(outcome.code == 4)
      #expect(outcome.err.contains("process 4711 holds the store since"))
      #expect(outcome.err.contains("and has not moved since"))
    }
  }

  private func eventually(_ isSo: () async throws -> Bool) async throws {
    for _ in 0..<100 {
      if try await isSo() { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    Issue.record("it did not come about within ten seconds")
  }
}
