/// The texts of many records, one behind another, so that one search goes through all of them.
///
/// A NUL parts them: no text of a record has a word, a run or a line that goes on over it.
struct TextPool {
  /// Says which texts are worth a closer look, by position: all that are, and some that are not.
  typealias Search = (_ pool: UnsafeRawBufferPointer, _ ends: [Int]) -> [Int]

  /// Bytes at which a search pays, and that still lie in a core's own cache.
  static let size = 128 << 10

  private var bytes: [UInt8] = []
  /// Where each text ends.
  private var ends: [Int] = []

  init() {
    bytes.reserveCapacity(TextPool.size + TextPool.size / 4)
  }

  /// How many texts it holds.
  var count: Int { ends.count }

  var isFull: Bool { bytes.count >= TextPool.size }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    bytes.append(0)
  }

  func search(_ search: Search) -> [Int] {
    bytes.withUnsafeBytes { search($0, ends) }
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
