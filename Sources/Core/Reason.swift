/// Why a finding counts, or what lowered it: the closed vocabulary of `reasons`.
package enum Reason: String, Sendable, Named {
  // what raised it
  case checksumOK = "checksum-ok"
  case structureOK = "structure-ok"
  case context
  case companion
  /// The text hides it from who looks for words.
  case hidden
  // what lowered it
  case checksumFailed = "checksum-failed"
  case structureFailed = "structure-failed"
  case expired
  case placeholder
  case example
  case masked
  case repeated
  case sequential
  case lowEntropy = "low-entropy"
  case identifier
  case reference
  case mention
  /// It begins as another kind's keys do, and has not their form.
  case otherKind = "other-kind"
  /// The provider has done something to all keys of its time.
  case replaced
  case publicByDesign = "public-by-design"
  case insideToken = "inside-token"
  case encodedData = "encoded-data"
  case local
  // what the text was cut by
  case cut
}

/// How a text hid what was found, outermost first: the closed vocabulary of `disguise`.
package enum Disguise: String, Sendable, Named {
  case markdown
  case htmlEntities = "html-entities"
  case percent
  case escapes
  case zeroWidth = "zero-width"
  case tagCharacters = "tag-characters"
  case compatibility
  case lookAlike = "look-alike"
  case base64, hex, gzip, joined

  /// Whether a reader of the text as it is shown does not see what it says.
  package var hides: Bool {
    switch self {
    case .zeroWidth, .tagCharacters, .base64, .hex, .gzip: true
    case .markdown, .htmlEntities, .percent, .escapes, .compatibility, .lookAlike, .joined: false
    }
  }

  /// Whether nobody writes so but to get past who looks for words; the others are everyday forms of text.
  package var evades: Bool { hides || self == .lookAlike || self == .compatibility }
}

/// The closed vocabulary of the keys of `details`.
package enum DetailKey: String, Sendable, Named {
  case account, address, audience, algorithm, companion, count, environment, exception, expires
  /// What sort of file a configuration is.
  case file
  /// Of a key's public half, by which its owner can tell it.
  case fingerprint
  case function, host
  /// Of a weakness, such as CVE-2026-1.
  case identifier
  case issuer
  /// The names of what a configuration sets.
  case keys
  case language, line, method, path, port, `protocol`, role, scheme, service, source, target
  case technique, tool, user, version
}
