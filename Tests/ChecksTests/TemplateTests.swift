import Core
import Testing

@testable import Checks

@Suite struct TemplateTests {
  static let proved = [
    Token(.crc32Base62, "ghp_{base62:30}{crc32-base62}"),
    Token(.crc32Base62, "vcp_{base62:20#a}{base62:30}{crc32-base62}"),
    Token(.githubFineGrained, "github_pat_{base62:22}_{base62:43}{github-tail}"),
    Token(.grafana, "glsa_{base62:32}_{grafana-crc}"),
    Token(.atlassian, "ATATT3xFfGF0{base64url:171}={atlassian-crc}"),
    Token(.zuplo, "zpka_{alnum:32}_{zuplo-crc}"), Token(.jwt, "{jwt}"),
    Token(.jwt, "{jwt:iss=supabase,role=service_role,exp=4102444800}"),
    Token(.jwt, "{jwt:alg=RS256}"), Token(.jwt, "{jwt:alg=ES256}"), Token(.jwt, "{jwt:alg=none}"),
    Token(.awsAccount, "{aws-id:AKIA}"), Token(.awsAccount, "{aws-id:ASIA}"),
    Token(.base58check, "{wif}"), Token(.base58check, "{wif-compressed}"),
    Token(.base58check, "{xprv}"), Token(.solana, "{solana}"), Token(.solana, "{solana-json}"),
    Token(.bech32, "{nsec}"), Token(.bech32, "{age}"), Token(.bip39, "{bip39:12}"),
    Token(.bip39, "{bip39:15}"), Token(.bip39, "{bip39:24}"), Token(.openssh, "{openssh}"),
    Token(.pgp, "{pgp}"), Token(.pem, "{pem:EC PRIVATE KEY}"), Token(.pem, "{pem:DSA PRIVATE KEY}"),
    Token(.pem, "{pem:RSA PRIVATE KEY}"), Token(.pem, "{pem:PRIVATE KEY}"),
    Token(.pem, "{pem:ENCRYPTED PRIVATE KEY}"),
    Token(.discordToken, "{discord-id}.{base62:6}.{base64url:38}"),
    Token(.base64Prefix, "key_{base64:43}="),
  ]

  @Test(arguments: proved) func `every value made passes its check`(_ token: Token) {
    for seed in UInt64(0)..<200 {
      let text = filled(token.text, seed: seed)
      let outcome = CheckOutcome(token.check, text)
      #expect(outcome.verdict == .passed, "seed \(seed)")
      #expect(!outcome.reasons.contains(.example))
    }
  }

  @Test func `a made Ethereum key is in range`() {
    for seed in UInt64(0)..<200 {
      #expect(CheckOutcome(.secp256k1, filled("{evm}", seed: seed)) == .inapplicable)
    }
  }

  @Test(arguments: [
    ("{uuid}", 36...36), ("{wif}", 51...51), ("{wif-compressed}", 52...52), ("{xprv}", 111...111),
    ("{nsec}", 63...63), ("{age}", 74...74), ("{solana}", 86...88), ("{evm}", 64...64),
    ("{aws-id:AKIA}", 20...20), ("{discord-id}", 24...26), ("{snowflake}", 18...19),
    ("github_pat_{base62:22}_{base62:43}{github-tail}", 93...93),
  ])
  func `values have the lengths of real ones`(_ template: String, _ lengths: ClosedRange<Int>) {
    for seed in UInt64(0)..<200 {
      #expect(lengths.contains(filled(template, seed: seed).utf8.count), "seed \(seed)")
    }
  }

  @Test func `the same seed gives the same values on every machine`() {
    #expect(filled("{hex:12} {base62:12} {hex:12#a}", seed: 1) == Self.recorded)
    #expect(filled("{hex:12}", seed: 1) != filled("{hex:12}", seed: 2))
  }

  private static let recorded = "59fb57554291 tH0AxIU642q1 fabf3f9640b7"

  @Test func `fills differ by position, and agree where they share a tag`() {
    var template = Template(seed: 5)
    let first = template.fill("{hex:20} {hex:20} {hex:20#a} {hex:20#b}").text.split(separator: " ")
    let second = template.fill("{hex:20} {hex:20#a}").text.split(separator: " ")
    #expect(Set(first).count == 4)
    #expect(!first.contains(second[0]))
    #expect(second[1] == first[2])
  }

  @Test func `a tag does not move the fills around it`() {
    let plain = filled("{hex:20} {hex:20}", seed: 5).split(separator: " ")
    let tagged = filled("{hex:20} {wif#a} {hex:20}", seed: 5).split(separator: " ")
    #expect([tagged[0], tagged[2]] == plain)
  }

  @Test(arguments: [
    "{}", "{x}", "{name}", "${HOME}", "{base62}", "{base62:}", "{base62:0}", "{base62:-1}",
    "{base62:100001}", "{base62:x}", "{bip39}", "{bip39:13}", "{pem:}", "{pem}", "{aws-id}",
    "{jwt:x}", "{\"key\": 1}", "{", "}", "{{", "{base62:30", "{ base62:30 }", "{crc32-base62:1}",
    "« »»«", "für {größe}",
  ])
  func `what is no placeholder stays as it is`(_ text: String) {
    #expect(filled(text, seed: 1) == text)
  }

  @Test func `placeholders are found inside other braces`() {
    let text = filled("{\"key\": \"{digits:4}\", \"n\": {1}}", seed: 1)
    #expect(text.hasPrefix("{\"key\": \"") && text.hasSuffix("\", \"n\": {1}}"))
    #expect(text.utf8.count == 25)
  }

  @Test(arguments: Charset.allCases)
  func `a long fill shows every class of its characters and no pattern`(_ charset: Charset) {
    let alphabet = Self.alphabets[charset] ?? ""
    let classes = Set(alphabet.compactMap(Self.characterClass))
    for seed in UInt64(0)..<200 {
      let length = 8 + Int(seed % 60)
      let text = filled("{\(charset.rawValue):\(length)}", seed: seed)
      #expect(text.utf8.count == length)
      #expect(text.allSatisfy(alphabet.contains))
      #expect(Set(text.compactMap(Self.characterClass)) == classes)
      let codes = Array(text.lowercased().utf8).map(Int.init)
      for window in codes.indices.dropLast(3).map({ Array(codes[$0..<$0 + 4]) }) {
        let steps = zip(window, window.dropFirst()).map { $1 - $0 }
        #expect(steps != [1, 1, 1] && steps != [-1, -1, -1], "\(text)")
        #expect(!(window[0] == window[1] && window[1] == window[2]), "\(text)")
      }
    }
  }

  private static func characterClass(_ character: Character) -> Int? {
    character.isNumber ? 0 : character.isUppercase ? 1 : character.isLowercase ? 2 : nil
  }

  private static let alphabets: [Charset: String] = {
    let digits = "0123456789"
    let lower = "abcdefghijklmnopqrstuvwxyz"
    let upper = lower.uppercased()
    return [
      .base62: digits + upper + lower, .base64: digits + upper + lower + "+/",
      .base64url: digits + upper + lower + "-_",
      .base58: (digits + upper + lower).filter { !"0OIl".contains($0) }, .base32: upper + "234567",
      .hex: digits + "abcdef", .lowerhex: digits + "abcdef", .upperhex: digits + "ABCDEF",
      .alnum: lower + digits, .upperalnum: upper + digits, .digits: digits, .lower: lower,
      .upper: upper, .letters: lower + upper,
      .bech32: (digits + lower).filter { !"1bio".contains($0) },
    ]
  }()

  @Test(arguments: [1, 100_000]) func `fills are as long as asked for`(_ length: Int) {
    #expect(filled("{digits:\(length)}", seed: 1).utf8.count == length)
  }

  @Test func `a made token claims what it was told to`() {
    let outcome = CheckOutcome(.jwt, filled("{jwt:iss=supabase,role=anon,exp=4102444800}", seed: 1))
    #expect(
      outcome.details == [
        .issuer: "supabase", .role: "anon", .expires: "2100-01-01T00:00:00Z", .algorithm: "HS256",
      ])
  }

  @Test func `a tail sums up what stands since its mark, or since the last white space`() {
    for text in ["x «ATATT3{base62:20}={atlassian-crc}»", "x ATATT3{base62:20}={atlassian-crc}"] {
      let token = Template.unmark(filled(text, seed: 1)).text.dropFirst(2)
      #expect(CheckOutcome(.atlassian, String(token)).verdict == .passed)
    }
    let after = filled("«a b» \"glsa_{base62:32}_{grafana-crc}", seed: 1).split(separator: "\"")[1]
    #expect(CheckOutcome(.grafana, String(after)).verdict == .passed)
  }

  @Test func `literal text ends what a CRC sums up`() {
    let text = filled("{base62:40}_{base62:30}{crc32-base62}", seed: 1)
    #expect(CheckOutcome(.crc32Base62, text).verdict == .passed)
  }

  @Test func `filling keeps the marks and tells what stands between them`() {
    var template = Template(seed: 1)
    let (text, secrets) = template.fill("ä=«{digits:6}», b=«x»")
    #expect(secrets.count == 2)
    #expect(secrets[0].utf8.count == 6)
    #expect(text == "ä=«\(secrets[0])», b=«x»")
  }

  @Test func `unmarking gives the secrets' places in bytes`() {
    let (text, spans) = Template.unmark("ä=«b», «» «c")
    #expect(text == "ä=b,  «c")
    #expect(spans == [3..<4, 6..<6])
    #expect(Template.unmark("none").spans.isEmpty)
    #expect(Template.unmark("» «x»").text == "» x")
  }
}
