import Core
import Crypto
import Testing

@testable import Checks

@Suite struct BIP39Tests {
  @Test func `the list is the published one`() {
    let text = BIP39.words.map { $0.text + "\n" }.joined()
    let digest = SHA256.hash(data: Array(text.utf8))
    #expect(
      Hex.encode(digest).text
        == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda")
  }

  @Test func `every word is found in either case, alone and as part of a longer text`() {
    for (index, word) in BIP39.words.enumerated() {
      #expect(BIP39.index(of: word.span) == index)
      #expect(BIP39.index(of: Array(word.text.uppercased().utf8).span) == index)
      let text = [0x20] + word + [0x2E]
      #expect(BIP39.index(of: text[1..<(text.count - 1)].span) == index)
    }
  }

  @Test(arguments: [
    "", "a", "ab", "abando", "abandoned", "abandonx", "zzz", "aban on", "ab\u{0}ndon",
    "\u{1}bandon",
    "abandonabandon", "incomprehensibilities", "{oo",
  ])
  func `what is no word of the list is not found`(_ text: String) {
    #expect(BIP39.index(of: Array(text.utf8).span) == nil)
  }

  @Test func `packing a long word never makes it look like a short one`() {
    for length in 9..<60 {
      var packed: UInt64 = 0
      for letter in String(repeating: "a", count: length - 3).utf8 + Array("zoo".utf8) {
        packed = packed << 5 | UInt64(letter & 0x1F)
      }
      #expect(BIP39.index(packed: packed) == nil)
    }
    #expect(BIP39.index(packed: 0) == nil)
  }

  @Test func `entropy gives the indexes worked out by hand`() {
    let phrase = BIP39.phrase(Array(0...15)).text.split(separator: " ")
    let indexes = phrase.map { BIP39.index(of: Array($0.utf8).span) }
    #expect(indexes == [0, 64, 1030, 64, 643, 28, 257, 266, 88, 771, 540, 251])
  }

  @Test func `numbers, bullets and lines between words do not matter`() {
    let words = BIP39.phrase(Array(0...15)).text.split(separator: " ")
    let numbered = words.enumerated().map { "\($0 + 1). \($1.uppercased())" }
    for text in [numbered.joined(separator: "\n"), words.joined(separator: ", ")] {
      #expect(CheckOutcome(.bip39, text).reasons == [.checksumOK])
    }
  }

  @Test func `words in another order, foreign words and other counts fail`() {
    let words = BIP39.phrase(Array(0...15)).text.split(separator: " ").map(String.init)
    let swapped = [words[1], words[0]] + words[2...]
    #expect(CheckOutcome(.bip39, swapped.joined(separator: " ")).reasons == [.checksumFailed])
    let foreign = ["moltbook"] + words[1...]
    #expect(CheckOutcome(.bip39, foreign.joined(separator: " ")).reasons == [.structureFailed])
    for count in [0, 1, 11, 13, 27] {
      let text = (0..<count).map { words[$0 % 12] }.joined(separator: " ")
      #expect(CheckOutcome(.bip39, text).reasons == [.structureFailed], "\(count)")
    }
  }

  @Test func `one checksum in sixteen fits twelve words at random`() {
    let count = (0..<2_048).count { last in
      BIP39.isIntact(Array(repeating: 5, count: 11) + [last])
    }
    #expect(count == 128)
  }

  @Test(arguments: [
    Array(repeating: "test", count: 11) + ["junk"],
    Array(repeating: "abandon", count: 11) + ["about"],
    Array(repeating: "abandon", count: 23) + ["art"],
  ])
  func `a phrase that everybody uses is an example`(_ words: [String]) {
    let outcome = CheckOutcome(.bip39, words.joined(separator: " "))
    #expect(outcome.reasons == [.checksumOK, .example])
  }
}
