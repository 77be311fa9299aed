/// A JSON text as a tree; objects keep the order of their keys, numbers the spelling they had.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One key and its value.
  package struct Member: Sendable, Equatable {
    package var key: String
    package var value: JSONValue

    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  package static func int(_ value: Int) -> JSONValue { .number(String(value)) }
  package static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
  package static func text(_ value: PublicText?) -> JSONValue { text(value?.string) }

  /// The value of a key; the last one where a key repeats, as most readers do.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }
}

extension JSONValue {
  /// The same tree with every string value (not the keys) replaced.
  package func mapStrings(_ change: (String) throws -> String) rethrows -> JSONValue {
    switch self {
    case .null, .bool, .number: self
    case .string(let text): .string(try change(text))
    case .array(let values): .array(try values.map { try $0.mapStrings(change) })
    case .object(let members):
      .object(try members.map { Member($0.key, try $0.value.mapStrings(change)) })
    }
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}

extension JSONValue {
  /// The text on one line, with control, bidirectional, tag and line-separator characters escaped.
  package var rendered: String {
    var out = ""
    write(to: &out, indent: nil, depth: 0)
    return out
  }

  /// The text over several lines, for people.
  package var indented: String {
    var out = ""
    write(to: &out, indent: 2, depth: 0)
    return out
  }

  private func write(to out: inout String, indent: Int?, depth: Int) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .number(let spelling): out += spelling
    case .string(let text): JSONValue.write(text, to: &out)
    case .array(let values):
      writeItems(values, "[", "]", to: &out, indent, depth) { value, out in
        value.write(to: &out, indent: indent, depth: depth + 1)
      }
    case .object(let members):
      writeItems(members, "{", "}", to: &out, indent, depth) { member, out in
        JSONValue.write(member.key, to: &out)
        out += indent == nil ? ":" : ": "
        member.value.write(to: &out, indent: indent, depth: depth + 1)
      }
    }
  }

  private func writeItems<Item>(
    _ items: [Item], _ open: String, _ close: String, to out: inout String, _ indent: Int?,
    _ depth: Int, each: (Item, inout String) -> Void
  ) {
    out += open
    for (index, item) in items.enumerated() {
      if index > 0 { out += "," }
      if let indent { out += "\n" + String(repeating: " ", count: indent * (depth + 1)) }
      each(item, &out)
    }
    if let indent, !items.isEmpty { out += "\n" + String(repeating: " ", count: indent * depth) }
    out += close
  }

  private static func write(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.isHarmful:
        for unit in String(scalar).utf16 {
          let hex = String(unit, radix: 16)
          out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
