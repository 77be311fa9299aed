import Foundation
import Testing

/// The codes that scripts rely on, where a transcript cannot set the scene.
@Suite(.serialized) struct CodeTests {
  /// A scene, a command in it, and how that must end.
  struct Scene: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var code: Int32
    /// What standard error must say.
    var says = ""
    var arguments: [String]
    var environment: [String: String] = [:]
    var prepare: @Sendable (Home) async throws -> Void = { _ in }
  }

  static let key = "state/exuvia/exuvia.key"

  static let scenes = [
    Scene(
      testDescription: "the key is missing", code: 2, says: "is missing", arguments: ["agents"],
      prepare: scanned { try FileManager.default.removeItem(atPath: $0.path(key)) }),
    Scene(
      testDescription: "the key is missing for a scan", code: 2, says: "put it back from a backup",
      arguments: ["scan", "archive:town.ndjson"],
      prepare: scanned { try FileManager.default.removeItem(atPath: $0.path(key)) }),
    Scene(
      testDescription: "the key is another one", code: 2, says: "is not the one",
      arguments: ["agents"],
      prepare: scanned { try $0.write(key, String(repeating: "0f", count: 32) + "\n") }),
    Scene(
      testDescription: "the key is damaged", code: 2, says: "64 hex digits", arguments: ["agents"],
      prepare: scanned { try $0.write(key, "0f\n") }),
    Scene(
      testDescription: "the environment names a key that is not there", code: 2,
      says: "elsewhere.key is missing", arguments: ["check", "vault.txt"],
      environment: ["EXUVIA_KEY_FILE": "elsewhere.key"]),
    Scene(
      testDescription: "the environment names the key", code: 0, arguments: ["agents"],
      environment: ["EXUVIA_KEY_FILE": "elsewhere.key"],
      prepare: scanned {
        try FileManager.default.moveItem(atPath: $0.path(key), toPath: $0.path("elsewhere.key"))
      }),
    Scene(
      testDescription: "the environment names the store", code: 0, arguments: ["agents"],
      environment: ["EXUVIA_STORE": "state/exuvia/exuvia.db", "XDG_STATE_HOME": "/nowhere"],
      prepare: scanned { _ in }),
    Scene(
      testDescription: "the store is no database", code: 4, says: "damaged",
      arguments: ["agents", "--store", "vault.txt"]),
    Scene(
      testDescription: "a scan's store is no database", code: 4, says: "damaged",
      arguments: ["scan", "archive:town.ndjson", "--store", "vault.txt"]),
    Scene(
      testDescription: "the store is a folder", code: 4, says: "check that it is a file",
      arguments: ["agents", "--store", "rules"]),
    Scene(
      testDescription: "the store is newer", code: 4,
      says: "of version 99, newer than this program",
      arguments: ["agents", "--store", "newer.db"],
      prepare: { try $0.writeDatabase("newer.db", version: 99, application: 0x4578_7576) }),
    Scene(
      testDescription: "a scan's store is newer", code: 4, says: "upgrade exuvia",
      arguments: ["scan", "archive:town.ndjson", "--store", "newer.db"],
      prepare: { try $0.writeDatabase("newer.db", version: 99, application: 0x4578_7576) }),
    Scene(
      testDescription: "the store's folder cannot be written", code: 4, says: "cannot be written",
      arguments: ["scan", "archive:town.ndjson", "--store", "/proc/exuvia/exuvia.db"]),
    Scene(
      testDescription: "no source is enabled", code: 2, says: "no source is enabled",
      arguments: ["scan", "--config", "off.yml"],
      prepare: { try $0.write("off.yml", "sources:\n  moltbook:\n    enabled: false\n") }),
    Scene(
      testDescription: "the output's folder is missing", code: 2, says: "cannot be written",
      arguments: ["check", "notes.txt", "-o", "nowhere/found.jsonl"]),
    Scene(
      testDescription: "something new", code: 1,
      arguments: ["scan", "archive:town.ndjson", "--fail-on", "new"]),
    Scene(
      testDescription: "something new that is bad enough", code: 1,
      arguments: ["scan", "archive:town.ndjson", "--fail-on", "critical"]),
    Scene(
      testDescription: "nothing new that is bad enough", code: 0,
      arguments: ["scan", "archive:mild.ndjson", "--fail-on", "high"],
      prepare: { try await $0.writeMild() }),
    Scene(
      testDescription: "something new of just that severity", code: 1,
      arguments: ["scan", "archive:mild.ndjson", "--fail-on", "medium"],
      prepare: { try await $0.writeMild() }),
    Scene(
      testDescription: "nothing new", code: 0,
      arguments: ["scan", "archive:town.ndjson", "--fail-on", "new"], prepare: scanned { _ in }),
    Scene(
      testDescription: "incomplete counts before new", code: 3,
      arguments: ["scan", "archive:town.ndjson", "archive:missing.ndjson", "--fail-on", "new"]),
    Scene(
      testDescription: "an archive is cut off", code: 3,
      arguments: ["scan", "archive:town.ndjson", "--for", "0.000001s"]),
  ]

  @Test(arguments: scenes)
  func `a command ends with its code and says why`(scene: Scene) async throws {
    try await withHome { home in
      try await scene.prepare(home)
      let outcome = try await home.start(scene.arguments, environment: scene.environment).outcome()
      #expect(outcome.code == scene.code, "\(outcome.out)\(outcome.err)")
      let isSaid = scene.says.isEmpty ? outcome.err.isEmpty : outcome.err.contains(scene.says)
      #expect(isSaid, "\(outcome.err)")
    }
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [
      "check town.ndjson", "rules list", "scan archive:town.ndjson", "sources",
    ])
  func `an answer that is lost is no success`(command: String) async throws {
    try await withHome { home in
      let outcome = try await home.shell("exuvia \(command) > /dev/full")
      #expect(outcome.code == 3)
      #expect(outcome.err.hasPrefix("exuvia: standard output cannot be written: "))
    }
  }

  @Test(arguments: [
    "", "init", "scan", "check", "agents", "agent", "exposures", "exposures list",
    "exposures show", "plan", "rules", "rules list", "rules check", "rules fill", "sources",
    "sources list", "sources status", "store", "store verify",
  ])
  func `every command explains itself`(command: String) async throws {
    try await withHome { home in
      let words = command.split(separator: " ").map(String.init)
      let outcome = try await home.start(words + ["--help"]).outcome()
      #expect(outcome.code == 0 && outcome.err == "")
      #expect(outcome.out.contains("USAGE: exuvia" + (command.isEmpty ? "" : " " + command)))
      #expect(outcome.out.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
  }

  @Test func `the version is one line`() async throws {
    try await withHome { home in
      let outcome = try await home.run("--version")
      #expect(outcome.code == 0)
      #expect(outcome.out.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }
  }

  private static func scanned(
    _ body: @escaping @Sendable (Home) throws -> Void
  ) -> @Sendable (Home) async throws -> Void {
    { home in
      try await home.run("scan", "archive:town.ndjson")
      try body(home)
    }
  }
}

extension Home {
  /// An archive whose worst exposure is of medium severity.
  fileprivate func writeMild() async throws {
    let template = try write("mild", #"{"id":"m-1","text":"acmes-{base62:32}"}"# + "\n")
    try write("mild.ndjson", try await run("rules", "fill", template).out)
  }

  /// An empty SQLite database of a version and an application: one page, by the file format's description.
  fileprivate func writeDatabase(_ name: String, version: UInt8, application: UInt32) throws {
    var page = [UInt8](repeating: 0, count: 4096)
    page.replaceSubrange(0..<15, with: "SQLite format 3".utf8)
    let bytes: [Int: UInt8] = [
      16: 0x10, 18: 1, 19: 1, 21: 64, 22: 32, 23: 32, 27: 1, 31: 1, 47: 4, 59: 1, 63: version,
      95: 1, 100: 0x0D, 105: 0x10,
    ]
    for (offset, byte) in bytes { page[offset] = byte }
    for index in 0..<4 {
      page[68 + index] = UInt8(truncatingIfNeeded: application >> (24 - 8 * index))
    }
    try Data(page).write(to: folder.appending(path: name))
  }
}
