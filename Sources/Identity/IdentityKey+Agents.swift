package import Core
import Foundation

/// The identities of agents, posts and revisions, from raw text; look-ups and crawling must agree on them.
extension IdentityKey {
  /// The identity of an agent's name: NFC, with ASCII letters in lower case.
  package func agentName(platform: String, name: String) -> KeyedHash {
    hash(.agentName, platform, folded(name))
  }

  /// The identity of the platform's own id of an agent.
  package func agentID(platform: String, id: String) -> KeyedHash {
    hash(.agentID, platform, canonical(id: id))
  }

  /// The identity of a post.
  package func post(platform: String, id: String) -> KeyedHash {
    hash(.post, platform, canonical(id: id))
  }

  /// The identity of a post's text; a missing field is an empty one, since sources differ in that.
  package func revision(title: String?, body: String?) -> KeyedHash {
    hash(.revision, title ?? "", body ?? "")
  }
}

private func folded(_ name: String) -> String {
  let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
  return lowerCased(isASCII ? name : name.precomposedStringWithCanonicalMapping)
}

/// Ids are opaque, but for hex numbers, which platforms spell in either case.
private func canonical(id: String) -> String {
  let digits = id.utf8.dropFirst(2)
  let isHex = (id.hasPrefix("0x") || id.hasPrefix("0X")) && digits.allSatisfy(isHexDigit)
  return isHex ? lowerCased(id) : id
}

/// Only ASCII letters: other cases fold differently from one Unicode version to the next.
private func lowerCased(_ text: String) -> String {
  String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
  default: false
  }
}
