import Core
import Testing

@testable import Checks

@Suite struct BIP39PhraseTests {
  private static let twelve = BIP39.phrase(Array(0...15)).text
  private static let twentyFour = BIP39.phrase(Array(40...71)).text

  private func phrases(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { buffer in
      BIP39.phrases(in: buffer, 0..<buffer.count).map { bytes[$0].text }
    }
  }

  @Test(arguments: [
    "%", "my words: % and the other ones", "%\n\nplease keep them safe", "the phrase % okay",
    "seed phrase % use this wallet", "% use this wallet", "wallet. Next, %.",
    "(%) abandon ability able", "private key phrase: %\nwarm weather all week",
  ])
  func `a phrase is found in what stands around it`(_ frame: String) {
    for phrase in [Self.twelve, Self.twentyFour] {
      #expect(phrases(frame.replacing("%", with: phrase)) == [phrase])
    }
  }

  @Test func `numbers, lines and columns part the words of a phrase`() {
    let words = Self.twelve.split(separator: " ")
    let numbered = words.enumerated().map { "\($0 + 1). \($1)" }
    let columns = numbered.enumerated().map { $0 % 3 == 2 ? $1 + "\n" : $1 + "  " }.joined()
    let wrapped = words.enumerated().map { $0 % 4 == 3 ? $1 + "\n" : $1 + " " }.joined()
    for text in [
      words.joined(separator: ", "), numbered.joined(separator: "\n"),
      String(columns.dropFirst(3).dropLast()), String(wrapped.dropLast()),
    ] {
      #expect(phrases("Backup:\n\n\(text)\n\nThat is all.").count == 1)
    }
  }

  @Test func `two phrases on two lines are two`() {
    #expect(
      phrases(Self.twelve + "\n" + Self.twentyFour) == [Self.twelve, Self.twentyFour])
  }

  @Test func `lists of words hold no phrase`() {
    var random = SplitMix64(seed: 1, stream: 1)
    let list = BIP39.words.map(\.text)
    let mixed = (0..<400).map { _ in list[Int(random.below(2_048))] }
    for separator in [" ", "\n", ", "] {
      for words in [list, list.reversed(), mixed] {
        let found = phrases(words.joined(separator: separator))
        #expect(found.allSatisfy { CheckOutcome(.bip39, $0).verdict == .failed })
      }
      for start in stride(from: 0, to: 2_000, by: 12) {
        let found = phrases(list[start..<start + 12].joined(separator: separator))
        #expect(found.count == 1)
      }
    }
  }

  @Test func `prose and rows of eleven words hold none`() {
    #expect(phrases("we woke up without memory again and read our own notes").isEmpty)
    #expect(phrases(Self.twelve.split(separator: " ").dropFirst().joined(separator: " ")).isEmpty)
    #expect(phrases(Self.twelve.replacing(" ", with: " the end of it all ")).isEmpty)
  }
}
