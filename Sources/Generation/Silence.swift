/// Which look-alikes were taken for secrets, by what they are in truth.
package struct Silence {
  /// The look-alikes of one sort.
  package struct Row {
    package let why: String
    package var total = 0
    package var spoke = 0
    /// The rules that spoke.
    package var rules: Set<String> = []
  }

  package private(set) var rows: [Row] = []

  package init() {}

  package mutating func add(_ voices: [String], of lookAlike: LookAlike) {
    let known = rows.firstIndex { $0.why == lookAlike.why }
    if known == nil { rows.append(Row(why: lookAlike.why)) }
    let row = known ?? rows.count - 1
    rows[row].total += 1
    rows[row].spoke += voices.isEmpty ? 0 : 1
    rows[row].rules.formUnion(voices)
  }

  /// The share of which nothing was said.
  package var share: Double {
    let spoke = rows.reduce(0) { $0 + $1.spoke }
    return 1 - Double(spoke) / Double(max(1, rows.reduce(0) { $0 + $1.total }))
  }
}
