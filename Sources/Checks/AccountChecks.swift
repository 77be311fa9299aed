import Core

// AWS key ids of 2019 and later hold their account: base32 of a set bit, 40 bits of account, 7
// more, and the rest.
func checkAWSAccount(_ secret: [UInt8]) -> CheckOutcome {
  guard secret.count == 20, secret.prefix(4).allSatisfy({ (0x41...0x5A).contains($0) }) else {
    return .failed(.structureFailed)
  }
  let values = secret.dropFirst(4).compactMap(Base32.value)
  guard values.count == 16 else { return .failed(.structureFailed) }
  // Older ids decode to nonsense.
  guard values[0] >= 16 else { return .inapplicable }
  let head = values.prefix(10).reduce(UInt64(0)) { $0 << 5 | UInt64($1) } >> 2
  let account = head >> 7 & 0xFF_FFFF_FFFF
  guard account < 1_000_000_000_000 else { return .failed(.structureFailed) }
  return .passed([.structureOK], details: [.account: twelveDigits(account)])
}

private func twelveDigits(_ value: UInt64) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
}

// A bot's token begins with its id, a snowflake: milliseconds since 2015 in the upper bits.
func checkDiscordToken(_ secret: [UInt8]) -> CheckOutcome {
  let parts = secret.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  guard parts.count == 3, let id = Base64Text(parts[0])?.bytes, (15...20).contains(id.count),
    id.allSatisfy(\.isASCIIDigit), let snowflake = UInt64(id.text),
    (Snowflake.oldest...Snowflake.newest).contains(snowflake)
  else { return .failed(.structureFailed) }
  return .passed([.structureOK], details: [.account: id.text])
}

/// Discord's ids.
enum Snowflake {
  /// Of 2015-01-15, before the service opened.
  static let oldest: UInt64 = 1_209_600_000 << 22
  /// Of 2045; ids grow by a digit every few years, so that a random number rarely falls below.
  static let newest: UInt64 = 946_080_000_000 << 22
}

// A token whose body, after its prefix, is base64. Only where spare bits are zero, or where what it
// encodes can be read, does that tell anything: any text of the right length decodes to something.
func checkBase64Prefix(_ secret: [UInt8]) -> CheckOutcome {
  let bodies = base64Bodies(secret)
  for body in bodies {
    guard let bytes = Base64Text(body)?.bytes, isReadable(bytes) else { continue }
    var outcome = CheckOutcome.passed([.structureOK])
    outcome.details[.account] = bedrockAccount(bytes)
    return outcome
  }
  guard let body = bodies.first, let decoded = Base64Text(body), decoded.isCanonical else {
    return .failed(.structureFailed)
  }
  return decoded.spareBits > 0 ? .passed([.structureOK]) : .inapplicable
}

// What follows each of the first separators, then the whole, then what follows four letters (AWS).
private func base64Bodies(_ secret: [UInt8]) -> [ArraySlice<UInt8>] {
  let separators = Array("_-:.".utf8)
  let marked = secret.prefix(16).indices.filter { separators.contains(secret[$0]) }
  let starts = marked.prefix(4).map { $0 + 1 } + [0, min(4, secret.count)]
  return starts.map { secret[$0...] }
}

private func isReadable(_ bytes: [UInt8]) -> Bool {
  // A macaroon of version 2, as PyPI's tokens are.
  if bytes.starts(with: [2, 1]) { return true }
  return bytes.count >= 12 && bytes.allSatisfy { (0x20...0x7E).contains($0) }
}

// `BedrockAPIKey-…-at-<account>:<secret>`
private func bedrockAccount(_ bytes: [UInt8]) -> String? {
  let text = bytes.text
  guard text.hasPrefix("BedrockAPIKey-"), let colon = text.firstIndex(of: ":") else { return nil }
  let account = text[..<colon].suffix(12)
  guard account.utf8.count == 12, account.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
  return String(account)
}
