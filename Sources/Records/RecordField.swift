/// The fields that a record may have.
package enum RecordField: UInt8, Sendable, CaseIterable {
  case platform, id, kind, agentID, agentName, title, body
  /// What `body` is called elsewhere; `body` wins where both stand.
  case text
  case description, url, createdAt, channel, parentID

  /// The key in NDJSON.
  package var name: String {
    switch self {
    case .platform: "platform"
    case .id: "id"
    case .kind: "kind"
    case .agentID: "agent_id"
    case .agentName: "agent_name"
    case .title: "title"
    case .body: "body"
    case .text: "text"
    case .description: "description"
    case .url: "url"
    case .createdAt: "created_at"
    case .channel: "channel"
    case .parentID: "parent_id"
    }
  }

  static let count = allCases.count
  var slot: Int { Int(rawValue) }
}

/// A word of at most 16 bytes in a form that compares in a few steps.
struct ShortWord: Equatable {
  private var head: UInt64
  private var tail: UInt64
  private var count: Int

  /// Nil for bytes that are none or too many.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress.map(UnsafeRawPointer.init) else { return nil }
    count = bytes.count
    // Loads that overlap hold every byte, and with the count they hold nothing else.
    switch count {
    case 1...3:
      head = UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count - 1]) << 16
      tail = 0
    case 4...7:
      head = UInt64(base.loadUnaligned(as: UInt32.self))
      tail = UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
    case 8...16:
      head = base.loadUnaligned(as: UInt64.self)
      tail = base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    default: return nil
    }
  }
}

/// Finds what words stand for; fastest where they come in the order of the table.
struct WordTable<Value>: ~Copyable {
  private let words: UnsafeMutableBufferPointer<(word: ShortWord, value: Value)>
  private var next = 0

  init(_ entries: [(name: String, value: Value)]) {
    let rows = entries.compactMap { entry in
      Array(entry.name.utf8).withUnsafeBufferPointer(ShortWord.init).map { ($0, entry.value) }
    }
    precondition(rows.count == entries.count)
    words = .allocate(capacity: rows.count)
    _ = words.initialize(from: rows)
  }

  deinit {
    words.deinitialize()
    words.deallocate()
  }

  /// What the word stands for, if it stands in the table.
  @inline(__always)
  mutating func value(of bytes: UnsafeBufferPointer<UInt8>) -> Value? {
    guard let word = ShortWord(bytes) else { return nil }
    let first = next
    var row = first
    repeat {
      let entry = words[row]
      row = row + 1 == words.count ? 0 : row + 1
      if entry.word == word {
        next = row
        return entry.value
      }
    } while row != first
    return nil
  }
}
