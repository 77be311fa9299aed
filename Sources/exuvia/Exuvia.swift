import ArgumentParser
import Foundation
import Identity
import Storage

/// The program: arguments, printing and exit codes, nothing else.
@main
struct Exuvia: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exuvia",
    abstract: "Finds what AI agents give away in public posts, and says what to do about it.",
    discussion: """
      Begin with `exuvia init`, then let cron run `exuvia scan`. \
      `exuvia agents` shows who exposed what; `exuvia plan AGENT` says what to do. \
      `exuvia check FILE` reads any text and keeps nothing.
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Reading", subcommands: [InitCommand.self, ScanCommand.self, CheckCommand.self]),
      CommandGroup(
        name: "Look-up",
        subcommands: [
          AgentsCommand.self, AgentCommand.self, ExposuresCommand.self, PlanCommand.self,
        ]),
      CommandGroup(
        name: "Upkeep",
        subcommands: [RulesCommand.self, SourcesCommand.self, StoreCommand.self]),
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      Foundation.exit(end(with: error).rawValue)
    }
  }

  /// Tells the error that ended a command, and gives the code to end with.
  private static func end(with error: any Error) -> ExitCode {
    if let code = error as? ExitCode { return code }
    switch exitCode(for: error) {
    case .success:
      // Help and version are answers, not errors.
      try? answer(fullMessage(for: error) + "\n")
      return .success
    case .validationFailure:
      let message = fullMessage(for: error)
      complain("exuvia: " + message.dropFirst(message.hasPrefix("Error: ") ? 7 : 0))
      return Code.usage
    default:
      // A list of faults stands before the sentence that says what comes of them.
      let lines = "\(error)".split(separator: "\n")
      for line in lines.dropLast() { complain(String(line)) }
      complain("exuvia: \(lines.last ?? "")")
      return code(for: error)
    }
  }
}

/// The program's version, as `--version` and the User-Agent give it.
let version = "0.1.0"

/// The exit codes that scripts rely on.
enum Code {
  static let found = ExitCode(1)
  static let usage = ExitCode(2)
  static let incomplete = ExitCode(3)
  static let store = ExitCode(4)
  static func stopped(by signal: Int32) -> ExitCode { ExitCode(128 + signal) }
}

/// The exit code of an error that ended a command.
private func code(for error: any Error) -> ExitCode {
  switch error {
  case StoreError.missing: Code.usage
  case is StoreError, KeyError.unwritable: Code.store
  case OutputError.cutShort: Code.incomplete
  default: Code.usage
  }
}

/// Why a command cannot do what its arguments ask for.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
