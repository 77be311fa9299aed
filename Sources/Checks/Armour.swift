/// A block between BEGIN and END lines (PEM, OpenSSH, PGP), as posts hold it.
///
/// Understands line ends written as `\n`, string literals, and what mail, comments, diffs and logs
/// put before lines.
struct Armour {
  /// What is armoured: `RSA PRIVATE KEY`; empty where there is no BEGIN line.
  let label: String
  /// Lines such as `Proc-Type: 4,ENCRYPTED`.
  let headers: [String]
  /// The decoded body; nil where it is no base64.
  let bytes: [UInt8]?
  /// PGP's CRC-24, in base64 of four characters.
  let checksum: [UInt8]?
  /// Whether an END line with the same label follows.
  let isClosed: Bool

  /// Reads the first block; nil where there is no BEGIN line.
  init?(_ text: [UInt8]) {
    guard let begin = text.firstRange(of: Array("-----BEGIN ".utf8)),
      let labelEnd = text[begin.upperBound...].firstRange(of: dashes)
    else { return nil }
    let label = text[begin.upperBound..<labelEnd.lowerBound]
    let rest = text[labelEnd.upperBound...]
    let end = rest.firstRange(of: dashes)
    let closing = Array("END ".utf8) + label + dashes
    self.init(
      label: label.text, body: rest[..<(end?.lowerBound ?? rest.endIndex)],
      isClosed: end.map { text[$0.upperBound...].starts(with: closing) } ?? false)
  }

  /// A body that has lost its BEGIN and END lines.
  init(bare text: [UInt8]) {
    self.init(label: "", body: text[...], isClosed: true)
  }

  private init(label: String, body: ArraySlice<UInt8>, isClosed: Bool) {
    self.label = label
    self.isClosed = isClosed
    var headers: [String] = []
    var base64: [UInt8] = []
    var checksum: [UInt8]?
    for line in lines(body) {
      let pieces = line.split { $0.isASCIISpace || marks.contains($0) }
      if pieces.contains(where: isHeaderName) {
        headers.append(line.text)
        continue
      }
      let isLiteral = line.contains { quotes.contains($0) }
      for piece in pieces where piece.allSatisfy(isBase64) {
        if isLiteral, piece.elementsEqual([plus]) { continue }
        if piece.first == UInt8(ascii: "="), piece.count == 5 {
          checksum = Array(piece.dropFirst())
        } else {
          base64 += piece
        }
      }
    }
    self.headers = headers
    self.checksum = checksum
    bytes = Base64Text(base64)?.bytes
  }
}

private let dashes = Array("-----".utf8)
private let quotes = Array("\"'`".utf8)
private let plus = UInt8(ascii: "+")
// Signs of quoted lines, literals and tables; none of them is a base64 character.
private let marks = quotes + Array("\\>,;|".utf8)

private func isBase64(_ byte: UInt8) -> Bool {
  Base62.contains(byte) || byte == plus || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
}

// `Proc-Type:`, but no time of day.
private func isHeaderName(_ piece: ArraySlice<UInt8>) -> Bool {
  guard piece.count > 1, piece.last == UInt8(ascii: ":") else { return false }
  return piece.dropLast().allSatisfy { $0.isASCIILetter || $0 == UInt8(ascii: "-") }
}

// In a diff that adds a key every line begins with a plus, the last one before END too.
private func lines(_ body: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
  let lines = unescaped(body).split { $0 == 0x0A || $0 == 0x0D }
  guard lines.count > 1, lines.last?.elementsEqual([plus]) == true else { return lines }
  return lines.map { $0.first == plus ? $0.dropFirst() : $0 }
}

// `\n`, `\\n`, `\r` and `\t` as the line ends and spaces that they stand for.
private func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(text.count)
  var index = text.startIndex
  while index < text.endIndex {
    guard text[index] == UInt8(ascii: "\\") else {
      result.append(text[index])
      index += 1
      continue
    }
    let slashes = text[index...].prefix { $0 == UInt8(ascii: "\\") }
    index = slashes.endIndex
    guard index < text.endIndex else { break }
    switch text[index] {
    case UInt8(ascii: "n"), UInt8(ascii: "r"): result.append(0x0A)
    case UInt8(ascii: "t"): result.append(0x20)
    default: continue
    }
    index += 1
  }
  return result
}
