import Core
import Foundation
import Records
import TestSupport
import Testing

@testable import Detection

private let archives: [URL] = {
  let folder = packageRoot.appending(path: "fixtures/archive")
  let files =
    (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil))
    ?? []
  return files.filter { $0.pathExtension == "ndjson" }.sorted { $0.path < $1.path }
}()

/// Archives with invented agents and their golden findings; `UPDATE_GOLDENS=1` writes the goldens anew.
@Suite struct FixtureTests {
  @Test func `there are archives`() {
    #expect(!archives.isEmpty)
  }

  @Test(arguments: archives)
  func `an archive gives its golden findings`(archive: URL) throws {
    let scanner = Scanner(
      try Detector(RuleSet(folder: packageRoot.appending(path: "patterns").path)), key: nil)
    var filler = TemplateFiller()
    var lines: [String] = []
    for line in try String(contentsOf: archive, encoding: .utf8).split(separator: "\n") {
      let record = try JSONValue(parsing: String(line)).mapStrings { filler.fill($0) }
      for finding in scanner.findings(in: try post(record)).findings {
        let reasons = finding.reasons.map(\.rawValue).joined(separator: " ")
        lines.append(
          [
            try #require(JSONReader(record).text("id")), finding.rule, finding.severity.name,
            finding.confidence.name, "\(finding.field):\(finding.span)", reasons,
          ].joined(separator: " | "))
      }
    }
    let golden = archive.deletingPathExtension().appendingPathExtension("findings.json")
    let document = JSONValue.array(lines.map(JSONValue.string)).indented + "\n"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      try Data(document.utf8).write(to: golden)
    }
    #expect(try String(contentsOf: golden, encoding: .utf8) == document)
  }

  private func post(_ record: JSONValue) throws -> Post {
    let reader = JSONReader(record)
    return Post(
      platform: reader.text("platform"), id: try #require(reader.text("id")),
      agentName: reader.text("agent_name"), title: reader.text("title"), body: reader.text("body"),
      url: reader.text("url"))
  }
}
