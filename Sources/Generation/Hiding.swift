package import Checks
package import Core

/// One way to hide a secret in a text, and the word of the vocabulary that a finding should give for it.
package struct Hiding: Sendable, CustomStringConvertible {
  package let family: Disguise?
  package let name: String
  /// Whether it takes the secret out of its surroundings, so that only what is known by itself can still be found.
  let isolates: Bool
  let hide: Change

  package var description: String { family.map { "\($0.rawValue): \(name)" } ?? name }

  init(_ family: Disguise?, _ name: String, isolates: Bool = false, _ hide: @escaping Change) {
    self.family = family
    self.name = name
    self.isolates = isolates
    self.hide = hide
  }

  /// The secret as it is, which every other way is compared with.
  package static let plain = Hiding(nil, "plain") { text, _ in text }

  /// Every way, in the order of the table that is printed of them.
  package static let all: [Hiding] = [plain] + markup + escapes + characters + encodings + pieces
}

/// Changes a text and its secret; nil where the text gives no occasion.
typealias Change = @Sendable (Marked, inout SplitMix64) -> Marked?

/// Changes the secret alone.
func alone(_ change: @escaping Change) -> Change {
  { text, random in text.within { change($0, &random) } }
}

/// Changes the secret alone where it is a value by itself rather than a part of a URL, a header or a string.
func asValue(_ change: @escaping Change) -> Change {
  { text, random in text.isValue ? alone(change)(text, &random) : nil }
}

/// One change after the other.
func sequence(_ changes: Change...) -> Change {
  { text, random in
    var text: Marked? = text
    for change in changes { text = text.flatMap { change($0, &random) } }
    return text
  }
}

/// Writes some characters otherwise: those that have another form, each with the chance of one in so many.
func respelled(
  oneIn chance: UInt64 = 1, _ spell: @escaping @Sendable (Unicode.Scalar) -> String?
) -> Change {
  { text, random in
    var changed = false
    let respelled = text.rewritten { scalar, _ in
      guard let other = spell(scalar), random.below(chance) == 0 else { return ("", "\(scalar)") }
      changed = true
      return ("", other)
    }
    return changed ? respelled : nil
  }
}

/// Puts one of some texts between two characters here and there, at least once; the text must be of one line.
func interspersed(_ choices: [String], oneIn chance: UInt64) -> Change {
  { text, random in
    guard text.isOneLine, text.bytes.count >= 8 else { return nil }
    let certain = 1 + Int(random.below(UInt64(text.bytes.count - 1)))
    return text.rewritten { scalar, index in
      guard index > 0, index == certain || random.below(chance) == 0 else {
        return ("", "\(scalar)")
      }
      return (random.pick(choices), "\(scalar)")
    }
  }
}

/// Puts the text between two others.
func framed(_ before: String, _ after: String) -> Change {
  { text, _ in text.between(before, after) }
}

/// Whether a character is one that Markdown, URLs and code may spell otherwise.
func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
  default: false
  }
}

extension SplitMix64 {
  /// One of the choices.
  package mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int(below(UInt64(choices.count)))]
  }

  /// A number of a range.
  package mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(below(UInt64(range.count)))
  }
}
