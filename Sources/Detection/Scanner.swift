package import Core
import Decoding
package import Identity

/// One task's user of a detector: texts in, findings out.
///
/// The raw secret ends here: a finding holds its fingerprint, a preview and where it stands. Only `reveal` reads it
/// from the post again.
package final class Scanner {
  package let detector: Detector
  let key: IdentityKey?
  let limits: Limits
  let matcher: Matcher
  let decoder: Decoder
  /// The matches of the texts that were last searched at once, by position: of those that nothing hides in, and that
  /// need not be searched again.
  private var known: [Int: [Match]] = [:]
  /// For who asks where triggers stand; made once, since it takes longer than a search.
  lazy var triggers = TriggerFinder(detector)

  /// Without a key, findings have no fingerprints.
  package init(_ detector: Detector, key: IdentityKey?, limits: Limits = Limits()) {
    self.detector = detector
    self.key = key
    self.limits = limits
    matcher = Matcher(detector, limits: limits)
    decoder = Decoder(limits: limits)
  }

  /// What a scan gave.
  package struct Result {
    package var findings: [Finding] = []
    /// Searches and texts that a limit cut short.
    package var cuts = 0
  }

  /// Which of many texts hold anything that `findings` would look at more closely, by position; a NUL parts each from
  /// the next.
  package func textsToRead(_ texts: UnsafeRawBufferPointer, ends: [Int]) -> [Int] {
    known = [:]
    let pool = TextPool(texts, ends: ends)
    let result = matcher.matches(in: pool)
    let wanted = Set(result.matches.map(\.text) + result.cuts)
    // Where most texts hold something, telling the others apart costs more than it spares.
    if wanted.count > ends.count / 2 { return Array(ends.indices) }
    var hiding = Set(result.cuts)
    let cuts = forEachReading(of: .init(texts, result)) { reading, _, matches in
      for match in matches {
        let origin = reading.origin(of: match.whole)
        // A match may have begun in another text than the one that it is of.
        hiding.formUnion(pool.text(at: origin.lowerBound)...pool.text(at: origin.upperBound))
      }
      guard reading.depth == 1 else { return }
      for match in result.matches where isOpen(match.rule) {
        let start = pool.range(of: match.text).lowerBound
        let secret = start + match.secret.lowerBound..<start + match.secret.upperBound
        if case .plain = reading.form(of: secret) { continue }
        hiding.insert(match.text)
      }
    }
    guard cuts == 0 else { return Array(ends.indices) }
    known = Dictionary(grouping: result.matches, by: \.text).filter { !hiding.contains($0.key) }
    return wanted.union(hiding).sorted()
  }

  /// Every finding of a post at any confidence, by field and place; `pooled` are the places of its texts among those that
  /// `textsToRead` was last asked for, as far as they are there.
  package func findings(in post: Post, pooled: [TextField: Int] = [:]) -> Result {
    var result = Result()
    var candidates: [(field: TextField, candidate: Candidate)] = []
    for field in TextField.allCases {
      guard let text = post.text(of: field), !text.isEmpty else { continue }
      let found = self.candidates(
        in: text, of: post, known: pooled[field].flatMap { known[$0] })
      result.cuts += found.cuts
      candidates += found.candidates.map { (field, $0) }
    }
    guard !candidates.isEmpty else { return result }
    join(&candidates)
    result.findings = candidates.map { finding($0.candidate, in: $0.field) }
    return result
  }

  /// The text of a finding: the secret itself. For `check --show-secrets` and nothing else.
  package func reveal(_ finding: Finding, in post: Post) -> String? {
    guard let text = post.text(of: finding.field), finding.span.upperBound <= text.utf8.count else {
      return nil
    }
    guard !finding.disguise.isEmpty else {
      return String(decoding: Array(text.utf8)[finding.span], as: UTF8.self)
    }
    let candidate = candidates(in: text, of: post).candidates.first {
      $0.span == finding.span && $0.disguise == finding.disguise
        && detector.rules[$0.rule].id == finding.rule
    }
    return candidate.map { String(decoding: $0.secret, as: UTF8.self) }
  }

  private func candidates(
    in text: String, of post: Post, known: [Match]? = nil
  ) -> (candidates: [Candidate], cuts: Int) {
    var text = text
    return text.withUTF8 { utf8 in
      let text = UnsafeRawBufferPointer(utf8)
      if let known { return (judged(known, in: text, of: post), 0) }
      let result = matcher.matches(in: TextPool(text))
      var candidates = result.matches.isEmpty ? [] : judged(result.matches, in: text, of: post)
      let cuts = addDisguised(to: &candidates, in: .init(text, result), of: post)
      return (candidates, result.cuts.count + cuts)
    }
  }

  /// A match with its judgement, everything that may leave, and the secret, which does not.
  struct Candidate {
    var rule: Int
    let secret: [UInt8]
    let canonical: [UInt8]
    /// How the secret was hidden, outermost first.
    var disguise: [Disguise] = []
    var whole: Range<Int>
    var span: Range<Int>
    var judgement: Judgement
    var observed: Observations
    var passed: Bool
    var preview: PublicText
    var fingerprint: Fingerprint?
    var details: [DetailKey: PublicText]
  }

  /// Judges matches and keeps the most specific one of each place.
  func judged(
    _ matches: [Match], in text: UnsafeRawBufferPointer, of post: Post,
    outer: (text: UnsafeRawBufferPointer, reading: Reading)? = nil
  ) -> [Candidate] {
    mostSpecific(candidates(of: matches, in: text, of: post, outer: outer))
  }

  /// Two finds that complete each other, and the step that this is worth.
  private func join(_ candidates: inout [(field: TextField, candidate: Candidate)]) {
    for index in candidates.indices {
      let rule = detector.rules[candidates[index].candidate.rule]
      guard let wanted = rule.companion,
        let partner = candidates.firstIndex(where: {
          detector.rules[$0.candidate.rule].id == wanted
            && $0.candidate.judgement.confidence >= .medium
        })
      else { continue }
      var candidate = candidates[index].candidate
      candidate.observed.reasons.append(.companion)
      candidate.judgement = judge(rule, candidate.observed)
      candidate.details[.companion] = link(candidates[partner].candidate)
      candidates[partner].candidate.details[.companion] = link(candidate)
      candidates[index].candidate = candidate
    }
  }

  private func link(_ candidate: Candidate) -> PublicText {
    PublicText(
      masked: candidate.fingerprint?.description ?? detector.rules[candidate.rule].id)
  }

  /// A candidate as it may leave.
  func finding(_ candidate: Candidate, in field: TextField) -> Finding {
    let rule = detector.rules[candidate.rule]
    return Finding(
      rule: rule.id, provider: rule.provider.slug, kind: rule.kind, category: rule.category,
      severity: candidate.judgement.severity, confidence: candidate.judgement.confidence,
      stage: rule.stage, field: field, span: candidate.span, preview: candidate.preview,
      fingerprint: candidate.fingerprint, disguise: candidate.disguise,
      reasons: candidate.judgement.reasons,
      details: candidate.details)
  }

  /// One finding a span and category: of those that count the one that covers most, then one of a known provider, then
  /// a proof, then the better judged, then the one whose kind is told by more of its text.
  private func mostSpecific(_ candidates: [Candidate]) -> [Candidate] {
    var kept: [Candidate] = []
    for candidate in candidates.sorted(by: outranks) {
      let category = detector.rules[candidate.rule].category
      let isTaken = kept.contains { other in
        other.span.overlaps(candidate.span) && detector.rules[other.rule].category == category
      }
      if !isTaken { kept.append(candidate) }
    }
    return kept.sorted {
      ($0.span.lowerBound, $0.span.upperBound) < ($1.span.lowerBound, $1.span.upperBound)
    }
  }

  private func outranks(_ a: Candidate, _ b: Candidate) -> Bool {
    let (first, second) = (rank(a), rank(b))
    for (x, y) in zip(first, second) where x != y { return x > y }
    return a.rule < b.rule
  }

  private func rank(_ candidate: Candidate) -> [Int] {
    let rule = detector.rules[candidate.rule]
    return [
      candidate.judgement.confidence >= .medium ? 1 : 0,
      candidate.span.count,
      rule.provider.family == .generic ? 0 : 1,
      candidate.passed ? 1 : 0,
      candidate.judgement.confidence.rawValue,
      rule.publicPrefix.utf8.count,
      candidate.whole.count,
    ]
  }
}
