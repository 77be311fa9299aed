import Core
import Testing

@testable import Checks

@Suite struct KnownExamplesTests {
  static let known: [[String]] = [
    ["AKIA", "IOSFODNN7", "EXAMPLE"], ["wJalrXUtnFEMI/", "K7MDENG/", "bPxRfiCY", "EXAMPLEKEY"],
    ["sk_", "test_", "4eC39HqLyjWDarjtT1zdp7dc"], ["4242", "4242", "4242", "4242"],
    ["123456", ":", "ABC-DEF1234ghIkl-", "zyx57W2v1u123ew11"],
    ["0x", "AC0974BEC39A17E36BA4A6B4D238FF94", "4BACB478CBED5EFCAE784D7BF4F2FF80"],
    ["ac0974bec39a17e36ba4a6b4d238ff94", "4bacb478cbed5efcae784d7bf4f2ff80"],
    ["Test test test ", "test test test test\n", "test test test test junk"],
  ]

  @Test(arguments: known) func `a value of the documentation is known`(_ parts: [String]) {
    #expect(isKnownExample(Array(parts.joined().utf8)))
  }

  @Test func `a value close to a known one is not`() {
    for parts in Self.known {
      let text = parts.joined()
      let other = changed(text, at: text.utf8.count - 1)
      #expect(!isKnownExample(Array(other.utf8)))
    }
    #expect(!isKnownExample([]))
  }

  @Test func `a known value is marked whatever the verdict`() {
    let key = ["ac0974bec39a17e36ba4a6b4d238ff94", "4bacb478cbed5efcae784d7bf4f2ff80"].joined()
    #expect(CheckOutcome(.secp256k1, key).reasons == [.example])
    #expect(CheckOutcome(.crc32Base62, "4242" + "424242424242").reasons == [.example])
  }

  @Test func `the list holds each value once`() {
    #expect(knownExamples.count == knownExampleDigests.count)
  }
}
