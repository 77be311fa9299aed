package import Core
import Foundation

/// Prints an alert in two calm lines.
package struct ConsoleSink: AlertSink {
  private let print: @Sendable (String) -> Void

  /// `print` takes text that ends with a line break.
  package init(print: @escaping @Sendable (String) -> Void) {
    self.print = print
  }

  package func send(_ alert: Alert) async throws(AlertError) {
    print(ConsoleSink.text(of: alert))
  }

  /// What is printed: what happened and where to look, from nothing but the alert's body.
  static func text(of alert: Alert) -> String {
    let data = Data(alert.body.utf8)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    if let body = try? decoder.decode(ExposureBody.self, from: data) {
      return lines(body.sentence(alert.event), body.next)
    }
    if let body = try? decoder.decode(SummaryBody.self, from: data) {
      return lines(body.sentence, "Look: \(body.look)")
    }
    return "An alert could not be read; look: exuvia alerts list\n"
  }

  private static func lines(_ first: String, _ second: String) -> String {
    "\(oneLine(first))\n  \(oneLine(second))\n"
  }

  // Bodies are made of cleaned text; this holds should one ever not be.
  private static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isHarmful ? "\u{FFFD}" : $0 }))
  }
}

/// What the console tells of an alert on one exposure.
private struct ExposureBody: Decodable {
  var severity: String
  var confidence: String
  var what: String
  var preview: String
  var platform: String
  var agent: String?
  var firstSeen: String
  var firstStep: String?
  var look: String

  func sentence(_ event: AlertEvent) -> String {
    let verb =
      switch event {
      case .spread: "now also posted by"
      case .reopened: "posted again by"
      case .overdue: "still public, posted by"
      case .leaked, .summary: "posted by"
      }
    return "\(severity): \(what) \(preview) \(verb) \(agent ?? "(unknown)") on \(platform), "
      + "\(confidence) confidence, first seen \(firstSeen)"
  }

  var next: String {
    let step = firstStep.map { "First: \($0) " } ?? ""
    return step + "Look: \(look)"
  }
}

/// What the console tells of a pass.
private struct SummaryBody: Decodable {
  var total: Int
  var agents: Int
  var counts: [String: [String: Int]]
  var from: String
  var to: String
  var look: String

  var sentence: String {
    let parts = Category.allCases.compactMap { category -> String? in
      guard let some = counts[category.name] else { return nil }
      let severities = Severity.allCases.reversed().compactMap { severity in
        some[severity.name].map { "\($0) \(severity.name)" }
      }
      return "\(category.name) \(severities.joined(separator: ", "))"
    }
    return "summary: \(total) exposure\(total == 1 ? "" : "s") of \(agents) "
      + "agent\(agents == 1 ? "" : "s") from \(from) to \(to): \(parts.joined(separator: "; "))"
  }
}
