/// The names of what a stretch of configuration sets, sorted, each once: of lines such as `NAME=value`, `export NAME=value`,
/// `# NAME=` and `name: value`. Schedules and rows of tables have none.
func names(ofSettingsIn bytes: Slice<UnsafeRawBufferPointer>) -> [String] {
  var names: Set<String> = []
  for line in bytes.split(separator: 0x0A) {
    var rest = line[...]
    for word in ["export", "declare", "-x", "set", "env"] {
      rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "#") || isQuote($0) }
      if rest.starts(with: word.utf8), rest.dropFirst(word.utf8.count).first == 0x20 {
        rest = rest.dropFirst(word.utf8.count)
      }
    }
    let name = rest.prefix(while: isNameByte)
    var sign = rest.dropFirst(name.count).drop(while: isQuote)
    if name.first.map(beginsName) != true || name.count > 64 { continue }
    // A directive such as `listen 80;` and `Port 22` is a name with a blank; a colon needs one behind it.
    let isDirective = sign.first == 0x20
    sign = sign.drop { $0 == 0x20 }
    guard isDirective || sign.first.map("=:{".utf8.contains) == true else { continue }
    names.insert(String(decoding: name, as: UTF8.self))
  }
  return names.sorted()
}

private func isQuote(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
}

private func beginsName(_ byte: UInt8) -> Bool {
  (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte == UInt8(ascii: "_")
}

private func isNameByte(_ byte: UInt8) -> Bool {
  beginsName(byte) || byte >= 0x30 && byte <= 0x39 || byte == UInt8(ascii: "-")
    || byte == UInt8(ascii: ".")
}
