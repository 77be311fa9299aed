import Core

/// How many of a secret's first bytes all of its kind share.
func prefixLength(of rule: Rule, _ secret: [UInt8]) -> Int {
  secret.starts(with: rule.publicPrefix.utf8) ? rule.publicPrefix.utf8.count : 0
}

/// The masked form of a credential: its public prefix, the last four of random bodies of 20 or more, and its length.
func preview(of secret: [UInt8], _ rule: Rule) -> PublicText {
  switch rule.canonical {
  case .login: return PublicText("‹password›")
  case .words: return PublicText("‹seed phrase›")
  case .armour: return PublicText(masked: "‹\(rule.name)›")
  case .hex, .digits, .bytes: break
  }
  let prefix = secret.prefix(prefixLength(of: rule, secret))
  let body = secret.dropFirst(prefix.count)
  let start = String(decoding: prefix, as: UTF8.self)
  guard body.count >= 20, body.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
    return PublicText(masked: start.isEmpty ? "‹secret›" : start + "…")
  }
  let last = String(decoding: body.suffix(4), as: UTF8.self)
  return PublicText(masked: "\(start)…\(last) (\(secret.count))")
}

/// The short form of what is no credential: its details, in a fixed order.
func preview(of details: [DetailKey: PublicText], _ rule: Rule) -> PublicText {
  let order: [DetailKey] = [
    .user, .source, .host, .port, .protocol, .service, .version, .method, .tool, .target,
    .identifier, .exception, .path, .function, .file, .keys,
  ]
  let parts = order.compactMap { details[$0]?.string }.filter { !$0.isEmpty }
  return PublicText(masked: parts.isEmpty ? rule.name : parts.joined(separator: " "))
}
