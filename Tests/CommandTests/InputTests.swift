import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct InputTests {
  @Test func `standard input is text unless said otherwise`() async throws {
    try await withHome { home in
      let notes = try String(contentsOfFile: home.path("notes.txt"), encoding: .utf8)
      let town = try String(contentsOfFile: home.path("town.ndjson"), encoding: .utf8)

      let text = try await home.run("check", "-", "--format", "text", input: notes)
      #expect(text.code == 1)
      #expect(text.out.contains("          -:2, high confidence"))

      let records = try await home.run("check", "-", "--input", "ndjson", input: town)
      #expect(records.out.split(separator: "\n").count == 6)

      let nothing = try await home.run("check", "-")
      #expect(nothing.code == 0 && nothing.out == "" && nothing.err == "")
    }
  }

  @Test func `an archive may come through a pipe`() async throws {
    try await withHome { home in
      let town = try String(contentsOfFile: home.path("town.ndjson"), encoding: .utf8)
      let outcome = try await home.run("scan", "archive:-", "--format", "json", input: town)
      #expect(outcome.code == 0)
      #expect(outcome.out.contains(#""posts_read":7,"posts_new":7,"exposures_new":5,"#))
      #expect(
        outcome.out.contains(
          #""exposures_new_by_severity":{"critical":2,"high":0,"medium":3,"low":0,"info":0}"#))
    }
  }

  @Test func `the same source named twice is read once`() async throws {
    try await withHome { home in
      let outcome = try await home.run(
        "scan", "archive:town.ndjson", "archive:town.ndjson", "--format", "json")
      #expect(outcome.out.contains(#""posts_read":7,"#))
    }
  }

  @Test func `what was first seen after init is found by the next scan`() async throws {
    try await withHome { home in
      try await home.run("init")
      let scan = try await home.run("scan", "archive:town.ndjson")
      #expect(scan.out.hasPrefix("5 new exposures"))
      let store = try await home.run("store", "verify")
      #expect(store.code == 0)
    }
  }

  @Test func `the shipped rules stand ready`() async throws {
    try await withHome { home in
      var home = home
      home.usesShippedRules = true
      let template = try home.write("template.txt", "GITHUB_TOKEN=ghp_{base62:30}{crc32-base62}\n")
      let text = try await home.run("rules", "fill", template).out
      let outcome = try await home.run("check", "-", input: text)
      #expect(outcome.code == 1)
      #expect(outcome.out.contains(#""rule":"github-pat-classic","provider":"github""#))
    }
  }

  @Test func `the page of kinds shows the shipped rules`() async throws {
    try await withHome { home in
      var home = home
      home.usesShippedRules = true
      let page = packageRoot.appending(path: "patterns/README.md")
      let outcome = try await home.run("rules", "list", "--markdown")
      #expect(outcome.out == (try String(contentsOf: page, encoding: .utf8)), "run `make kinds`")
    }
  }

  @Test func `with json the console's alerts do not stand in the answer`() async throws {
    try await withHome { home in
      try home.write("console.yml", "alerts:\n  - sink: console\n    min_severity: medium\n")
      let outcome = try await home.run(
        "scan", "archive:town.ndjson", "--config", "console.yml", "--format", "json")
      #expect(outcome.out.hasPrefix(#"{"schema":1,"#))
      #expect(outcome.out.split(separator: "\n").count == 1)
      #expect(outcome.err.hasPrefix("summary: 5 exposures"))
    }
  }
}
