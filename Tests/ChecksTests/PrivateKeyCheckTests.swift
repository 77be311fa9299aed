import Core
import Testing

@testable import Checks

@Suite struct PrivateKeyCheckTests {
  @Test(arguments: [
    ("RSA PRIVATE KEY", "rsa"), ("DSA PRIVATE KEY", "dsa"), ("EC PRIVATE KEY", "ec"),
    ("PRIVATE KEY", "rsa"),
  ])
  func `a private key passes and names its algorithm`(_ label: String, _ algorithm: String) {
    let outcome = CheckOutcome(.pem, filled("{pem:\(label)}", seed: 1))
    #expect(outcome.reasons == [.structureOK])
    #expect(outcome.details[.algorithm] == algorithm)
    #expect(outcome.details[.fingerprint]?.hasPrefix("SHA256:") == true)
    #expect(outcome.severity == nil)
  }

  @Test func `the shortest key in use passes`() {
    let body = ["MC4CAQAwBQYDK2Vw", "BCIEIAABAgMEBQYHCAkKCwwN", "Dg8QERITFBUWFxgZGhscHR4f"].joined()
    let outcome = CheckOutcome(.pem, pem("PRIVATE KEY", body))
    #expect(outcome.reasons == [.structureOK])
    #expect(outcome.details[.algorithm] == "ed25519")
    // As ssh-keygen prints it for the same seed.
    let print = ["SHA256:lbmsoA0yIEcEiVDRnMWu", "zm+nV+3ZEEpVIURqFoeSspg"].joined()
    #expect(outcome.details[.fingerprint] == print)
    #expect(CheckOutcome(.pem, body).verdict == .passed)
  }

  @Test(arguments: ["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE"])
  func `public blocks fail and are public by design`(_ label: String) {
    let outcome = CheckOutcome(.pem, filled("{pem:\(label)}", seed: 1))
    #expect(outcome.verdict == .failed)
    #expect(outcome.reasons.contains(.publicByDesign))
    #expect(outcome.severity == .info)
  }

  @Test(arguments: ["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE"])
  func `a public block under a private label fails`(_ label: String) {
    let body = filled("{pem:\(label)}", seed: 1).replacing(label, with: "PRIVATE KEY")
    #expect(CheckOutcome(.pem, body).reasons == [.structureFailed])
  }

  @Test(arguments: CanonicalBytesTests.pastes.map(\.0))
  func `a key passes however it was pasted`(_ name: String) throws {
    let paste = try #require(CanonicalBytesTests.pastes.first { $0.0 == name }).1
    for (check, template) in [
      (CheckName.pem, "{pem:EC PRIVATE KEY}"), (.openssh, "{openssh}"), (.pgp, "{pgp}"),
    ] {
      #expect(CheckOutcome(check, paste(filled(template, seed: 2))).verdict == .passed)
    }
  }

  @Test func `a key that was cut, padded out or garbled fails`() {
    let text = filled("{pem:RSA PRIVATE KEY}", seed: 1)
    let lines = text.split(separator: "\n").map(String.init)
    let noBody = pem("RSA PRIVATE KEY", "")
    let half = (lines[..<5] + lines.suffix(1)).joined(separator: "\n")
    let longer = (lines.dropLast() + ["AAAA"] + lines.suffix(1)).joined(separator: "\n")
    let words = pem("RSA PRIVATE KEY", "your key goes here")
    for broken in [noBody, half, longer, words, lines[0], "", "no key"] {
      #expect(CheckOutcome(.pem, broken).reasons == [.structureFailed])
    }
  }

  @Test func `a passphrase makes a key less severe`() {
    let modern = CheckOutcome(.pem, filled("{pem:ENCRYPTED PRIVATE KEY}", seed: 1))
    let headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF"
    let body = Base64.encode(Array(repeating: 0x5A, count: 1_200)).text
    let old = CheckOutcome(.pem, pem("RSA PRIVATE KEY", headers + "\n\n" + body))
    for outcome in [modern, old] {
      #expect(outcome.verdict == .passed)
      #expect(outcome.severity == .medium)
      #expect(outcome.details[.scheme] == "passphrase")
    }
    let odd = Base64.encode(Array(repeating: 0x5A, count: 1_201)).text
    #expect(CheckOutcome(.pem, pem("RSA PRIVATE KEY", headers + "\n\n" + odd)).verdict == .failed)
    let oneLine = pem("RSA PRIVATE KEY", headers.replacing("\n", with: " ") + " " + body)
    #expect(CheckOutcome(.pem, oneLine) == .inapplicable)
  }

  @Test func `an OpenSSH key tells its kind, and a passphrase makes it less severe`() {
    let plain = CheckOutcome(.openssh, filled("{openssh}", seed: 1))
    #expect(plain.reasons == [.structureOK])
    #expect(plain.details[.algorithm] == "ssh-ed25519")
    #expect(CheckOutcome(.pem, filled("{openssh}", seed: 1)) == plain)
    let locked = CheckOutcome(.openssh, openssh(kdf: "bcrypt", check: [1, 2]))
    #expect(locked.severity == .medium)
    #expect(locked.details[.scheme] == "passphrase")
  }

  @Test func `an OpenSSH key whose lengths or check numbers disagree fails`() {
    #expect(CheckOutcome(.openssh, openssh(kdf: "none", check: [7, 7])).verdict == .passed)
    for broken in [
      openssh(kdf: "none", check: [1, 2]), openssh(kdf: "none", check: [7, 7], extra: [0]),
      filled("{pem:RSA PRIVATE KEY}", seed: 1), "",
    ] {
      #expect(CheckOutcome(.openssh, broken).reasons == [.structureFailed])
    }
  }

  @Test func `a PGP key passes by its CRC, or by its packet where there is none`() {
    let text = filled("{pgp}", seed: 1)
    #expect(CheckOutcome(.pgp, text).reasons == [.checksumOK])
    #expect(CheckOutcome(.pem, text).reasons == [.checksumOK])
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let bare = lines.filter { $0.first != "=" }.joined(separator: "\n")
    #expect(CheckOutcome(.pgp, bare).reasons == [.structureOK])
    #expect(CheckOutcome(.pgp, "Comment: x\n" + text).verdict == .passed)
    let wrong = lines.map { $0.first == "=" ? "=AAAA" : String($0) }.joined(separator: "\n")
    #expect(CheckOutcome(.pgp, wrong).reasons == [.checksumFailed])
  }

  @Test func `a PGP public key is no private one`() {
    let text = filled("{pgp}", seed: 1).replacing("PRIVATE KEY", with: "PUBLIC KEY")
    #expect(CheckOutcome(.pgp, text).verdict == .failed)
    // The packet of a public key under the label of a private one.
    let bytes: [UInt8] = [0x98, 4, 4, 0, 0, 0, 0, 0]
    let body = Base64.encode(bytes).text + "\n=" + PGP.checksum(bytes).text
    #expect(CheckOutcome(.pgp, pem("PGP PRIVATE KEY BLOCK", body)).verdict == .failed)
  }

  @Test func `a PGP passphrase is seen behind the public numbers`() throws {
    let bytes = try #require(Armour(Array(filled("{pgp}", seed: 1).utf8))?.bytes)
    let packet = try #require(PGP.firstPacket(bytes))
    #expect(!PGP.isProtected(packet.content))
    // Version, time, algorithm, curve and point: 51 bytes before the one that tells.
    var content = Array(packet.content)
    content[51] = 254
    #expect(PGP.isProtected(content[...]))
  }

  private func pem(_ label: String, _ body: String) -> String {
    "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----"
  }

  private func openssh(kdf: String, check: [UInt32], extra: [UInt8] = []) -> String {
    let kind = SSHReader.encode(Array("ssh-rsa".utf8))
    let keys = check.flatMap(SSHReader.encode) + [UInt8](repeating: 0, count: 24)
    let bytes =
      SSHReader.magic + SSHReader.encode(Array("none".utf8)) + SSHReader.encode(Array(kdf.utf8))
      + SSHReader.encode([UInt8]()) + SSHReader.encode(UInt32(1)) + SSHReader.encode(kind)
      + SSHReader.encode(keys) + extra
    return pem("OPENSSH PRIVATE KEY", Base64.encode(bytes).text)
  }
}
