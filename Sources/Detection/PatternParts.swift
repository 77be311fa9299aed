import Core
import Documents

/// Parts of patterns that many rules share, by name: `{{assigned}}` in a pattern stands for the part `assigned`.
struct PatternParts {
  /// The file of a rules' folder that holds them.
  static let file = "parts.yml"

  private var texts: [String: String] = [:]

  init() {}

  /// Reads the file; a part may use those above it.
  init(_ text: String, file: String, faults: Faults) {
    guard let top = Section.parse(text, file: file, faults: faults) else { return }
    defer { top.finish() }
    for item in top.items("parts") ?? [] {
      guard case .section(let section) = item else {
        top.fault("parts", "a part must be a mapping")
        continue
      }
      defer { section.finish() }
      guard let name = section.required("name"), let pattern = section.required("pattern") else {
        continue
      }
      if texts[name] != nil { section.fault("name", "the part `\(name)` stands already above") }
      texts[name] = expand(pattern, in: section)
    }
  }

  /// A pattern with each part in the place of its name; a name that no part has is a fault.
  func expand(_ pattern: String, in section: Section) -> String {
    var pieces = pattern.components(separatedBy: "{{")
    for index in pieces.indices.dropFirst() {
      let (name, rest) = pieces[index].divided(at: "}}")
      if texts[name] == nil {
        section.fault("pattern", "no part is called `\(name)`: see \(PatternParts.file)")
      }
      pieces[index] = (texts[name] ?? "") + rest
    }
    return pieces.joined()
  }
}

extension String {
  /// What stands before a mark, and what behind it; all and nothing where it is missing.
  fileprivate func divided(at mark: String) -> (String, String) {
    guard let place = firstRange(of: mark) else { return (self, "") }
    return (String(self[..<place.lowerBound]), String(self[place.upperBound...]))
  }

  fileprivate func components(separatedBy mark: String) -> [String] {
    split(separator: mark, omittingEmptySubsequences: false).map(String.init)
  }
}
