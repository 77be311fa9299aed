import Checks
package import Core
package import Detection

/// An invented post with one hidden secret, and where it must be found.
package struct Case: Sendable, CustomStringConvertible {
  package let rule: String
  package let hiding: Hiding
  package let text: String
  package let secret: String
  /// The tightest stretch that holds every byte of the secret; a second one where padding follows.
  package let spans: [Range<Int>]

  package var description: String { "\(rule), \(hiding)" }

  package var post: Post { Post(id: "case", body: text) }
}

/// Every kind of credential in every disguise, as far as the one gives occasion for the other.
package struct CaseGenerator: Sendable {
  private let detector: Detector
  private let examples: [(rule: Rule, number: Int, template: String)]
  private let seed: UInt64

  /// Takes the examples of the detector's rules for credentials.
  package init(_ detector: Detector, seed: UInt64 = 1) {
    self.detector = detector
    self.seed = seed
    examples = detector.rules.filter { $0.category == .credential }.flatMap { rule in
      rule.examples.enumerated().map { (rule, $0, $1.text) }
    }
  }

  /// Calls the body with every case, or one in so many, spread over kinds and disguises alike.
  package func forEachCase(
    in hidings: [Hiding] = Hiding.all, oneIn share: Int = 1, _ body: (Case) throws -> Void
  ) rethrows {
    let scanner = Scanner(detector, key: nil)
    for row in examples.indices {
      for (column, hiding) in hidings.enumerated() where (row + column).isMultiple(of: share) {
        if let made = make(row, hiding, scanner) { try body(made) }
      }
    }
  }

  private func make(_ row: Int, _ hiding: Hiding, _ scanner: Scanner) -> Case? {
    let (rule, number, template) = examples[row]
    var random = SplitMix64(seed: seed, stream: hash("\(rule.id) \(number) \(hiding)"))
    let plain = filled(template, random.next())
    let secret = String(decoding: plain.secret, as: UTF8.self)
    guard !hiding.isolates || scanner.knows(secret, by: rule) else { return nil }
    guard let hidden = hiding.hide(plain, &random) else { return nil }
    let post = Chatter.around(hidden, &random)
    return Case(
      rule: rule.id, hiding: hiding, text: String(decoding: post.bytes, as: UTF8.self),
      secret: secret, spans: post.spans)
  }
}

extension Scanner {
  /// Whether a secret is found without its surroundings.
  fileprivate func knows(_ secret: String, by rule: Rule) -> Bool {
    findings(in: Post(id: "alone", body: secret)).findings.contains {
      $0.rule == rule.id && $0.confidence >= .medium && $0.span == 0..<secret.utf8.count
    }
  }
}

/// An example with invented values; its first secret is marked.
func filled(_ example: String, _ seed: UInt64) -> Marked {
  var template = Template(seed: seed)
  let (text, secrets) = Template.unmark(template.fill(example).text)
  return Marked(Array(text.utf8), secrets.first ?? 0..<0)
}

/// FNV-1a: names streams of random numbers, guards nothing.
func hash(_ text: String) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
