import Core
import Detection
import Foundation
import Generation

/// A text that the engine is timed on, with what it must count there.
struct Workload {
  let name: String
  /// Why this text: what it shows that the others do not.
  let why: String
  let input: Input
  /// Nil for an input that nobody has counted yet.
  let expected: Counts?

  enum Input {
    case file(String)
    /// NDJSON, made when it is wanted.
    case lines(() throws -> String)
  }

  /// Runs the body on the input as a file, which is removed afterwards where it was made.
  func withFile<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    switch input {
    case .file(let path): return try await body(path)
    case .lines(let make):
      let path = NSTemporaryDirectory() + "exuvia-bench-\(UUID()).ndjson"
      try Data(make().utf8).write(to: URL(filePath: path))
      defer { try? FileManager.default.removeItem(atPath: path) }
      return try await body(path)
    }
  }

  /// The built-in workloads, the same on every machine but for `posts`; `package` is the package's folder.
  static func all(_ detector: Detector, package: String) -> [Workload] {
    [
      Workload(
        name: "prose", why: "the usual case: words among which nothing is to be found",
        input: .lines { Texts.prose(8_000) },
        expected: Counts(texts: 8_000, bytes: 4_057_883, findings: 0, cuts: 0)),
      posts(package),
      Workload(
        name: "skills", why: "long Markdown with commands and code, one in forty with a key",
        input: .lines { Texts.skills(1_500, detector) },
        expected: Counts(texts: 1_500, bytes: 2_895_675, findings: 1_462, cuts: 0)),
      Workload(
        name: "keys", why: "a key in every text: judging weighs more than searching",
        input: .lines { Texts.keys(rounds: 12, detector) },
        expected: Counts(texts: 23_760, bytes: 4_706_588, findings: 24_415, cuts: 0)),
      Workload(
        name: "disguised", why: "a hidden key in every text: every reading is made and judged",
        input: .lines { Texts.disguised(oneIn: 4, detector) },
        expected: Counts(texts: 47_986, bytes: 15_152_547, findings: 52_249, cuts: 557)),
    ] + adversarial(detector)
  }

  private static func adversarial(_ detector: Detector) -> [Workload] {
    [
      Workload(
        name: "triggers",
        why: "hostile: every rule's trigger everywhere, hardly anything behind them",
        input: .lines { Texts.triggers(400, detector) },
        expected: Counts(texts: 400, bytes: 2_513_963, findings: 3_574, cuts: 9)),
      Workload(
        name: "runs", why: "hostile: endless runs of letters, so that rows and runs have no end",
        input: .lines { Texts.runs(20) },
        expected: Counts(texts: 20, bytes: 2_260_390, findings: 0, cuts: 0)),
      Workload(
        name: "bombs", why: "hostile: small texts that decode to many or large ones",
        input: .lines { Texts.bombs(10) },
        expected: Counts(texts: 10, bytes: 3_787_500, findings: 0, cuts: 30)),
      Workload(
        name: "nesting", why: "hostile: JSON in JSON and brackets, deeper than anyone reads",
        input: .lines { Texts.nesting(10) },
        expected: Counts(texts: 10, bytes: 4_113_024, findings: 0, cuts: 10)),
      Workload(
        name: "bait",
        why: "hostile: beginnings without an end, for patterns and readers that go back",
        input: .lines { Texts.bait(10) },
        expected: Counts(texts: 10, bytes: 5_136_725, findings: 0, cuts: 10)),
    ]
  }

  /// The real posts where they are at hand, else those of invented agents.
  private static func posts(_ package: String) -> Workload {
    let why = "posts as agents write them"
    let corpus = package + "/../shared/corpus/posts.ndjson.gz"
    if let data = FileManager.default.contents(atPath: corpus) {
      let digest = Texts.digest(of: data)
      return Workload(
        name: "posts", why: "\(why), of digest \(digest)", input: .file(corpus),
        expected: counted[digest])
    }
    return Workload(
      name: "posts", why: why,
      input: .lines { try Texts.posts(package + "/fixtures/archive/town.ndjson", times: 400) },
      expected: Counts(texts: 10_000, bytes: 4_675_600, findings: 8_400, cuts: 0))
  }

  /// What was counted in files that the package does not hold, by digest.
  private static let counted: [String: Counts] = [
    "6eea2cef269fc78d": Counts(texts: 54_697, bytes: 58_383_012, findings: 550, cuts: 0)
  ]
}
