/// The names of what a stretch of configuration sets, sorted, each once: of lines such as `NAME=value` and `name: value`.
func names(ofSettingsIn bytes: Slice<UnsafeRawBufferPointer>) -> [String] {
  var names: Set<String> = []
  for line in bytes.split(separator: 0x0A) {
    let trimmed = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "\"") }
    let name = trimmed.prefix { byte in
      byte >= 0x30 && byte <= 0x39 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
    guard !name.isEmpty, name.count <= 64, let sign = trimmed.dropFirst(name.count).first,
      "=: \"".utf8.contains(sign)
    else { continue }
    names.insert(String(decoding: name, as: UTF8.self))
  }
  return names.sorted()
}
