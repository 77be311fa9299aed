import Core
import Detection
import Foundation
import Records

// usage: bench [--assert] [FILE…], in the package's folder
// Times the built-in workloads, or the given files, through the same way that `exuvia check` goes.

var arguments = Array(CommandLine.arguments.dropFirst())
let asserts = arguments.contains("--assert")
arguments.removeAll { $0 == "--assert" }
let package = FileManager.default.currentDirectoryPath

let detector = try Detector(RuleSet(folder: package + "/patterns"))
var failed = false

func row(_ columns: [String]) {
  let widths = [22, 9, 9, 9, 10, 12]
  let cells = zip(columns, widths).map { text, width in
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
  print(cells.joined(separator: "  "))
}

row(["workload", "MB", "records", "findings", "CPU s", "MB/CPU s"])
if arguments.isEmpty {
  for workload in try Workload.all(fixtures: package + "/fixtures") {
    let path = NSTemporaryDirectory() + "exuvia-bench-\(workload.name).ndjson"
    try Data(workload.text.utf8).write(to: URL(filePath: path))
    let result = try measure(path, detector)
    row(result.columns(named: workload.name))
    try FileManager.default.removeItem(atPath: path)
    if result.counts != workload.expected {
      failed = true
      print("  expected \(workload.expected), counted \(result.counts)")
    }
  }
} else {
  for path in arguments {
    row(try measure(path, detector).columns(named: String(path.suffix(22))))
  }
}
print("peak memory \(peakMemory() >> 20) MiB")
exit(asserts && failed ? 1 : 0)
