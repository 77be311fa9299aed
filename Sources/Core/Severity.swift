/// How bad a finding is if it is real.
package enum Severity: Int, Sendable, Comparable, CaseIterable {
  case info, low, medium, high, critical

  package static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
}

/// How likely a finding is real: at least 99 % (high) or 90 % (medium) of such findings in real posts.
package enum Confidence: Int, Sendable, Comparable, CaseIterable {
  case low, medium, high

  package static func < (a: Confidence, b: Confidence) -> Bool { a.rawValue < b.rawValue }

  package func stepped(_ steps: Int) -> Confidence {
    let value = min(max(rawValue + steps, Confidence.low.rawValue), Confidence.high.rawValue)
    return Confidence(rawValue: value) ?? self
  }
}

/// A closed set whose members have one printed name each.
package protocol Named: CaseIterable, Sendable {
  var name: String { get }
}

extension Named {
  package init?(name: String) {
    guard let member = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = member
  }

  package static var names: [String] { allCases.map(\.name) }
}

extension Named where Self: RawRepresentable, RawValue == String {
  package var name: String { rawValue }
}

extension Severity: Named {
  package var name: String { "\(self)" }
}

extension Confidence: Named {
  package var name: String { "\(self)" }
}

extension PostKind: Named {}
extension TextField: Named {}
