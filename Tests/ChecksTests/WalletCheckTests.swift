import Core
import Testing

@testable import Checks

@Suite struct WalletCheckTests {
  static let intact = [
    Token(.base58check, "5Hq9AudENtYuVMJuTUk", "AgXAi9SLYhidE5VRy", "TSP6FLcTcrmcZwp"),
    Token(.base58check, "KwHV4jGv3cXpg8e2XsT", "XjS9rcEqGviitipVEBh2", "WAHZWV4Ly5HSf"),
    Token(
      .base58check, "xprv", "9s21ZrQH143K2EDGXpNbsnyEi8jeV64NxA2pduBTWifS5ru9pQ",
      "KDGk5oPPCzXmHFhJia4sNdznw1j4zvKFYdKEiff44Lu99sEuf4LuhXFU5"),
    Token(.bech32, "nsec1", "q8c0awa7a0d4cqd46r49ayatuanq99wv", "kjdhhnr6d0my2ztz3aasfjea8h"),
    Token(
      .bech32, "AGE-SECRET-KEY-1", "Q8C0AWA7A0D4CQD46R49AYAT",
      "UANQ99WVKJDHHNR6D0MY2ZTZ3AASQNPP52"),
  ]

  @Test(arguments: intact) func `a worked example passes`(_ token: Token) {
    #expect(token.outcome.verdict == .passed)
    #expect(token.outcome.reasons == [.checksumOK])
    #expect(token.outcome.severity == nil)
  }

  @Test(arguments: intact) func `a worked example fails once its last character changes`(
    _ token: Token
  ) {
    let last = token.text.utf8.count - 1
    #expect(CheckOutcome(token.check, changed(token.text, at: last)).verdict == .failed)
  }

  @Test(arguments: [(UInt8(0x80), "mainnet"), (0xEF, "testnet")])
  func `an imported key names its network`(_ version: UInt8, _ environment: String) {
    let key = [UInt8](repeating: 7, count: 32)
    for payload in [[version] + key, [version] + key + [1]] {
      let text = Base58.encodeChecked(payload).text
      #expect(CheckOutcome(.base58check, text).details == [.environment: environment])
    }
    let odd = Base58.encodeChecked([version] + key + [2]).text
    #expect(CheckOutcome(.base58check, odd).reasons == [.structureFailed])
    let zero = Base58.encodeChecked([version] + [UInt8](repeating: 0, count: 32)).text
    #expect(CheckOutcome(.base58check, zero).reasons == [.structureFailed])
  }

  @Test func `extended public keys and addresses are public by design`() {
    let xpub: [UInt8] = [0x04, 0x88, 0xB2, 0x1E] + [UInt8](repeating: 3, count: 74)
    for payload in [xpub, [0] + [UInt8](repeating: 9, count: 20)] {
      let outcome = CheckOutcome(.base58check, Base58.encodeChecked(payload).text)
      #expect(outcome.reasons == [.checksumOK, .publicByDesign])
      #expect(outcome.severity == .info)
    }
  }

  @Test func `an unknown version passes by its checksum alone`() {
    let outcome = CheckOutcome(.base58check, Base58.encodeChecked([1, 2, 3, 4, 5, 6, 7]).text)
    #expect(outcome.reasons == [.checksumOK])
    #expect(outcome.details.isEmpty)
  }

  @Test func `an extended key holds a zero before its number`() {
    let version: [UInt8] = [0x04, 0x88, 0xAD, 0xE4]
    let wrong = version + [UInt8](repeating: 1, count: 74)
    let outcome = CheckOutcome(.base58check, Base58.encodeChecked(wrong).text)
    #expect(outcome.reasons == [.structureFailed])
  }

  @Test func `base58 comes back as it was, with its zeros, and is bounded`() {
    for count in 0..<80 {
      let bytes =
        [UInt8](repeating: 0, count: count % 4)
        + (0..<count).map { UInt8(truncatingIfNeeded: $0 * 91 + 5) }
      #expect(Base58.decode(Base58.encode(bytes)) == bytes)
    }
    #expect(Base58.decode(Array("0OIl".utf8)) == nil)
    #expect(Base58.decode(Array(repeating: 0x41, count: 256)) != nil)
    #expect(Base58.decode(Array(repeating: 0x41, count: 257)) == nil)
  }

  @Test func `bech32 takes one case only`() {
    let text = Self.intact[3].text
    #expect(CheckOutcome(.bech32, text.uppercased()).verdict == .passed)
    #expect(CheckOutcome(.bech32, "N" + text.dropFirst()).verdict == .failed)
    #expect(CheckOutcome(.bech32, "nsec1").verdict == .failed)
    #expect(CheckOutcome(.bech32, "1qqqqqqqq").verdict == .failed)
  }

  @Test func `bech32 keys have 32 bytes and public values are public`() {
    let short = Bech32.encode("nsec", Array(repeating: 1, count: 31)).text
    #expect(CheckOutcome(.bech32, short).reasons == [.structureFailed])
    let npub = Bech32.encode("npub", Array(repeating: 1, count: 32)).text
    #expect(CheckOutcome(.bech32, npub).reasons == [.checksumOK, .publicByDesign])
    let other = Bech32.encode("other", Array(repeating: 1, count: 5)).text
    #expect(CheckOutcome(.bech32, other).reasons == [.checksumOK])
  }

  @Test(arguments: [
    (String(repeating: "0", count: 64), CheckOutcome.Verdict.failed),
    (String(repeating: "0", count: 63) + "1", .inapplicable),
    // The curve's order and the number before it.
    ("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", .failed),
    ("0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364140", .inapplicable),
    (String(repeating: "f", count: 64), .failed), ("abcd", .failed), ("xyz", .failed),
  ])
  func `a hex key out of range is disproved, one in range is not proved`(
    _ text: String, _ verdict: CheckOutcome.Verdict
  ) {
    #expect(CheckOutcome(.secp256k1, text).verdict == verdict)
  }

  @Test func `a Solana key pair fits together in both spellings and names its address`() {
    for seed in UInt64(0)..<20 {
      let json = filled("{solana-json#k}", seed: seed)
      let outcome = CheckOutcome(.solana, json)
      #expect(outcome.verdict == .passed)
      let bytes = json.dropFirst().dropLast().split(separator: ",").compactMap { UInt8($0) }
      #expect(outcome.details == [.address: Base58.encode(Array(bytes[32...])).text])
      #expect(CheckOutcome(.solana, Base58.encode(bytes).text) == outcome)
      let spaced = json.split(separator: ",").joined(separator: ",\n  ")
      #expect(CheckOutcome(.solana, spaced) == outcome)
    }
  }

  @Test func `a Solana signature has the length of a key and fails`() {
    let bytes = (0..<64).map { UInt8(truncatingIfNeeded: $0 * 13 + 1) }
    #expect(CheckOutcome(.solana, Base58.encode(bytes).text).reasons == [.checksumFailed])
    for text in ["[1,2,3]", "[256" + String(repeating: ",1", count: 63) + "]", "[]", "", "[1,,2]"] {
      #expect(CheckOutcome(.solana, text).reasons == [.structureFailed], "\(text)")
    }
  }
}
