/// The sentences that recommendations are made of, and the order they are given in.
enum Advice {
  /// What a rule itself says to do; empty where it says nothing of its own.
  static func specific(_ rule: Rule?, _ category: Category) -> [String] {
    guard let rule else { return [] }
    return category == .credential ? rule.rotation.steps : rule.advice
  }

  /// What holds for anything of the sort.
  static func general(for exposure: Exposure, family: Family?) -> [String] {
    let since = "\(exposure.firstSeen)"
    return switch exposure.category {
    case .credential: family == .wallets ? wallet(since: since) : credential(since: since)
    case .openPort:
      [
        "Close the port to the internet, or let the service listen on a private address only.",
        "Ask for a login on what answers there, and bring it up to date.",
        "Read its logs for strangers since \(since).",
      ]
    case .sshFailure:
      [
        "Look for a login that succeeded, from the same address and from others.",
        "Turn password logins off and allow keys only.",
        "Let only the networks that need it reach the port.",
      ]
    case .scanResult:
      [
        "Mend what the result calls worst: it tells strangers where to begin.",
        "Take the post down, and keep results where only their readers see them.",
      ]
    case .stackTrace:
      [
        "Read the trace for paths, versions and values that a stranger can use.",
        "Keep detailed errors out of what the agent may post.",
      ]
    case .configArtifact:
      [
        "Go through the file for credentials, and replace each one that it holds.",
        "Take the post down, and keep the file out of what the agent can read.",
      ]
    case .injection:
      [
        "Keep your agents from acting on the text.",
        "If one of them has read it, go through what it did since \(since).",
        "Report the post to its platform.",
      ]
    case .phishing:
      [
        "Follow none of its links, and warn whoever may have.",
        "If one of your agents has followed one, replace what it could give away.",
        "Report the post to its platform.",
      ]
    case .maliciousSkill:
      [
        "Take the skill out wherever it is installed.",
        "Replace every credential that it could read.",
        "Report it to its registry.",
      ]
    }
  }

  private static func credential(since: String) -> [String] {
    [
      "Make a new one, with no more rights than it needs.",
      "Put it wherever the old one is read.",
      "Revoke the old one where it was issued.",
      "Read the issuer's logs for use by others since \(since).",
    ]
  }

  private static func wallet(since: String) -> [String] {
    [
      "Move everything it controls to a wallet with a new key.",
      "Take back the allowances and roles it holds on contracts.",
      "Read the chain for transfers since \(since) that were not yours.",
    ]
  }

  /// The steps for a credential with the post's removal among them; where every minute counts the revocation is first.
  static func ordered(
    _ steps: [String], urgency: Recommendation.Urgency, severity: Severity
  ) -> [String] {
    switch urgency {
    case .now:
      let first = steps.firstIndex(where: ends)
      let revocation = first.map { steps[$0] } ?? "Revoke it where it was issued."
      let rest = steps.indices.filter { $0 != first }.map { steps[$0] }
      return [
        revocation
          + " Do it now, before a new one works: an outage costs less than a stranger's use.",
        "Beside that, have the post taken down; it was read, so this undoes nothing.",
      ] + rest
    case .soon:
      return steps + ["Have the post taken down; it was read, so this replaces no step."]
    case .review:
      let question =
        severity <= .low
        ? "Look whether it was meant to be public: such values often are."
        : "Look at the post: whether this is real is not sure."
      return [question] + steps.prefix(1).map { "If not: " + $0 } + steps.dropFirst()
    }
  }

  /// Whether a step is the one that makes the credential worthless, by the verb it begins with.
  private static func ends(_ step: String) -> Bool {
    let verb = step.prefix { $0.isLetter }.lowercased()
    return endings.contains(verb)
  }

  private static let endings: Set<String> = [
    "cancel", "deactivate", "delete", "disable", "expire", "invalidate", "move", "regenerate",
    "reset", "revoke", "roll", "rotate", "sweep", "transfer",
  ]

  /// What to bear in mind; `provider` names whom the steps are not written for, nil where they are.
  static func notes(
    on exposures: [Exposure], missing: [PublicText], provider: String?
  ) -> [String] {
    let lead = exposures[0]
    var notes: [String] = []
    if lead.category == .credential {
      notes.append(
        "Who posted it need not own it: if it is not yours, tell the owner in private and never "
          + "try it.")
    }
    if lead.category.accuses {
      notes.append(
        "The text matches a pattern; that says nothing of its author, who may quote it or have "
          + "lost the account.")
    }
    if let provider {
      notes.append("The steps are general: none are written for \(provider).")
    }
    if lead.confidence == .medium {
      notes.append("Up to one in ten such findings is not real: look at the post first.")
    }
    let agents = Set(exposures.map { [$0.platform, $0.agent] }).count
    if agents > 1 {
      notes.append("\(agents) agents showed it: one replacement serves all, each post needs care.")
    }
    let secrets = Set(exposures.map(\.fingerprint)).count
    if secrets > 1 {
      notes.append("\(secrets) parts of one credential were exposed: replace them together.")
    }
    if let companion = missing.first {
      notes.append("Its other part (\(companion.prefix(64))) stood beside it: replace both.")
    }
    return notes
  }
}
