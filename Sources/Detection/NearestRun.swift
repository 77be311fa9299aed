import Matching

/// Tells which places are near a run, asked in ascending order.
struct NearestRun {
  private let runs: [Range<Int>]
  private let shortest: Int
  /// The longest lead that is asked for.
  private let lead: Int
  private var first = 0

  init(_ runs: [Range<Int>], _ kind: RunKind, lead: Int) {
    self.runs = runs
    self.lead = lead
    shortest = kind.shortest
  }

  mutating func isNear(_ place: Int, _ window: Detector.Window) -> Bool {
    while first < runs.count, runs[first].upperBound + lead < place { first += 1 }
    var next = first
    while next < runs.count, runs[next].lowerBound - window.reach <= place {
      if place <= runs[next].upperBound - shortest + window.lead { return true }
      next += 1
    }
    return false
  }
}
