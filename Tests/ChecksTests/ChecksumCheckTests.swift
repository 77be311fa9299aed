import Core
import Testing

@testable import Checks

@Suite struct ChecksumCheckTests {
  static let intact = [
    Token(.crc32Base62, "ghp_", "SYNTHETICexample", "NotARealKey000", "3fGzn0"),
    Token(.crc32Base62, "npm_", "SYNTHETICexample", "NotARealKey000", "3fGzn0"),
    Token(
      .crc32Base62, "vcp_", "SYNTHETICexample", "NotARealVercelToken", "000000000000000", "2tmJxl"),
    Token(.githubFineGrained, "github_pat_", fineGrained, "3JY5WXJN", "00000000"),
    Token(.grafana, "glsa_", "SYNTHETICexample", "NotARealKey00000", "_9b20fee9"),
    Token(.atlassian, "ATATT3", "xFfGF0SYNTHETIC", "exampleNotARealToken0000", "=B6D9E838"),
    Token(.zuplo, "zpka_", "synthetic0example0", "not0a0real0key", "_474733cc"),
    Token(.synapse, "syt_", "YWxpY2U_", "abcdefghijklmnopqrst", "_1TMI8I"),
    Token(.luhn, "4242", "4242", "4242", "4242"),
  ]
  private static let fineGrained =
    "11SYNTHETIC00EXAMPLE00_" + "SYNTHETICexampleNotARealFineGrainedPAT00000"

  @Test(arguments: intact) func `a token passes with the checksum it was issued with`(
    _ token: Token
  ) {
    #expect(token.outcome.verdict == .passed)
    #expect(token.outcome.reasons.contains(.checksumOK))
  }

  @Test(arguments: intact.dropLast()) func `a token fails once any character of its body changes`(
    _ token: Token
  ) {
    let prefix = token.parts[0].utf8.count
    let tail = token.check == .githubFineGrained ? 8 : 0
    for offset in prefix..<(token.text.utf8.count - tail) {
      let text = changed(token.text, at: offset)
      #expect(CheckOutcome(token.check, text).verdict != .passed, "offset \(offset)")
    }
  }

  @Test(arguments: [
    ["SYNTHETICexample", "NotAKey0000000", "0s9VtD"],
    ["SYNTHETICexample", "NotAKey0000069", "00FNvV"],
    ["SYNTHETICexample", "NotAKey0045606", "000Nfy"],
    ["SYNTHETICexample", "NotAKey0013404", "0000QS"],
  ])
  func `a small checksum is written with leading zeros`(_ parts: [String]) {
    #expect(CheckOutcome(.crc32Base62, "ghp_" + parts.joined()).verdict == .passed)
  }

  @Test func `a checksum tells nothing of a token cut short or of another form`() {
    for text in ["ghp_" + "SYNTHETIC", "ghp" + "SYNTHETICexampleNotARealKey0003fGzn0", "ghs_1.2"] {
      #expect(CheckOutcome(.crc32Base62, text) == .inapplicable, "\(text)")
    }
    #expect(CheckOutcome(.githubFineGrained, "github_pat_" + "short") == .inapplicable)
    #expect(CheckOutcome(.grafana, "glsa_" + "no-tail") == .inapplicable)
    #expect(CheckOutcome(.atlassian, "ATATT3" + "xFfGF0=") == .inapplicable)
    #expect(CheckOutcome(.zuplo, "zpka_" + "body_notahextail") == .inapplicable)
  }

  @Test func `a Synapse token tells its account, whichever case its digits begin with`() {
    let token = "syt_" + "YWxpY2U_" + "abcdefghijklmnopqrst"
    for tail in ["_1TMI8I", "_1tmi8i"] {
      #expect(CheckOutcome(.synapse, token + tail).details == [.account: "alice"])
    }
    #expect(CheckOutcome(.synapse, token) == .inapplicable)
  }

  @Test(arguments: [
    ("glpat-", 27, ".0r", CheckOutcome.Verdict.passed), ("glpat-", 38, ".01.12", .passed),
    ("glrt-t1_", 27, ".01.0u", .passed), ("glpat-", 26, ".0r", .failed),
    ("glpat-", 20, "", .inapplicable),
  ])
  func `a routable GitLab token says how long its payload is`(
    _ prefix: String, _ length: Int, _ tail: String, _ verdict: CheckOutcome.Verdict
  ) {
    let token = prefix + filled("{base64url:\(length)}", seed: 3) + tail
    let whole = tail.isEmpty ? token : token + filled("{alnum:7}", seed: 3)
    #expect(CheckOutcome(.gitlabRoutable, whole).verdict == verdict)
  }

  @Test func `Grafana and Zuplo write hex in either case`() {
    let upper = "glsa_" + "SYNTHETICexample" + "NotARealKey00000" + "_9B20FEE9"
    #expect(CheckOutcome(.grafana, upper).verdict == .passed)
  }

  @Test func `card numbers may be grouped`() {
    #expect(CheckOutcome(.luhn, "4242 4242 4242 4242").verdict == .passed)
    #expect(CheckOutcome(.luhn, "4242-4242-4242-4242").reasons == [.checksumOK, .example])
    #expect(CheckOutcome(.luhn, "4242 4242 4242 4241").verdict == .failed)
    #expect(CheckOutcome(.luhn, "42424242424").verdict == .failed)
    #expect(CheckOutcome(.luhn, "4242x4242y4242z4242").verdict == .failed)
  }

  @Test func `the CRC-24 of OpenPGP's test string is the published one`() {
    #expect(Checksum.crc24(Array("123456789".utf8)) == 0x21CF02)
    #expect(PGP.checksum(Array("123456789".utf8)).text == "Ic8C")
  }
}
