import Foundation
import Testing

/// A secret is shown by `check --show-secrets` and by nothing else.
@Suite(.serialized) struct SecretTests {
  @Test func `no output and no file of the store holds a secret`() async throws {
    try await withHome { home in
      let secrets = try secrets(of: home)
      try #require(secrets.count == 4)
      var texts = try await home.run("scan", "archive:town.ndjson", "--verbose").texts
      for command in [
        ["check", "town.ndjson"], ["check", "town.ndjson", "--format", "text"], ["agents"],
        ["agent", "newt"], ["agent", "newt", "--format", "json"], ["exposures"],
        ["exposures", "show", "1"], ["plan", "1"], ["store", "verify", "--dump"],
        ["check", "town.ndjson", "--show-secrets"],
      ] {
        texts += try await home.start(command).outcome().texts
      }
      let store = home.folder.appending(path: "state/exuvia")
      for file in try FileManager.default.contentsOfDirectory(atPath: store.path) {
        let data = try Data(contentsOf: store.appending(path: file))
        texts.append(String(decoding: data, as: UTF8.self))
      }
      for secret in secrets {
        #expect(!texts.contains { $0.contains(secret) })
      }
    }
  }

  @Test func `secrets are shown of files and of watched agents`() async throws {
    try await withHome { home in
      let file = try await home.run("check", "notes.txt", "--show-secrets")
      let secret = try secrets(of: home)[0]
      #expect(file.out.contains(#""secret":"\#(secret)""#))

      let town = try await home.run("check", "town.ndjson", "--show-secrets")
      #expect(!town.out.contains(#""secret""#))
      #expect(town.err.hasPrefix("exuvia: 6 secrets are not shown: their records name a platform"))

      try home.write("watch.yml", "watch: [moltbook/newt]\n")
      let watched = try await home.run(
        "check", "town.ndjson", "--show-secrets", "--config", "watch.yml")
      let lines = watched.out.split(separator: "\n")
      for line in lines {
        let isNewts = line.contains(#""platform":"moltbook","agent":"newt""#)
        #expect(line.contains(#""secret":"#) == isNewts)
      }
    }
  }

  @Test func `a key and a store are for their owner alone`() async throws {
    try await withHome { home in
      try await home.run("init")
      try await home.run("check", "town.ndjson", "-o", "found.jsonl")
      for name in ["state/exuvia/exuvia.key", "state/exuvia/exuvia.db", "found.jsonl"] {
        let attributes = try FileManager.default.attributesOfItem(atPath: home.path(name))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
      }
    }
  }

  private func secrets(of home: Home) throws -> [String] {
    let text = try String(contentsOfFile: home.path("town.ndjson"), encoding: .utf8)
    var secrets: [String] = []
    for match in text.matches(of: /acme_[A-Za-z0-9]{36}|acmes-[A-Za-z0-9]{32}/)
    where !secrets.contains(String(match.output)) {
      secrets.append(String(match.output))
    }
    return secrets
  }
}

extension Home.Outcome {
  fileprivate var texts: [String] { [out, err] }
}
