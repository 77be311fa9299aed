import Core

/// What the bytes of a candidate say for and against its being a secret; pure, and shared by all rules.
///
/// Every sign is rare in random characters: the tests draw bodies of every rule and count how many are held back.
struct SecretShape {
  private let body: [UInt8]
  private let tally: Tally

  /// Takes the candidate without the prefix that all of its kind share; of long ones the beginning tells enough.
  init(_ body: some Sequence<UInt8>) {
    self.body = Array(body.prefix(512))
    tally = Tally(self.body)
  }

  /// Every reason to hold the candidate back.
  var objections: [Reason] {
    let words = TellingWords.reasons(in: body)
    let signs: [(Reason, Bool)] = [
      (.masked, tally.isBlotted || words.contains(.masked)),
      (.placeholder, words.contains(.placeholder)),
      (.repeated, isRepetitive),
      (.sequential, tally.isSequential || words.contains(.sequential)),
      (.reference, isBracketed || words.contains(.reference)),
    ]
    return signs.filter(\.1).map(\.0)
  }

  /// What is missing of the evidence that a rule asks for; nil where all is there.
  func lacks(_ evidence: [Evidence]) -> Reason? {
    guard !evidence.allSatisfy(shows) else { return nil }
    return readsLikeWords(body) ? .identifier : .lowEntropy
  }

  /// Whether what the rule asks of its secrets is there.
  ///
  /// One random body in 35 of 20 characters has no digit, so that a class may be missing where the others alternate as
  /// they do by chance.
  func shows(_ evidence: Evidence) -> Bool {
    switch evidence {
    case .digit: tally.digits > 0 || alternates
    case .mixed: tally.classes >= 2 || looksRandom
    case .varied: tally.classes >= 3 || alternates
    case .random: looksRandom
    case .opaque: tally.hasLetter && (tally.digits > 0 || alternates) && isOpaque(body)
    case .password: isPassword(body, alternates: alternates)
    }
  }

  /// Capitals and small letters change places as often as chance has it.
  private var alternates: Bool {
    tally.hasBothCases && tally.changes * 4 >= body.count && !readsLikeWords(body)
  }

  /// Characters that differ and change class as chance has it, and letters that make no words.
  private var looksRandom: Bool {
    let count = body.count
    guard count >= 8, !readsLikeWords(body) else { return false }
    // Of n random characters out of k about k·(1 − e^(−n/k)) differ; words and names repeat theirs far more.
    guard tally.distinct * 100 >= min(800, count * 38) else { return false }
    guard tally.classes >= 2 else { return count >= 16 }
    return (tally.digits > 0 || alternates) && tally.changes * 100 >= (count - 1) * 6
  }

  /// One block over and over, one character many times in a row, or hardly any different ones.
  private var isRepetitive: Bool {
    guard body.count >= 6 else { return tally.distinct <= 1 }
    if tally.isRepeated { return true }
    if body.count >= 16, tally.distinct <= (tally.digits == body.count ? 3 : 5) { return true }
    return (1...min(12, body.count / 3)).contains { period in
      (period..<body.count).allSatisfy { body[$0] == body[$0 - period] }
    }
  }

  /// A place where a value is to be put: `$NAME`, `${…}`, `{{…}}`, `<…>`, `[…]`, `%NAME%`.
  private var isBracketed: Bool {
    guard let first = body.first, let last = body.last else { return false }
    if first == UInt8(ascii: "$") {
      return body.count < 2 || "{(".utf8.contains(body[1])
        || body.count <= 40
          && body.dropFirst().allSatisfy { $0.kind < 3 || $0 == UInt8(ascii: "_") }
    }
    return brackets.contains { $0.0 == first && $0.1 == last }
  }
}

private let brackets: [(UInt8, UInt8)] = [
  (UInt8(ascii: "<"), UInt8(ascii: ">")), (UInt8(ascii: "{"), UInt8(ascii: "}")),
  (UInt8(ascii: "["), UInt8(ascii: "]")), (UInt8(ascii: "%"), UInt8(ascii: "%")),
]

/// What one pass over a body counts.
private struct Tally {
  var digits = 0
  var classes = 0
  var hasLetter = false
  var hasBothCases = false
  /// Neighbours of different classes.
  var changes = 0
  /// Different characters.
  var distinct = 0
  /// Whether one character stands six times in a row; a digit seven times, since digits are but ten. Zeros are `A` in
  /// base64, so that many keys hold a row of it: only one of a third of the body counts.
  var isRepeated = false
  /// Whether as many characters count up or down, in either case, and a third of the body does so in rows.
  var isSequential = false
  /// Whether some part is blotted out: `****`, `xxxx`, `...`, `####`.
  var isBlotted = false

  init(_ body: [UInt8]) {
    var counts = [Int](repeating: 0, count: 4)
    var seen: (UInt64, UInt64) = (0, 0)
    var run = 0
    var up = 0
    var down = 0
    var inRows = 0
    var hasRow = false
    var zeros = 0
    var last: UInt8 = 0
    for byte in body {
      let kind = byte.kind
      counts[kind] += 1
      if byte < 64 { seen.0 |= 1 << UInt64(byte) } else { seen.1 |= 1 << UInt64(byte & 63) }
      let (now, before) = (byte.folded, last.folded)
      run = byte == last ? run + 1 : 1
      up = now == before &+ 1 ? up + 1 : 1
      down = before == now &+ 1 ? down + 1 : 1
      if last != 0, kind != last.kind { changes += 1 }
      let many = kind == 0 ? 7 : 6
      if byte == UInt8(ascii: "A") {
        zeros = max(zeros, run)
      } else if run >= many {
        isRepeated = true
      }
      if max(up, down) >= many { hasRow = true }
      if max(up, down) >= 4 { inRows += max(up, down) == 4 ? 4 : 1 }
      if let least = leastBlot(byte), run >= least { isBlotted = true }
      last = byte
    }
    isRepeated = isRepeated || zeros >= 6 && zeros * 3 >= body.count
    isSequential = hasRow && inRows * 3 >= body.count
    digits = counts[0]
    classes = counts.prefix(3).count { $0 > 0 }
    hasLetter = counts[1] + counts[2] > 0
    hasBothCases = counts[1] > 0 && counts[2] > 0
    distinct = seen.0.nonzeroBitCount + seen.1.nonzeroBitCount
  }
}

/// How many of a character in a row blot something out.
private func leastBlot(_ byte: UInt8) -> Int? {
  switch byte {
  case UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "?"): 3
  case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "_"): 4
  case UInt8(ascii: "-"): 5
  default: nil
  }
}

extension UInt8 {
  /// Digit, capital, small letter, anything else.
  fileprivate var kind: Int {
    switch self {
    case 0x30...0x39: 0
    case 0x41...0x5A: 1
    case 0x61...0x7A: 2
    default: 3
    }
  }

  fileprivate var isASCIICapital: Bool { kind == 1 }

  fileprivate var folded: UInt8 { isASCIICapital ? self | 0x20 : self }
}

/// Whether a user name says nothing of its owner, so that it may be shown: people type passwords at login prompts.
let commonAccounts: Set<String> = [
  "root", "admin", "administrator", "user", "test", "guest", "ubuntu", "debian", "centos", "fedora",
  "ec2-user", "pi", "git", "www-data", "nobody", "oracle", "postgres", "mysql", "redis", "mongodb",
  "ftp", "ftpuser", "backup", "deploy", "docker", "jenkins", "hadoop", "tomcat", "nagios", "zabbix",
  "support", "service", "operator", "daemon", "bin", "sys", "mail", "ansible", "vagrant", "steam",
  "minecraft", "openclaw", "clawdbot", "moltbot", "agent", "bot", "dev", "staging", "app", "web",
]
