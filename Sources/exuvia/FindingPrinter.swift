import ArgumentParser
import Core
import Detection
import Records
import Reporting

/// The formats of findings; `text` is for people.
enum FindingFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, jsonl
}

extension InputFormat: ExpressibleByArgument {}

/// Prints findings as they come, in one format.
final class FindingPrinter {
  let format: FindingFormat
  let style: Style
  let out: Output
  var summary = CheckSummary()
  private(set) var found = 0
  private var lastPost: String?

  init(format: FindingFormat, style: Style, out: Output) {
    self.format = format
    self.style = style
    self.out = out
  }

  func open() throws {
    if format == .json { try out.write(CheckReport.documentOpening) }
  }

  func add(_ row: CheckRow) throws {
    switch format {
    case .text: try out.write(CheckReport.text(row, style))
    case .json: try out.write(CheckReport.documentItem(row, isFirst: found == 0))
    case .jsonl: try out.write(CheckReport.line(row))
    }
    found += 1
    summary.findings[row.finding.severity, default: 0] += 1
    if row.postID?.string != lastPost { summary.recordsWithFindings += 1 }
    lastPost = row.postID?.string
  }

  func holdBack(_ finding: Finding) {
    summary.heldBack[finding.rule, default: 0] += 1
  }

  func close() throws {
    switch format {
    case .text: try out.write(CheckReport.closing(summary, style))
    case .json: try out.write(CheckReport.documentClosing(summary))
    // A line for each finding leaves no place for what was not looked at.
    case .jsonl: if summary.cut > 0 { complain("exuvia: \(Words.cuts(summary.cut))") }
    }
  }
}

extension Scanner {
  func row(_ finding: Finding, of post: Post, line: Int?, secret: String?) -> CheckRow {
    CheckRow(
      postID: shown(post.id, upTo: 256), platform: post.platform.map { shown($0, upTo: 60) },
      agent: post.agentName.map { shown($0, upTo: 100) }, recordKind: post.kind, finding: finding,
      line: line, secret: secret)
  }
}

/// Tells the lines of one text by offsets that come in order.
struct LineCounter {
  private var rest: Substring.UTF8View
  private var offset = 0
  private var line = 1

  init(_ text: String) {
    rest = text[...].utf8
  }

  /// The line, from 1, in which a byte stands.
  mutating func line(at target: Int) -> Int {
    let passed = rest.prefix(max(0, target - offset))
    line += passed.count { $0 == UInt8(ascii: "\n") }
    offset += passed.count
    rest = rest.dropFirst(passed.count)
    return line
  }
}
