import Core

/// Reads lines as records: one object each, whose known fields become a `Post` and whose others are only stepped over.
///
/// Text is made only of a line that proves to be a record, and only once.
struct RecordParser: ~Copyable {
  /// What a line was.
  enum Outcome {
    /// A record, whose `post` can be made until the next line is read.
    case record
    case blank
    case fault(RecordFault.Reason)
  }

  // What stands in a field; the last value counts where a key repeats, as in `JSONValue`.
  private enum Slot {
    case missing
    case text(JSONText)
    case other
  }

  // The fields that are scanned, and what they are called in a post.
  private static let texts: [RecordField] = [.title, .body, .text, .agentName, .url, .description]
  private static let fields: [TextField] = [.title, .body, .body, .name, .url, .description]

  private let lineLimit: Int
  private let textLimit: Int
  private let depth: Int
  private let slots: UnsafeMutablePointer<Slot>
  private var fields = WordTable(RecordField.allCases.map { ($0.name, $0) })
  private var kinds = WordTable(PostKind.allCases.map { ($0.name, $0) })
  // Where strings are unescaped: all of a line's one after another.
  private var room: UnsafeMutablePointer<UInt8>
  private var roomCount = 64 << 10
  /// How many texts lost their end, so far.
  private(set) var cuts = 0

  init(limits: Limits) {
    lineLimit = limits.line
    textLimit = limits.text
    depth = min(limits.jsonDepth, JSONCursor.deepest)
    room = .allocate(capacity: roomCount)
    slots = .allocate(capacity: RecordField.count)
    slots.initialize(repeating: .missing, count: RecordField.count)
  }

  deinit {
    slots.deallocate()
    room.deallocate()
  }

  /// Reads one line, without its line feed, of a block that ends at `blockEnd`.
  mutating func parse(
    _ line: UnsafeBufferPointer<UInt8>, blockEnd: UnsafePointer<UInt8>? = nil
  ) -> Outcome {
    let end = line.last == Byte.carriageReturn ? line.count - 1 : line.count
    guard end <= lineLimit else { return .fault(.tooLong) }
    let line = UnsafeBufferPointer(rebasing: line[..<end])
    guard let base = line.baseAddress else { return .blank }
    var cursor = JSONCursor(line, base: base, bytesEnd: blockEnd)
    makeRoom(line.count)
    cursor.skipMark()
    do throws(JSONFault) {
      try cursor.skipToValue()
      guard cursor.byte == Byte.brace else {
        try cursor.skipValue(depth: depth)
        try cursor.skipToEnd()
        return .fault(.noObject)
      }
      try readFields(&cursor)
      try cursor.skipToEnd()
    } catch {
      switch error.reason {
      case .empty: return .blank
      case .tooDeep: return .fault(.tooDeep)
      default: return .fault(.notJSON(error.reason))
      }
    }
    for slot in 0..<RecordField.count {
      if case .other = slots[slot], let field = RecordField(rawValue: UInt8(slot)) {
        return .fault(.badType(field))
      }
    }
    guard case .text(let id) = slots[RecordField.id.slot], !id.bytes.isEmpty else {
      return .fault(.noID)
    }
    return .record
  }

  /// Adds the texts of the record that are searched; false where one must be mended first, being no UTF-8 or too long.
  func appendTexts(to pool: inout TextPool) -> Bool {
    for field in RecordParser.texts {
      guard case .text(let text) = slots[field.slot] else { continue }
      guard text.bytes.count <= textLimit, !text.mayBeBeyondASCII || isValidUTF8(text.bytes)
      else { return false }
      pool.append(text.bytes)
    }
    return true
  }

  /// Where the last line's texts stand among those of the pool, given the place of the first one there.
  func places(from first: Int) -> [TextField: Int] {
    var places: [TextField: Int] = [:]
    var next = first
    for (field, place) in zip(RecordParser.texts, RecordParser.fields) {
      guard case .text = slots[field.slot] else { continue }
      // Of a body and a text the first counts.
      if places[place] == nil { places[place] = next }
      next += 1
    }
    return places
  }

  /// The record that the last line held.
  mutating func post() -> Post {
    Post(
      platform: text(.platform), id: text(.id) ?? "", kind: kind(), agentID: text(.agentID),
      agentName: text(.agentName), title: text(.title), body: text(.body) ?? text(.text),
      about: text(.description), url: text(.url), createdAt: text(.createdAt),
      channel: text(.channel), parentID: text(.parentID))
  }

  private mutating func makeRoom(_ length: Int) {
    guard length + JSONCursor.slack > roomCount else { return }
    room.deallocate()
    roomCount = 2 * length + JSONCursor.slack
    room = .allocate(capacity: roomCount)
  }

  private mutating func readFields(_ cursor: inout JSONCursor) throws(JSONFault) {
    slots.update(repeating: .missing, count: RecordField.count)
    var free = room
    try cursor.eachMember(depth: depth) { (cursor, depth) throws(JSONFault) in
      let field = fields.value(of: try cursor.string(free).bytes)
      try cursor.skipColon()
      guard let slot = field?.slot else {
        try cursor.skipValue(depth: depth)
        return
      }
      switch cursor.byte {
      case Byte.quote:
        let text = try cursor.string(free)
        slots[slot] = .text(text)
        free += text.bytes.count
      case Byte.minus, Byte.zero...Byte.nine:
        slots[slot] = .text(JSONText(bytes: try cursor.number(), mayBeBeyondASCII: false))
      case Byte.n:
        try cursor.literal("null")
        slots[slot] = .missing
      default:
        try cursor.skipValue(depth: depth)
        slots[slot] = .other
      }
    }
  }

  private mutating func kind() -> PostKind {
    guard case .text(let raw) = slots[RecordField.kind.slot] else { return .post }
    return kinds.value(of: raw.bytes) ?? .post
  }

  private mutating func text(_ field: RecordField) -> String? {
    guard case .text(let raw) = slots[field.slot] else { return nil }
    return bounded(raw.string)
  }

  /// A text of no other form than UTF-8, repaired and cut like a record's fields.
  mutating func text(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    bounded(JSONText(bytes: bytes, mayBeBeyondASCII: true).string)
  }

  private mutating func bounded(_ text: String) -> String {
    guard text.utf8.count > textLimit else { return text }
    cuts += 1
    return text.cut(to: textLimit)
  }
}
