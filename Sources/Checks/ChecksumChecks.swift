import Core
import Crypto

// GitHub, npm and Vercel: the last six characters are the CRC-32 of those between the last `_` and
// them.
func checkCRC32Base62(_ secret: [UInt8]) -> CheckOutcome {
  guard let separator = secret.lastIndex(of: UInt8(ascii: "_")) else { return .inapplicable }
  let body = secret[(separator + 1)...]
  // Shorter ones are pieces of a token or another format; GitHub's newest tokens hold a JWT
  // instead.
  guard body.count >= 20, body.allSatisfy(Base62.contains) else { return .inapplicable }
  let tail = Base62.sixDigits(Checksum.crc32(body.dropLast(6)))
  return .checksum(body.suffix(6).elementsEqual(tail))
}

// 93 characters, of which 78–85 begin the base32 of the SHA-256 of the 77 before them.
func checkGitHubFineGrained(_ secret: [UInt8]) -> CheckOutcome {
  guard secret.count == 93 else { return .inapplicable }
  return .checksum(secret[77..<85].elementsEqual(githubHash(secret[..<77])))
}

func githubHash(_ body: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  Base32.encode(SHA256.hash(data: body)).prefix(8)
}

func checkGrafana(_ secret: [UInt8]) -> CheckOutcome {
  checkHexTail(secret, after: UInt8(ascii: "_"), grafanaTail)
}

// The CRC's bytes stand least significant first.
func grafanaTail(_ body: ArraySlice<UInt8>) -> [UInt8] {
  Hex.encode(Checksum.crc32(body).byteSwapped)
}

func checkZuplo(_ secret: [UInt8]) -> CheckOutcome {
  checkHexTail(secret, after: UInt8(ascii: "_"), zuploTail)
}

// The CRC leaves the prefix out.
func zuploTail(_ body: ArraySlice<UInt8>) -> [UInt8] {
  let start = body.firstIndex(of: UInt8(ascii: "_")).map { $0 + 1 } ?? body.startIndex
  return Hex.encode(Checksum.crc32(body[start...]))
}

// The CRC takes the `=` in.
func checkAtlassian(_ secret: [UInt8]) -> CheckOutcome {
  checkHexTail(secret, after: UInt8(ascii: "=")) { atlassianTail($0 + [UInt8(ascii: "=")]) }
}

func atlassianTail(_ body: ArraySlice<UInt8>) -> [UInt8] {
  Hex.encode(Checksum.crc32(body)).map { (0x61...0x66).contains($0) ? $0 & 0xDF : $0 }
}

// Everything before the last `_`; which order of the digits Synapse writes is not documented, so either passes.
func checkSynapse(_ secret: [UInt8]) -> CheckOutcome {
  let parts = secret.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
  guard parts.count == 4, parts[3].count == 6 else { return .inapplicable }
  let tail = Base62.sixDigits(Checksum.crc32(secret[..<(parts[3].startIndex - 1)]))
  let swapped = tail.map { $0.isASCIILetter ? $0 ^ 0x20 : $0 }
  guard parts[3].elementsEqual(tail) || parts[3].elementsEqual(swapped) else {
    return .failed(.checksumFailed)
  }
  var outcome = CheckOutcome.passed([.checksumOK])
  outcome.details[.account] = Base64Text(parts[1])?.bytes.text
  return outcome
}

// `…-payload.[version.]` and two base-36 digits of the payload's length before seven of a checksum whose kind is not
// documented. A runner's type, `t1_`, counts as payload.
func checkGitLabRoutable(_ secret: [UInt8]) -> CheckOutcome {
  let parts = secret.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  guard (2...3).contains(parts.count), parts.last?.count == 9,
    let start = secret.firstIndex(of: UInt8(ascii: "-")).map({ $0 + 1 }),
    let tail = parts.last, let length = Int(tail.prefix(2).text, radix: 36)
  else { return .inapplicable }
  return parts[0].endIndex - start == length
    ? .passed([.structureOK]) : .failed(.structureFailed)
}

private func checkHexTail(
  _ secret: [UInt8], after separator: UInt8, _ tail: (ArraySlice<UInt8>) -> [UInt8]
) -> CheckOutcome {
  guard let index = secret.lastIndex(of: separator), secret.count - index == 9,
    let given = Hex.decode(secret[(index + 1)...])
  else { return .inapplicable }
  return .checksum(Hex.decode(tail(secret[..<index])[...]) == given)
}

// Card numbers: 12 to 19 digits, with spaces or hyphens between them.
func checkLuhn(_ secret: [UInt8]) -> CheckOutcome {
  let digits = withoutGroups(secret)
  guard (12...19).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else {
    return .failed(.structureFailed)
  }
  var sum = 0
  for (position, digit) in digits.reversed().enumerated() {
    let value = Int(digit - 0x30) * (position.isMultiple(of: 2) ? 1 : 2)
    sum += value > 9 ? value - 9 : value
  }
  return .checksum(sum.isMultiple(of: 10))
}

/// The bytes that are neither spaces nor hyphens.
func withoutGroups(_ text: [UInt8]) -> [UInt8] {
  text.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") }
}
