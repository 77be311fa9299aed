package import Core

/// What an offline check says of one secret.
///
/// A check sees the secret's own bytes and nothing else: no network, no clock, no key. What it
/// proves is that a value is well-formed, never that it is live, since anyone can compute a
/// checksum. Input is hostile: a check is linear in its length, or bounds the length first.
package struct CheckOutcome: Sendable, Equatable {
  package var verdict: Verdict
  package var reasons: [Reason]
  /// Raw text out of the secret: the caller masks it.
  package var details: [DetailKey: String]
  /// Takes the place of the rule's severity; nil leaves it.
  package var severity: Severity?

  /// Whether the value is well-formed; `inapplicable` where the check can tell nothing either way.
  package enum Verdict: Sendable {
    case passed, failed, inapplicable
  }

  static func passed(
    _ reasons: [Reason], details: [DetailKey: String] = [:], severity: Severity? = nil
  ) -> CheckOutcome {
    CheckOutcome(verdict: .passed, reasons: reasons, details: details, severity: severity)
  }

  static func failed(_ reason: Reason) -> CheckOutcome {
    CheckOutcome(verdict: .failed, reasons: [reason], details: [:], severity: nil)
  }

  static let inapplicable = CheckOutcome(
    verdict: .inapplicable, reasons: [], details: [:], severity: nil)

  /// A checksum's verdict.
  static func checksum(_ holds: Bool) -> CheckOutcome {
    holds ? passed([.checksumOK]) : failed(.checksumFailed)
  }

  /// What an intact value that is meant to be public gives.
  static func publicValue(_ reason: Reason, details: [DetailKey: String] = [:]) -> CheckOutcome {
    passed([reason, .publicByDesign], details: details, severity: .info)
  }

  /// A private key that only its passphrase opens.
  static func passphraseProtected(_ reason: Reason, algorithm: String?) -> CheckOutcome {
    var details: [DetailKey: String] = [.scheme: "passphrase"]
    details[.algorithm] = algorithm
    return passed([reason], details: details, severity: .medium)
  }
}

/// Runs one check; a value of the list of known examples bears the reason `example` whatever the
/// verdict.
///
/// `publishedAt` is the post's time: what had expired by then is marked so.
package func check(_ name: CheckName, _ secret: [UInt8], publishedAt: Timestamp?) -> CheckOutcome {
  var outcome =
    switch name {
    case .crc32Base62: checkCRC32Base62(secret)
    case .githubFineGrained: checkGitHubFineGrained(secret)
    case .grafana: checkGrafana(secret)
    case .atlassian: checkAtlassian(secret)
    case .zuplo: checkZuplo(secret)
    case .synapse: checkSynapse(secret)
    case .gitlabRoutable: checkGitLabRoutable(secret)
    case .jwt: checkJWT(secret, publishedAt: publishedAt)
    case .awsAccount: checkAWSAccount(secret)
    case .base58check: checkBase58Check(secret)
    case .solana: checkSolana(secret)
    case .bech32: checkBech32(secret)
    case .bip39: checkBIP39(secret)
    case .secp256k1: checkSecp256k1(secret)
    case .ethereum: checkEthereum(secret)
    case .pem: checkPEM(secret)
    case .openssh: checkOpenSSH(secret)
    case .pgp: checkPGP(secret)
    case .discordToken: checkDiscordToken(secret)
    case .base64Prefix: checkBase64Prefix(secret)
    case .luhn: checkLuhn(secret)
    }
  if !outcome.reasons.contains(.example), isKnownExample(secret) {
    outcome.reasons.append(.example)
  }
  return outcome
}
