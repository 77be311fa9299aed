import Core
import Detection
import Foundation
import Records

/// What a workload must count to be right: a fast wrong answer fails.
struct Counts: Equatable, CustomStringConvertible {
  var records = 0
  var findings = 0
  var confident = 0
  var cuts = 0

  var description: String {
    "\(records) records, \(findings) findings, \(confident) of medium confidence or more, \(cuts) cuts"
  }
}

/// One run over a file.
struct Measurement {
  var counts = Counts()
  var bytes = 0
  var seconds = 0.0

  func columns(named name: String) -> [String] {
    let megabytes = Double(bytes) / 1e6
    return [
      name, String(format: "%.1f", megabytes), "\(counts.records)", "\(counts.confident)",
      String(format: "%.3f", seconds), String(format: "%.0f", megabytes / seconds),
    ]
  }
}

/// Reads and scans a file; time is this process's own on all cores.
func measure(_ path: String, _ detector: Detector) throws -> Measurement {
  var result = Measurement()
  let scanner = Scanner(detector, key: nil)
  let began = processorTime()
  let reader = try RecordReader(path: path)
  while let batch = try reader.next(records: 2_000, bytes: 4 << 20) {
    for post in batch.posts {
      let scan = scanner.findings(in: post)
      result.counts.findings += scan.findings.count
      result.counts.confident += scan.findings.count { $0.confidence >= .medium }
      result.counts.cuts += scan.cuts
    }
    result.counts.records += batch.posts.count
    result.bytes = batch.endOffset
  }
  result.seconds = processorTime() - began
  return result
}

private func processorTime() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// Bytes of resident memory at its highest.
func peakMemory() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss << 10
}
