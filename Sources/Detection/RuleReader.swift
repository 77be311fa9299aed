import Core
import Documents
import Matching

/// Reads one provider's file into rules; what is wrong with it goes to the faults.
struct RuleReader {
  let faults: Faults
  var parts = PatternParts()

  func rules(in text: String, file: String) -> [Rule] {
    guard let top = Section.parse(text, file: file, faults: faults) else { return [] }
    defer { top.finish() }
    let slug = top.required("provider") ?? ""
    let name = top.required("name") ?? slug
    let family = top.choice("family", Family.self)
    if !top.has("family") { faults.add(file, top.line, "`family` is missing") }
    let stem = file.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
    if slug != stem, top.has("provider") {
      top.fault("provider", "the provider `\(slug)` must be in a file of its own, \(slug).yml")
    }
    let provider = Provider(
      slug: slug, name: name, family: family ?? .other, events: events(in: top))
    let shared = rotation(in: top)
    guard let items = top.items("rules"), !items.isEmpty else {
      top.fault("rules", "`rules` must list at least one rule")
      return []
    }
    return items.compactMap { item in
      switch item {
      case .section(let section): return rule(section, of: provider, rotation: shared)
      case .text(_, let line):
        faults.add(file, line, "a rule must be a mapping")
        return nil
      }
    }
  }

  private func events(in top: Section) -> [ProviderEvent] {
    (top.items("events") ?? []).compactMap { item in
      guard case .section(let section) = item else {
        top.fault("events", "an event must be a mapping")
        return nil
      }
      defer { section.finish() }
      let severity = section.choice("severity", Severity.self)
      guard let day = section.required("before"), let what = section.required("what") else {
        return nil
      }
      guard let before = Timestamp(lenient: "\(day)T00:00:00Z") else {
        section.fault("before", "`\(day)` is no day: write it as 2026-02-28")
        return nil
      }
      if severity == nil { section.fault("severity", "an event needs a `severity`") }
      return ProviderEvent(before: before, severity: severity ?? .info, what: what)
    }
  }

  /// Faults that only show across files.
  func checkTogether(_ rules: [Rule]) {
    var byID: [String: Rule] = [:]
    for rule in rules {
      if let first = byID[rule.id] {
        faults.add(
          rule.file, rule.line, "rule `\(rule.id)` stands already at \(first.file):\(first.line)")
      }
      byID[rule.id] = rule
    }
    for rule in rules {
      guard let companion = rule.companion, byID[companion] == nil else { continue }
      faults.add(rule.file, rule.line, "rule `\(rule.id)`: no rule is called `\(companion)`")
    }
  }

  private func rule(_ s: Section, of provider: Provider, rotation shared: Rotation?) -> Rule? {
    defer { s.finish() }
    guard let id = s.required("id") else { return nil }
    let pattern = s.required("pattern").map { parts.expand($0, in: s) }
    let (trigger, atWords) = trigger(in: s)
    let category = s.has("category") ? s.choice("category", Category.self) : missing("category", s)
    let severity = s.has("severity") ? s.choice("severity", Severity.self) : missing("severity", s)
    let confidence =
      s.has("confidence") ? s.choice("confidence", Confidence.self) : missing("confidence", s)
    var rule = Rule(
      id: id, name: s.required("name") ?? id, provider: provider, kind: s.string("kind") ?? id,
      category: category ?? .credential, severity: severity ?? .medium,
      confidence: confidence ?? .low, trigger: trigger ?? .literals([]), pattern: pattern ?? "",
      file: s.file, line: s.line)
    rule.stage = s.string("stage")
    rule.triggersAtWords = atWords
    rule.lead = s.int("lead") ?? 0
    rule.unicode = s.bool("unicode") ?? false
    rule.publicPrefix = s.string("public_prefix") ?? ""
    rule.canonical = s.choice("canonical", Canonical.self) ?? .bytes
    rule.check = s.choice("check", CheckName.self)
    rule.context = context(in: s)
    rule.companion = s.string("companion")
    rule.evidence = s.choices("evidence", Evidence.self)
    rule.details = details(in: s)
    rule.harmsWhenQuoted = s.bool("harms_when_quoted") ?? false
    rule.grants = s.string("grants")
    rule.advice = s.strings("advice") ?? []
    rule.rotation = rotation(in: s) ?? shared ?? .general
    rule.examples = examples("examples", in: s)
    rule.negativeExamples = examples("negative_examples", in: s)
    rule.references = s.strings("references") ?? []
    rule.basis = s.choice("basis", Basis.self) ?? .observed
    check(rule, s)
    return pattern == nil || trigger == nil ? nil : rule
  }

  /// What every rule owes its readers.
  private func check(_ rule: Rule, _ s: Section) {
    let must: [(ok: Bool, key: String, what: String)] = [
      (!rule.examples.isEmpty, "examples", "needs an example"),
      (!rule.negativeExamples.isEmpty, "negative_examples", "needs a negative example"),
      (
        rule.negativeExamples.allSatisfy { $0.why != nil }, "negative_examples",
        "needs a `why` with each negative example"
      ),
      (
        rule.category == .credential || !rule.advice.isEmpty, "advice",
        "needs `advice`, since it is no credential"
      ),
      (
        rule.basis == .observed || !rule.references.isEmpty, "basis",
        "needs a reference, or `basis: observed`"
      ),
      ((0...4_096).contains(rule.lead), "lead", "must have a `lead` of 0 to 4096 bytes"),
      (
        rule.unicode || !rule.ignoresSpace || !rule.pattern.utf8.contains(0x85), "pattern",
        "needs `\\x85` for a character that holds this byte: PCRE2 takes it for white space, which (?x) passes over"
      ),
    ]
    for item in must where !item.ok { s.fault(item.key, "rule `\(rule.id)` \(item.what)") }
    guard s.has("pattern") else { return }
    do {
      let pattern = try Pattern(rule, fast: false)
      for group in pattern.groups
      where group.name != "secret" && DetailKey(name: group.name) == nil {
        s.fault("pattern", "rule `\(rule.id)`: no detail is called `\(group.name)`")
      }
    } catch {
      s.fault("pattern", "rule `\(rule.id)`: \(error)")
    }
  }

  private func missing<Value>(_ key: String, _ s: Section) -> Value? {
    s.fault(key, "`\(key)` is missing")
    return nil
  }

  /// A rule's trigger, and whether its literals count only where a word begins.
  private func trigger(in s: Section) -> (Trigger?, atWords: Bool) {
    guard let section = s.section("trigger") else {
      if !s.has("trigger") { s.fault("trigger", "`trigger` is missing") }
      return (nil, false)
    }
    defer { section.finish() }
    let atWords = section.has("literals") && section.bool("at_words") ?? false
    return (trigger(of: section), atWords)
  }

  private func trigger(of section: Section) -> Trigger? {
    if let templates = section.strings("literals") {
      let literals = templates.flatMap(spelledOut)
      for literal in literals where literal.utf8.count < Literal.shortest {
        section.fault(
          "literals", "the literal `\(literal)` is shorter than \(Literal.shortest) bytes")
      }
      let usable = literals.filter { $0.utf8.count >= Literal.shortest }
      return usable.isEmpty ? nil : .literals(usable)
    }
    if let run = section.section("run") {
      defer { run.finish() }
      guard let charset = run.choice("charset", Charset.self), let min = run.int("min"),
        (RunKind.shortest...4_096).contains(min)
      else {
        section.fault(
          "run", "`run` needs a `charset` and a `min` of \(RunKind.shortest) to 4096")
        return nil
      }
      return .run(charset: charset, min: min)
    }
    if let list = section.choice("wordlist", Wordlist.self) { return .wordlist(list) }
    section.fault("trigger", "`trigger` needs `literals`, `run` or `wordlist`")
    return nil
  }

  private func context(in s: Section) -> Context? {
    guard let section = s.section("context") else { return nil }
    defer { section.finish() }
    guard let words = section.strings("words"), !words.isEmpty, let within = section.int("within"),
      (1...2_000).contains(within)
    else {
      s.fault("context", "`context` needs `words` and a `within` of 1 to 2000 bytes")
      return nil
    }
    return Context(words: words.map { $0.lowercased() }, within: within)
  }

  private func details(in s: Section) -> [RuleDetail] {
    guard s.has("details"), let section = s.section("details") else { return [] }
    defer { section.finish() }
    return section.keys.compactMap { name in
      guard let key = DetailKey(name: name) else {
        section.fault(name, "no detail is called `\(name)`")
        return nil
      }
      return section.string(name).map { RuleDetail(key: key, value: $0) }
    }
  }

  private func rotation(in s: Section) -> Rotation? {
    guard s.has("rotation") else { return nil }
    if s.isText("rotation") {
      if s.string("rotation") != "general" {
        s.fault("rotation", "`rotation` must be `general` or hold `steps`")
      }
      return .general
    }
    guard let section = s.section("rotation") else { return nil }
    defer { section.finish() }
    let steps = section.strings("steps") ?? []
    if steps.isEmpty { section.fault("steps", "`rotation` needs `steps`") }
    return Rotation(url: section.string("url"), steps: steps)
  }

  private func examples(_ key: String, in s: Section) -> [RuleExample] {
    (s.items(key) ?? []).compactMap { item in
      switch item {
      case .text(let text, _): return RuleExample(text: text)
      case .section(let section):
        defer { section.finish() }
        return section.required("text").map { RuleExample(text: $0, why: section.string("why")) }
      }
    }
  }
}

/// A literal once for every member of the sets that stand in it, `AC{digit}` for `AC0` to `AC9`.
private func spelledOut(_ literal: some StringProtocol) -> [String] {
  let sets = [
    ("{digit}", "0123456789"), ("{lowerhex}", "0123456789abcdef"),
    ("{lower}", "abcdefghijklmnopqrstuvwxyz"),
    (
      "{base64url}", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    ),
  ]
  for (name, members) in sets {
    guard let place = literal.firstRange(of: name) else { continue }
    return members.flatMap {
      spelledOut(literal[..<place.lowerBound] + String($0) + literal[place.upperBound...])
    }
  }
  return [String(literal)]
}
