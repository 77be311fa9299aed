import Core
import Foundation
import GRDB

/// How the domain's values stand in columns, and how they come back.
extension KeyedHash {
  /// Sixteen bytes, the high ones first.
  var blob: Data {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Data($0) }
  }

  init?(blob: Data) {
    guard blob.count == 16 else { return nil }
    self.init(high: KeyedHash.number(blob.prefix(8)), low: KeyedHash.number(blob.suffix(8)))
  }

  private static func number(_ bytes: Data) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// A text by its bytes, as SQLite compares it; Swift takes texts of one normal form for equal.
struct Spelling: Comparable {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  static func == (a: Spelling, b: Spelling) -> Bool {
    a.text.utf8.elementsEqual(b.text.utf8)
  }

  static func < (a: Spelling, b: Spelling) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}

/// The smaller of two values where both are known, else the known one.
func earliest<Value: Comparable>(_ a: Value?, _ b: Value?) -> Value? {
  guard let a, let b else { return a ?? b }
  return min(a, b)
}

/// The greater of two values where both are known, else the known one.
func greatest<Value: Comparable>(_ a: Value?, _ b: Value?) -> Value? {
  guard let a, let b else { return a ?? b }
  return max(a, b)
}

/// A column that holds what no version of the program wrote.
struct ColumnFault: Error {
  let column: String
}

extension Row {
  /// A column's value; throws where the subscript would trap, since the file may be damaged.
  func get<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
    try decode(Value.self, forColumn: column)
  }

  func hash(_ column: String) throws -> KeyedHash {
    guard let hash = KeyedHash(blob: try get(column)) else { throw ColumnFault(column: column) }
    return hash
  }

  func optionalHash(_ column: String) throws -> KeyedHash? {
    try (get(column) as Data?) == nil ? nil : hash(column)
  }

  func named<Member: Named>(_ column: String) throws -> Member {
    guard let member = Member(name: try get(column)) else { throw ColumnFault(column: column) }
    return member
  }

  func level<Level: RawRepresentable>(_ column: String) throws -> Level
  where Level.RawValue == Int {
    guard let level = Level(rawValue: try get(column)) else { throw ColumnFault(column: column) }
    return level
  }

  func time(_ column: String) throws -> Timestamp {
    try Timestamp(microseconds: get(column))
  }

  func optionalTime(_ column: String) throws -> Timestamp? {
    try (get(column) as Int64?).map(Timestamp.init(microseconds:))
  }

  func text(_ column: String) throws -> PublicText {
    try PublicText(stored: get(column))
  }

  func spelling(_ column: String) throws -> Spelling? {
    try (get(column) as String?).map(Spelling.init)
  }

  func optionalText(_ column: String) throws -> PublicText? {
    try (get(column) as String?).map(PublicText.init(stored:))
  }
}

extension Database {
  /// Runs a statement that is prepared once per connection.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// Runs an insertion; nil where the row was there already.
  func inserted(_ sql: String, _ arguments: StatementArguments) throws -> Int64? {
    try run(sql, arguments)
    return changesCount == 0 ? nil : lastInsertedRowID
  }

  func row(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
    try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
  }

  func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
    try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
  }

  func number(_ sql: String, _ arguments: StatementArguments = []) throws -> Int64? {
    try Int64.fetchOne(cachedStatement(sql: sql), arguments: arguments)
  }
}

/// Lists and tables of words as JSON texts: few, short, and read only by people and by look-ups.
enum WordList {
  static func json(_ words: some Sequence<String>) -> String {
    JSONValue.array(words.map(JSONValue.string)).rendered
  }

  static func json(_ numbers: some Sequence<Int64>) -> String {
    JSONValue.array(numbers.map { JSONValue.number(String($0)) }).rendered
  }

  /// Sorted by key, so that equal tables are equal texts.
  static func json(_ details: [DetailKey: PublicText]) -> String {
    let members = details.sorted { $0.key.name < $1.key.name }
    return JSONValue.object(members.map { .init($0.key.name, .text($0.value)) }).rendered
  }

  static func names<Member: Named>(_ json: String) -> [Member] {
    (decoded(json) ?? [String]()).compactMap(Member.init(name:))
  }

  static func numbers(_ json: String) -> [Int64] {
    decoded(json) ?? []
  }

  static func details(_ json: String) -> [DetailKey: PublicText] {
    let pairs = (decoded(json) ?? [String: String]()).compactMap { name, value in
      DetailKey(name: name).map { ($0, PublicText(stored: value)) }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  private static func decoded<Value: Decodable>(_ json: String) -> Value? {
    try? JSONDecoder().decode(Value.self, from: Data(json.utf8))
  }
}
