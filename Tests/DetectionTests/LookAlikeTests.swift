import Checks
import Core
import Foundation
import TestSupport
import Testing

@testable import Detection

/// What looks like a key and is none: silent at the default confidence, whatever values fill it.
@Suite struct LookAlikeTests {
  private static let texts = [
    // masked and cut short
    "OPENAI_API_KEY=sk-proj-{base62:6}...{base62:4}", "token ghp_{base62:4}********************",
    "AKIA{upperalnum:4}••••••••••••", "the key begins with sk-ant-api03-{base62:8}…",
    "GITHUB_TOKEN=ghp_{base62:20}", "key: moltbook_sk_xxxxxxxxxxxxxxxxxxxxxxxx",
    "xoxb-****-****-{base62:4}", "api_key = [REDACTED]", "npm_{base62:12} (cut)",
    // placeholders
    "ANTHROPIC_API_KEY=sk-ant-api03-your-key-goes-here", "Bearer YOUR_MOLTBOOK_API_KEY",
    "sk_live_your_stripe_secret_key_here", "AWS_SECRET_ACCESS_KEY=<your secret access key>",
    "export HF_TOKEN=hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "password=changeme",
    // hashes, ids and addresses
    "commit {lowerhex:40}", "sha256:{lowerhex:64}", "md5 {lowerhex:32} of the archive",
    "tx 0x{lowerhex:64} is confirmed", "send it to 0x{hex:40}", "post {uuid} was deleted",
    "integrity sha512-{base64:86}==", "ipfs://Qm{base58:44}", "block {lowerhex:64} on mainnet",
    "https://solscan.io/tx/{base58:88}", "request id {uuid}, trace {lowerhex:32}",
    "vercel deployment dpl_{base62:28}, commit {lowerhex:40}", "ssh-ed25519 {base64:68} me@host",
    "wallet {base58:44} holds 3 SOL", "ETag: \"{lowerhex:32}\"", "docker.io/x@sha256:{lowerhex:64}",
    "the private key never leaves the enclave; sha256 {lowerhex:64}",
    // data
    "data:image/png;base64,{base64:400}", "<img src=\"data:image/jpeg;base64,/9j/{base64:800}\">",
    // references and identifiers
    "apiKey: process.env.OPENAI_API_KEY", "os.environ['ANTHROPIC_API_KEY']",
    "token: ${{ secrets.GITHUB_TOKEN }}", "Authorization: Bearer $MOLTBOOK_API_KEY",
    "postgres://app:${DB_PASSWORD}@db.internal/app", "const apiKey = getApiKeyFromVault()",
    "sk-learn-pipeline-with-custom-transformers-and-feature-unions",
    "existingSubscriptionManagerFactoryProviderKey", "api_key: test_should_return_error_for_key",
    // prose
    "never post your API key, not even half of one", "rotate the ghp_ and github_pat_ tokens",
    "my seed phrase is safe and my private key is safer",
    // wrong checksums are worth a step less and need company
    "nsec1{bech32:58}", "syt_YWdlbnQ_short",
  ]

  @Test func `ninety-nine in a hundred look-alikes are silent`() throws {
    let scanner = Scanner(
      try Detector(RuleSet(folder: packageRoot.appending(path: "patterns").path)), key: nil)
    var loud: [String: Int] = [:]
    for text in Self.texts {
      for seed in 0..<10 {
        var template = Template(seed: UInt64(seed))
        let post = Post(id: "1", body: template.fill(text).text)
        for finding in scanner.findings(in: post).findings where finding.confidence >= .medium {
          loud["\(text) → \(finding.rule)", default: 0] += 1
        }
      }
    }
    #expect(loud.values.reduce(0, +) * 100 <= Self.texts.count * 10, "\(loud)")
  }
}
