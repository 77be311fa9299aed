import Checks
import Core
import Foundation
import TestSupport
import Testing

@testable import Detection

/// True keys are random: no filter may take them for words, sequences or masks, whatever rule they are of.
@Suite struct RandomBodyTests {
  // 60,000 bodies of every form, drawn outside the tests, gave 0.04 % at most for any rule; here each form is drawn
  // often enough to see one that loses more than one key in a hundred.
  @Test func `random bodies of every rule pass the filters`() throws {
    var numbers = Numbers(state: 7)
    var drawn = 0
    var lost: [String: Int] = [:]
    for rule in try RuleSet(folder: packageRoot.appending(path: "patterns").path).rules
    where rule.category == .credential && rule.canonical != .armour && rule.canonical != .words {
      for form in rule.examples.compactMap({ Form($0.text) }).prefix(2) {
        for _ in 0..<60 {
          let secret = form.draw(&numbers)
          let shape = SecretShape(secret.dropFirst(prefixLength(of: rule, secret)))
          drawn += 1
          if !shape.objections.isEmpty || shape.lacks(rule.evidence) != nil {
            lost[rule.id, default: 0] += 1
          }
        }
      }
    }
    #expect(drawn > 20_000)
    #expect(lost.values.reduce(0, +) * 2_000 < drawn * 2, "\(lost) of \(drawn)")
    // Of digits alone, and of short passwords, more are drawn that look chosen.
    #expect(lost.values.allSatisfy { $0 <= 6 }, "\(lost)")
  }
}

/// What an example's marked secret is made of, without the care that templates take to avoid patterns.
private struct Form {
  private var pieces: [(literal: [UInt8], alphabet: [UInt8], count: Int)] = []

  /// Nil where a secret is computed rather than drawn.
  init?(_ example: String) {
    guard let open = example.firstIndex(of: "«"), let close = example.firstIndex(of: "»") else {
      return nil
    }
    for part in example[example.index(after: open)..<close].split(separator: "{") {
      let sides = part.split(separator: "}", omittingEmptySubsequences: false)
      guard sides.count == 2 else {
        pieces.append((Array(part.utf8), [], 0))
        continue
      }
      let words = sides[0].prefix { $0 != "#" }.split(separator: ":")
      guard words.count == 2, let charset = Charset(name: String(words[0])),
        let count = Int(words[1])
      else { return nil }
      pieces.append(([], charset.alphabet, count))
      pieces.append((Array(sides[1].utf8), [], 0))
    }
  }

  func draw(_ numbers: inout Numbers) -> [UInt8] {
    pieces.flatMap { piece in
      piece.literal
        + (0..<piece.count).map { _ in piece.alphabet[numbers.below(piece.alphabet.count)] }
    }
  }
}

/// A fixed sequence of numbers.
private struct Numbers {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
