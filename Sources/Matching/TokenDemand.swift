/// What every match of an expression holds: an unbroken run, and how far behind the match's start.
///
/// It is read off the expression's source, so that a pattern needs to be tried only near such a run. An expression with
/// syntax that is not understood demands nothing: it is tried wherever its trigger stands.
package struct TokenDemand: Equatable, Sendable {
  /// Bytes of the run, at least.
  package var run: Int
  /// Bytes from the match's start to the run's, at most.
  package var reach: Int

  /// Nil where a match need hold no run of the kind of so many bytes, or not within a bounded distance of its start.
  package init?(_ source: String, of kind: RunKind, atLeast shortest: Int = RunKind.shortest) {
    var parser = ShapeParser(source, kind, shortest)
    guard let shape = parser.expression(), shape.run >= shortest,
      shape.runStart < Shape.endless
    else { return nil }
    run = shape.run
    self.reach = shape.runStart
  }
}

/// Whether no match of an expression begins in the midst of a word, as far as its source tells: right behind an ASCII
/// letter or digit, unless a capital begins behind a small letter.
package func beginsWords(_ source: String) -> Bool {
  var parser = ShapeParser(source, .token, RunKind.shortest)
  return parser.expression() != nil && parser.beginsWord
}

/// What is common to all texts that a part of an expression matches, in bytes.
private struct Shape {
  var min = 0
  var max = 0
  /// Whether every text is of the run's bytes only.
  var isToken = true
  /// Bytes of the run that every text begins with, ends with, and holds somewhere in one run.
  var prefix = 0
  var suffix = 0
  var run = 0
  /// Where the run, and the last one, begin at the latest.
  var runStart = 0
  var suffixStart = 0

  static let empty = Shape()
  static let endless = 1 << 30

  /// One byte, or one character of up to four.
  static func character(isToken: Bool, upTo bytes: Int = 1) -> Shape {
    let count = isToken ? 1 : 0
    return Shape(
      min: 1, max: bytes, isToken: isToken, prefix: count, suffix: count, run: count,
      suffixStart: isToken ? 0 : bytes)
  }

  func then(_ next: Shape, _ shortest: Int) -> Shape {
    let runs = [
      (run, runStart), (suffix + next.prefix, suffixStart),
      (next.run, max + next.runStart),
    ]
    // Of those that are long enough the first, as long as it is; else the longest.
    let best =
      runs.filter { $0.0 >= shortest }.min { ($0.1, -$0.0) < ($1.1, -$1.0) }
      ?? runs.max { $0.0 < $1.0 } ?? (0, 0)
    return Shape(
      min: min + next.min, max: Swift.min(max + next.max, Shape.endless),
      isToken: isToken && next.isToken, prefix: isToken ? min + next.prefix : prefix,
      suffix: next.isToken ? suffix + next.min : next.suffix, run: best.0,
      runStart: Swift.min(best.1, Shape.endless),
      suffixStart: Swift.min(next.isToken ? suffixStart : max + next.suffixStart, Shape.endless))
  }

  func or(_ other: Shape) -> Shape {
    Shape(
      min: Swift.min(min, other.min), max: Swift.max(max, other.max),
      isToken: isToken && other.isToken, prefix: Swift.min(prefix, other.prefix),
      suffix: Swift.min(suffix, other.suffix), run: Swift.min(run, other.run),
      runStart: Swift.max(runStart, other.runStart),
      suffixStart: Swift.max(suffixStart, other.suffixStart))
  }

  func times(_ least: Int, _ most: Int?) -> Shape {
    let longest = most.map { $0 > 0 && max > Shape.endless / $0 ? Shape.endless : $0 * max }
    var all = Shape(min: least * min, max: longest ?? (max == 0 ? 0 : Shape.endless))
    all.isToken = isToken
    all.suffixStart = isToken ? 0 : Swift.min(all.max - max + suffixStart, Shape.endless)
    guard least > 0 else { return all }
    if isToken {
      (all.prefix, all.suffix, all.run) = (all.min, all.min, all.min)
    } else {
      (all.prefix, all.suffix, all.run, all.runStart) = (prefix, suffix, run, runStart)
    }
    return all
  }
}

/// Reads as much of PCRE2's syntax as rules use; nil for the rest.
private struct ShapeParser {
  private let source: [UInt8]
  private let kind: RunKind
  private let shortest: Int
  private var at = 0
  /// Whether white space and comments mean nothing.
  private var isExtended = false
  /// Whether all of the expression follows a look-behind that nothing within a word passes.
  private(set) var beginsWord = false

  init(_ source: String, _ kind: RunKind, _ shortest: Int) {
    self.source = Array(source.utf8)
    self.kind = kind
    self.shortest = shortest
  }

  mutating func expression() -> Shape? {
    isExtended = skip("(?x)") || skip("(?ix)") || skip("(?xi)")
    // Letters of either case are of the run alike.
    if !isExtended { _ = skip("(?i)") }
    skipSpace()
    let isGuarded = ["(?<![A-Za-z0-9", "(?<![A-Z0-9])(?<![a-z](?=[a-z]))"].contains {
      source[at...].starts(with: $0.utf8)
    }
    guard let first = sequence() else { return nil }
    if at == source.count {
      beginsWord = isGuarded
      return first
    }
    guard skip("|"), let others = alternatives(), at == source.count else { return nil }
    return first.or(others)
  }

  private var byte: UInt8? { at < source.count ? source[at] : nil }

  private mutating func skip(_ text: StaticString) -> Bool {
    guard at < source.count,
      text.withUTF8Buffer({ unsafe source[at...].starts(with: $0) })
    else { return false }
    at += text.utf8CodeUnitCount
    return true
  }

  private mutating func alternatives() -> Shape? {
    guard var all = sequence() else { return nil }
    while skip("|") {
      guard let next = sequence() else { return nil }
      all = all.or(next)
    }
    return all
  }

  private mutating func sequence() -> Shape? {
    var all = Shape.empty
    skipSpace()
    while let byte, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      guard let atom = atom(), let repeated = repeated(atom) else { return nil }
      all = all.then(repeated, shortest)
      skipSpace()
    }
    return all
  }

  private mutating func skipSpace() {
    guard isExtended else { return }
    var isComment = false
    while let byte, isComment || byte <= 0x20 || byte == UInt8(ascii: "#") {
      if byte == UInt8(ascii: "#") { isComment = true }
      if byte == 0x0A { isComment = false }
      at += 1
    }
  }

  private mutating func atom() -> Shape? {
    guard let first = byte else { return nil }
    switch first {
    case UInt8(ascii: "("): return group()
    case UInt8(ascii: "["): return set()
    case UInt8(ascii: "\\"): return escape()
    case UInt8(ascii: "^"), UInt8(ascii: "$"):
      at += 1
      return .empty
    case UInt8(ascii: "."):
      at += 1
      return .character(isToken: false)
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): return nil
    default:
      at += 1
      return .character(isToken: kind.contains(first))
    }
  }

  private mutating func group() -> Shape? {
    for opening: StaticString in ["(?=", "(?!", "(?<=", "(?<!"] where skip(opening) {
      return alternatives() != nil && skip(")") ? .empty : nil
    }
    // Letters of either case are token bytes alike.
    if skip("(?i)") { return .empty }
    if skip("(?<") || skip("(?P<") {
      while let byte, byte != UInt8(ascii: ">") { at += 1 }
      at += 1
    } else if !skip("(?:") && !skip("(?i:") && !skip("(?-i:") && !skip("(?>") && !skip("(?|") {
      guard !skip("(?"), !skip("(*"), skip("(") else { return nil }
    }
    guard let inner = alternatives(), skip(")") else { return nil }
    return inner
  }

  private mutating func escape() -> Shape? {
    at += 1
    guard let letter = byte else { return nil }
    at += 1
    switch letter {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"):
      return .empty
    case UInt8(ascii: "w"), UInt8(ascii: "d"): return .character(isToken: true)
    case UInt8(ascii: "s"), UInt8(ascii: "S"), UInt8(ascii: "n"), UInt8(ascii: "r"),
      UInt8(ascii: "t"), UInt8(ascii: "W"), UInt8(ascii: "D"):
      return .character(isToken: false)
    case UInt8(ascii: "x"): return hexadecimal().map { .character(isToken: kind.contains($0)) }
    default:
      // Other letters and digits mean more than themselves.
      let isWord = letter >= 0x80 || letter != 0x5F && isWordByte(letter)
      return isWord ? nil : .character(isToken: kind.contains(letter))
    }
  }

  private mutating func hexadecimal() -> UInt8? {
    guard at + 2 <= source.count,
      let value = UInt8(String(decoding: source[at..<at + 2], as: UTF8.self), radix: 16)
    else { return nil }
    at += 2
    return value
  }

  private mutating func set() -> Shape? {
    at += 1
    let isInverse = skip("^")
    var isToken = !isInverse
    var isFirst = true
    while let first = byte, isFirst || first != UInt8(ascii: "]") {
      isFirst = false
      guard let members = member() else { return nil }
      if !members { isToken = false }
    }
    return skip("]") ? .character(isToken: isToken) : nil
  }

  /// Steps over a member of a set or a range; whether it is of token bytes only.
  private mutating func member() -> Bool? {
    guard !skip("[:"), let first = endpoint() else { return nil }
    guard let low = first.byte, byte == UInt8(ascii: "-"), at + 1 < source.count,
      source[at + 1] != UInt8(ascii: "]")
    else { return first.isToken }
    at += 1
    guard let high = endpoint()?.byte, low <= high else { return nil }
    return (low...high).allSatisfy(kind.contains)
  }

  private mutating func endpoint() -> (byte: UInt8?, isToken: Bool)? {
    guard let first = byte else { return nil }
    at += 1
    guard first == UInt8(ascii: "\\") else { return (first, kind.contains(first)) }
    guard let letter = byte else { return nil }
    at += 1
    switch letter {
    case UInt8(ascii: "w"), UInt8(ascii: "d"): return (nil, true)
    case UInt8(ascii: "x"): return hexadecimal().map { ($0, kind.contains($0)) }
    case _ where isWordByte(letter): return (nil, false)
    default: return (letter, kind.contains(letter))
    }
  }

  private mutating func repeated(_ atom: Shape) -> Shape? {
    var least = 1
    var most: Int? = 1
    skipSpace()
    switch byte {
    case UInt8(ascii: "?"): (least, most) = (0, 1)
    case UInt8(ascii: "*"): (least, most) = (0, nil)
    case UInt8(ascii: "+"): (least, most) = (1, nil)
    case UInt8(ascii: "{"):
      guard let end = source[at...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
      let parts = String(decoding: source[at + 1..<end], as: UTF8.self)
        .split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count <= 2, let low = Int(parts[0]) else { return nil }
      least = low
      most = parts.count == 1 ? low : parts[1].isEmpty ? nil : Int(parts[1])
      at = end
    default: return atom
    }
    at += 1
    skipSpace()
    if !skip("?") { _ = skip("+") }
    return atom.times(least, most)
  }
}

private func isWordByte(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
}
