package import Core

extension JSONValue {
  /// Reads one JSON text: strict, but for a byte-order mark, and invalid UTF-8 and lone surrogates become U+FFFD.
  ///
  /// `depth` is how many arrays and objects may nest, and at most 512.
  package init(
    parsing bytes: UnsafeRawBufferPointer, depth: Int = Limits().jsonDepth
  ) throws(JSONFault) {
    let bytes = bytes.assumingMemoryBound(to: UInt8.self)
    guard let base = bytes.baseAddress else { throw JSONFault(offset: 0, reason: .empty) }
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + JSONCursor.slack)
    defer { room.deallocate() }
    var cursor = JSONCursor(bytes, base: base)
    cursor.skipMark()
    try cursor.skipToValue()
    self = try cursor.value(depth: min(depth, JSONCursor.deepest), room)
    try cursor.skipToEnd()
  }

  /// Reads one JSON text; see `init(parsing:depth:)` for raw bytes.
  package init(parsing bytes: [UInt8], depth: Int = Limits().jsonDepth) throws(JSONFault) {
    self = try bytes.withUnsafeBufferPointer { (bytes) throws(JSONFault) in
      try JSONValue(parsing: UnsafeRawBufferPointer(bytes), depth: depth)
    }
  }

  /// Reads one JSON text; see `init(parsing:depth:)` for raw bytes.
  package init(parsing text: String, depth: Int = Limits().jsonDepth) throws(JSONFault) {
    try self.init(parsing: Array(text.utf8), depth: depth)
  }
}

extension JSONCursor {
  /// Reads the value at the cursor; `depth` is how many levels it may still open.
  fileprivate mutating func value(
    depth: Int, _ room: UnsafeMutablePointer<UInt8>
  ) throws(JSONFault) -> JSONValue {
    switch byte {
    case Byte.quote: return .string(try string(room).string)
    case Byte.brace:
      var members: [JSONValue.Member] = []
      try eachMember(depth: depth) { (cursor, depth) throws(JSONFault) in
        let key = try cursor.string(room).string
        try cursor.skipColon()
        members.append(JSONValue.Member(key, try cursor.value(depth: depth, room)))
      }
      return .object(members)
    case Byte.bracket:
      var values: [JSONValue] = []
      try eachElement(depth: depth) { (cursor, depth) throws(JSONFault) in
        values.append(try cursor.value(depth: depth, room))
      }
      return .array(values)
    case Byte.minus, Byte.zero...Byte.nine:
      return .number(String(decoding: try number(), as: UTF8.self))
    case Byte.t:
      try literal("true")
      return .bool(true)
    case Byte.f:
      try literal("false")
      return .bool(false)
    case Byte.n:
      try literal("null")
      return .null
    default: throw fault(.unexpected)
    }
  }
}
