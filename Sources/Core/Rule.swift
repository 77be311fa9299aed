/// One kind of thing that can be exposed: how to find it, how to judge it, what to do about it.
package struct Rule: Sendable {
  package var id: String
  package var name: String
  package var provider: Provider
  package var kind: String
  package var category: Category
  package var severity: Severity
  package var confidence: Confidence
  /// MITRE ATT&CK or ATLAS technique.
  package var stage: String?
  package var trigger: Trigger
  package var pattern: String
  /// Whether its literals count only where a word begins.
  package var triggersAtWords = false
  /// Bytes that a match may begin before its literal.
  package var lead: Int
  /// Whether the pattern reads UTF-8 characters and not bytes.
  package var unicode: Bool
  /// The beginning that every such credential shares and that may be shown.
  package var publicPrefix: String
  package var canonical: Canonical
  package var check: CheckName?
  package var context: Context?
  /// The rule whose finding in the same post completes this one.
  package var companion: String?
  package var evidence: [Evidence]
  /// What every finding says, besides what the pattern's groups do.
  package var details: [RuleDetail]
  /// Whether a text that only speaks of such a thing does the same harm, as a command that is run does.
  package var harmsWhenQuoted: Bool
  /// What a holder can do with it.
  package var grants: String?
  package var rotation: Rotation
  /// What to do, for findings that are no credentials.
  package var advice: [String]
  package var examples: [RuleExample]
  package var negativeExamples: [RuleExample]
  package var references: [String]
  package var basis: Basis
  /// Where the rule stands, for messages.
  package var file: String
  package var line: Int

  package init(
    id: String, name: String, provider: Provider, kind: String, category: Category,
    severity: Severity, confidence: Confidence, stage: String? = nil, trigger: Trigger,
    pattern: String, lead: Int = 0, unicode: Bool = false, publicPrefix: String = "",
    canonical: Canonical = .bytes, check: CheckName? = nil, context: Context? = nil,
    companion: String? = nil, evidence: [Evidence] = [], details: [RuleDetail] = [],
    harmsWhenQuoted: Bool = false, grants: String? = nil,
    rotation: Rotation = .general, advice: [String] = [], examples: [RuleExample] = [],
    negativeExamples: [RuleExample] = [], references: [String] = [], basis: Basis = .observed,
    file: String = "", line: Int = 0
  ) {
    self.id = id
    self.name = name
    self.provider = provider
    self.kind = kind
    self.category = category
    self.severity = severity
    self.confidence = confidence
    self.stage = stage
    self.trigger = trigger
    self.pattern = pattern
    self.lead = lead
    self.unicode = unicode
    self.publicPrefix = publicPrefix
    self.canonical = canonical
    self.check = check
    self.context = context
    self.companion = companion
    self.evidence = evidence
    self.details = details
    self.harmsWhenQuoted = harmsWhenQuoted
    self.grants = grants
    self.rotation = rotation
    self.advice = advice
    self.examples = examples
    self.negativeExamples = negativeExamples
    self.references = references
    self.basis = basis
    self.file = file
    self.line = line
  }
}

extension Rule {
  /// Whether a match can begin at one place only, the literal's; in a run or a row of words it may begin anywhere.
  package var isAnchored: Bool {
    if case .literals = trigger { return lead == 0 }
    return false
  }
}

/// Who issues a credential, or what a rule is about.
package struct Provider: Sendable, Hashable {
  package var slug: String
  package var name: String
  package var family: Family
  package var events: [ProviderEvent]

  package init(slug: String, name: String, family: Family, events: [ProviderEvent] = []) {
    self.slug = slug
    self.name = name
    self.family = family
    self.events = events
  }
}

/// What a provider did to all keys of a time, such as replacing them after a breach.
package struct ProviderEvent: Sendable, Hashable {
  /// Keys that were posted before this moment are concerned.
  package var before: Timestamp
  /// What their severity is at most.
  package var severity: Severity
  package var what: String

  package init(before: Timestamp, severity: Severity, what: String) {
    self.before = before
    self.severity = severity
    self.what = what
  }
}

/// The shelf a provider stands on.
package enum Family: String, Sendable, Named {
  case ai, agents, cloud, messaging, wallets, identity, vcs, payment, database, infra
  case observability, social, ci, email, generic, recon, content, other
}

/// What must stand in a text before a rule's pattern runs on it.
package enum Trigger: Sendable, Hashable {
  /// Any of these; ASCII case is folded where the pattern ignores case.
  case literals([String])
  /// An unbroken run of at least `min` bytes of the character set.
  case run(charset: Charset, min: Int)
  /// A row of words of a shipped list.
  case wordlist(Wordlist)
}

/// Character sets by name, for run triggers and example templates.
package enum Charset: String, Sendable, Named {
  case base62, base64, base64url, base58, base32, hex, lowerhex, upperhex, alnum, upperalnum
  case digits, lower, upper, letters, bech32
}

/// Shipped word lists by name.
package enum Wordlist: String, Sendable, Named {
  case bip39
}

/// How a credential is brought to the form that its fingerprint is of; of what is no credential the category tells.
package enum Canonical: String, Sendable, Named {
  /// The secret's own bytes.
  case bytes
  /// Hex digits lower-cased, without `0x`.
  case hex
  /// Digits without what groups them.
  case digits
  /// Armoured text as the bytes it encodes.
  case armour
  /// Words lower-cased and joined by one space.
  case words
  /// A password with its user and host.
  case login
}

/// Offline checks by name; `Checks` computes them.
package enum CheckName: String, Sendable, Named {
  case crc32Base62 = "crc32-base62"
  case githubFineGrained = "github-fine-grained"
  case grafana
  case atlassian
  case zuplo
  case synapse
  case gitlabRoutable = "gitlab-routable"
  case jwt
  case awsAccount = "aws-account"
  case base58check
  case solana
  case bech32
  case bip39
  case secp256k1
  case ethereum
  case pem
  case openssh
  case pgp
  case discordToken = "discord-token"
  case base64Prefix = "base64-prefix"
  case luhn
}

/// Words that raise a finding's confidence when they stand near it in the same record.
package struct Context: Sendable, Hashable {
  package var words: [String]
  /// Bytes before and after the match.
  package var within: Int

  package init(words: [String], within: Int) {
    self.words = words
    self.within = within
  }
}

/// What the secret's own bytes must show; a match without it is held back.
package enum Evidence: String, Sendable, Named {
  /// A digit at least.
  case digit
  /// Two of: lower case, upper case, digits.
  case mixed
  /// All three of: lower case, upper case, digits.
  case varied
  /// Characters drawn at random rather than from a language or a pattern.
  case random
  /// Nothing that tells what it is: no path, date, version, digest, address or name in parts.
  case opaque
  /// Characters as of a password in use, rather than of one in a manual.
  case password
}

/// How a credential is replaced.
package struct Rotation: Sendable, Hashable {
  package var url: String?
  /// In order; empty where only the general way is known.
  package var steps: [String]

  package init(url: String? = nil, steps: [String]) {
    self.url = url
    self.steps = steps
  }

  package static let general = Rotation(steps: [])
  package var isGeneral: Bool { steps.isEmpty }
}

/// A detail that is the same in every finding of a rule.
package struct RuleDetail: Sendable, Hashable {
  package var key: DetailKey
  package var value: String

  package init(key: DetailKey, value: String) {
    self.key = key
    self.value = value
  }
}

/// A text that a rule must find, with the exact secret between « and », or must not find.
package struct RuleExample: Sendable, Hashable {
  package var text: String
  package var why: String?

  package init(text: String, why: String? = nil) {
    self.text = text
    self.why = why
  }
}

/// Whether a document stands behind a format or only what was seen of it.
package enum Basis: String, Sendable, Named {
  case documented, observed
}
