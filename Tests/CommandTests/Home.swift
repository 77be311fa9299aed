import Foundation
import TestSupport

/// A home folder in which the built program is run as its user would run it, with nothing of the machine's own.
struct Home {
  let folder: URL
  /// Replaces the invented rules by those that ship.
  var usesShippedRules = false

  /// What a run came to; the code is 128 and the signal's number where one ended it.
  struct Outcome {
    var code: Int32
    var out: String
    var err: String
  }

  /// A run that has not ended yet.
  struct Run {
    let process: Process
    fileprivate let end: AsyncStream<Void>
    fileprivate let files: (out: URL, err: URL)

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    func outcome() async throws -> Outcome {
      for await _ in end {}
      let status = process.terminationStatus
      return Outcome(
        code: process.terminationReason == .uncaughtSignal ? 128 + status : status,
        out: try String(contentsOf: files.out, encoding: .utf8),
        err: try String(contentsOf: files.err, encoding: .utf8))
    }
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: folder.appending(path: name))
    return path(name)
  }

  /// Runs the program in the home until it ends.
  @discardableResult
  func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) async throws -> Outcome {
    let file = path("input-\(UUID())")
    try Data(input.utf8).write(to: URL(filePath: file))
    return try await start(
      arguments, input: FileHandle(forReadingAtPath: file), environment: environment
    ).outcome()
  }

  /// Runs a command of the shell, which finds the program by its name.
  func shell(_ command: String, environment: [String: String] = [:]) async throws -> Outcome {
    let shell = URL(filePath: "/bin/sh")
    return try await start(["-c", command], program: shell, environment: environment).outcome()
  }

  /// Begins a run; without an input, standard input has nothing.
  func start(
    _ arguments: [String], program: URL? = nil, input: FileHandle? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    let process = Process()
    process.executableURL = try program ?? Home.program()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = try self.environment().merging(environment) { $1 }
    process.standardInput = input ?? FileHandle.nullDevice
    let name = UUID().uuidString
    let files = (
      out: folder.appending(path: "out-\(name)"), err: folder.appending(path: "err-\(name)")
    )
    for file in [files.out, files.err] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files.out)
    process.standardError = try FileHandle(forWritingTo: files.err)
    let (end, continuation) = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    return Run(process: process, end: end, files: files)
  }

  private func environment() throws -> [String: String] {
    let rules = usesShippedRules ? packageRoot.appending(path: "patterns").path : path("rules")
    return [
      "HOME": folder.path, "XDG_CONFIG_HOME": path("config"), "XDG_STATE_HOME": path("state"),
      "PATH": try Home.program().deletingLastPathComponent().path + ":/usr/bin:/bin",
      "EXUVIA_PATTERNS": rules, "SWIFT_BACKTRACE": "enable=no",
    ]
  }

  /// The built program stands beside the bundle of the tests.
  static func program() throws -> URL {
    let arguments = ProcessInfo.processInfo.arguments
    let bundle = arguments.last { $0.hasSuffix(".xctest") } ?? arguments[0]
    let program = URL(filePath: bundle).deletingLastPathComponent().appending(path: "exuvia")
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: program.path])
    }
    return program
  }
}

/// A home in the invented town: its rules and files, and no store yet.
func withHome<Result>(_ body: (Home) async throws -> Result) async throws -> Result {
  try await withTemporaryFolder { folder in
    let home = Home(folder: folder)
    try await Town.build(in: home)
    return try await body(home)
  }
}
