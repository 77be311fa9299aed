import Core
import Testing

@testable import Checks

@Suite struct AccountCheckTests {
  @Test func `an AWS key id of today tells its account`() {
    let outcome = CheckOutcome(.awsAccount, "AKIA" + "RZPUZDIKFIAQEAYE")
    #expect(outcome.verdict == .passed)
    #expect(outcome.details == [.account: "123456789012"])
  }

  @Test func `an AWS key id from before 2019 tells nothing`() {
    let outcome = CheckOutcome(.awsAccount, "AKIA" + "IOSFODNN7EXAMPLE")
    #expect(outcome.verdict == .inapplicable)
    #expect(outcome.details.isEmpty)
    #expect(outcome.reasons == [.example])
  }

  @Test(arguments: ["0", "1", "8", "9", "a"])
  func `a character outside base32 disproves an AWS key id`(_ character: String) {
    let outcome = CheckOutcome(.awsAccount, "AKIA" + "RZPUZDIKFIAQEAY" + character)
    #expect(outcome.verdict == .failed)
    #expect(outcome.reasons == [.structureFailed])
  }

  @Test func `an account has twelve digits at most`() {
    #expect(CheckOutcome(.awsAccount, "AKIA" + "7777777777777777").verdict == .failed)
    #expect(
      CheckOutcome(.awsAccount, "AKIA" + "QAAAAAAAAAAAAAAA").details[.account] == "000000000000")
    #expect(CheckOutcome(.awsAccount, "AKIA" + "RZPUZDIKFIAQEAY").verdict == .failed)
  }

  @Test func `a Discord token begins with the id of its bot`() {
    let outcome = CheckOutcome(.discordToken, "MTIzNDU2Nzg5MDEy" + "MzQ1Njc4" + ".GabcDE.body")
    #expect(outcome.verdict == .passed)
    #expect(outcome.details == [.account: "123456789012345678"])
  }

  @Test func `three base64 words are no Discord token`() {
    for text in ["aGVsbG8.abc.def", "MTIz.abc.def", "MTIzNDU2Nzg5MDEy" + "MzQ1Njc4", "..", ""] {
      #expect(CheckOutcome(.discordToken, text).verdict == .failed, "\(text)")
    }
    // 20 digits that would be of the year 2154.
    let late = Base64.encodeURL(Array("18446744073709551615".utf8)).text
    #expect(CheckOutcome(.discordToken, late + ".a.b").verdict == .failed)
  }

  @Test func `a readable body proves base64 and may name an account`() {
    let body = "BedrockAPIKey-abcd-at-123456789012:" + "c29tZXRoaW5n"
    let outcome = CheckOutcome(.base64Prefix, "ABSK" + Base64.encode(Array(body.utf8)).text)
    #expect(outcome.verdict == .passed)
    #expect(outcome.details == [.account: "123456789012"])
  }

  @Test func `zero spare bits prove base64, set ones disprove it, none say nothing`() {
    let bytes = (0..<32).map { UInt8(truncatingIfNeeded: $0 * 37 + 200) }
    let text = Base64.encode(bytes).text
    #expect(CheckOutcome(.base64Prefix, "key_" + text).verdict == .passed)
    let broken = String(text.dropLast(2)) + changed(String(text.suffix(2).prefix(1)), at: 0) + "="
    #expect(CheckOutcome(.base64Prefix, "key_" + broken).verdict == .failed)
    let whole = Base64.encode(Array(bytes.prefix(30))).text
    #expect(CheckOutcome(.base64Prefix, "key_" + whole) == .inapplicable)
    #expect(CheckOutcome(.base64Prefix, "key_abc$def").verdict == .failed)
    #expect(CheckOutcome(.base64Prefix, "").verdict == .failed)
  }
}
