package import Core

/// A JSON value read leniently: fields may be missing, null or of several shapes, and the keys looked at are noted.
///
/// Readers of one text share their notes, in which all elements of an array count as one: see `ignored`.
package struct JSONReader {
  package let value: JSONValue
  /// Where the value stands, as in `posts[3].author`; empty for the whole text.
  package let path: String
  private let notes: KeyNotes

  package init(_ value: JSONValue) {
    self.init(value, path: "", notes: KeyNotes())
  }

  private init(_ value: JSONValue, path: String, notes: KeyNotes) {
    self.value = value
    self.path = path
    self.notes = notes
  }

  /// The value itself as text: a string, or the spelling of a number or a truth value.
  package var text: String? {
    switch value {
    case .string(let text): text
    case .number(let spelling): spelling
    case .bool(let truth): truth ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// The value itself as a whole number: a number without a fraction, or a string that spells one.
  package var int: Int? {
    switch value {
    case .number(let spelling), .string(let spelling):
      Int(spelling) ?? Double(spelling).flatMap(Int.init(exactly:))
    case .null, .bool, .array, .object: nil
    }
  }

  /// The value itself as a number, or the one that a string spells; never infinite.
  package var double: Double? {
    switch value {
    case .number(let spelling), .string(let spelling):
      Double(spelling).flatMap { $0.isFinite ? $0 : nil }
    case .null, .bool, .array, .object: nil
    }
  }

  /// The value itself as a truth value, which may be spelled `true`, `"true"` or `1`.
  package var bool: Bool? {
    switch text {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }

  /// The value itself if it is an object.
  package var object: JSONReader? {
    guard case .object = value else { return nil }
    return self
  }

  /// The elements of the value itself if it is an array.
  package var array: [JSONReader]? {
    guard case .array(let values) = value else { return nil }
    return values.enumerated().map { index, element in
      JSONReader(element, path: "\(path)[\(index)]", notes: notes.elements)
    }
  }

  /// The text under the first of the keys that holds one; see `text` for what counts.
  package func text(_ keys: String...) -> String? { first(keys, \.text) }

  /// The whole number under the first of the keys that holds one.
  package func int(_ keys: String...) -> Int? { first(keys, \.int) }

  /// The number under the first of the keys that holds one.
  package func double(_ keys: String...) -> Double? { first(keys, \.double) }

  /// The truth value under the first of the keys that holds one.
  package func bool(_ keys: String...) -> Bool? { first(keys, \.bool) }

  /// The object under the first of the keys that holds one.
  package func object(_ keys: String...) -> JSONReader? { first(keys, \.object) }

  /// The elements of the array under the first of the keys that holds one; nil where none does.
  package func array(_ keys: String...) -> [JSONReader]? { first(keys, \.array) }

  /// The members of an object whose keys are data, such as ids; all of them count as looked at.
  package var members: [(key: String, value: JSONReader)] {
    guard case .object(let members) = value else { return [] }
    return members.map { member in
      (member.key, child(member.key, member.value))
    }
  }

  /// Notes keys that are known and not wanted, with all that they hold.
  package func pass(_ keys: String...) {
    for key in keys { notes.child(key).isWhole = true }
  }

  private func first<Value>(_ keys: [String], _ read: (JSONReader) -> Value?) -> Value? {
    var found: Value?
    for key in keys {
      // All spellings are noted, so that the result does not depend on which one a page happens to use.
      let reader = child(key, value[key] ?? .null)
      if found == nil { found = read(reader) }
    }
    return found
  }

  private func child(_ key: String, _ value: JSONValue) -> JSONReader {
    JSONReader(value, path: path.isEmpty ? key : "\(path).\(key)", notes: notes.child(key))
  }

  /// The paths below this value that nobody looked at, such as `posts[].hot_score`: sorted, each once, at most 200.
  ///
  /// They are spelled by the source: hostile text.
  package var ignored: [String] {
    var paths: Set<String> = []
    notes.collectIgnored(of: value, at: path, into: &paths)
    return paths.sorted()
  }
}

/// Which keys below one place of a JSON text were looked at.
private final class KeyNotes {
  /// Whether everything below counts as looked at.
  var isWhole = false
  private var children: [String: KeyNotes] = [:]
  private(set) lazy var elements: KeyNotes = KeyNotes()

  func child(_ key: String) -> KeyNotes {
    if let notes = children[key] { return notes }
    let notes = KeyNotes()
    children[key] = notes
    return notes
  }

  // A hostile page can hold a million keys; nobody reads more than the first.
  private static let most = 200

  func collectIgnored(of value: JSONValue, at path: String, into paths: inout Set<String>) {
    guard !isWhole else { return }
    switch value {
    case .object(let members):
      for member in members where paths.count < KeyNotes.most {
        let path = path.isEmpty ? member.key : "\(path).\(member.key)"
        if let notes = children[member.key] {
          notes.collectIgnored(of: member.value, at: path, into: &paths)
        } else {
          paths.insert(path)
        }
      }
    case .array(let values):
      for value in values where paths.count < KeyNotes.most {
        elements.collectIgnored(of: value, at: path + "[]", into: &paths)
      }
    case .null, .bool, .number, .string: break
    }
  }
}
