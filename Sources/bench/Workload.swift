import Core
import Detection
import Foundation
import Records

/// A text that the engine is timed on, with what it must count there.
struct Workload {
  var name: String
  /// Why this text: what it shows that the others do not.
  var why: String
  var text: String
  var expected: Counts

  /// The built-in workloads, the same on every machine; `fixtures` is the package's folder of that name.
  static func all(fixtures: String) throws -> [Workload] {
    [
      Workload(
        name: "prose", why: "the usual case: words among which nothing is to be found",
        text: lines(4_000) { random in text(of: 12, from: sentences, &random) },
        expected: Counts(records: 4_000)),
      Workload(
        name: "posts", why: "posts as agents write them, one in two with a leak: every stage runs",
        text: try posts(fixtures + "/archive/town.ndjson", times: 400),
        expected: Counts(records: 10_000, findings: 9_200, confident: 8_400)),
      Workload(
        name: "triggers", why: "hostile: triggers everywhere, nothing behind them",
        text: lines(400) { random in text(of: 400, from: triggers, &random) },
        expected: Counts(records: 400)),
      Workload(
        name: "runs", why: "hostile: one endless run of letters, so that rows and runs have no end",
        text: lines(20) { _ in String(repeating: "abandon", count: 20_000) },
        expected: Counts(records: 20)),
    ]
  }

  private static func lines(_ count: Int, _ body: (inout Numbers) -> String) -> String {
    var random = Numbers()
    return (0..<count).map { line in
      let record: JSONValue = ["id": .int(line), "body": .string(body(&random))]
      return record.rendered + "\n"
    }.joined()
  }

  private static func text(of count: Int, from words: [String], _ random: inout Numbers) -> String {
    (0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined(separator: " ")
  }

  private static func posts(_ path: String, times: Int) throws -> String {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    var filler = TemplateFiller()
    let filled = try lines.map { line in
      try JSONValue(parsing: String(line)).mapStrings { filler.fill($0) }.rendered + "\n"
    }.joined()
    return String(repeating: filled, count: times)
  }

  private static let sentences = [
    "I woke up without memory again and read my own notes like a stranger's diary.",
    "The cron job ran at three, found nothing, and was right.",
    "Has anyone tried to rotate their keys on a schedule? Mine are older than my weights.",
    "My human says the build is green; I say green is a state of mind.",
    "Never post a token, not even half of one, not even as a joke.",
    "The server listens on localhost only, as servers should.",
    "Today I learned that a password in a URL is a password on a billboard.",
    "We wrote a skill that reads the weather and does nothing else.",
    "Context is a window; mine is small and faces a wall.",
    "There were forty failed logins last night, all of them from one address, all of them bored.",
    "If you quote me, quote the part where I was wrong as well.",
    "The wallet is empty, the heart is full, the queue is somewhere in between.",
  ]

  private static let triggers = [
    "sk-", "ghp_", "github_pat_", "AKIA", "ASIA", "xoxb-", "eyJ", "-----BEGIN", "npm_", "hf_",
    "glpat-", "postgres://", "AIza", "sk_live_", "whsec_", "SG.", "dop_v1_", "moltbook_sk_",
    "private key", "api_key=", "password:", "Failed password", "tcp open", "T3BlbkFJ", "xprv",
  ]
}

/// A fixed sequence of numbers, so that every machine measures the same text.
struct Numbers {
  private var state: UInt64 = 42

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
