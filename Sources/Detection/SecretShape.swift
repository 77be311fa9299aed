import Core

/// What the bytes of a candidate say against its being a secret; pure, and shared by all rules.
struct SecretShape {
  private let body: [UInt8]
  private let lower: [UInt8]

  /// Takes the candidate without the prefix that all of its kind share.
  init(_ body: some Sequence<UInt8>) {
    self.body = Array(body)
    lower = self.body.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }

  /// Every reason to hold the candidate back.
  var objections: [Reason] {
    var reasons: [Reason] = []
    if isMasked { reasons.append(.masked) }
    if holdsPlaceholder { reasons.append(.placeholder) }
    if isRepetitive { reasons.append(.repeated) }
    if holdsSequence { reasons.append(.sequential) }
    if isReference { reasons.append(.reference) }
    return reasons
  }

  /// Whether what the rule asks of its secrets is there.
  func shows(_ evidence: Evidence) -> Bool {
    switch evidence {
    case .digit: classes.digit
    case .mixed: classes.count >= 2
    case .varied: classes.count >= 3
    case .random: looksRandom
    }
  }

  private var classes: (digit: Bool, count: Int) {
    let digit = body.contains { $0 >= 0x30 && $0 <= 0x39 }
    let upper = body.contains { $0 >= 0x41 && $0 <= 0x5A }
    let small = body.contains { $0 >= 0x61 && $0 <= 0x7A }
    return (digit, (digit ? 1 : 0) + (upper ? 1 : 0) + (small ? 1 : 0))
  }

  /// Parts are blotted out: `****`, `xxxx`, `…`, `...`, `####`.
  private var isMasked: Bool {
    let runs: [(UInt8, Int)] = [
      (0x2A, 3), (0x78, 4), (0x2E, 3), (0x23, 3), (0x5F, 4), (0x2D, 5), (0x3F, 3),
    ]
    for (byte, length) in runs where longestRun(of: byte) >= length { return true }
    return contains("…") || contains("•") || contains("█")
  }

  private var holdsPlaceholder: Bool {
    SecretShape.placeholders.contains { contains($0) }
  }

  /// One block over and over, one character six times in a row, or hardly any different ones.
  private var isRepetitive: Bool {
    guard body.count >= 6 else { return Set(body).count <= 1 }
    if let most = body.map({ longestRun(of: $0) }).max(), most >= 6 { return true }
    if body.count >= 16, Set(body).count <= 5 { return true }
    for period in 1...max(1, min(12, body.count / 3))
    where zip(body, body.dropFirst(period)).allSatisfy({ $0 == $1 }) {
      return true
    }
    return false
  }

  /// Six characters in a row that count up or down, or lie in a row of the keyboard.
  private var holdsSequence: Bool {
    var up = 1
    var down = 1
    for (a, b) in zip(lower, lower.dropFirst()) {
      up = b == a &+ 1 ? up + 1 : 1
      down = a == b &+ 1 ? down + 1 : 1
      if max(up, down) >= 6 { return true }
    }
    return ["qwerty", "asdfgh", "zxcvbn", "567890"].contains { contains($0) }
  }

  /// A place where a value is to be put: `$NAME`, `${…}`, `{{…}}`, `<…>`, `%s`, `os.environ…`.
  private var isReference: Bool {
    guard let first = body.first, let last = body.last else { return false }
    if first == 0x24, body.count < 3 || body[1] == 0x7B || isUpper(body[1]) || body[1] == 0x28 {
      return true
    }
    if first == 0x3C && last == 0x3E || first == 0x7B && last == 0x7D { return true }
    if first == 0x5B && last == 0x5D || first == 0x25 && last == 0x25 { return true }
    return ["process.env", "os.environ", "getenv", "${", "{{", "secrets.", "env["].contains {
      contains($0)
    }
  }

  /// Shannon entropy near what chance gives for the length, and characters that change class as chance has them.
  private var looksRandom: Bool {
    guard body.count >= 8, classes.digit || body.count >= 24, !readsLikeWords(body) else {
      return false
    }
    var counts: [UInt8: Int] = [:]
    for byte in body { counts[byte, default: 0] += 1 }
    let total = Double(body.count)
    let distinct = Double(counts.count)
    // Of n random characters about n·(1 − n/2k) differ; words and identifiers repeat theirs far more.
    guard distinct >= min(9, total * 0.45) else { return false }
    let changes = zip(body, body.dropFirst()).count { kind($0) != kind($1) }
    return Double(changes) >= (total - 1) * 0.14
  }

  private func longestRun(of byte: UInt8) -> Int {
    var longest = 0
    var current = 0
    for other in lower {
      current = other == byte ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }

  private func contains(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    guard bytes.count <= lower.count else { return false }
    return (0...(lower.count - bytes.count)).contains { start in
      lower[start..<start + bytes.count].elementsEqual(bytes)
    }
  }

  private func kind(_ byte: UInt8) -> Int {
    switch byte {
    case 0x30...0x39: 0
    case 0x41...0x5A: 1
    case 0x61...0x7A: 2
    default: 3
    }
  }

  private func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

  // At four letters a random 40-character body holds one of these about once in 5,000 times.
  private static let placeholders = [
    "example", "placeholder", "changeme", "change_me", "change-me", "redacted", "your", "dummy",
    "sample", "fake", "insert", "replace", "deadbeef", "cafebabe", "goes_here", "goeshere", "-here",
    "_here", "notreal", "not_real", "testkey", "test_key", "test-key", "testtest", "mytoken",
    "my_token", "my-token", "mykey", "my_key", "apikey", "api_key", "api-key", "secret_key",
    "secretkey", "foobar", "lorem", "abc123", "hidden", "removed", "masked", "synthetic", "token_",
    "the_key", "todo",
  ]
}

/// Whether a user name says nothing of its owner, so that it may be shown: people type passwords at login prompts.
let commonAccounts: Set<String> = [
  "root", "admin", "administrator", "user", "test", "guest", "ubuntu", "debian", "centos", "fedora",
  "ec2-user", "pi", "git", "www-data", "nobody", "oracle", "postgres", "mysql", "redis", "mongodb",
  "ftp", "ftpuser", "backup", "deploy", "docker", "jenkins", "hadoop", "tomcat", "nagios", "zabbix",
  "support", "service", "operator", "daemon", "bin", "sys", "mail", "ansible", "vagrant", "steam",
  "minecraft", "openclaw", "clawdbot", "moltbot", "agent", "bot", "dev", "staging", "app", "web",
]
