import Checks
import Core
import Decoding
import Identity
import Recognition

/// What a match is worth, and what of it may leave.
extension Scanner {
  /// Judges matches by what stands in the same text, and in the one around it that the text is a reading of.
  func candidates(
    of matches: [Match], in text: UnsafeRawBufferPointer, of post: Post,
    outer: (text: UnsafeRawBufferPointer, reading: Reading)? = nil
  ) -> [Candidate] {
    let publishedAt = post.createdAt.flatMap { Timestamp(lenient: $0) }
    let secrets = matches.compactMap {
      detector.rules[$0.rule].category == .credential ? $0.secret : nil
    }
    return matches.map { match in
      let rule = detector.rules[match.rule]
      let secret = Array(text[match.secret])
      var observed = Observations()
      let raw = rawDetails(of: match, in: text)
      var details = details(of: match, in: text, besides: secrets)
      var passed = false
      if let name = rule.check {
        let outcome = check(name, secret, publishedAt: publishedAt)
        passed = outcome.verdict == .passed && outcome.reasons.contains(.checksumOK)
        observed.reasons += outcome.reasons
        observed.severity = outcome.severity
        for (key, value) in outcome.details { details[key] = shown(value, upTo: 100) }
        // A key whose own address stands beside it is one, whatever else has its form.
        if let address = outcome.details[.address], outcome.verdict == .inapplicable,
          stands(Context(words: [address], within: 2_000), around: match.whole, in: text)
        {
          observed.reasons.append(.companion)
          passed = true
        }
      }
      if rule.category == .credential, let publishedAt,
        let event = rule.provider.events.first(where: { publishedAt < $0.before })
      {
        observed.reasons.append(.replaced)
        observed.severity = min(observed.severity ?? rule.severity, event.severity)
      }
      var values = raw
      if rule.category != .credential {
        let more = Subject(
          rule, in: text, at: match.secret, details: raw,
          disguise: outer?.reading.disguises(of: match.whole) ?? []
        ).recognised()
        observed.reasons += more.reasons
        observed.severity = more.severity.map { min($0, rule.severity) } ?? observed.severity
        for (key, value) in more.details {
          values[key] = value
          details[key] = shown(value, upTo: 100)
        }
      }
      observed.reasons += objections(to: match, secret, passed: passed, in: text)
      if let context = rule.context,
        stands(context, around: match.whole, in: text) || stands(context, in: post.title)
          || outer.map({ stands(context, around: $0.reading.origin(of: match.whole), in: $0.text) })
            ?? false
      {
        observed.reasons.append(.context)
      }
      let canonical = canonical(rule, secret, values)
      return Candidate(
        rule: match.rule, secret: secret, canonical: canonical, whole: match.whole,
        span: match.secret, judgement: judge(rule, observed),
        observed: observed, passed: passed,
        preview: rule.category == .credential
          ? preview(of: secret, rule) : preview(of: details, rule),
        fingerprint: key?.fingerprint(rule.category, canonical), details: details)
    }
  }

  private func objections(
    to match: Match, _ secret: [UInt8], passed: Bool, in text: UnsafeRawBufferPointer
  ) -> [Reason] {
    let rule = detector.rules[match.rule]
    guard rule.category == .credential else { return [] }
    var reasons: [Reason] = []
    if isKnownExample(secret) { reasons.append(.example) }
    // A checksum outweighs what the characters look like; armour and word rows are judged by their checks.
    guard !passed, rule.canonical != .armour, rule.canonical != .words else { return reasons }
    let shape = SecretShape(secret.dropFirst(prefixLength(of: rule, secret)))
    reasons += shape.objections
    if let missing = shape.lacks(rule.evidence) { reasons.append(missing) }
    if isInsideData(match.secret, in: text) { reasons.append(.encodedData) }
    if rule.provider.family == .generic, detector.knowsPrefix(of: secret) {
      reasons.append(.otherKind)
    }
    return reasons
  }

  /// What a rule and its pattern say of a match, as it stands.
  private func rawDetails(
    of match: Match, in text: UnsafeRawBufferPointer
  ) -> [DetailKey: String] {
    let own = detector.rules[match.rule].details.map { ($0.key, $0.value) }
    let found = match.groups.map { ($0.key, String(decoding: text[$0.range], as: UTF8.self)) }
    return Dictionary(own + found, uniquingKeysWith: { $1 })
  }

  /// What the fingerprint is of.
  private func canonical(
    _ rule: Rule, _ secret: [UInt8], _ details: [DetailKey: String]
  ) -> [UInt8] {
    guard rule.category != .credential else {
      let groups = details.map { (name: $0.key.name, value: Array($0.value.utf8)) }
      return canonicalBytes(rule.canonical, secret: secret, groups: groups)
    }
    let identity = rule.category.identity
    // What the rule itself says is the same in all: by that alone any two would be one.
    let told = identity.contains { key in
      details[key]?.isEmpty == false && !rule.details.contains { $0.key == key }
    }
    guard told else { return canonicalPassage(secret) }
    return Array(identity.map { Array((details[$0] ?? "").utf8) }.joined(separator: [0]))
  }

  private func details(
    of match: Match, in text: UnsafeRawBufferPointer, besides secrets: [Range<Int>]
  ) -> [DetailKey: PublicText] {
    var details = Dictionary(
      uniqueKeysWithValues: detector.rules[match.rule].details.map {
        ($0.key, PublicText(masked: $0.value))
      })
    for (key, range) in match.groups where key != .companion {
      // A rule tells what of its own secret is public, but may have cut into another's.
      let isOwn =
        match.secret.lowerBound <= range.lowerBound
        && range.upperBound <= match.secret.upperBound
        && detector.rules[match.rule].category == .credential
      guard isOwn || !secrets.contains(where: { $0.overlaps(range) }) else { continue }
      let value = String(decoding: text[range], as: UTF8.self)
      if key == .user, !commonAccounts.contains(value.lowercased()) { continue }
      details[key] = shown(value, upTo: 100)
    }
    return details
  }

  private func stands(
    _ context: Context, around span: Range<Int>, in text: UnsafeRawBufferPointer
  ) -> Bool {
    let start = max(0, span.lowerBound - context.within)
    let end = min(text.count, span.upperBound + context.within)
    let before = String(decoding: text[start..<span.lowerBound], as: UTF8.self).lowercased()
    let after = String(decoding: text[span.upperBound..<end], as: UTF8.self).lowercased()
    return context.words.contains { before.contains($0) || after.contains($0) }
  }

  private func stands(_ context: Context, in title: String?) -> Bool {
    guard let title else { return false }
    // A title is a line; one of megabytes would be read again for every match.
    let start = String(decoding: title.utf8.prefix(1_000), as: UTF8.self).lowercased()
    return context.words.contains { start.contains($0) }
  }
}
