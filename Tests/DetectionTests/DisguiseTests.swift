import Core
import Foundation
import Identity
import TestSupport
import Testing

@testable import Detection

// One for all cases: compiling the rules costs more than trying them.
private let detector: Result<Detector, any Error> = Result {
  try Detector(RuleSet(folder: packageRoot.appending(path: "patterns").path))
}

/// Every kind of secret in every disguise.
@Suite struct DisguiseTests {
  private let scanner: Detection.Scanner
  private let trials: [RuleTrial]

  init() throws {
    let detector = try detector.get()
    scanner = Scanner(detector, key: nil)
    trials = RuleTrial.all(of: detector.rules).filter {
      $0.number == 0 && !$0.isNegative && $0.rule.category == .credential
    }
  }

  @Test(arguments: Hiding.all)
  func `nearly every hidden secret is found, exactly and at its place`(hiding: Hiding) {
    var tried = 0
    var missed: [String] = []
    // Every rule in a quarter of the disguises; `make recall` tries all.
    let offset = Hiding.all.firstIndex { $0.description == hiding.description } ?? 0
    for (index, trial) in trials.enumerated() where (index + offset).isMultiple(of: 4) {
      guard let hidden = Hidden(trial, hiding) else { continue }
      tried += 1
      let post = Post(id: "1", body: String(decoding: hidden.text, as: UTF8.self))
      let found = scanner.findings(in: post).findings.contains { finding in
        hidden.place.lowerBound <= finding.span.lowerBound
          && finding.span.upperBound <= hidden.place.upperBound
          && (scanner.reveal(finding, in: post) == hidden.secret
            // Armour may be spelled in more than one way.
            || finding.disguise.isEmpty && trial.rule.canonical == .armour)
      }
      if !found { missed.append(trial.rule.id) }
    }
    let most = ProcessInfo.processInfo.environment["SHOW_MISSED"] == nil ? 12 : 1_000
    // Of parts that nothing begins, and of short ones, some are no more than words.
    let share = hiding.disguise == .joined ? 6 : 4
    #expect(
      missed.count * 100 <= tried * share,
      "\(missed.count) of \(tried) missed: \(missed.prefix(most).joined(separator: " "))")
  }

  @Test(arguments: Hiding.all)
  func `masked text scanned again yields nothing`(hiding: Hiding) {
    for (index, trial) in trials.enumerated() where index.isMultiple(of: 11) {
      guard let hidden = Hidden(trial, hiding) else { continue }
      let text = String(decoding: hidden.text, as: UTF8.self)
      let shown = scanner.shown(text, upTo: 100_000).string
      let left = scanner.findings(in: Post(id: "1", body: shown)).findings.filter {
        $0.category == .credential && $0.confidence >= .medium
      }
      #expect(left.isEmpty, "\(trial.rule.id): \(left.map(\.rule)) in \(shown)\nof \(text)")
      #expect(!shown.contains(hidden.secret), "\(trial.rule.id)")
    }
  }
}

/// A rule's example with its secret hidden, and where.
private struct Hidden {
  let text: [UInt8]
  let place: Range<Int>
  let secret: String

  init?(_ trial: RuleTrial, _ hiding: Hiding) {
    let bytes = Array(trial.text.utf8)
    guard var span = trial.secrets.first else { return nil }
    secret = String(decoding: bytes[span], as: UTF8.self)
    if hiding.isOfValue {
      let before = bytes[..<span.lowerBound].last ?? 0x20
      let after = bytes[span.upperBound...].first ?? 0x20
      guard " \n=".utf8.contains(before), " \n,".utf8.contains(after) else { return nil }
    }
    guard let hidden = hiding.hide(hiding.isOfWhole ? bytes : Array(bytes[span])) else {
      return nil
    }
    if hiding.isOfWhole {
      text = hidden
      place = 0..<hidden.count
      return
    }
    let quotes = Array("\"'`".utf8)
    // Literals bring their own quotes.
    if hidden.first == quotes[0], span.lowerBound > 0, span.upperBound < bytes.count,
      quotes.contains(bytes[span.lowerBound - 1]), quotes.contains(bytes[span.upperBound])
    {
      span = span.lowerBound - 1..<span.upperBound + 1
    }
    text = bytes[..<span.lowerBound] + hidden + bytes[span.upperBound...]
    place = span.lowerBound..<span.lowerBound + hidden.count
  }
}
