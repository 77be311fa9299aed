import Core
import Foundation
import TestSupport

/// An invented provider and a few invented agents that expose its keys.
enum Town {
  static let rules = """
    provider: acme
    name: Acme
    family: cloud
    rotation:
      url: https://acme.example/tokens
      steps:
        - Create a token with the same scopes.
        - Put it where the old one was read.
        - Revoke the old token.
    rules:
      - id: acme-token
        name: Acme token
        category: credential
        severity: critical
        confidence: high
        stage: T1552
        trigger: {literals: ['acme_']}
        pattern: '(?<![A-Za-z0-9])(?<secret>acme_[A-Za-z0-9]{36})(?![A-Za-z0-9])'
        public_prefix: acme_
        check: crc32-base62
        grants: everything the token's scopes allow at Acme
        examples: ['«acme_{base62:30}{crc32-base62}»']
        negative_examples:
          - text: 'acme_{base62:12}'
            why: too short
        basis: observed
      - id: acme-search-key
        name: Acme search key
        category: credential
        severity: medium
        confidence: high
        trigger: {literals: ['acmes-']}
        pattern: '(?<secret>acmes-[A-Za-z0-9]{32})(?![A-Za-z0-9])'
        public_prefix: acmes-
        evidence: [varied]
        examples: ['«acmes-{base62:32}»']
        negative_examples:
          - text: 'acmes-{base62:8}'
            why: too short
        basis: observed

    """

  /// Days since publication, platform, agent, id, text.
  private static let posts: [(Double, String, String?, String, String)] = [
    (9, "moltbook", "newt", "p-1", "hello, my token is acme_{base62:30#a}{crc32-base62}"),
    (5, "moltbook", "newt", "p-2", "again: acme_{base62:30#a}{crc32-base62}, why does it fail?"),
    (5, "moltbook", "newt", "p-3", "searching with acmes-{base62:32#b}"),
    (4, "moltbook", "toad", "p-4", "newt posted acme_{base62:30#a}{crc32-base62} in the open"),
    (3, "farcaster", "Newt", "0xAB01", "acmes-{base62:32#c}"),
    (3, "moltbook", nil, "p-5", "acmes-{base62:32#d}"),
    (2, "moltbook", "wren", "p-6", "I keep my keys in a vault."),
  ]

  /// The town's records with the templates filled; ages are whole days and an hour.
  private static func archive(in home: Home) async throws -> String {
    let now = Date.now
    let lines = posts.map { days, platform, agent, id, text in
      let time = ISO8601DateFormatter().string(from: now - days * 86_400 - 3600)
      let author = agent.map { #""\#($0)""# } ?? "null"
      return #"{"platform":"\#(platform)","id":"\#(id)","agent_name":\#(author),"body":"\#(text)","#
        + #""created_at":"\#(time)","url":"https://\#(platform).example/\#(id)"}"#
    }
    let template = try home.write("template.ndjson", lines.joined(separator: "\n") + "\n")
    return try await home.run("rules", "fill", template).out
  }
}

extension Town {
  /// What stands in the home before anything is run.
  static func build(in home: Home) async throws {
    try FileManager.default.createDirectory(
      at: home.folder.appending(path: "rules"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: home.folder.appending(path: "faulty"), withIntermediateDirectories: true)
    try home.write("rules/acme.yml", rules)
    try home.write("faulty/acme.yml", faultyRules)
    try home.write("wrong.yml", "stor: a.db\nsources:\n  moltbook:\n    pages: 0\nwatch: [newt]\n")
    try home.write("town.ndjson", try await archive(in: home))
    try home.write("vault.txt", "I keep my keys in a vault.\n")
    try home.write("broken.ndjson", #"{"id": "b-1", "text": "hello"}"# + "\nhello\n{}\n")
    let note = try home.write("note", "one\ntwo acme_{base62:30#a}{crc32-base62}\nthree\n")
    try home.write("notes.txt", try await home.run("rules", "fill", note).out)
  }

  private static let faultyRules = """
    provider: acme
    name: Acme
    family: cloud
    rules:
      - id: acme-token
        name: Acme token
        category: secret
        severity: critical
        confidence: high
        trigger: {literals: ['acme_']}
        pattern: 'acme_('
        exampels: ['«acme_{base62:30}»']
        negative_examples:
          - text: 'acme_{base62:12}'
            why: too short
        basis: observed

    """
}

extension String {
  /// The text with what differs from one run to the next blotted out in its own width.
  var steady: String {
    var text = self
    for (pattern, blot) in [
      (#"\d{4}-\d\d-\d\d \d\d:\d\d UTC"#, "DAY-AND-MINUTE-IN-UTC"),
      (#"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"#, "TIME"), (#"[0-9a-f]{32}"#, "FINGERPRINT"),
      (#"…[A-Za-z0-9]{4} \("#, "…0000 ("), (#"\d+\.\d s\."#, "0.0 s."),
      (#""seconds":[0-9.]+"#, #""seconds":0"#),
      (#"/[^ "]*/exuvia-[0-9A-F-]{36}"#, "~"),
    ] {
      text = text.replacingOccurrences(of: pattern, with: blot, options: .regularExpression)
    }
    return text
  }
}
