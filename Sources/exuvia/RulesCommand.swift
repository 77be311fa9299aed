import ArgumentParser
import Core
import Detection
import Documents
import Foundation
import Records
import Reporting

/// What the rules are, and whether they keep their word.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules, check that they do what they say, or explain a text's findings.",
    subcommands: [List.self, Check.self, Explain.self, Fill.self], defaultSubcommand: List.self)

  /// Shows every rule.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show every rule.", usage: "exuvia rules list [<options>]")

    @Flag(help: "Print the page of kinds, patterns/README.md.")
    var markdown = false

    @OptionGroup var query: QueryOptions

    func run() throws {
      let rules = try query.common.ruleSet().rules
      if markdown { return try answer(KindsPage.markdown(rules)) }
      try query.answer(json: RulesReport.json(rules)) { style, _ in RulesReport.text(rules, style) }
    }
  }

  /// Tries every example of every rule.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Try every example and negative example of every rule.",
      usage: "exuvia rules check [<folder>] [<options>]")

    @Argument(help: "The folder with the rules, if it is not the usual one.")
    var folder: String?

    @OptionGroup var query: QueryOptions

    func run() throws {
      var rules: [Rule] = []
      var faults: [Fault]
      do throws(RuleError) {
        let set = try RuleSet(folder: folder ?? query.common.patternsFolder())
        rules = set.rules
        faults = set.check()
      } catch {
        guard case .faulty(let found) = error else { throw error }
        faults = found
      }
      for fault in faults where query.format == .text { complain(fault.description) }
      let check = RulesReport.Check(
        rules: rules.count, examples: RuleTrial.all(of: rules).count,
        faults: faults.map { .init(file: $0.file, line: $0.line, message: $0.message) })
      try query.answer(json: RulesReport.json(check)) { _, _ in RulesReport.text(check) }
      if !faults.isEmpty { throw Code.usage }
    }
  }

  /// Tells why a text's findings are what they are.
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show for a text what triggers rules, what they match, and what became of it.",
      usage: "exuvia rules explain <text>|- [<options>]",
      discussion: "Secrets in the text are masked in the answer.")

    @Argument(help: "The text, or - for standard input.")
    var text: String

    @OptionGroup var query: QueryOptions

    func run() throws {
      let scanner = Scanner(try query.common.detector(), key: nil)
      let explanation = scanner.explanation(of: text == "-" ? standardInput() : text)
      try query.answer(json: ExplanationReport.json(explanation)) { style, _ in
        ExplanationReport.text(explanation, style)
      }
    }

    private func standardInput() -> String {
      String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }
  }

  /// Fills the templates of a text with invented credentials: for trying rules and for the fixtures.
  struct Fill: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Fill templates such as {base62:30} with invented values, for tests.",
      discussion: "In a .ndjson file every string is filled by itself, so that the lines stay JSON."
    )

    @Argument(help: "A file with templates, or - for standard input.")
    var file: String

    func run() throws {
      let data =
        file == "-"
        ? FileHandle.standardInput.readDataToEndOfFile()
        : FileManager.default.contents(atPath: file)
      guard let data else { throw UsageError("\(file) cannot be read: check its name and mode") }
      let text = String(decoding: data, as: UTF8.self)
      var filler = TemplateFiller()
      guard InputFormat(path: file) == .ndjson else { return try answer(filler.fill(text)) }
      let out = try Output(to: nil)
      try out.publish {
        for line in text.split(separator: "\n") {
          let record = try JSONValue(parsing: String(line))
          try out.write(record.mapStrings { filler.fill($0) }.rendered + "\n")
        }
      }
    }
  }
}
