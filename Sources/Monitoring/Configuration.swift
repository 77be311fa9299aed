package import Alerts
package import Core
package import Documents
package import Feeds
import Foundation
package import Transport

/// What the operator sets; every default is here and nowhere else.
package struct Configuration: Sendable {
  package var store: String?
  package var contact: String?
  package var sources: [SourceSettings]
  package var watch: [WatchedAgent] = []
  /// Private addresses that are meant on purpose.
  package var network = AddressPolicy()
  package var sinks: [SinkSettings] = []
  /// Older posts do not alert singly; in seconds.
  package var alertMaxAge: Double = 7 * 86_400
  /// How far below what is covered a walk reads on, since posts appear late; in seconds.
  package var overlap: Double = 600

  /// What an empty file means.
  package init() {
    sources = ["moltbook"].compactMap { FeedSources.kind($0)?.settings(named: $0) }
  }

  /// The source of a name: a configured one, else a built-in kind with its defaults.
  package func source(_ name: String) -> SourceSettings? {
    sources.first { $0.name == name }
      ?? FeedSources.kind(name)?.settings(named: name)
  }
}

/// An agent that the operator watches over, by name or by the platform's id.
package struct WatchedAgent: Sendable, Hashable {
  package var platform: String
  package var name: String?
  package var id: String?

  /// Reads `moltbook/SomeAgent` or `farcaster/id:1234`.
  package init?(_ text: String) {
    guard let slash = text.firstIndex(of: "/") else { return nil }
    platform = String(text[..<slash])
    let rest = String(text[text.index(after: slash)...])
    if rest.hasPrefix("id:") { id = String(rest.dropFirst(3)) } else { name = rest }
    guard !platform.isEmpty, !(name ?? id ?? "").isEmpty else { return nil }
  }

  /// Whether a post is this agent's.
  package func wrote(_ post: Post) -> Bool {
    guard post.platform == platform else { return false }
    if let id { return post.agentID == id }
    return post.agentName?.lowercased() == name?.lowercased()
  }
}

/// Why the configuration cannot be used.
package enum ConfigurationError: Error, CustomStringConvertible {
  case unreadable(String)
  case faulty([Fault])

  package var description: String {
    switch self {
    case .unreadable(let path):
      "the configuration \(path) cannot be read: check the path, and its owner and mode"
    case .faulty(let faults):
      faults.map(\.description).joined(separator: "\n")
        + "\n\(faults.count) fault\(faults.count == 1 ? "" : "s") in the configuration: nothing was done"
    }
  }
}

extension Configuration {
  /// Reads a file; a missing one counts as empty unless it was asked for by name.
  /// - Throws: every fault at once.
  package static func read(
    _ path: String, required: Bool
  ) throws(ConfigurationError)
    -> Configuration
  {
    guard let data = FileManager.default.contents(atPath: path) else {
      if required || FileManager.default.fileExists(atPath: path) { throw .unreadable(path) }
      return Configuration()
    }
    return try Configuration(yaml: String(decoding: data, as: UTF8.self), file: path)
  }

  /// Reads the text of a file.
  package init(yaml: String, file: String) throws(ConfigurationError) {
    self.init()
    let faults = Faults()
    if let top = Section.parse(yaml, file: file, faults: faults) {
      store = top.string("store").map(expandingHome)
      contact = top.string("contact")
      readSources(top)
      readWatch(top)
      readNetwork(top)
      readAlerts(top)
      top.finish()
    }
    guard faults.list.isEmpty else { throw .faulty(faults.list.sorted()) }
  }

  private mutating func readSources(_ top: Section) {
    guard let all = top.section("sources") else { return }
    sources = all.keys.compactMap { name in
      // A name without values stands for the built-in source.
      if all.isText(name), all.string(name) == nil, let kind = FeedSources.kind(name) {
        return kind.settings(named: name)
      }
      return all.section(name).flatMap { readSource(name, $0) }
    }
    all.finish()
  }

  private func readSource(_ name: String, _ s: Section) -> SourceSettings? {
    defer { s.finish() }
    let kindName = s.string("kind") ?? name
    let kind = FeedSources.kind(kindName)
    if kind == nil {
      let known = FeedSources.all.map(\.name).joined(separator: ", ")
      s.fault("kind", "source `\(name)`: no kind `\(kindName)`; there is \(known)")
    }
    // The other values of a source of no known kind are read all the same, for their faults.
    var settings = (kind ?? FeedSources.all[0]).settings(named: name)
    readBase(s, into: &settings)
    readToken(s, into: &settings)
    readRates(s, into: &settings)
    if let pages = s.int("pages") {
      settings.pages = pages
      if pages < 1 { s.fault("pages", "`pages` must be 1 or more") }
    }
    settings.isEnabled = s.bool("enabled") ?? settings.isEnabled
    settings.isRequired = s.bool("required") ?? settings.isRequired
    return kind == nil ? nil : settings
  }

  private func readBase(_ s: Section, into settings: inout SourceSettings) {
    guard let base = s.string("base") else { return }
    guard base.hasPrefix("http://") || base.hasPrefix("https://") else {
      return s.fault("base", "`base` must be an http or https address")
    }
    settings.base = base.hasSuffix("/") ? String(base.dropLast()) : base
  }

  private func readToken(_ s: Section, into settings: inout SourceSettings) {
    guard let path = s.string("token_file") else { return }
    guard let token = secret(in: path) else {
      return s.fault("token_file", "\(path) cannot be read: check its owner and mode")
    }
    settings.token = AccessToken(token)
  }

  private func readRates(_ s: Section, into settings: inout SourceSettings) {
    guard let rates = s.strings("rate") else { return }
    let read = rates.compactMap { Rate($0) }
    guard !read.isEmpty, read.count == rates.count else {
      return s.fault("rate", "`rate` must be like 60/min, or a list like [10/min, 100/day]")
    }
    settings.rates = read
  }

  private mutating func readWatch(_ top: Section) {
    for text in top.strings("watch") ?? [] {
      if let agent = WatchedAgent(text) {
        watch.append(agent)
      } else {
        top.fault("watch", "`watch`: `\(text)` is not like moltbook/Name or farcaster/id:1234")
      }
    }
  }

  private mutating func readNetwork(_ top: Section) {
    guard let section = top.section("network") else { return }
    defer { section.finish() }
    for text in section.strings("allow") ?? [] {
      if let range = CIDR(text) {
        network.allow.append(range)
      } else {
        section.fault("allow", "`allow`: `\(text)` is not like 127.0.0.0/8")
      }
    }
  }

  private mutating func readAlerts(_ top: Section) {
    guard top.has("alerts") else { return }
    var items = top.isMapping("alerts") ? nil : top.items("alerts")
    if top.isMapping("alerts"), let section = top.section("alerts") {
      defer { section.finish() }
      if let text = section.string("max_age") {
        if let seconds = seconds(text) {
          alertMaxAge = seconds
        } else {
          section.fault("max_age", "`max_age` must be like 7d or 12h")
        }
      }
      items = section.items("sinks")
    }
    for item in items ?? [] {
      switch item {
      case .text(_, let line):
        top.fault(line: line, "each of `alerts` must be a mapping with a `sink`")
      case .section(let section):
        guard let sink = readSink(section) else { continue }
        if sinks.contains(where: { $0.name == sink.name }) {
          section.fault("sink", "two sinks are called `\(sink.name)`: give one another `name`")
        }
        sinks.append(sink)
      }
    }
  }

  private func readSink(_ s: Section) -> SinkSettings? {
    defer { s.finish() }
    let kind = s.required("sink") == nil ? nil : s.choice("sink", SinkKind.self)
    var settings = SinkSettings(
      name: s.string("name") ?? kind?.name ?? "", kind: kind ?? .console)
    settings.minSeverity = s.choice("min_severity", Severity.self) ?? settings.minSeverity
    settings.minConfidence = s.choice("min_confidence", Confidence.self) ?? settings.minConfidence
    if let path = s.string("url_file") {
      settings.url = secret(in: path)
      if settings.url == nil {
        s.fault("url_file", "\(path) cannot be read: check its owner and mode")
      }
    } else if kind == .webhook {
      s.fault("sink", "the sink `webhook` needs a `url_file`")
    }
    return kind == nil ? nil : settings
  }
}

/// Seconds of `90s`, `4m`, `2h`, `7d`.
package func seconds(_ text: String) -> Double? {
  let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
  guard let unit = text.last.flatMap({ units[$0] }), let count = Double(text.dropLast()),
    count > 0, count.isFinite
  else { return nil }
  return count * unit
}

private func secret(in path: String) -> String? {
  guard let data = FileManager.default.contents(atPath: expandingHome(path)) else { return nil }
  let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  return text.isEmpty ? nil : text
}

private func expandingHome(_ path: String) -> String {
  guard path.hasPrefix("~/") else { return path }
  return homeFolder + path.dropFirst()
}

/// The user's folder, as the environment has it before the system.
package var homeFolder: String {
  let named = ProcessInfo.processInfo.environment["HOME"] ?? ""
  return named.isEmpty ? NSHomeDirectory() : named
}
