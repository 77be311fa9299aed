import Core
import Crypto
import Foundation

// RFC 7519: two JSON objects and a signature; with five parts (RFC 7516) only the first can be
// read.
func checkJWT(_ secret: [UInt8], publishedAt: Timestamp?) -> CheckOutcome {
  let parts = secret.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  guard parts.count == 3 || parts.count == 5, let start = headerStart(parts[0]),
    let header = decode(JWTHeader.self, parts[0][start...])
  else { return .failed(.structureFailed) }
  guard parts.count == 3 else {
    return header.encryption == nil
      ? .failed(.structureFailed)
      : .passed([.structureOK], details: [.algorithm: header.algorithm])
  }
  guard let claims = decode(JWTClaims.self, parts[1]) else { return .failed(.structureFailed) }
  let isUnsigned = header.algorithm.lowercased() == "none"
  var outcome = CheckOutcome.passed([.structureOK], severity: isUnsigned ? .low : nil)
  if !isUnsigned, !isSignature(parts[2], of: header.algorithm) {
    outcome = .failed(.structureFailed)
  }
  outcome.describe(claims, publishedAt: publishedAt)
  outcome.details[.algorithm] = header.algorithm
  if claims.issuer == "supabase-demo"
    || isDemoSigned(secret[start..<parts[1].endIndex], parts[2], header.algorithm)
  {
    outcome.reasons.append(.example)
  }
  return outcome
}

extension CheckOutcome {
  fileprivate mutating func describe(_ claims: JWTClaims, publishedAt: Timestamp?) {
    details[.issuer] = claims.issuer
    details[.audience] = claims.audience
    details[.role] = claims.role
    details[.expires] = claims.expires?.description
    if let expires = claims.expires, let publishedAt, expires < publishedAt {
      reasons.append(.expired)
    }
    switch claims.role {
    case "anon":
      reasons.append(.publicByDesign)
      severity = .info
    case "service_role" where severity == nil: severity = .critical
    default: break
    }
  }
}

/// What a token is signed or encrypted with.
private struct JWTHeader: Decodable {
  let algorithm: String
  let encryption: String?

  enum CodingKeys: String, CodingKey {
    case algorithm = "alg"
    case encryption = "enc"
  }
}

/// The claims that say whose token it is; one of an unexpected type counts as missing.
private struct JWTClaims: Decodable {
  let issuer: String?
  let audience: String?
  let role: String?
  let expires: Timestamp?

  private enum CodingKeys: String, CodingKey {
    case issuer = "iss"
    case audience = "aud"
    case role
    case expires = "exp"
  }

  init(from decoder: any Decoder) throws {
    let claims = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) -> String? { try? claims.decode(String.self, forKey: key) }
    issuer = text(.issuer)
    audience = text(.audience) ?? (try? claims.decode([String].self, forKey: .audience))?.first
    role = text(.role)
    // Up to the year 9999, so that the seconds can be told as microseconds.
    let seconds = (try? claims.decode(Double.self, forKey: .expires)) ?? 0
    expires = (1..<253_402_300_800).contains(seconds) ? Timestamp(seconds: seconds) : nil
  }
}

// GitHub's installation tokens and `Bearer` put something before the header, which begins with `{"`
// in base64.
private func headerStart(_ part: ArraySlice<UInt8>) -> Int? {
  let mark = Array("eyJ".utf8)
  let limit = part.endIndex - mark.count
  guard part.startIndex <= limit else { return nil }
  return (part.startIndex...limit).first { start in
    part[start..<start + 3].elementsEqual(mark)
      && (start == part.startIndex || !Base62.contains(part[start - 1]))
  } ?? part.startIndex
}

private func decode<Value: Decodable>(_ type: Value.Type, _ part: ArraySlice<UInt8>) -> Value? {
  guard let json = Base64Text(part)?.bytes else { return nil }
  return try? JSONDecoder().decode(type, from: Data(json))
}

// Signature lengths in bytes by algorithm; RSA's is its key's, of 1,024 bits at least.
private func isSignature(_ part: ArraySlice<UInt8>, of algorithm: String) -> Bool {
  guard let bytes = Base64Text(part)?.bytes else { return false }
  return switch algorithm {
  case "HS256": bytes.count == 32
  case "HS384": bytes.count == 48
  case "HS512", "ES256", "ES256K": bytes.count == 64
  case "ES384": bytes.count == 96
  case "ES512": bytes.count == 132
  case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512": bytes.count >= 128
  default: true
  }
}

// Keys that tutorials and local development stacks sign with.
private let demoKeys = [
  "secret", "your-256-bit-secret", "a-string-secret-at-least-256-bits-long",
  "super-secret-jwt-token-with-at-least-32-characters-long",
  "your-super-secret-jwt-token-with-at-least-32-characters-long",
]

private func isDemoSigned(
  _ message: ArraySlice<UInt8>, _ signature: ArraySlice<UInt8>, _ algorithm: String
) -> Bool {
  guard algorithm == "HS256", let code = Base64Text(signature)?.bytes, code.count == 32 else {
    return false
  }
  return demoKeys.contains { key in
    HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: message, using: SymmetricKey(data: Array(key.utf8)))
  }
}
