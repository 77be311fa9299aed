import Core
import Detection
import Foundation
import Generation

// usage, in the package's folder:
//   bench [--assert] [--only NAME] [FILE…]    times the built-in workloads, or the given files
//   bench recall [--list] [--one-in N]        what is found of the generator's cases, by disguise
// A wrong count is told, and with --assert ends with 1.

var arguments = Arguments()
let package = FileManager.default.currentDirectoryPath
let detector = try Detector(RuleSet(folder: package + "/patterns"))

if arguments.flag("recall") {
  let share = arguments.option("--one-in").flatMap { Int($0) } ?? 1
  printRecall(detector, oneIn: share, list: arguments.flag("--list"))
  exit(0)
}

let asserts = arguments.flag("--assert")
let only = arguments.option("--only")
var failed = false
printRow(Measurement.heads)
for path in arguments.words {
  printRow(try await measure(path, detector).columns(named: URL(filePath: path).lastPathComponent))
}
for workload in Workload.all(detector, package: package)
where arguments.words.isEmpty && (only ?? workload.name) == workload.name {
  let result = try await workload.withFile { try await measure($0, detector) }
  printRow(result.columns(named: workload.name))
  guard result.counts != workload.expected else { continue }
  if workload.expected != nil { failed = true }
  print(
    "  \(workload.why)\n  expected \(workload.expected?.description ?? "what nobody has counted yet")"
  )
  print("  counted  \(result.counts)")
}
print("peak memory \(peakMemory() >> 20) MiB")
exit(asserts && failed ? 1 : 0)
