import Foundation

/// A name as a hasty eye takes it: without case, compatibility forms, accents, separators and look-alike letters.
///
/// Only good for suggestions; identity never rests on it.
struct NameShape {
  private let letters: [Unicode.Scalar]

  init(_ name: String) {
    let folded = name.precomposedStringWithCompatibilityMapping.lowercased()
      .decomposedStringWithCompatibilityMapping
    letters = folded.unicodeScalars.compactMap { scalar in
      if let twin = NameShape.lookAlikes[scalar] { return twin }
      return scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? scalar : nil
    }
  }

  /// 0 for the same shape, 1 where one letter was changed, dropped, added or swapped with its neighbour; else nil.
  func distance(to other: NameShape) -> Int? {
    if letters == other.letters { return letters.isEmpty ? nil : 0 }
    let shorter = min(letters.count, other.letters.count)
    // One letter of a very short name is most of it.
    guard shorter >= 4, max(letters.count, other.letters.count) - shorter <= 1 else { return nil }
    let start = zip(letters, other.letters).prefix { $0 == $1 }.count
    let rest = letters[start...]
    let others = other.letters[start...]
    let isNear =
      rest.dropFirst() == others.dropFirst() || rest.dropFirst() == others
      || rest == others.dropFirst()
      || (rest.prefix(2) == ArraySlice(others.prefix(2).reversed())
        && rest.dropFirst(2) == others.dropFirst(2))
    return isNear ? 1 : nil
  }

  private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "o", "1": "l", "i": "l", "3": "e", "5": "s", "ı": "l", "|": "l", "!": "l", "$": "s",
    "@": "a",
    // Cyrillic
    "а": "a", "в": "b", "е": "e", "ѕ": "s", "і": "l", "ј": "j", "к": "k", "м": "m", "н": "h",
    "о": "o", "р": "p", "с": "c", "т": "t", "у": "y", "х": "x", "ԁ": "d", "ԛ": "q", "ԝ": "w",
    // Greek
    "α": "a", "ε": "e", "ι": "l", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u",
    "χ": "x",
  ]
}
