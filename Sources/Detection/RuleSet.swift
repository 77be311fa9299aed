package import Core
package import Documents
import Foundation

/// The rules of a folder as data: every `*.yml` file is one provider's, but for the parts that patterns share.
package struct RuleSet: Sendable {
  package let rules: [Rule]
  /// Names this exact set of rule files, so that the store can tell which rules read a post.
  package let digest: String

  /// Of each rule.
  let triggerPlaces: [TriggerPlace]

  package init(rules: [Rule], digest: String) {
    self.init(rules: rules, triggerPlaces: rules.map(TriggerPlace.init), digest: digest)
  }

  private init(rules: [Rule], triggerPlaces: [TriggerPlace], digest: String) {
    self.rules = rules
    self.triggerPlaces = triggerPlaces
    self.digest = digest
  }

  /// Reads a folder of rule files; with a folder for a cache they are parsed only where they have changed.
  /// - Throws: every fault of every file at once.
  package init(folder: String, cache: String? = nil) throws(RuleError) {
    let files: [String]
    do {
      files = try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }.sorted()
    } catch {
      throw .unreadable(folder)
    }
    guard !files.isEmpty else { throw .unreadable(folder) }
    let faults = Faults()
    var texts: [(path: String, bytes: Data)] = []
    var digest = Digest()
    for file in files {
      let path = folder + "/" + file
      guard let data = FileManager.default.contents(atPath: path) else {
        faults.add(path, 0, "cannot be read: check its owner and mode")
        continue
      }
      digest.add(file.utf8)
      data.withUnsafeBytes { digest.add($0) }
      texts.append((path, data))
    }
    let cache = cache.map(RuleCache.init)
    if faults.list.isEmpty, let known = cache?.rules(digest.text, in: folder) {
      self.init(rules: known.rules, triggerPlaces: known.places, digest: digest.text)
      return
    }
    var reader = RuleReader(faults: faults)
    var rules: [Rule] = []
    let parts = folder + "/" + PatternParts.file
    for (path, bytes) in texts.filter({ $0.path == parts }) + texts.filter({ $0.path != parts }) {
      guard let text = String(data: bytes, encoding: .utf8) else {
        faults.add(path, 0, "is not UTF-8")
        continue
      }
      if path == parts {
        reader.parts = PatternParts(text, file: path, faults: faults)
      } else {
        rules += reader.rules(in: text, file: path)
      }
    }
    reader.checkTogether(rules)
    guard faults.list.isEmpty else { throw .faulty(faults.list.sorted()) }
    let places = rules.map(TriggerPlace.init)
    cache?.keep(rules, places, digest.text)
    self.init(rules: rules, triggerPlaces: places, digest: digest.text)
  }
}

/// Why the rules cannot be used.
package enum RuleError: Error, CustomStringConvertible {
  case unreadable(String)
  case faulty([Fault])

  package var description: String {
    switch self {
    case .unreadable(let folder):
      "no rules in \(folder): name their folder with --patterns or EXUVIA_PATTERNS"
    case .faulty(let faults):
      faults.map(\.description).joined(separator: "\n")
        + "\n\(faults.count) fault\(faults.count == 1 ? "" : "s") in the rules: nothing was done"
    }
  }
}

/// FNV-1a over the rule files: tells sets apart, guards nothing.
private struct Digest {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    state = (state ^ 0xFF) &* 0x100_0000_01b3
  }

  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
