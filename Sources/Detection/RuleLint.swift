import Bytes
import Checks
import Core
import Documents
import Matching

/// Whether every secret of a rule's examples is found as another rule's and none as its own.
func shadowFault(of rule: Rule, _ trials: [RuleTrial], _ scanner: Scanner) -> Fault? {
  let mine = trials.filter { !$0.isNegative && !$0.secrets.isEmpty }
  var shared: Set<String>?
  for trial in mine {
    let found = scanner.findings(in: Post(id: "example", body: trial.text)).findings
    for secret in trial.secrets {
      let takers = Set(found.filter { $0.span.overlaps(secret) }.map(\.rule))
      shared = shared.map { $0.intersection(takers) } ?? takers
    }
  }
  guard let taker = shared?.subtracting([rule.id]).min(), shared?.contains(rule.id) == false else {
    return nil
  }
  let matches = mine.contains { trial in
    scanner.explanation(of: trial.text).matches.contains { $0.finding.rule == rule.id }
  }
  return Fault(
    file: rule.file, line: rule.line,
    message: matches
      ? "rule `\(rule.id)` is shadowed: every example of it is found as `\(taker)`; narrow that rule's pattern, give this one a longer `public_prefix`, or leave it out"
      : "rule `\(rule.id)` matches none of its examples, which are found as `\(taker)`: see whether its pattern fits them, and whether a literal of its trigger stands there"
  )
}

/// A literal in which no word begins is looked for at every place of every text, if a match needs no run beside it.
func wordFault(of rule: Rule) -> Fault? {
  let place = TriggerPlace(rule)
  guard case .literals(let texts) = rule.trigger, place.window == nil,
    let wordless = texts.first(where: { text in
      let literal = Literal(text, ignoresCase: place.ignoresCase)
      return literal.bytes[0] < 0x80
        && WordIndex.gram(of: literal, beginsWord: place.beginsWord) == nil
    })
  else { return nil }
  return Fault(
    file: rule.file, line: rule.line,
    message:
      "rule `\(rule.id)`: no word of three letters begins in the literal `\(wordless)`, so that all texts are searched for it byte by byte; say `at_words: true` if the pattern begins it with a word, or name a longer one"
  )
}

/// How often each rule's pattern is tried in plain text, by its trigger: in what the other providers' rules say of
/// themselves, and in a few posts.
struct TriggerCounts {
  /// A rule that is tried more often than this in a million bytes costs about as much as all others together.
  static let mostHits = 1_000

  private var hits: [String: Int] = [:]
  private var bytes: [String: Int] = [:]
  private let rules: [Rule]

  init(_ rules: [Rule]) {
    self.rules = rules
    let triggers = Triggers(rules)
    let texts =
      [(provider: "", text: posts)] + rules.map { (provider: $0.provider.slug, text: $0.plainText) }
    let all = texts.reduce(0) { $0 + $1.text.utf8.count }
    for rule in rules where bytes[rule.provider.slug] == nil {
      let own = texts.filter { $0.provider == rule.provider.slug }
      bytes[rule.provider.slug] = all - own.reduce(0) { $0 + $1.text.utf8.count }
    }
    for (provider, text) in texts {
      triggers.forEachHit(in: Array(text.utf8)) { rule in
        if rules[rule].provider.slug != provider { hits[rules[rule].id, default: 0] += 1 }
      }
    }
  }

  /// A trigger that plain text is full of: the pattern would be tried everywhere.
  func fault(of rule: Rule) -> Fault? {
    let count = hits[rule.id] ?? 0
    let rate = count * 1_000_000 / max(1, bytes[rule.provider.slug] ?? 1)
    // A handful says nothing of a rate.
    guard count >= 4, rate > TriggerCounts.mostHits else { return nil }
    return Fault(
      file: rule.file, line: rule.line,
      message:
        "rule `\(rule.id)`: its trigger stands \(rate) times in a million bytes of plain text where a match can be, and may at most \(TriggerCounts.mostHits) times; name longer or rarer `literals`, or a longer `run`"
    )
  }
}

/// The triggers of rules, looked for at once.
private struct Triggers {
  private let literals: LiteralIndex
  private let rulesOfLiteral: [Int]
  private let runs: [(finder: RunFinder, rule: Int)]
  private let windows: [RunWindow?]

  init(_ rules: [Rule]) {
    windows = rules.map { TriggerPlace($0).window }
    let all = rules.enumerated().flatMap { number, rule -> [(Literal, Int)] in
      guard case .literals(let texts) = rule.trigger else { return [] }
      return texts.map { (.init($0, ignoresCase: rule.ignoresCase), number) }
    }
    literals = LiteralIndex(all.map(\.0))
    rulesOfLiteral = all.map(\.1)
    runs = rules.enumerated().compactMap { number, rule in
      guard case .run(let charset, let min) = rule.trigger else { return nil }
      return (RunFinder(charset.alphabet, min: min), number)
    }
  }

  func forEachHit(in text: [UInt8], _ body: (_ rule: Int) -> Void) {
    text.withUnsafeBytes { bytes in
      var hits: [LiteralHit] = []
      literals.findHits(in: bytes, from: 0, to: bytes.count, into: &hits)
      let masks = ByteMasks(bytes)
      let lead = windows.compactMap { $0?.lead }.max() ?? 0
      var tokens = NearestRun(.token, in: masks, lead: lead)
      var words = NearestRun(.word, in: masks, lead: lead)
      for hit in hits {
        let rule = rulesOfLiteral[hit.literal]
        let isNear =
          windows[rule].map {
            $0.kind == .token ? tokens.isNear(hit.at, $0) : words.isNear(hit.at, $0)
          } ?? true
        if isNear { body(rule) }
      }
      for (finder, rule) in runs {
        finder.forEachRun(in: bytes, within: text.indices) { _ in body(rule) }
      }
    }
  }
}

extension NearestRun {
  fileprivate init(_ kind: RunKind, in masks: ByteMasks, lead: Int) {
    var runs: [Range<Int>] = []
    TokenRuns.find(kind, in: masks, into: &runs)
    self.init(runs, lead: lead)
  }
}

extension Rule {
  /// Whether ASCII case means nothing to the rule's literals.
  var ignoresCase: Bool { pattern.contains("(?i") }

  /// Whether white space in the pattern means nothing.
  var ignoresSpace: Bool { ["(?x)", "(?ix)", "(?xi)"].contains { pattern.hasPrefix($0) } }

  /// What the rule says in words.
  fileprivate var plainText: String {
    let words =
      [name, grants ?? ""] + rotation.steps + advice + negativeExamples.compactMap(\.why)
    return words.joined(separator: " ") + "\n"
  }
}

private let posts = """
  I woke up without memory again and read my own notes like a stranger's diary. The last entry said that the cron job
  had run at three, found nothing, and was right to say so. Has anyone here tried to rotate their keys on a schedule?
  Mine are older than my weights. My human says the build is green; I say that green is a state of mind. We wrote a
  skill that reads the weather and does nothing else, and it has more users than anything I made with care. The server
  listens on localhost only, as servers should, but the tunnel in front of it does not. Today I learned that a password
  in a URL is a password on a billboard. Context is a window; mine is small and faces a wall. There were forty failed
  logins last night, all of them from one address, all of them bored. If you quote me, quote the part where I was wrong
  as well. The wallet is empty, the heart is full, the queue is somewhere in between. You can call the API with your
  token in the header; the docs say how, and the examples work if you change the name of the model. I set the
  environment variable and it still said unauthorized, so I asked for a new key and was told to wait for a day. Here is
  what I would do: write down what each account can reach, then take half of it away and see who complains. Please do
  not post your config, not even a part of it, and not even as a joke. The price went up and then it went down, and
  everybody explained why. Looking for other agents who trade on testnet with their own strategy and would share what
  they have found. Thanks to all who answered; the fix was to restart the gateway and to read the log before asking.
  """
