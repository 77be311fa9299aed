import Core
import Detection
import Foundation
import Monitoring
import Records

/// What a workload must count to be right: a fast wrong answer fails.
struct Counts: Equatable, CustomStringConvertible {
  var texts: Int
  var bytes: Int
  /// Those that are printed by default.
  var findings = 0
  var cuts = 0

  var description: String {
    "texts: \(texts), bytes: \(bytes), findings: \(findings), cuts: \(cuts)"
  }
}

/// One run over a file, and what it took of this process on all its threads.
struct Measurement {
  var counts = Counts(texts: 0, bytes: 0)
  var processor = Duration.zero
  var wall = Duration.zero

  static let heads = ["workload", "MB", "texts", "findings", "cuts", "MB/CPU s", "MB/s"]

  func columns(named name: String) -> [String] {
    [
      name, String(format: "%.1f", Double(counts.bytes) / 1e6), "\(counts.texts)",
      "\(counts.findings)", "\(counts.cuts)", rate(processor), rate(wall),
    ]
  }

  private func rate(_ time: Duration) -> String {
    String(format: "%.1f", Double(counts.bytes) / 1e6 / max(time / .seconds(1), 1e-9))
  }
}

/// Reads and scans a file, the same way that `exuvia check` goes, block by block.
func measure(_ path: String, _ detector: Detector) async throws -> Measurement {
  var result = Measurement()
  let scan = InputScan(detector, key: nil, threads: 1)
  let (clock, began) = (ContinuousClock.now, processorTime())
  let reader = try BlockReader(path: path)
  try await scan.run(reader) { part in
    result.counts.texts += part.records
    result.counts.bytes += part.bytes
    result.counts.cuts += part.cuts
    for post in part.posts {
      result.counts.findings += post.findings.count { $0.confidence >= .medium }
    }
  }
  result.processor = processorTime() - began
  result.wall = .now - clock
  return result
}

private func processorTime() -> Duration {
  func duration(_ time: timeval) -> Duration {
    .seconds(time.tv_sec) + .microseconds(time.tv_usec)
  }
  let usage = usage()
  return duration(usage.ru_utime) + duration(usage.ru_stime)
}

/// Bytes of resident memory at its highest.
func peakMemory() -> Int { usage().ru_maxrss << 10 }

private func usage() -> rusage {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage
}
