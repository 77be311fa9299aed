import Alerts
import Core
import Feeds
import Foundation
import TestSupport
import Testing
import Transport

@testable import Monitoring

/// What the operator may write, and what every mistake is told.
@Suite struct ConfigurationTests {
  @Test(arguments: ["", "\n", "# only a comment\n", "---\n", "sources:", "alerts:\nwatch: []"])
  func `an empty file means Moltbook with its defaults`(text: String) throws {
    let configuration = try Configuration(yaml: text, file: "e.yml")
    let source = try #require(configuration.sources.first)
    #expect(configuration.sources.count == 1)
    #expect(source.name == "moltbook" && source.kind == "moltbook")
    #expect(source.base == "https://www.moltbook.com/api/v1")
    #expect(source.rates.map(\.description) == ["60/minute"])
    #expect(source.pages == 20)
    #expect(source.isEnabled && source.isRequired && source.token == nil)
    #expect(configuration.sinks.isEmpty && configuration.watch.isEmpty)
    #expect(configuration.alertMaxAge == 7 * 86_400)
    #expect(configuration.store == nil && configuration.contact == nil)
  }

  @Test func `a missing file counts as empty unless it was asked for`() throws {
    #expect(try Configuration.read("/nowhere/e.yml", required: false).sources.count == 1)
    #expect(throws: ConfigurationError.self) {
      try Configuration.read("/nowhere/e.yml", required: true)
    }
  }

  @Test func `a folder is no configuration`() async throws {
    try await withTemporaryFolder { folder in
      #expect(throws: ConfigurationError.self) {
        try Configuration.read(folder.path, required: false)
      }
    }
  }

  @Test func `everything that may be set is read`() async throws {
    try await withTemporaryFolder { folder in
      let token = try folder.write("token", "  moltbook-token\n")
      let hook = try folder.write("hook", "https://hook.example/x\n")
      let configuration = try Configuration(
        yaml: """
          store: /var/lib/exuvia/exuvia.db
          contact: security@example.org
          sources:
            beach:
              kind: moltbook
              base: https://mirror.example/api/v1/
              token_file: \(token)
              rate: [10/min, 100/day]
              pages: 3
              enabled: no
              required: false
            moltbook:
              rate: 30/min
          watch: [moltbook/SomeAgent, "farcaster/id:1234"]
          network:
            allow: ["127.0.0.0/8", "fd00::/8"]
          alerts:
            max_age: 12h
            sinks:
              - sink: webhook
                url_file: \(hook)
                min_severity: critical
                min_confidence: medium
              - sink: console
                name: screen
          """, file: "e.yml")
      #expect(configuration.store == "/var/lib/exuvia/exuvia.db")
      #expect(configuration.contact == "security@example.org")
      #expect(configuration.sources.map(\.name) == ["beach", "moltbook"])
      let beach = configuration.sources[0]
      #expect(beach.base == "https://mirror.example/api/v1")
      #expect(beach.token == AccessToken("moltbook-token"))
      #expect(
        beach.rates == [Rate(requests: 10, seconds: 60), Rate(requests: 100, seconds: 86_400)])
      #expect(beach.pages == 3 && !beach.isEnabled && !beach.isRequired)
      #expect(configuration.sources[1].rates == [Rate(requests: 30, seconds: 60)])
      #expect(configuration.watch.map(\.platform) == ["moltbook", "farcaster"])
      #expect(configuration.watch[0].name == "SomeAgent" && configuration.watch[1].id == "1234")
      #expect(configuration.network.allow.count == 2)
      #expect(configuration.alertMaxAge == 43_200)
      #expect(configuration.sinks.map(\.name) == ["webhook", "screen"])
      #expect(configuration.sinks[0].url == "https://hook.example/x")
      #expect(configuration.sinks[0].minSeverity == .critical)
      #expect(configuration.sinks[0].minConfidence == .medium)
      #expect(configuration.sinks[1].minSeverity == .high)
      #expect(configuration.sinks[1].minConfidence == .high)
    }
  }

  @Test func `alerts may be a plain list`() async throws {
    try await withTemporaryFolder { folder in
      let hook = try folder.write("hook", "https://hook.example/x")
      let configuration = try Configuration(
        yaml: """
          alerts:
            - sink: webhook
              url_file: \(hook)
              min_severity: high
          """, file: "e.yml")
      #expect(configuration.sinks.map(\.kind) == [.webhook])
      #expect(configuration.alertMaxAge == 7 * 86_400)
    }
  }

  @Test func `every fault is told at once, each with its line`() {
    let text = """
      stroe: /tmp/x.db
      sources:
        moltbook:
          base: ftp://example.org
          token_file: /nowhere/token
          rate: [60/min, often]
          pages: 0
          enabled: perhaps
          pagse: 3
        beach:
          kind: sandcastle
          pages: 4
      watch: [moltbook/Fine, nonsense]
      network:
        allow: [localhost]
        alow: []
      alerts:
        - sink: webhook
        - sink: pigeon
        - sink: console
          min_severity: grave
        - sink: console
          url_file: /nowhere/url
        - just text
      """
    expectFaults(
      text,
      [
        "1: unknown key `stroe`; did you mean `store`?",
        "4: `base` must be an http or https address",
        "5: /nowhere/token cannot be read: check its owner and mode",
        "6: `rate` must be like 60/min, or a list like [10/min, 100/day]",
        "7: `pages` must be 1 or more",
        "8: `enabled` must be true or false, not `perhaps`",
        "9: unknown key `pagse`; did you mean `pages`?",
        "11: source `beach`: no kind `sandcastle`; there is moltbook",
        "13: `watch`: `nonsense` is not like moltbook/Name or farcaster/id:1234",
        "15: `allow`: `localhost` is not like 127.0.0.0/8",
        "16: unknown key `alow`; did you mean `allow`?",
        "18: the sink `webhook` needs a `url_file`",
        "19: `sink`: `pigeon` is none of console, webhook",
        "21: `min_severity`: `grave` is none of info, low, medium, high, critical",
        "22: two sinks are called `console`: give one another `name`",
        "23: /nowhere/url cannot be read: check its owner and mode",
        "24: each of `alerts` must be a mapping with a `sink`",
      ])
  }

  @Test(arguments: [
    ("alerts:\n  max_age: soon\n", "2: `max_age` must be like 7d or 12h"),
    ("alerts:\n  max_age: 7d\n  sink: console\n", "3: unknown key `sink`"),
    ("alerts:\n  sinks: console\n", "2: `sinks` must be a list"),
    ("alerts: often\n", "1: `alerts` must be a list"),
    ("alerts:\n  - name: x\n", "2: `sink` is missing"),
    ("store: [a]\n", "1: `store` must be text"),
    ("sources: [moltbook]\n", "1: `sources` must be a mapping of keys to values"),
    ("sources:\n  moltbook: fast\n", "2: `moltbook` must be a mapping of keys to values"),
    ("sources:\n  moltbook:\n    pages: many\n", "3: `pages` must be a whole number, not `many`"),
    ("sources:\n  moltbook:\n    rate: 0/min\n", "3: `rate` must be like 60/min"),
    ("sources:\n  moltbook:\n    rate: []\n", "3: `rate` must be like 60/min"),
    ("sources:\n  moltbook: {}\n  moltbook: {}\n", "`moltbook` stands twice"),
    ("store: \"a\n", "not valid YAML"),
    ("- a\n", "the document must be a mapping"),
    ("watch: [\"moltbook/\"]\n", "1: `watch`: `moltbook/` is not like"),
    ("network:\n  allow: [\"10.0.0.0/33\"]\n", "2: `allow`: `10.0.0.0/33` is not like"),
  ])
  func `a mistake is told with its line`(text: String, fault: String) {
    expectFaults(text, [fault])
  }

  @Test func `a token file that is empty is no token`() async throws {
    try await withTemporaryFolder { folder in
      let token = try folder.write("token", " \n")
      expectFaults(
        "sources:\n  moltbook:\n    token_file: \(token)\n",
        ["3: \(token) cannot be read: check its owner and mode"])
    }
  }

  @Test func `a source that is set without values keeps its defaults`() throws {
    let configuration = try Configuration(yaml: "sources:\n  moltbook:\n", file: "e.yml")
    #expect(configuration.sources.map(\.name) == ["moltbook"])
  }

  @Test func `a built-in source can be named though others are configured`() throws {
    let configuration = try Configuration(
      yaml: "sources:\n  beach: {kind: moltbook, pages: 2}\n", file: "e.yml")
    #expect(configuration.source("beach")?.pages == 2)
    #expect(configuration.source("moltbook")?.pages == 20)
    #expect(configuration.source("sandcastle") == nil)
  }

  @Test func `the template that init writes says nothing but the defaults`() throws {
    let configuration = try Configuration(yaml: Configuration.template, file: "e.yml")
    #expect(configuration.sources == Configuration().sources)
    #expect(configuration.sinks.isEmpty && configuration.store == nil)
  }

  @Test func `watched agents are told from others`() throws {
    let byName = try #require(WatchedAgent("moltbook/SomeAgent"))
    let byID = try #require(WatchedAgent("farcaster/id:1234"))
    #expect(byName.wrote(Post(platform: "moltbook", id: "1", agentName: "someagent")))
    #expect(!byName.wrote(Post(platform: "farcaster", id: "1", agentName: "SomeAgent")))
    #expect(!byName.wrote(Post(platform: "moltbook", id: "1", agentName: nil)))
    #expect(byID.wrote(Post(platform: "farcaster", id: "1", agentID: "1234", agentName: "x")))
    #expect(!byID.wrote(Post(platform: "farcaster", id: "1", agentID: "12345")))
    for text in ["", "x", "/x", "moltbook/", "moltbook/id:"] {
      #expect(WatchedAgent(text) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    ("90s", 90.0), ("4m", 240), ("2h", 7_200), ("7d", 604_800), ("1.5h", 5_400), ("0s", nil),
    ("-1d", nil), ("7", nil), ("d", nil), ("", nil), ("infd", nil), ("nand", nil), ("7 d", nil),
  ])
  func `spans of time are read with their unit`(text: String, expected: Double?) {
    #expect(seconds(text) == expected)
  }

  @Test func `an address that holds a secret is not printed`() throws {
    let settings = SinkSettings(name: "hook", kind: .webhook, url: "https://hook.example/secret")
    let source = SourceSettings(
      name: "s", kind: "moltbook", base: "https://a.example", token: AccessToken("secret"),
      rates: [], pages: 1)
    #expect(!"\(settings)".contains("secret"))
    #expect(!"\(source)".contains("secret"))
  }

  /// Exactly these faults are told, in the order of their lines, each beginning so.
  private func expectFaults(_ text: String, _ expected: [String]) {
    do {
      _ = try Configuration(yaml: text, file: "e.yml")
      Issue.record("a faulty configuration was read")
    } catch {
      var lines = "\(error)".split(separator: "\n").map(String.init)
      #expect(lines.popLast()?.hasSuffix("in the configuration: nothing was done") == true)
      #expect(lines.count == expected.count, "\(lines)")
      for (line, fault) in zip(lines, expected) {
        #expect(line.contains(fault), "\(line)")
        #expect(line.hasPrefix("e.yml"))
      }
    }
  }
}

extension URL {
  /// Writes a file into the folder and gives its path.
  fileprivate func write(_ name: String, _ text: String) throws -> String {
    let file = appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
