import Core
import Testing

@testable import Checks

/// Public halves that other implementations give for the same keys.
@Suite struct Secp256k1Tests {
  @Test(arguments: [
    (
      one, "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
      "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
    ),
    (
      String(repeating: "0", count: 63) + "3",
      "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9",
      "388f7b0f632de8140fe337e62a37f3566500a99934c2231b6cb9fd7584b8e672"
    ),
    (
      // The order less one: the base point turned over.
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140",
      "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
      "b7c52588d95c3b9aa25b0403f1eef75702e84bb7597aabe663b82f6f04ef2777"
    ),
    (
      // The hash of `synthetic example, do not use`.
      "01f0febbbeebdb5c01b5d0ea5e93abe7" + "660295ccb49b7bcc7a6bf64509628f7b",
      "3f420c50876d9da8792ad11b4ee232483b54350bb9e999c078550bcdb23451f2",
      "1b83c654de7cc3622b1050a9c66df010d33873a9ac11ef30151b2e2e90ecb089"
    ),
  ])
  func `a key has the public point that others reckon`(key: String, x: String, y: String) throws {
    let bytes = try #require(Hex.decode(Array(key.utf8)[...]))
    let point = Secp256k1.publicKey(of: bytes)
    #expect(Hex.encode(point.x).text == x)
    #expect(Hex.encode(point.y).text == y)
  }

  private static let one = String(repeating: "0", count: 63) + "1"

  @Test(arguments: [
    ("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
    ("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
  ])
  func `hashes are those of Keccak, not of SHA-3`(text: String, hash: String) {
    #expect(Hex.encode(keccak256(text.utf8)).text == hash)
  }

  @Test func `a message may end anywhere in a block`() {
    let hashes = (130...275).map { keccak256([UInt8](repeating: 0x61, count: $0)) }
    #expect(Set(hashes).count == hashes.count)
  }

  @Test func `an Ethereum key names its address`() {
    let outcome = CheckOutcome(.ethereum, "0x" + Self.one)
    #expect(outcome.verdict == .inapplicable)
    #expect(outcome.details == [.address: "0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"])
    #expect(CheckOutcome(.ethereum, String(repeating: "f", count: 64)).verdict == .failed)
  }

  @Test func `a Nostr key names its npub`() throws {
    // NIP-19's own pair.
    let key = "67dea2ed018072d675f5415ecfaed7d2" + "597555e202d85b3d65ea4e58d2d92ffa"
    let bytes = try #require(Hex.decode(Array(key.utf8)[...]))
    let outcome = CheckOutcome(.bech32, Bech32.encode("nsec", bytes).text)
    #expect(
      outcome.details == [
        .address: "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg"
      ])
    #expect(CheckOutcome(.bech32, Bech32.encode("other", bytes).text).details.isEmpty)
  }

  @Test func `an age key names its recipient`() throws {
    // The hash of `synthetic example, do not use`.
    let key = "01f0febbbeebdb5c01b5d0ea5e93abe7" + "660295ccb49b7bcc7a6bf64509628f7b"
    let bytes = try #require(Hex.decode(Array(key.utf8)[...]))
    let outcome = CheckOutcome(.bech32, Bech32.encode("age-secret-key-", bytes).text)
    let recipient = try #require(
      Hex.decode(
        Array("ce7893c353cd9f9495ebd4d2e3b5ba434b8f1ffc0a01493b318b33f6ac3b7253".utf8)[...]))
    #expect(outcome.details == [.address: Bech32.encode("age", recipient).text])
  }
}
