/// Whether a value says nothing of what it is, as keys and ids do.
///
/// Under the names of keys, posts also hold paths, addresses of pages and of programs, digests, dates, versions, names in
/// parts, what was cut short and what was typed in order; random bodies of 20 characters or more look like one of those
/// less than once in 1,000 times.
func isOpaque(_ value: [UInt8]) -> Bool {
  let value = value[...]
  return !isMarked(value) && !isPath(value) && !isName(value) && !isDotted(value) && !isDate(value)
    && !isTyped(value) && !isCutHex(value) && !isCutUUID(value) && !hasOwnRules(value)
}

/// Whether a value looks like a password that somebody uses, not like one in a manual.
///
/// Of 6 characters or more: a digit with a letter, or letters of both cases with a sign or changing as chance has it, or a
/// sign amidst letters; and no words, but for the last.
func isPassword(_ value: [UInt8], alternates: Bool) -> Bool {
  guard value.count >= 6, value.count <= 200, !isReference(value[...]) else { return false }
  guard !passwordWords.stand(in: value), !isMarked(value[...]), !isPath(value[...]) else {
    return false
  }
  let hasLetter = value.contains(where: \.isLetter)
  let hasDigit = value.contains(where: \.isDigit)
  // At the end it may be a sentence's.
  let hasSign = value.dropLast().contains { !$0.isAlphanumeric && $0 < 0x80 }
  let hasBothCases = value.contains(where: \.isCapital) && value.contains(where: \.isSmall)
  if alternates || hasDigit && hasLetter || hasBothCases && hasSign {
    return !readsLikeWords(value)
  }
  return hasSignAmidstLetters(value)
}

/// `0x…`, `sha256-…`, `md5:…`, the address of a file by its content, an address with a scheme.
private func isMarked(_ value: ArraySlice<UInt8>) -> Bool {
  let head = value.prefix(8).map(\.folded)
  if head.starts(with: "0x".utf8) || head.starts(with: "md5".utf8) && isJoint(value, at: 3) {
    return true
  }
  if head.starts(with: "sha".utf8) {
    let digits = value.dropFirst(3).prefix(while: \.isDigit).count
    if (1...3).contains(digits), isJoint(value, at: 3 + digits) { return true }
  }
  if value.count == 46, value.starts(with: "Qm".utf8), value.allSatisfy(\.isAlphanumeric) {
    return true
  }
  if value.count >= 53, value.starts(with: "baf".utf8) || value.starts(with: "bag".utf8),
    value.allSatisfy({ $0.isSmall || (0x32...0x37).contains($0) })
  {
    return true
  }
  let scheme = value.prefix { $0.isSmall || $0 == UInt8(ascii: "+") }
  return (2...12).contains(scheme.count)
    && value.dropFirst(scheme.count).starts(with: "://".utf8)
}

private func isJoint(_ value: ArraySlice<UInt8>, at place: Int) -> Bool {
  let byte = value.dropFirst(place).first
  return byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
}

/// `./…`, `../…`, `~/…`, `/usr…`.
private func isPath(_ value: ArraySlice<UInt8>) -> Bool {
  let rest = value.drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "~") }
  guard rest.first == UInt8(ascii: "/") else { return false }
  return rest.startIndex > value.startIndex
    || rest.count > 2 && rest.dropFirst().prefix(2).allSatisfy(\.isSmall)
}

/// Words, numbers, versions and scraps in a row: `claude-opus-4-5-20251101`, `BTC-USDT-SWAP-2026Q1`.
private func isName(_ value: ArraySlice<UInt8>) -> Bool {
  let parts = value.split(omittingEmptySubsequences: false) { "-_.:/".utf8.contains($0) }
  return parts.count > 1 && parts.allSatisfy(isPlain)
}

private func isPlain(_ part: ArraySlice<UInt8>) -> Bool {
  if part.count <= 4 { return part.allSatisfy(\.isAlphanumeric) }
  guard part.count <= 16 else { return false }
  let letters = part.prefix(while: \.isLetter).count
  if letters == part.count { return true }
  let digits = part.dropFirst(letters)
  if digits.allSatisfy(\.isDigit) { return letters == 0 ? digits.count <= 8 : digits.count <= 4 }
  // A quarter or a half of a year.
  return part.count == 6 && part.prefix(4).allSatisfy(\.isDigit)
    && "QH".utf8.contains(part[part.startIndex + 4])
}

/// `settings.api_key_2`, `appConfig.token`.
private func isDotted(_ value: ArraySlice<UInt8>) -> Bool {
  guard let dot = value.firstIndex(of: UInt8(ascii: ".")) else { return false }
  let first = value[..<dot]
  let isVariable =
    first.allSatisfy { $0.isSmall || $0 == 0x5F } && first.count <= 20
    || first.allSatisfy(\.isLetter) && first.first?.isSmall == true && readsAsCamelCase(first)
  return isVariable && !first.isEmpty
    && value[(dot + 1)...].prefix(2).allSatisfy { $0.isSmall || $0 == 0x5F }
}

private func readsAsCamelCase(_ word: ArraySlice<UInt8>) -> Bool {
  zip(word, word.dropFirst()).allSatisfy { !$0.isCapital || !$1.isCapital }
}

/// `2026-02-14…`, `1.22.0…`.
private func isDate(_ value: ArraySlice<UInt8>) -> Bool {
  let parts = value.prefix(12).split(omittingEmptySubsequences: false) { "-.".utf8.contains($0) }
  return parts.count > 2 && (1...4).contains(parts[0].count) && (1...2).contains(parts[1].count)
    && parts.prefix(2).allSatisfy { $0.allSatisfy(\.isDigit) }
}

/// Letters in the order of the alphabet, whatever stands between them: `aB1cD2eF`, `a1b2c3`.
private func isTyped(_ value: ArraySlice<UInt8>) -> Bool {
  var last: UInt8 = 0
  var lastDigit: UInt8 = 0
  var gap = 0
  var row = 1
  var pairs = 0
  for byte in value {
    if byte.isDigit {
      pairs = gap == 0 && last != 0 && (pairs == 0 || byte == lastDigit + 1) ? pairs + 1 : 0
      lastDigit = byte
      if pairs >= 3 { return true }
    }
    guard byte.isLetter else {
      gap += 1
      continue
    }
    let letter = byte.folded
    let isNext = letter == last + 1 && gap <= 3
    row = isNext ? row + 1 : 1
    if !isNext || gap != 1 { pairs = 0 }
    if row >= 6 { return true }
    (last, gap) = (letter, 0)
  }
  return false
}

/// An odd number of small hex digits, behind a prefix or none: digests and keys are of whole bytes.
private func isCutHex(_ value: ArraySlice<UInt8>) -> Bool {
  let prefix = value.prefix(while: \.isSmall).count
  let rest = value.dropFirst(prefix)
  let isPrefixed = (1...12).contains(prefix) && (rest.first == 0x5F || rest.first == 0x2D)
  let digits = isPrefixed ? rest.dropFirst() : value
  return digits.count >= 7 && digits.count % 2 == 1 && digits.allSatisfy(\.isSmallHex)
}

/// The beginning of an UUID without its end, or with more behind it.
private func isCutUUID(_ value: ArraySlice<UInt8>) -> Bool {
  let groups = value.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "-") }
  guard groups.count > 2, let first = groups.first else { return false }
  let head = first.suffix(8)
  guard head.count == 8, head.allSatisfy(\.isHex), groups[1].count == 4,
    groups[1].allSatisfy(\.isHex)
  else { return false }
  return groups.count != 5 || groups[2].count != 4 || groups[3].count != 4 || groups[4].count != 12
    || !groups[2...].joined().allSatisfy(\.isHex)
}

/// A signed JSON Web Token, what begins as OpenAI's keys and their like do, a bot's number and its token: there are rules
/// for those, and what they pass over is none.
private func hasOwnRules(_ value: ArraySlice<UInt8>) -> Bool {
  if value.starts(with: "sk-".utf8) { return true }
  let number = value.prefix(while: \.isDigit)
  if number.count >= 3, value.dropFirst(number.count).first == UInt8(ascii: ":") { return true }
  let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return parts.count >= 3 && parts[0].starts(with: "eyJ".utf8) && parts[1].starts(with: "eyJ".utf8)
    && parts[2].count >= 16
}

/// `$name…`, also of a hash (`$2b$…`), `{{ name }}`, `%NAME%`, `<…>`, `[…]`, `name.of.it`, `call(…)`.
private func isReference(_ value: ArraySlice<UInt8>) -> Bool {
  guard let first = value.first, let last = value.last else { return true }
  switch first {
  case UInt8(ascii: "$"): return value.dropFirst().first?.isAlphanumeric ?? true
  case UInt8(ascii: "<"): return last == UInt8(ascii: ">")
  case UInt8(ascii: "["): return last == UInt8(ascii: "]")
  case UInt8(ascii: "%"): return last == UInt8(ascii: "%") || value.count < 8
  case UInt8(ascii: "("), UInt8(ascii: "-"), UInt8(ascii: "*"): return true
  default: break
  }
  if last == UInt8(ascii: ")"), value.contains(UInt8(ascii: "(")) { return true }
  return isDotted(value)
}

/// `super$ecret`.
private func hasSignAmidstLetters(_ value: [UInt8]) -> Bool {
  let signs = value.indices.filter { "!$%^&*@#{}[]()<>?~|;".utf8.contains(value[$0]) }
  return signs.contains { place in
    place >= 2 && place + 3 < value.count && value[place - 1].isLetter
      && value[place - 2].isLetter && value[place + 1].isLetter && value[place + 2].isLetter
  }
}

/// What passwords in manuals, messages and settings hold, also with signs for letters (`p@ssw0rd`).
private let passwordWords = WordList(
  plain: """
    pass pwd secret admin qwer asdf zxcv hello iloveyou test user demo example change default guest welcome letmein hunter
    abc123 1234 foobar your my_ dummy sample placeholder invalid wrong null undefined base64 sha1 sha2 sha-2 sha5 argon2
    bcrypt pbkdf scrypt md5 utf8 utf-8 aes128 aes256 aes-128 aes-256 xxxx *** ... root
    """,
  disguised: "passw secure strong admin welcome")

/// Words looked for in small letters, some of them also with signs in the place of letters.
private struct WordList {
  private let plain: [[UInt8]]
  private let disguised: [[UInt8]]

  init(plain: String, disguised: String) {
    self.plain = plain.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
    self.disguised = disguised.split(separator: " ").map { Array($0.utf8) }
  }

  func stand(in value: [UInt8]) -> Bool {
    let folded = value.map(\.folded)
    if plain.contains(where: { folded.place(of: $0) != nil }) { return true }
    let read = folded.map(letter)
    return disguised.contains { word in
      guard let place = read.place(of: word) else { return false }
      // `pa5sW0rD` is no word that somebody wrote.
      let letters = value[place].filter(\.isLetter)
      return letters.dropFirst().allSatisfy(\.isSmall) || letters.allSatisfy(\.isCapital)
    }
  }

  private func letter(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "@"), UInt8(ascii: "4"): UInt8(ascii: "a")
    case UInt8(ascii: "$"), UInt8(ascii: "5"): UInt8(ascii: "s")
    case UInt8(ascii: "0"): UInt8(ascii: "o")
    case UInt8(ascii: "1"): UInt8(ascii: "i")
    case UInt8(ascii: "3"): UInt8(ascii: "e")
    default: byte
    }
  }
}

extension [UInt8] {
  /// As `firstRange(of:)` gives it, which is a hundred times slower.
  fileprivate func place(of word: [UInt8]) -> Range<Int>? {
    guard let first = word.first, word.count <= count else { return nil }
    let start = (0...count - word.count).first {
      self[$0] == first && self[$0..<$0 + word.count].elementsEqual(word)
    }
    return start.map { $0..<$0 + word.count }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  fileprivate var isCapital: Bool { self >= 0x41 && self <= 0x5A }
  fileprivate var isSmall: Bool { self >= 0x61 && self <= 0x7A }
  fileprivate var isLetter: Bool { isCapital || isSmall }
  fileprivate var isAlphanumeric: Bool { isLetter || isDigit }
  fileprivate var isSmallHex: Bool { isDigit || self >= 0x61 && self <= 0x66 }
  fileprivate var isHex: Bool { isSmallHex || self >= 0x41 && self <= 0x46 }
  fileprivate var folded: UInt8 { isCapital ? self | 0x20 : self }
}
