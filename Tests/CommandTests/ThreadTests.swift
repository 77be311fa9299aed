import Foundation
import Testing

/// However many blocks are looked through at a time, the answer is the same.
@Suite(.serialized) struct ThreadTests {
  @Test(arguments: ["jsonl", "text"])
  func `the number of threads changes no byte`(format: String) async throws {
    try await withHome { home in
      let files = try await write(in: home)
      var outcomes: [Home.Outcome] = []
      for threads in ["1", "2", "5"] {
        let arguments = ["check"] + files + ["--format", format, "--threads", threads]
        outcomes.append(try await home.start(arguments).outcome())
      }
      #expect(outcomes.allSatisfy { $0.code == 1 })
      #expect(outcomes[0].out.utf8.count > 50_000)
      #expect(outcomes[0].err.contains("many.ndjson:604: not JSON"))
      for outcome in outcomes.dropFirst() {
        #expect(outcome.out == outcomes[0].out)
        #expect(outcome.err == outcomes[0].err)
      }
    }
  }

  @Test(arguments: [
    ("0", "--threads takes a number from 1 to 256"),
    ("257", "--threads takes a number from 1 to 256"),
    ("-1", "--threads takes a number from 1 to 256"),
    ("two", "The value 'two' is invalid for '--threads <number>'"),
    ("", "Missing value for '--threads <number>'"),
  ])
  func `a number of threads that makes no sense is refused`(
    number: String, message: String
  ) async throws {
    try await withHome { home in
      let outcome = try await home.run("check", "notes.txt", "--threads=\(number)")
      #expect(outcome.code == 2 && outcome.out == "")
      #expect(outcome.err.contains(message), "\(outcome.err)")
    }
  }

  /// A file of several blocks with a finding in most posts and a line that is none, between small files.
  private func write(in home: Home) async throws -> [String] {
    let words = String(repeating: "the tide comes in and goes out again, ", count: 90)
    let lines = (1...900).map { number in
      number == 604
        ? "no record"
        : #"{"id":"\#(number)","platform":"tide","agent_name":"a\#(number % 7)","body":"\#(words)"#
          + (number.isMultiple(of: 5) ? "" : "acmes-{base62:32#\(number % 300)}") + #""}"#
    }
    let filled = try await home.run(
      "rules", "fill", try home.write("keys", lines.joined(separator: "\n")))
    try home.write("many.ndjson", filled.out)
    var files: [String] = []
    for number in 1...6 {
      let text = try String(contentsOfFile: home.path("notes.txt"), encoding: .utf8)
      try home.write("note-\(number).txt", String(repeating: "line\n", count: number) + text)
      files.append("note-\(number).txt")
    }
    return files[..<3] + ["many.ndjson", "town.ndjson"] + files[3...]
  }
}
