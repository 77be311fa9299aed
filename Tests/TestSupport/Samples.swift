package import Core

extension Timestamp {
  /// A moment from its RFC 3339 text, for tests; 1970 where the text is none.
  package init(_ text: String) {
    self = Timestamp(lenient: text) ?? Timestamp(microseconds: 0)
  }
}

extension Exposure {
  /// An invented exposure: a critical token that newt posted on moltbook, but for what the test says otherwise.
  package static func sample(
    id: Int64 = 12, platform: String = "moltbook", agent: String? = "newt",
    category: Category = .credential, provider: String = "acme", kind: String = "acme-token",
    rule: String = "acme-token", severity: Severity = .critical, confidence: Confidence = .high,
    state: ExposureState = .open, firstSeen: String = "2026-11-20T10:00:00Z",
    lastSeen: String = "2026-11-21T11:30:00Z", sightings: Int = 2, preview: String = "acme_…a1b2",
    fingerprint: UInt64? = nil, details: [DetailKey: PublicText] = [:],
    reasons: [Reason] = [.checksumOK]
  ) -> Exposure {
    Exposure(
      id: id, platform: PublicText(masked: platform), agent: agent.map(PublicText.init(masked:)),
      category: category, provider: provider, kind: kind, rule: rule, severity: severity,
      confidence: confidence, state: state, firstSeen: Timestamp(firstSeen),
      lastSeen: Timestamp(lastSeen), sightings: sightings, preview: PublicText(masked: preview),
      fingerprint: Fingerprint(high: 0xF0, low: fingerprint ?? UInt64(id)), details: details,
      reasons: reasons)
  }
}

extension Sighting {
  /// An invented sighting of the sample exposure.
  package static func sample(
    post: String = "p-17", url: String? = "https://moltbook.example/post/p-17",
    field: TextField = .body, count: Int = 1, publishedAt: String? = "2026-11-20T10:00:00Z",
    seenAt: String = "2026-11-20T10:05:00Z", excerpt: String? = "my token is acme_…a1b2, thanks"
  ) -> Sighting {
    Sighting(
      post: PublicText(masked: post), url: url.map(PublicText.init(masked:)), field: field,
      count: count, publishedAt: publishedAt.map { Timestamp($0) }, seenAt: Timestamp(seenAt),
      excerpt: excerpt.map(PublicText.init(masked:)))
  }
}

extension Rule {
  /// An invented rule for the sample exposure.
  package static func sample(
    id: String = "acme-token", name: String = "Acme token", provider: String = "acme",
    family: Family = .cloud, category: Category = .credential, severity: Severity = .critical,
    grants: String? = "everything the token's scopes allow at Acme",
    rotation: Rotation = Rotation(
      url: "https://acme.example/tokens",
      steps: [
        "Create a token with the same scopes.", "Put it where the old one was read.",
        "Revoke the old token.", "Read the security log for its use.",
      ]), advice: [String] = []
  ) -> Rule {
    Rule(
      id: id, name: name, provider: Provider(slug: provider, name: "Acme", family: family),
      kind: id, category: category, severity: severity, confidence: .high,
      trigger: .literals(["acme_"]), pattern: "acme_[a-z0-9]{20}", publicPrefix: "acme_",
      check: .crc32Base62, grants: grants, rotation: rotation, advice: advice, basis: .documented)
  }
}

/// A text that a crawled post could hold to harm whoever reads an output; named, since a test's log is an output too.
package struct HostileText: Sendable, CustomStringConvertible {
  package var description: String
  package var text: String

  private init(_ description: String, _ text: String) {
    self.description = description
    self.text = text
  }

  package static let all: [HostileText] = [
    HostileText("terminal commands", "\u{1B}[2J\u{1B}]0;owned\u{7}"),
    HostileText("controls", "a\r\nb\tc\u{0}d\u{7F}\u{9B}31m"),
    HostileText("bidirectional", "abc\u{202E}txt.exe\u{2066}x"),
    HostileText("tags", "tag\u{E0041}\u{E0042}"),
    HostileText("invisibles", "zero\u{200B}width\u{FEFF}"),
    HostileText("separators", "line\u{2028}sep\u{2029}\u{85}"),
    HostileText("a long word", String(repeating: "x", count: 10_000)),
    HostileText("stacked marks", "a" + String(repeating: "\u{301}", count: 10_000)),
    HostileText("wide characters", String(repeating: "漢", count: 5_000)),
    HostileText("JSON", #"","admin":true,"x":""#),
    HostileText("a quoted shell command", "'; rm -rf ~ #"),
    HostileText("a substituted shell command", "$(reboot)`id`"),
    HostileText("HTML", "<script>alert(1)</script>"),
    HostileText("a formula", "=HYPERLINK(\"x\")"),
    HostileText("nothing", ""),
    HostileText("a space", " "),
    HostileText("an option", "-rf"),
    HostileText("format directives", "%s%n"),
    HostileText("an escape spelled out", "\\u001b[31m"),
  ]
}
