import Checks
import Core
import TestSupport
import Testing

@testable import Detection

/// What offline checks of a secret come to in its finding.
@Suite struct ProofTests {
  private func findings(_ text: String) throws -> [Finding] {
    Scanner(try shippedDetector.get(), key: nil).findings(in: Post(id: "1", body: text)).findings
  }

  /// A rule, a text, and what the check learns of the secret by itself.
  private static let learned: [(rule: String, text: String, key: DetailKey, value: String)] = [
    ("aws-access-key-id", "aws key AKIA" + "RZPUZDIKFIAQEAYE", .account, "123456789012"),
    ("jwt-token", "Authorization: Bearer {jwt:iss=tide}", .issuer, "tide"),
    ("jwt-token", "Authorization: Bearer {jwt:role=service_role}", .role, "service_role"),
    ("bitcoin-wif", "wallet import key {wif}", .environment, "mainnet"),
  ]

  @Test(arguments: learned)
  func `what a check learns stands in the details`(
    rule: String, text: String, key: DetailKey, value: String
  ) throws {
    var template = TemplateFiller()
    let found = try findings(template.fill(text)).filter { $0.rule == rule }
    #expect(found.map { $0.details[key]?.string } == [value])
  }

  @Test(arguments: [
    ("PRIVATE_KEY=0x{evm}", "ethereum-private-key", DetailKey.address, "0x"),
    ("NOSTR_NSEC={nsec}", "nostr-secret-key", .address, "npub1"),
    ("SOLANA_KEY={solana}", "solana-keypair", .address, ""),
    ("key:\n{openssh}", "private-key-openssh", .fingerprint, "SHA256:"),
    ("AGE_KEY={age}", "age-secret-key", .address, "age1"),
  ])
  func `a key's public half is named`(
    text: String, rule: String, key: DetailKey, prefix: String
  ) throws {
    var template = TemplateFiller()
    let found = try findings(template.fill(text)).filter { $0.rule == rule }
    let value = try #require(found.first?.details[key]?.string, "\(rule)")
    #expect(value.hasPrefix(prefix) && value.utf8.count > prefix.utf8.count)
    #expect(!value.contains("‹"))
  }

  @Test func `every check has a rule with an example that it does not fail`() throws {
    var held: Set<CheckName> = []
    for trial in RuleTrial.all(of: try shippedDetector.get().rules) where !trial.isNegative {
      guard let name = trial.rule.check, let span = trial.secrets.first else { continue }
      let secret = Array(Array(trial.text.utf8)[span])
      if check(name, secret, publishedAt: nil).verdict != .failed { held.insert(name) }
    }
    #expect(CheckName.allCases.filter { !held.contains($0) } == [])
  }

  @Test func `an Ethereum key is proved by its address beside it`() throws {
    var template = TemplateFiller()
    let key = template.fill("{evm}")
    let address = try #require(
      check(.ethereum, Array(key.utf8), publishedAt: nil).details[.address])
    for shown in [address, "0x" + address.dropFirst(2).uppercased()] {
      let found = try findings("wallet \(shown)\n\n\(key)")
      #expect(found.map(\.rule) == ["ethereum-private-key-nearby"])
      #expect(found.map(\.confidence) == [.medium])
      #expect(found[0].reasons.contains(.companion))
    }
    let other = "0x" + address.dropFirst(3) + "0"
    #expect(try findings("wallet \(other)\n\n\(key)").allSatisfy { $0.confidence == .low })
  }
}
