/// What stands before the first of some parts and tells only that parts follow, so that what names a key comes before
/// the key: `KEY=["`, `KEY: part 1: `, and where variables are put together, `KEY = ` from there.
struct Lead {
  /// The longest lead.
  private static let longest = 64

  let range: Range<Int>
  let bytes: [UInt8]

  init?(of chain: Chain, in text: UnsafeRawBufferPointer) {
    var end = chain.start
    if end > 0, isQuote(text[end - 1]) || text[end - 1] == UInt8(ascii: "*") { end -= 1 }
    if let use = Use(of: chain, in: text) {
      range = use.firstName..<chain.start
      bytes = Array(text[use.line]) + (use.isQuoted || end == chain.start ? [] : [text[end]])
      return
    }
    let start: Int
    switch chain.style {
    case .quoted: start = Lead.startOfCall(before: end, in: text)
    case .listed:
      let call = Lead.startOfCall(before: end, in: text)
      start = call < end ? call : Lead.startOfLabels(before: end, in: text)
    case .wrapped: start = Lead.startOfLines(before: end, in: text)
    default: return nil
    }
    guard start < end else { return nil }
    range = start..<end
    bytes = start > 0 && isAlphanumeric(text[start - 1]) ? [0x20] : []
  }

  /// Where `["` or `"".join(["` begins.
  private static func startOfCall(before end: Int, in text: UnsafeRawBufferPointer) -> Int {
    var start = end
    while start > 0, end - start < longest {
      var at = start
      while at > 0, text[at - 1] <= 0x20 { at -= 1 }
      guard at > 0, "([{".utf8.contains(text[at - 1]) else { break }
      at -= 1
      start = at
      while at > 0, isAlphanumeric(text[at - 1]) || text[at - 1] == UInt8(ascii: "_") { at -= 1 }
      guard at == start || joiners.contains(String(decoding: text[at..<start], as: UTF8.self))
      else {
        break
      }
      while at > 0, isAlphanumeric(text[at - 1]) || ".[]\"'".utf8.contains(text[at - 1]) { at -= 1 }
      start = at
    }
    return start
  }

  /// What puts literals together and names nothing.
  private static let joiners: Set<String> = [
    "join", "Join", "concat", "Concat", "CONCAT", "implode", "string", "String", "Array", "list",
    "of", "asList", "format",
  ]

  /// Where a line ends after the sign that a value follows.
  private static func startOfLines(before end: Int, in text: UnsafeRawBufferPointer) -> Int {
    var at = end
    while at > 0, end - at < longest, text[at - 1] <= 0x20 || text[at - 1] == UInt8(ascii: ">") {
      at -= 1
    }
    let isValue = at > 0 && "=:".utf8.contains(text[at - 1])
    return isValue && text[at..<end].contains(0x0A) ? at : end
  }

  /// Where `part 1: `, or a bullet on a line of its own, begins.
  private static func startOfLabels(before end: Int, in text: UnsafeRawBufferPointer) -> Int {
    var start = end
    var at = end
    var hasLine = false
    var hasColon = false
    while at > 0, end - at < longest {
      let byte = text[at - 1]
      if isAlphanumeric(byte) {
        var word = at
        while word > 0, isAlphanumeric(text[word - 1]) { word -= 1 }
        guard isLead(word..<at, in: text) else { break }
        at = word
      } else if byte == 0x0A {
        guard !hasLine else { break }
        hasLine = true
        at -= 1
      } else {
        // One belongs to the label, another to what names the key.
        if byte == UInt8(ascii: ":"), hasColon { break }
        hasColon = hasColon || byte == UInt8(ascii: ":")
        guard "-*.:)(|>#[]\"'` \t\r,".utf8.contains(byte) else { break }
        at -= 1
      }
      start = at
    }
    // The sign that a value follows stays.
    while start < end, ": =".utf8.contains(text[start]) { start += 1 }
    return start
  }
}
