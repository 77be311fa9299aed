package import Core
import Foundation
import Yams

/// Reads YAML strictly: every fault is collected with its file and line, and unknown keys are faults.
package final class Faults {
  package private(set) var list: [Fault] = []

  package init() {}

  package func add(_ file: String, _ line: Int, _ message: String) {
    list.append(Fault(file: file, line: line, message: message))
  }
}

/// One thing wrong in a file that the operator or an author wrote.
package struct Fault: Error, Hashable, Comparable, CustomStringConvertible {
  package var file: String
  package var line: Int
  package var message: String

  package init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  package var description: String {
    line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)"
  }

  package static func < (a: Fault, b: Fault) -> Bool {
    (a.file, a.line, a.message) < (b.file, b.line, b.message)
  }
}

/// A mapping of a document; keys that nobody asked for are reported by `finish()`.
package final class Section {
  package let file: String
  package let line: Int
  private let faults: Faults
  private let entries: [(key: String, line: Int, value: Node)]
  private var used: Set<String> = []

  /// The document's top mapping; empty where the text is empty; nil (and a fault) where it is no mapping.
  package static func parse(_ text: String, file: String, faults: Faults) -> Section? {
    do {
      // Scalars are read as text: resolving their tags would run a dozen regular expressions on each.
      guard let node = try Yams.compose(yaml: text, .basic) else {
        return Section(mapping: nil, line: 1, file: file, faults: faults)
      }
      if case .scalar(let scalar) = node, ["", "~", "null"].contains(scalar.string) {
        return Section(mapping: nil, line: 1, file: file, faults: faults)
      }
      return Section(node, file: file, faults: faults, what: "the document")
    } catch let error as YamlError {
      let (line, reason) = describe(error)
      faults.add(file, line, "not valid YAML: \(reason)")
    } catch {
      faults.add(file, 0, "not valid YAML: \(error)")
    }
    return nil
  }

  private convenience init?(_ node: Node, file: String, faults: Faults, what: String) {
    let line = node.mark?.line ?? 0
    guard case .mapping(let mapping) = node else {
      faults.add(file, line, "\(what) must be a mapping of keys to values")
      return nil
    }
    self.init(mapping: mapping, line: line, file: file, faults: faults)
  }

  private init(mapping: Node.Mapping?, line: Int, file: String, faults: Faults) {
    self.file = file
    self.line = line
    self.faults = faults
    var entries: [(key: String, line: Int, value: Node)] = []
    for (key, value) in mapping ?? Node.Mapping([]) {
      let keyLine = key.mark?.line ?? line
      guard let name = key.string else {
        faults.add(file, keyLine, "a key must be plain text")
        continue
      }
      if entries.contains(where: { $0.key == name }) {
        faults.add(file, keyLine, "`\(name)` stands twice")
        continue
      }
      entries.append((name, keyLine, value))
    }
    self.entries = entries
  }

  /// Every key, in the document's order.
  package var keys: [String] { entries.map(\.key) }

  /// The line of a key, else of the section.
  package func line(of key: String) -> Int {
    entries.first { $0.key == key }?.line ?? line
  }

  package func fault(_ key: String, _ message: String) {
    faults.add(file, line(of: key), message)
  }

  package func fault(line: Int, _ message: String) {
    faults.add(file, line, message)
  }

  /// Whether a key's value is text and no list or mapping.
  package func isText(_ key: String) -> Bool {
    entries.first { $0.key == key }?.value.scalar != nil
  }

  /// Whether a key's value is a mapping.
  package func isMapping(_ key: String) -> Bool {
    entries.first { $0.key == key }?.value.mapping != nil
  }

  package func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

  /// A text; nil where the key is absent or null.
  package func string(_ key: String) -> String? {
    guard let node = take(key) else { return nil }
    guard let text = node.scalar?.string else {
      fault(key, "`\(key)` must be text")
      return nil
    }
    return text
  }

  package func required(_ key: String) -> String? {
    guard has(key) else {
      faults.add(file, line, "`\(key)` is missing")
      return nil
    }
    return string(key)
  }

  package func int(_ key: String) -> Int? {
    guard let text = string(key) else { return nil }
    guard let value = Int(text) else {
      fault(key, "`\(key)` must be a whole number, not `\(text)`")
      return nil
    }
    return value
  }

  package func bool(_ key: String) -> Bool? {
    guard let text = string(key) else { return nil }
    switch text {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      fault(key, "`\(key)` must be true or false, not `\(text)`")
      return nil
    }
  }

  /// A list of texts; a single text counts as a list of one.
  package func strings(_ key: String) -> [String]? {
    guard let node = take(key) else { return nil }
    if let scalar = node.scalar { return [scalar.string] }
    guard let sequence = node.sequence else {
      fault(key, "`\(key)` must be a list")
      return nil
    }
    return sequence.compactMap { item in
      guard let text = item.scalar?.string else {
        faults.add(file, item.mark?.line ?? line(of: key), "`\(key)` must hold texts only")
        return nil
      }
      return text
    }
  }

  /// A nested mapping.
  package func section(_ key: String) -> Section? {
    guard let node = take(key) else { return nil }
    return Section(node, file: file, faults: faults, what: "`\(key)`")
  }

  /// A list whose items are mappings or texts.
  package func items(_ key: String) -> [Item]? {
    guard let node = take(key) else { return nil }
    guard let sequence = node.sequence else {
      fault(key, "`\(key)` must be a list")
      return nil
    }
    return sequence.compactMap { item in
      if let scalar = item.scalar { return .text(scalar.string, line: item.mark?.line ?? 0) }
      return Section(item, file: file, faults: faults, what: "an item of `\(key)`")
        .map(Item.section)
    }
  }

  /// One item of a list.
  package enum Item {
    case text(String, line: Int)
    case section(Section)
  }

  /// The member of a closed set that the text names.
  package func choice<Choice: Named>(_ key: String, _ type: Choice.Type) -> Choice? {
    guard let text = string(key) else { return nil }
    guard let choice = Choice(name: text) else {
      fault(key, "`\(key)`: `\(text)` is none of \(Choice.names.joined(separator: ", "))")
      return nil
    }
    return choice
  }

  package func choices<Choice: Named>(_ key: String, _ type: Choice.Type) -> [Choice] {
    (strings(key) ?? []).compactMap { text in
      if let choice = Choice(name: text) { return choice }
      fault(key, "`\(key)`: `\(text)` is none of \(Choice.names.joined(separator: ", "))")
      return nil
    }
  }

  /// Reports every key that nobody asked for.
  package func finish() {
    for entry in entries where !used.contains(entry.key) {
      // Of equally near keys the one that begins alike is meant.
      let near = used.min { a, b in
        (distance(a, entry.key), b.commonPrefix(with: entry.key).count, a)
          < (distance(b, entry.key), a.commonPrefix(with: entry.key).count, b)
      }
      let hint = near.flatMap { distance($0, entry.key) <= 2 ? "; did you mean `\($0)`?" : nil }
      faults.add(file, entry.line, "unknown key `\(entry.key)`" + (hint ?? ""))
    }
  }

  private func take(_ key: String) -> Node? {
    used.insert(key)
    guard let node = entries.first(where: { $0.key == key })?.value else { return nil }
    if let scalar = node.scalar, scalar.style == .plain, ["", "~", "null"].contains(scalar.string) {
      return nil
    }
    return node
  }
}

private func describe(_ error: YamlError) -> (Int, String) {
  switch error {
  case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
    .composer(_, let problem, let mark, _):
    (mark.line, problem)
  case .duplicatedKeysInMapping(let duplicates, let context):
    (context.mark.line, "`\(duplicates.first ?? "a key")` stands twice")
  default: (0, "\(error)")
  }
}

/// Edits between two words: how a mistyped key finds the one that was meant.
private func distance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var previous = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let cost = min(row[j] + 1, row[j + 1] + 1, previous + (x == y ? 0 : 1))
      previous = row[j + 1]
      row[j + 1] = cost
    }
  }
  return row[b.count]
}
