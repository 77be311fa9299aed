import Matching
import Testing

@Suite struct TokenDemandTests {
  /// An expression, the run that its matches hold, and how far behind their start at most.
  struct Row: CustomTestStringConvertible {
    var pattern: String
    var run: Int?
    var reach = 0

    var testDescription: String { pattern }
  }

  @Test(arguments: [
    Row(pattern: "ghp_[A-Za-z0-9]{36}(?![A-Za-z0-9])", run: 40),
    Row(pattern: "(?<![A-Z])(?<secret>sk-[\\w-]{20,64})", run: 23),
    Row(pattern: "(?i)acme.{0,40}?[\"' ](?<secret>[a-f0-9]{32})", run: 32, reach: 45),
    Row(pattern: "x{3}(?:y{5}|z{20})[0-9]{12}", run: 20),
    Row(pattern: "a{10} ?b{16}", run: 16, reach: 11),
    Row(pattern: "(?:ab){8}", run: 16),
    Row(pattern: "a{8}(?:[._-]b)?c{8}", run: 16),
    Row(pattern: "[^ ]{40}", run: nil),
    Row(pattern: "a{8} b{8}", run: nil),
    Row(pattern: "a{16}|b", run: nil),
    Row(pattern: "a{0,40}", run: nil),
    Row(pattern: ".{0,300}a{20}", run: 20, reach: 300),
    Row(pattern: "[^a]*a{20}", run: nil),
    Row(pattern: "\\S{30}", run: nil),
    Row(pattern: "(a{20})\\1", run: nil),
    Row(pattern: "(?(DEFINE)(?<n>a))a{20}", run: nil),
    Row(pattern: "(?ix) acme [ ] # its key\n (?: key | token ) {1,2} a {20} +", run: 23, reach: 5),
    Row(pattern: "a(?x) a{20}", run: nil),
    Row(pattern: "[[:alnum:]]{20}", run: nil),
    Row(pattern: "a{20}[", run: nil),
    Row(pattern: "a{20})", run: nil),
  ])
  func `a run is demanded only where every match holds one`(row: Row) {
    let demand = TokenDemand(row.pattern, of: .token)
    #expect(demand?.run == row.run)
    if row.run != nil { #expect(demand?.reach == row.reach) }
  }

  @Test(arguments: [
    ("acme[^\\n]{0,30}[A-Za-z0-9_-]{20}", 34), ("acme[^\\n]{0,30}[A-Za-z0-9/]{40}", nil),
    ("[A-Za-z0-9-]{15}", nil), ("a.{8}[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{12}", 9),
  ])
  func `words are demanded too`(pattern: String, reach: Int?) {
    #expect(TokenDemand(pattern, of: .word)?.reach == reach)
  }

  @Test(arguments: [
    ("(?<![A-Za-z0-9])sk-", true), ("(?i)(?<![A-Za-z0-9_-])sk-", true),
    ("(?ix) (?<![A-Za-z0-9]) sk -", true), ("sk-", false), ("(?<![A-Z])sk-", false),
    ("(?<![A-Za-z0-9])sk-|pk-", false), ("(?<![A-Za-z0-9])(?:sk|pk)-", true),
    ("(?<![A-Za-z0-9]", false),
  ])
  func `a look-behind tells that matches begin words`(pattern: String, begins: Bool) {
    #expect(beginsWords(pattern) == begins)
  }
}
