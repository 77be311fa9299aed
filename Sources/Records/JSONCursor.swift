/// A place in JSON bytes, with the scanning that trees and records share; the bytes must outlive it.
///
/// What a scan passes over is valid by RFC 8259 except for its UTF-8, which is repaired when text is made of it.
struct JSONCursor {
  /// Nothing deeper is read whatever is asked: nesting is followed by recursion, and the stack is bounded.
  static let deepest = 512

  let start: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  /// Up to where memory can be read: a line's end is a control character if more bytes follow.
  let bytesEnd: UnsafePointer<UInt8>
  var at: UnsafePointer<UInt8>

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, base: UnsafePointer<UInt8>,
    bytesEnd: UnsafePointer<UInt8>? = nil
  ) {
    start = base
    at = base
    end = base + bytes.count
    self.bytesEnd = bytesEnd ?? end
  }

  var isAtEnd: Bool { at == end }

  /// The byte at the cursor; 0, which stands in no JSON outside strings, at the end.
  var byte: UInt8 {
    @inline(__always) get { at < end ? at.pointee : 0 }
  }

  func fault(_ reason: JSONFault.Reason) -> JSONFault {
    JSONFault(offset: at - start, reason: isAtEnd && reason == .unexpected ? .endsEarly : reason)
  }

  @inline(__always)
  mutating func skipSpace() {
    while at < end, at.pointee <= 0x20, isSpace(at.pointee) { at += 1 }
  }

  /// Steps over the byte if it stands here.
  @inline(__always)
  mutating func skip(_ expected: UInt8) -> Bool {
    guard at < end, at.pointee == expected else { return false }
    at += 1
    return true
  }

  /// Steps over a byte-order mark.
  mutating func skipMark() {
    if end - at >= 3, at[0] == 0xEF, at[1] == 0xBB, at[2] == 0xBF { at += 3 }
  }

  /// Steps over white space to the first byte of a value.
  mutating func skipToValue() throws(JSONFault) {
    skipSpace()
    if isAtEnd { throw fault(.empty) }
    if byte == Byte.less { throw fault(.markup) }
  }

  /// Steps over white space to the end.
  mutating func skipToEnd() throws(JSONFault) {
    skipSpace()
    if !isAtEnd { throw fault(.trailing) }
  }

  /// Steps over a number and gives its spelling.
  mutating func number() throws(JSONFault) -> UnsafeBufferPointer<UInt8> {
    let first = at
    _ = skip(Byte.minus)
    if !skip(Byte.zero) { try skipDigits() }
    if skip(Byte.point) { try skipDigits() }
    if skip(Byte.e) || skip(Byte.upperE) {
      if !skip(Byte.minus) { _ = skip(Byte.plus) }
      try skipDigits()
    }
    return UnsafeBufferPointer(start: first, count: at - first)
  }

  private mutating func skipDigits() throws(JSONFault) {
    guard isDigit(byte) else { throw fault(isAtEnd ? .endsEarly : .badNumber) }
    while isDigit(byte) { at += 1 }
  }

  /// Steps over `true`, `false` or `null`.
  mutating func literal(_ spelling: StaticString) throws(JSONFault) {
    for index in 0..<spelling.utf8CodeUnitCount {
      guard skip(spelling.utf8Start[index]) else { throw fault(.unexpected) }
    }
  }

  /// Steps over a value of any kind; `depth` is how many levels it may still open.
  mutating func skipValue(depth: Int) throws(JSONFault) {
    switch byte {
    case Byte.quote: try skipString()
    case Byte.brace:
      try eachMember(depth: depth) { (cursor, depth) throws(JSONFault) in
        try cursor.skipString()
        try cursor.skipColon()
        try cursor.skipValue(depth: depth)
      }
    case Byte.bracket:
      try eachElement(depth: depth) { (cursor, depth) throws(JSONFault) in
        try cursor.skipValue(depth: depth)
      }
    case Byte.t: try literal("true")
    case Byte.f: try literal("false")
    case Byte.n: try literal("null")
    case Byte.minus, Byte.zero...Byte.nine: _ = try number()
    default: throw fault(.unexpected)
    }
  }

  /// Walks an object from its brace on; `body` stands at each key's quote and must step over key, colon and value.
  @inline(__always)
  mutating func eachMember(
    depth: Int, _ body: (inout JSONCursor, Int) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try eachItem(depth: depth, close: Byte.closingBrace, body)
  }

  /// Walks an array from its bracket on; `body` stands at each value and must step over it.
  @inline(__always)
  mutating func eachElement(
    depth: Int, _ body: (inout JSONCursor, Int) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try eachItem(depth: depth, close: Byte.closingBracket, body)
  }

  @inline(__always)
  private mutating func eachItem(
    depth: Int, close: UInt8, _ body: (inout JSONCursor, Int) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    guard depth > 0 else { throw fault(.tooDeep) }
    at += 1
    skipSpace()
    if skip(close) { return }
    while true {
      try body(&self, depth - 1)
      skipSpace()
      if skip(close) { return }
      guard skip(Byte.comma) else { throw fault(.unexpected) }
      skipSpace()
    }
  }

  /// Steps over the colon between a key and its value.
  @inline(__always)
  mutating func skipColon() throws(JSONFault) {
    skipSpace()
    guard skip(Byte.colon) else { throw fault(.unexpected) }
    skipSpace()
  }
}
