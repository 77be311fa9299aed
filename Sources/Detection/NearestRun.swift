import Matching

/// Tells which places are near a run, asked in ascending order.
struct NearestRun {
  private let runs: [Range<Int>]
  /// The longest lead that is asked for.
  private let lead: Int
  private var first = 0

  init(_ runs: [Range<Int>], lead: Int) {
    self.runs = runs
    self.lead = lead
  }

  mutating func isNear(_ place: Int, _ window: RunWindow) -> Bool {
    while first < runs.count, runs[first].upperBound + lead < place { first += 1 }
    var next = first
    while next < runs.count, runs[next].lowerBound - window.reach <= place {
      if runs[next].count >= window.run, place <= runs[next].upperBound - window.run + window.lead {
        return true
      }
      next += 1
    }
    return false
  }
}
