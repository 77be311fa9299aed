import Core

/// Words that a random body holds too rarely to be a body's by chance: placeholders, references, keyboard rows, masks.
///
/// They are looked up by their first byte while a body is read once. Up to five letters a word must be written in one
/// case (`your`, `Your`, `YOUR`): random bodies of 150 characters hold one of those less than once in 5,000 times.
enum TellingWords {
  /// What the words of a body say against it.
  static func reasons(in body: [UInt8]) -> Set<Reason> {
    var reasons: Set<Reason> = []
    for at in body.indices {
      let first = body[at].folded
      for index in Int(starts[Int(first)])..<Int(starts[Int(first) + 1])
      where stands(words[index], in: body, at: at) {
        reasons.insert(words[index].reason)
      }
    }
    return reasons
  }

  private struct Word {
    var bytes: [UInt8]
    var reason: Reason
    /// What must stand behind the name that an opening brace begins.
    var closing: [UInt8]?

    init(_ text: Substring, _ reason: Reason) {
      bytes = Array(text.utf8)
      self.reason = reason
      closing = ["${": "}", "{{": "}}"][text].map { Array($0.utf8) }
    }
  }

  private static func stands(_ word: Word, in body: [UInt8], at start: Int) -> Bool {
    guard start + word.bytes.count <= body.count else { return false }
    for (offset, byte) in word.bytes.enumerated() where body[start + offset].folded != byte {
      return false
    }
    let end = start + word.bytes.count
    if let closing = word.closing { return isName(in: body[end...], before: closing) }
    return word.bytes.count > 5 || isInOneCase(body[start..<end])
  }

  /// Whether the next is a name, and then what closes it or nothing more.
  private static func isName(in rest: ArraySlice<UInt8>, before closing: [UInt8]) -> Bool {
    let name = rest.prefix { byte in
      byte.folded >= 0x61 && byte.folded <= 0x7A || "0123456789_.:-| ()'\"$".utf8.contains(byte)
    }
    let tail = rest[name.endIndex...]
    return !name.isEmpty && (tail.isEmpty || tail.starts(with: closing))
  }

  // `Your` counts as one, `yOur` does not.
  private static func isInOneCase(_ word: ArraySlice<UInt8>) -> Bool {
    let letters = word.filter { $0.folded >= 0x61 && $0.folded <= 0x7A }
    let tail = letters.dropFirst()
    return tail.allSatisfy { $0 >= 0x61 } || letters.allSatisfy { $0 < 0x61 }
  }

  /// By first byte; `starts` says where the words of a byte begin.
  private static let words: [Word] = lists.flatMap { reason, list in
    list.split(whereSeparator: \.isWhitespace).map { Word($0, reason) }
  }.sorted { $0.bytes[0] < $1.bytes[0] }

  private static let starts: [UInt16] = (0...256).map { byte in
    UInt16(words.firstIndex { Int($0.bytes[0]) >= byte } ?? words.count)
  }

  private static let lists: KeyValuePairs<Reason, String> = [
    .placeholder: """
    example placeholder changeme change_me change-me redacted your dummy sample fake insert replace deadbeef cafebabe
    goes_here goes-here goeshere -here _here notreal not_real not-real testkey test_key test-key testtest mytoken
    my_token my-token mykey my_key my-key mysecret my_secret my-secret apikey api_key api-key secret_key secret-key
    secretkey foobar lorem abc123 hidden removed masked synthetic token_ the_key invalid
    """,
    .sequential: "qwerty asdfgh zxcvbn 567890",
    .reference: "process.env os.environ getenv ${ {{ secrets. env[",
    .masked: "… • █",
  ]
}

extension UInt8 {
  fileprivate var folded: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
