import ArgumentParser
import Core
import Detection
import Foundation
import Monitoring
import Records
import Reporting

/// Text in, findings out, no store.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Look for exposures in files or standard input.",
    usage: "exuvia check <file> ... [<options>]",
    discussion: "Ends with 1 where something is found. Nothing is kept.")

  @Argument(
    help: .init(
      "Files to read; .ndjson and .jsonl (also .gz) hold one record a line; - is standard input.",
      valueName: "file"))
  var files: [String]

  @Option(
    help: .init("How the input is divided; by default the file's ending says.", valueName: "form"))
  var input: InputFormat?

  @Option(help: "The form of the findings; text on a terminal, else jsonl.")
  var format: FindingFormat?

  @OptionGroup var least: Thresholds

  @Option(help: .init("Only this rule; may be repeated.", valueName: "id"))
  var rule: [String] = []

  @Option(help: "Only this category; may be repeated.")
  var category: [Core.Category] = []

  @Option(
    name: [.short, .customLong("output")],
    help: .init("Write to a file, whole or not at all.", valueName: "file"))
  var output: String?

  @Flag(help: "End with 0 also where something is found.")
  var exitZero = false

  @Flag(help: "Print the secrets themselves. Refused for records of a platform unless watched.")
  var showSecrets = false

  @Option(help: .init("How many blocks to look through at a time.", valueName: "number"))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func validate() throws {
    guard (1...256).contains(threads) else {
      throw ValidationError("--threads takes a number from 1 to 256")
    }
  }

  func run() async throws {
    let configuration = try common.configuration()
    let detector = try common.detector()
    for id in rule where detector.rule(id) == nil {
      throw UsageError("there is no rule `\(id)`: `exuvia rules list` shows all")
    }
    let key = try common.places(configuration).existingKey()
    let scan = InputScan(detector, key: key, threads: threads)
    let scanner = Scanner(detector, key: key)
    let out = try Output(to: output)
    let printer = FindingPrinter(
      format: format ?? (isForPeople ? .text : .jsonl), style: common.style(inFile: output != nil),
      out: out)
    var refused = 0
    try await out.publish {
      try printer.open()
      for file in files {
        try await read(file, scan, scanner, printer) { finding, post, line in
          guard concerns(finding) else { return }
          guard finding.severity >= least.severity, finding.confidence >= least.confidence else {
            return printer.holdBack(finding)
          }
          let mayShow = post.platform == nil || configuration.watch.contains { $0.wrote(post) }
          if showSecrets, !mayShow { refused += 1 }
          let secret = showSecrets && mayShow ? scanner.reveal(finding, in: post) : nil
          try printer.add(scanner.row(finding, of: post, line: line, secret: secret))
        }
      }
      progress.clear()
      try printer.close()
    }
    if refused > 0 { complain("exuvia: \(CheckReport.refusal(of: refused))") }
    if !printer.summary.complete { throw Code.incomplete }
    if printer.found > 0, !exitZero { throw Code.found }
  }

  /// Reads one input; what cannot be read is told and counted.
  private func read(
    _ file: String, _ scan: InputScan, _ scanner: Detection.Scanner, _ printer: FindingPrinter,
    each: (Finding, Post, _ line: Int?) throws -> Void
  ) async throws {
    let name = scanner.shown(file, upTo: 300).string
    do {
      let reader = try BlockReader(path: file, format: file == "-" ? input ?? .text : input)
      try await scan.run(reader) { part in
        printer.summary.records += part.records
        printer.summary.passedOver += part.faults.count { !$0.reason.endsInput }
        printer.summary.cut += part.cuts
        for fault in part.faults {
          complain("exuvia: \(name):\(fault.line): \(fault.reason)")
          if fault.reason.endsInput { printer.summary.complete = false }
        }
        for found in part.posts {
          var lines = reader.format == .text ? LineCounter(found.post.body ?? "") : nil
          for finding in found.findings {
            try each(finding, found.post, lines?.line(at: finding.span.lowerBound))
          }
        }
        if !isForPeople { progress.add(part.records) }
      }
    } catch let error as RecordError {
      complain("exuvia: \(scanner.shown(error.description, upTo: 400))")
      printer.summary.complete = false
    }
  }

  private var isForPeople: Bool { output == nil && isatty(STDOUT_FILENO) == 1 }

  /// Whether it was asked for at all.
  private func concerns(_ finding: Finding) -> Bool {
    (rule.isEmpty || rule.contains(finding.rule))
      && (category.isEmpty || category.contains(finding.category))
  }
}
