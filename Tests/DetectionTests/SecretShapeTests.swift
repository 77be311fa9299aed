import Core
import Testing

@testable import Detection

@Suite struct SecretShapeTests {
  @Test(arguments: [
    ("q7RvK2mZx9LdT4nWbY8s", []),
    ("f3a91c07be5d4482a6b1", []),
    ("your-api-key-goes-here", [Reason.placeholder]),
    ("EXAMPLEq7RvK2mZx9LdT4", [.placeholder]),
    ("q7Rv****************8s", [.masked]),
    ("xxxxxxxxxxxxxxxxxxxx", [.masked, .repeated]),
    ("q7RvK2mZ...", [.masked]),
    ("aaaaaaaaaaaaaaaaaaaa", [.repeated]),
    ("a1b2a1b2a1b2a1b2a1b2", [.repeated]),
    ("K2abcdefghm9Lx4TnWb8", [.sequential]),
    ("K29876543m9Lx4TnWbY8", [.sequential]),
    ("${OPENAI_API_KEY}", [.reference]),
    ("<the key of the day>", [.reference]),
  ])
  func `what a candidate's characters say against it`(body: String, expected: [Reason]) {
    let objections = SecretShape(body.utf8).objections
    #expect(Set(expected).isSubset(of: objections), "\(objections)")
    if expected.isEmpty { #expect(objections.isEmpty) }
  }

  @Test(arguments: [
    ("q7RvK2mZx9LdT4nWbY8s", true), ("9f86d081884c7d659a2feaa0c55ad015", true),
    ("existingSubscription", false), ("internationalization", false),
    ("my_long_function_name_2", false), ("aaaaaaaabbbbbbbb1111", false),
  ])
  func `random characters are told from names`(body: String, isRandom: Bool) {
    #expect(SecretShape(body.utf8).shows(.random) == isRandom)
  }
}

@Suite struct LongBodyTests {
  @Test func `a body of four megabytes costs no more than its beginning`() {
    let body = String(repeating: "q7RvK2mZx9LdT4nWbY8s", count: 200_000)
    let clock = ContinuousClock()
    #expect(clock.measure { _ = SecretShape(body.utf8).objections } < .seconds(2))
  }
}
