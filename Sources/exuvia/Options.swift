import ArgumentParser
import Core
import Detection
import Foundation
import Identity
import Monitoring
import Reporting
import Storage

/// The flags that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: .init("The configuration file.", valueName: "file"))
  var config: String?

  @Option(help: .init("The store.", valueName: "file"))
  var store: String?

  @Option(help: .init("The folder with the rules.", valueName: "folder"))
  var patterns: String?

  @Option(help: .init("When to use colour.", valueName: "when"))
  var color: ColorChoice = .auto

  enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }
}

extension CommonOptions {
  /// The configuration: the file that was named, else the one in its usual place, else the defaults.
  func configuration() throws -> Configuration {
    try Configuration.read(
      configurationPath, required: config != nil || environment("EXUVIA_CONFIG") != nil)
  }

  var configurationPath: String {
    let home = environment("XDG_CONFIG_HOME") ?? homeFolder + "/.config"
    return config ?? environment("EXUVIA_CONFIG") ?? home + "/exuvia/exuvia.yml"
  }

  /// Where the store and its key are.
  func places(_ configuration: Configuration) -> Places {
    let home = environment("XDG_STATE_HOME") ?? homeFolder + "/.local/state"
    let store =
      store ?? environment("EXUVIA_STORE") ?? configuration.store ?? home + "/exuvia/exuvia.db"
    return Places(store: store, key: environment("EXUVIA_KEY_FILE"))
  }

  /// The rules, ready to match.
  func detector() throws -> Detector {
    try Detector(ruleSet())
  }

  /// The rules, parsed only where they have changed since the last command.
  func ruleSet() throws -> RuleSet {
    let home = environment("XDG_CACHE_HOME") ?? homeFolder + "/.cache"
    return try RuleSet(folder: patternsFolder(), cache: home + "/exuvia")
  }

  func patternsFolder() -> String {
    if let folder = patterns ?? environment("EXUVIA_PATTERNS") { return folder }
    let executable = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath() ?? executable
    let share = program.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "share/exuvia/patterns").path
    if FileManager.default.fileExists(atPath: share) { return share }
    // Built in the package: its `patterns` stands above the build folder.
    var folder = program.deletingLastPathComponent()
    while folder.path != "/" {
      let manifest = folder.appending(path: "Package.swift").path
      let patterns = folder.appending(path: "patterns").path
      if FileManager.default.fileExists(atPath: manifest),
        FileManager.default.fileExists(atPath: patterns)
      {
        return patterns
      }
      folder.deleteLastPathComponent()
    }
    return share
  }

  /// How output for people looks on standard output; in a file it is as on no terminal.
  func style(inFile: Bool = false) -> Style {
    let isTerminal = !inFile && isatty(STDOUT_FILENO) == 1
    let wantsColor =
      switch color {
      case .always: true
      case .never: false
      case .auto: isTerminal && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
      }
    return Style(
      colour: wantsColor, width: isTerminal ? terminalWidth() : 100, cutsTables: isTerminal)
  }
}

/// The flags of every command whose answer is one document.
struct QueryOptions: ParsableArguments {
  @Option(help: "The form of the answer.")
  var format: DocumentFormat = .text

  @OptionGroup(title: "Common options")
  var common: CommonOptions
}

extension QueryOptions {
  /// The store for look-ups.
  func store() throws -> Store {
    try common.places(common.configuration()).openForReading().0
  }

  /// Prints the answer in the form that was asked for.
  func answer(
    json: @autoclosure () throws -> String, text: (Style, _ now: Timestamp) throws -> String
  ) throws {
    try exuvia.answer(format == .json ? json() : text(common.style(), currentTime()))
  }
}

/// From where on findings and exposures are shown.
struct Thresholds: ParsableArguments {
  @Option(help: .init("Leave out what is less severe.", valueName: "severity"))
  var minSeverity: Severity?

  @Option(help: .init("Leave out what is less sure; medium if not given.", valueName: "confidence"))
  var minConfidence: Confidence?
}

extension Thresholds {
  var severity: Severity { minSeverity ?? .info }
  var confidence: Confidence { minConfidence ?? .medium }
}

/// The formats of commands whose answer is one document; `text` is for people.
enum DocumentFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

extension Severity: ExpressibleByArgument {
  package init?(argument: String) { self.init(name: argument) }
  package static var allValueStrings: [String] { names }
}

extension Confidence: ExpressibleByArgument {
  package init?(argument: String) { self.init(name: argument) }
  package static var allValueStrings: [String] { names }
}

extension Category: ExpressibleByArgument {}
extension ExposureState: ExpressibleByArgument {}

/// The machine's own time.
func currentTime() -> Timestamp { Timestamp(seconds: Date().timeIntervalSince1970) }

/// A variable of the environment; an empty one counts as unset.
func environment(_ name: String) -> String? {
  ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
}

private func terminalWidth() -> Int {
  var size = winsize()
  guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
  return Int(size.ws_col)
}
