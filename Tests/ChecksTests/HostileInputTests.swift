import Core
import Testing

@testable import Checks

@Suite struct HostileInputTests {
  private static let shapes = [
    "ghp_{base62:30}{crc32-base62}", "glsa_{base62:32}_{grafana-crc}", "{jwt}", "{wif}", "{nsec}",
    "{bip39:12}", "{solana-json}", "{aws-id:AKIA}", "{pem:EC PRIVATE KEY}", "{openssh}", "{pgp}",
    "{discord-id}.a.b", "ABSK{base64:44}",
  ]

  @Test(arguments: CheckName.allCases)
  func `a check survives cut, garbled and foreign bytes`(_ name: CheckName) {
    var random = SplitMix64(seed: 1, stream: 1)
    for seed in UInt64(0)..<40 {
      for shape in Self.shapes {
        var bytes = Array(filled(shape, seed: seed).utf8)
        bytes.removeLast(Int(random.below(UInt64(bytes.count))))
        for _ in 0..<random.below(4) where !bytes.isEmpty {
          bytes[Int(random.below(UInt64(bytes.count)))] = random.bytes(1)[0]
        }
        let outcome = check(name, bytes, publishedAt: nil)
        #expect(outcome.verdict != .failed || !outcome.reasons.isEmpty)
        _ = check(name, random.bytes(Int(random.below(80))), publishedAt: nil)
      }
    }
  }

  @Test func `the binary formats survive any bytes behind their first ones`() {
    var random = SplitMix64(seed: 2, stream: 1)
    let heads: [[UInt8]] = [
      SSHReader.magic, [0x95], [0xC5], [0x97, 4], [0x30, 0x82], [0x30, 0x84],
    ]
    for head in heads {
      for count in 0..<300 {
        let bytes = head + random.bytes(count)
        let body = Base64.encode(bytes).text
        for label in ["OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK", "PRIVATE KEY"] {
          let text = "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----"
          let outcome = CheckOutcome(.pem, text)
          #expect(outcome.verdict != .inapplicable)
        }
      }
    }
  }

  @Test(arguments: Canonical.allCases)
  func `every canonical form takes any bytes`(_ canonical: Canonical) {
    var random = SplitMix64(seed: 3, stream: 1)
    for count in 0..<300 {
      let bytes = random.bytes(count)
      let groups = [(name: "user", value: bytes), (name: "host", value: bytes)]
      let form = canonicalBytes(canonical, secret: bytes, groups: groups)
      #expect(form == canonicalBytes(canonical, secret: bytes, groups: groups))
    }
  }
}
