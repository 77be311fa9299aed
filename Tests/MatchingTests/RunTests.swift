import Bytes
import Testing

@testable import Matching

@Suite struct RunFinderTests {
  @Test func `runs equal those of a plain search`() {
    var random = SystemRandomNumberGenerator()
    let finder = RunFinder("ab".utf8, min: 5)
    for _ in 0..<300 {
      let utf8 = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        Array("aaabbb.".utf8).randomElement(using: &random) ?? 0
      }
      let range = utf8.count / 4..<utf8.count - utf8.count / 5
      var runs: [Range<Int>] = []
      utf8.withUnsafeBytes { finder.forEachRun(in: $0, within: range) { runs.append($0) } }
      #expect(runs == plainRuns(of: utf8, in: range, min: 5) { $0 != 0x2E })
    }
  }
}

@Suite struct TokenRunsTests {
  @Test(arguments: [RunKind.token, .word])
  func `runs equal those of a plain search`(kind: RunKind) {
    var random = SystemRandomNumberGenerator()
    var runs: [Range<Int>] = []
    for _ in 0..<2_000 {
      let rare = UInt8.random(in: 2...40, using: &random)
      let utf8 = (0..<Int.random(in: 0...150, using: &random)).map { _ in
        UInt8.random(in: 0..<rare, using: &random) == 0
          ? UInt8.random(in: 0...255, using: &random)
          : Array("aZ09+-./:=_%,~".utf8).randomElement(using: &random) ?? 0
      }
      utf8.withUnsafeBytes { TokenRuns.find(kind, in: ByteMasks($0), into: &runs) }
      let expected = plainRuns(of: utf8, in: utf8.indices, min: RunKind.shortest, kind.contains)
      #expect(runs == expected, "\(utf8)")
    }
  }

  @Test func `token bytes are letters, digits and ten signs`() {
    let signs = "%+,-./:=_~"
    let all = Array(signs.utf8) + Array(UInt8(0)...127).filter(isLetterOrDigit)
    #expect(Set(Array(UInt8(0)...255).filter(RunKind.token.contains)) == Set(all))
  }

  private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    let scalar = Unicode.Scalar(byte)
    return scalar.isASCII
      && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
  }
}

private func plainRuns(
  of bytes: [UInt8], in range: Range<Int>, min: Int, _ isMember: (UInt8) -> Bool
) -> [Range<Int>] {
  var runs: [Range<Int>] = []
  var start = range.lowerBound
  for at in range.lowerBound...range.upperBound
  where at == range.upperBound || !isMember(bytes[at]) {
    if at - start >= min { runs.append(start..<at) }
    start = at + 1
  }
  return runs
}

@Suite struct WordRowFinderTests {
  private let finder = WordRowFinder(
    ["able", "bird", "cat", "door", "earth", "umbrella"].map { Array($0.utf8) }, min: 4,
    widestGap: 6)

  @Test(arguments: [
    ("able bird cat door", 0..<18), ("so: able, bird, cat\n4. door now", 4..<27),
    (String(repeating: "prose ", count: 9) + "cat Cat cat CAT", 54..<69),
    (String(repeating: "x", count: 7) + " earth door cat bird able cat", 8..<36),
    (String(repeating: "it is so uninteresting: ", count: 9) + "cat cat cat umbrella", 216..<236),
    ("umbrella umbrella cat cat" + String(repeating: " of no", count: 20), 0..<25),
    ("cat cat cat cat", 0..<15), ("cat cat cat. nothing in between cat cat cat cat", 32..<47),
  ])
  func `a row is found whole`(text: String, expected: Range<Int>) {
    #expect(rows(text) == [expected])
  }

  @Test func `a row is found wherever it begins`() {
    for padding in 0..<60 {
      let text = String(repeating: "-", count: padding) + "cat cat cat cat"
      #expect(rows(text) == [padding..<padding + 15])
      #expect(rows("cat cat cat cat:::::::\(text)") == [0..<15, padding + 22..<padding + 37])
    }
  }

  @Test(arguments: ["able bird cat", "able bird dog cat door", "able bird cats door able", ""])
  func `short and broken rows are no rows`(text: String) {
    #expect(rows(text).isEmpty)
  }

  private func rows(_ text: String) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    Array(text.utf8).withUnsafeBytes {
      finder.forEachRow(in: $0, ByteMasks($0)) { rows.append($0) }
    }
    return rows
  }
}
