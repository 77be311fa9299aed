package import Core

/// Sebastiano Vigna's SplitMix64: for invented values that must be the same on every machine; no
/// source of keys.
package struct SplitMix64: Sendable {
  private var state: UInt64

  /// Streams of one seed are independent of each other.
  package init(seed: UInt64, stream: UInt64) {
    state = seed
    state = next() ^ stream
    state = next()
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// A number under the bound.
  package mutating func below(_ bound: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: bound).high
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
  }

  /// Characters without runs and sequences; from 8 on with a digit, a capital and a small letter
  /// each where the set has them. In base64 the last one leaves no spare bit set, as encoders do.
  mutating func characters(_ charset: Charset, _ length: Int) -> [UInt8] {
    let alphabet = charset.alphabet
    let lastOnes = charset.lastOnes(length)
    let wanted = length < 8 ? [] : CharacterClass.all(in: alphabet)
    return looking { random in
      var text: [UInt8] = []
      while text.count < length {
        let choices = text.count == length - 1 ? lastOnes : alphabet
        let next = choices[Int(random.below(UInt64(choices.count)))]
        if !goesOn(text.suffix(3), next) { text.append(next) }
      }
      return text
    } until: {
      wanted.isSubset(of: CharacterClass.all(in: $0))
    }
  }

  /// Draws until the text has neither runs nor sequences in it.
  mutating func patternless(_ make: (inout SplitMix64) -> [UInt8]) -> [UInt8] {
    looking(make) { text in
      text.indices.allSatisfy { !goesOn(text[max(0, $0 - 3)..<$0], text[$0]) }
    }
  }

  private mutating func looking(
    _ make: (inout SplitMix64) -> [UInt8], until holds: ([UInt8]) -> Bool
  ) -> [UInt8] {
    while true {
      let text = make(&self)
      if holds(text) { return text }
    }
  }
}

// Whether a character would make `aaa`, `abab` or, with three before it, `abcd` or `dcba`.
private func goesOn(_ before: ArraySlice<UInt8>, _ next: UInt8) -> Bool {
  let last = Array(before.map(\.asciiLowercased))
  let next = next.asciiLowercased
  guard last.count >= 2 else { return false }
  if last.suffix(2) == [next, next] { return true }
  guard last.count == 3 else { return false }
  if last[0] == last[2], last[1] == next { return true }
  return [1, -1].contains { step in
    zip(last, last.dropFirst() + [next]).allSatisfy { Int($1) - Int($0) == step }
  }
}

/// What a random text is expected to have of each.
private enum CharacterClass {
  case digit, upper, lower

  static func all(in text: [UInt8]) -> Set<CharacterClass> {
    Set(
      text.compactMap { character in
        switch character {
        case 0x30...0x39: .digit
        case 0x41...0x5A: .upper
        case 0x61...0x7A: .lower
        default: nil
        }
      })
  }
}

extension Charset {
  /// The characters of the set, as bytes.
  package var alphabet: [UInt8] {
    let digits = Array("0123456789".utf8)
    let lower = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    let upper = lower.map { $0 & 0xDF }
    return switch self {
    case .base62: Base62.alphabet
    case .base64: Base64.standard
    case .base64url: Base64.url
    case .base58: Base58.alphabet
    case .base32: Base32.alphabet
    case .hex, .lowerhex: digits + lower.prefix(6)
    case .upperhex: digits + upper.prefix(6)
    case .alnum: lower + digits
    case .upperalnum: upper + digits
    case .digits: digits
    case .lower: lower
    case .upper: upper
    case .letters: lower + upper
    case .bech32: Bech32.alphabet
    }
  }

  fileprivate func lastOnes(_ length: Int) -> [UInt8] {
    let step = [0: 1, 2: 16, 3: 4][length % 4] ?? 1
    guard self == .base64 || self == .base64url else { return alphabet }
    return stride(from: 0, to: 64, by: step).map { alphabet[$0] }
  }
}
