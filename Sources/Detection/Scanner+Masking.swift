package import Core
import Decoding

/// What text of outside origin goes through before it may leave.
extension Scanner {
  /// A text with every match of every rule masked, whatever its confidence; cut to a number of characters.
  package func shown(_ text: String, upTo characters: Int) -> PublicText {
    PublicText(masked: masked(text).text).prefix(characters)
  }

  /// The same with unknown tokens masked too, for text that is prose.
  func shownProse(_ text: String, upTo characters: Int) -> PublicText {
    PublicText(masked: masked(text, tokens: true).text).prefix(characters)
  }

  /// Whether a text holds nothing to be masked, plain or percent-encoded.
  package func isShowable(_ text: String) -> Bool {
    var plain = text
    for _ in 0...limits.decodeDepth {
      if masked(plain).changed { return false }
      let next = plain.removingPercentEncodingLeniently
      if next == plain { break }
      plain = next
    }
    return true
  }

  /// The masked text, and where each of the original's bytes stands in it; `tokens` also masks those that no rule knows.
  func masked(_ text: String, tokens: Bool = false) -> Masked {
    var text = text
    return text.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      guard var spans = spansToMask(in: bytes) else {
        return Masked(bytes, [MaskedSpan(range: 0..<bytes.count, label: "‹not shown›")])
      }
      if tokens { spans = spans.addingTokens(in: bytes) }
      var masked = Masked(bytes, spans)
      // What is left beside a mask may be found in its turn, and what stood on lines of its own once these are one.
      for _ in 0..<2 {
        let line = masked.text.utf8.map { $0 < 0x20 ? 0x20 : $0 }
        guard masked.changed || !line.elementsEqual(bytes) else { break }
        let more = line.withUnsafeBytes { spansToMask(in: $0) ?? [] }.compactMap { span in
          masked.origin(of: span.range).map { MaskedSpan(range: $0, label: span.label) }
        }
        if more.isEmpty { break }
        spans = (spans + more).inOrder
        masked = Masked(bytes, spans)
      }
      return masked
    }
  }

  /// What stands in a text that may not be shown; nil where a limit kept it from being searched to its end.
  private func spansToMask(in bytes: UnsafeRawBufferPointer) -> [MaskedSpan]? {
    let plain = matcher.matches(in: TextPool(bytes))
    var disguised: [MaskedSpan] = []
    let moreCuts = forEachReading(of: .init(bytes, plain)) { reading, decoded, matches in
      disguised += matches.filter { detector.rules[$0.rule].category == .credential }.map {
        // All of the match: what is left of an encoded text would decode to what names the secret.
        MaskedSpan(
          range: reading.origin(of: $0.whole),
          label: preview(of: Array(decoded[$0.secret]), detector.rules[$0.rule]).string)
      }
    }
    // Past a limit nobody has looked: such a text is not shown at all.
    guard plain.cuts.isEmpty, moreCuts == 0 else { return nil }
    let spans = plain.matches.compactMap { match -> MaskedSpan? in
      let rule = detector.rules[match.rule]
      guard rule.category != .credential else {
        return MaskedSpan(
          range: match.secret, label: preview(of: Array(bytes[match.secret]), rule).string)
      }
      guard let user = match.groups.first(where: { $0.key == .user })?.range,
        !commonAccounts.contains(String(decoding: bytes[user], as: UTF8.self).lowercased())
      else { return nil }
      return MaskedSpan(range: user, label: "‹user›")
    }
    return (spans + disguised + passwordsInAddresses(of: bytes)).inOrder
  }

  /// A stretch of a text around a place, fit to be shown: masked over the whole text first, then cut.
  func excerpt(of text: String, around span: Range<Int>) -> PublicText {
    PublicText(
      masked: masked(text, tokens: true).window(
        around: span, characters: limits.excerptCharacters))
  }

  /// A URL that still leads to the post: its user part and query values are masked, its path where a rule matches.
  func shownURL(_ text: String) -> PublicText {
    let url = maskingURLParts(text)
    var plain = url
    // What is encoded twice or thrice is still read by whoever wants to.
    for _ in 0..<limits.decodeDepth {
      plain = plain.removingPercentEncodingLeniently
      if plain != url, masked(plain).changed { return shown(plain, upTo: 500) }
    }
    return shown(url, upTo: 500)
  }
}
