/// The words of the command line, taken one after the other.
struct Arguments {
  var words = Array(CommandLine.arguments.dropFirst())

  /// Whether a word is there.
  mutating func flag(_ name: String) -> Bool {
    defer { words.removeAll { $0 == name } }
    return words.contains(name)
  }

  /// The word after a word.
  mutating func option(_ name: String) -> String? {
    guard let at = words.firstIndex(of: name), at + 1 < words.count else { return nil }
    defer { words.removeSubrange(at...(at + 1)) }
    return words[at + 1]
  }
}
