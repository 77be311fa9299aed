import Core
import Crypto
import Testing

@testable import Checks

@Suite struct JWTCheckTests {
  private static let synthetic = [
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    "eyJpc3MiOiJleGFtcGxlIiwicm9sZSI6InNlcnZpY2Vfcm9sZSIsImV4cCI6MTcwMDAwMDAwMH0",
    "k-7JNgFAjdkHPWsQ_rJ0DrqSMCk0H9dCJSXB5Rm8pdM",
  ].joined(separator: ".")

  @Test func `a token tells its issuer, role, algorithm and end`() {
    let outcome = CheckOutcome(.jwt, Self.synthetic)
    #expect(outcome.verdict == .passed)
    #expect(outcome.reasons == [.structureOK])
    #expect(
      outcome.details == [
        .issuer: "example", .role: "service_role", .algorithm: "HS256",
        .expires: "2023-11-14T22:13:20Z",
      ])
    #expect(outcome.severity == .critical)
  }

  @Test func `a token is expired only if it was so when it was posted`() {
    let end = Timestamp(seconds: 1_700_000_000)
    #expect(CheckOutcome(.jwt, Self.synthetic, publishedAt: end).reasons == [.structureOK])
    #expect(
      CheckOutcome(.jwt, Self.synthetic, publishedAt: end + 1).reasons == [.structureOK, .expired])
  }

  @Test func `the first of several audiences is told`() {
    let text = Self.token(#"{"aud":["one","two"]}"#)
    #expect(CheckOutcome(.jwt, text).details[.audience] == "one")
    #expect(CheckOutcome(.jwt, filled("{jwt:aud=api}", seed: 1)).details[.audience] == "api")
  }

  @Test func `claims of unexpected types and impossible times are passed over`() {
    for claims in [
      #"{"iss":5,"aud":{},"role":[1],"exp":"soon"}"#, #"{"exp":1e300}"#, #"{"exp":-5}"#, "{}",
    ] {
      let outcome = CheckOutcome(.jwt, Self.token(claims))
      #expect(outcome.verdict == .passed)
      #expect(outcome.details == [.algorithm: "HS256"], "\(claims)")
    }
  }

  @Test func `an anonymous role is public by design`() {
    let outcome = CheckOutcome(.jwt, filled("{jwt:iss=supabase,role=anon}", seed: 1))
    #expect(outcome.reasons == [.structureOK, .publicByDesign])
    #expect(outcome.severity == .info)
  }

  @Test func `an unsigned token is of little worth`() {
    let outcome = CheckOutcome(.jwt, filled("{jwt:alg=none}", seed: 1))
    #expect(outcome.verdict == .passed)
    #expect(outcome.severity == .low)
  }

  @Test func `keys and issuers of demonstrations make an example`() {
    let message = #"{"alg":"HS256","typ":"JWT"}"# + "\n" + #"{"sub":"1234567890"}"#
    for key in ["secret", "your-256-bit-secret"] {
      #expect(CheckOutcome(.jwt, Self.signed(message, key)).reasons == [.structureOK, .example])
    }
    #expect(CheckOutcome(.jwt, Self.signed(message, "another")).reasons == [.structureOK])
    let issuer = CheckOutcome(.jwt, filled("{jwt:iss=supabase-demo,role=service_role}", seed: 1))
    #expect(issuer.reasons == [.structureOK, .example])
  }

  @Test func `what stands before the header does not hide it`() {
    for prefix in ["ghs_123456_", "Bearer "] {
      let outcome = CheckOutcome(.jwt, prefix + Self.synthetic)
      #expect(outcome.details[.issuer] == "example", "\(prefix)")
    }
  }

  @Test func `an encrypted token is known by its header`() {
    let header = Base64.encodeURL(Array(#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#.utf8)).text
    let outcome = CheckOutcome(.jwt, header + ".a.b.c.d")
    #expect(outcome.verdict == .passed)
    #expect(outcome.details == [.algorithm: "RSA-OAEP"])
    #expect(CheckOutcome(.jwt, Self.synthetic + ".c.d").verdict == .failed)
  }

  @Test func `text that only looks like a token fails`() {
    let parts = Self.synthetic.split(separator: ".").map(String.init)
    for text in [
      "", ".", "..", "a.b.c", parts[0], parts[0] + "." + parts[1], parts[0] + "." + parts[1] + ".",
      parts[0] + ".bm90LWpzb24." + parts[2], parts[1] + "." + parts[1] + "." + parts[2],
      parts[0] + "." + parts[1] + ".dG9vLXNob3J0", "eyJ.eyJ.eyJ",
    ] {
      #expect(CheckOutcome(.jwt, text).verdict == .failed, "\(text)")
    }
  }

  private static func token(_ claims: String) -> String {
    let parts = [#"{"alg":"HS256"}"#, claims].map { Base64.encodeURL(Array($0.utf8)).text }
    let signature = Base64.encodeURL(Array(repeating: 0xA5, count: 32)).text
    return (parts + [signature]).joined(separator: ".")
  }

  // Header and claims on a line each.
  private static func signed(_ message: String, _ key: String) -> String {
    let body = message.split(separator: "\n")
      .map { Base64.encodeURL(Array($0.utf8)).text }.joined(separator: ".")
    let code = HMAC<SHA256>.authenticationCode(
      for: Array(body.utf8), using: SymmetricKey(data: Array(key.utf8)))
    return body + "." + Base64.encodeURL(Array(code)).text
  }
}
