import Foundation
import TestSupport
import Testing

/// The direction of dependencies, which the package manager does not enforce: what each module may import.
@Suite struct ImportTests {
  private static let system: Set<String> = [
    "Foundation", "Dispatch", "Glibc", "Musl", "Darwin", "Synchronization",
  ]

  private static let table: [String: Set<String>] = [
    "Core": [],
    "Bytes": ["CBytes"],
    "Matching": ["Bytes", "CPCRE2"],
    "Documents": ["Core", "Yams"],
    "Identity": ["Core", "Crypto"],
    "Checks": ["Core", "CZlib", "Crypto"],
    "Decoding": ["Core", "Bytes", "CZlib"],
    "Recognition": ["Core"],
    "Detection": [
      "Core", "Bytes", "Matching", "Documents", "Identity", "Checks", "Decoding", "Recognition",
    ],
    "Records": ["Core", "CBytes", "CZlib"],
    "Transport": ["AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOHTTPCompression"],
    "Feeds": ["Core", "Records", "Transport"],
    "Storage": ["Core", "Identity", "GRDB"],
    "Alerts": ["Core", "Transport"],
    "Reporting": ["Core"],
    "Monitoring": [
      "Core", "Documents", "Identity", "Detection", "Records", "Transport", "Feeds", "Storage",
      "Alerts", "Logging",
    ],
    "exuvia": [
      "Core", "Documents", "Identity", "Detection", "Records", "Transport", "Feeds", "Storage",
      "Alerts", "Reporting", "Monitoring", "ArgumentParser", "Logging",
    ],
    "Generation": ["Core", "Checks", "Detection", "CZlib"],
    "bench": ["Core", "Checks", "Detection", "Records", "Monitoring", "Generation"],
  ]

  private static let modules = table.keys.sorted()

  @Test(arguments: modules)
  func `a module imports only what the table allows`(module: String) throws {
    let allowed = try #require(Self.table[module]).union(Self.system)
    for file in try swiftFiles(in: packageRoot.appending(path: "Sources/\(module)")) {
      for name in try imports(of: file) where !allowed.contains(name) {
        Issue.record("\(module)/\(file.lastPathComponent) imports \(name)")
      }
    }
  }

  @Test func `every module stands in the table`() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: packageRoot.appending(path: "Sources").path)
    #expect(Set(folders) == Set(Self.modules + ["CBytes", "CPCRE2", "CZlib"]))
  }

  @Test func `only Detection turns crawled text into public text`() throws {
    // Identity and Reporting build public text from their own words and numbers; Storage takes back what it stored.
    let allowed: Set<String> = ["Core", "Detection"]
    for module in Self.modules where !allowed.contains(module) {
      for file in try swiftFiles(in: packageRoot.appending(path: "Sources/\(module)")) {
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(
          !text.contains("PublicText(masked:"), "\(module)/\(file.lastPathComponent)")
      }
    }
  }

  private func swiftFiles(in folder: URL) throws -> [URL] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
  }

  private func imports(of file: URL) throws -> [String] {
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at <= 1, at + 1 < words.count,
        at == 0 || ["package", "public", "internal", "private", "@testable"].contains(words[0])
      else { return nil }
      return words[at + 1].split(separator: ".").first.map(String.init)
    }
  }
}
