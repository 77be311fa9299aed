import Foundation
import Testing

/// Whether `script` is there and has pseudo-terminals to play on; a bare container may lack either.
private let canPlayTerminals: Bool = {
  guard FileManager.default.fileExists(atPath: "/usr/bin/script") else { return false }
  let script = Process()
  script.executableURL = URL(filePath: "/usr/bin/script")
  script.arguments = ["-qec", "true", "/dev/null"]
  script.standardOutput = FileHandle.nullDevice
  script.standardError = FileHandle.nullDevice
  guard (try? script.run()) != nil else { return false }
  script.waitUntilExit()
  return script.terminationStatus == 0
}()

/// What differs on a terminal, which `script` plays.
@Suite(.serialized, .enabled(if: canPlayTerminals, "no pseudo-terminals here"))
struct TerminalTests {
  private func onTerminal(
    _ command: String, columns: Int = 80, environment: [String: String] = [:]
  ) async throws -> String {
    try await withHome { home in
      try await home.run("scan", "archive:town.ndjson")
      let outcome = try await home.shell(
        "script -qec 'stty cols \(columns); exuvia \(command)' /dev/null",
        environment: ["TERM": "xterm"].merging(environment) { $1 })
      return outcome.out.replacing("\r\n", with: "\n")
    }
  }

  @Test func `colours stand on a terminal unless somebody minds`() async throws {
    let escape = "\u{1B}["
    #expect(try await onTerminal("agents").contains(escape))
    #expect(try await !onTerminal("agents", environment: ["NO_COLOR": "1"]).contains(escape))
    #expect(try await !onTerminal("agents", environment: ["TERM": "dumb"]).contains(escape))
    #expect(try await !onTerminal("agents --color never").contains(escape))
    #expect(
      try await onTerminal("agents --color always", environment: ["NO_COLOR": "1"])
        .contains(escape))
  }

  @Test func `no terminal, no colours unless they are asked for`() async throws {
    try await withHome { home in
      try await home.run("init")
      #expect(try await !home.run("check", "notes.txt", "--format", "text").out.contains("\u{1B}"))
      let coloured = try await home.run(
        "check", "notes.txt", "--format", "text", "--color", "always")
      #expect(coloured.out.hasPrefix("\u{1B}[1;31mcritical\u{1B}[0m"))
    }
  }

  @Test func `a table keeps to the terminal's width`() async throws {
    let text = try await onTerminal("exposures --color never", columns: 72)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 72 })
    #expect(text.contains("…"))
  }

  @Test func `check speaks to people on a terminal, in a file to scripts`() async throws {
    #expect(try await onTerminal("check vault.txt") == "Nothing found in 1 record.\n")
    let written = try await onTerminal("check notes.txt -o found; cat found; echo")
    #expect(written.hasPrefix(#"{"schema":1,"#))
  }

  @Test func `a scan always sums up on a terminal`() async throws {
    #expect(try await onTerminal("scan archive:town.ndjson").hasPrefix("Nothing new.\n"))
  }
}
