import Core

/// What an edit undid; several where one step undoes two disguises.
struct Disguises: OptionSet, Sendable {
  let rawValue: UInt16

  init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  static let markdown = Disguises(.markdown)
  static let htmlEntities = Disguises(.htmlEntities)
  static let percent = Disguises(.percent)
  static let escapes = Disguises(.escapes)
  static let zeroWidth = Disguises(.zeroWidth)
  static let tagCharacters = Disguises(.tagCharacters)
  static let compatibility = Disguises(.compatibility)
  static let lookAlike = Disguises(.lookAlike)
  static let base64 = Disguises(.base64)
  static let hex = Disguises(.hex)
  static let gzip = Disguises(.gzip)
  static let joined = Disguises(.joined)

  /// What writes characters otherwise than they stand, one by one.
  static let escaping: Disguises = [.htmlEntities, .percent, .escapes]
  /// What writes bytes as text.
  static let encodings: Disguises = [.base64, .hex, .gzip]

  private init(_ disguise: Disguise) {
    self.init(rawValue: 1 << UInt16(Disguise.allCases.firstIndex(of: disguise) ?? 0))
  }

  /// Outermost first, as far as one step can tell.
  var list: [Disguise] {
    Disguise.allCases.enumerated().filter { rawValue & 1 << UInt16($0.offset) != 0 }.map(\.element)
  }
}

/// A stretch of a text and what a reading has in its place.
struct Edit {
  /// The bytes that are replaced.
  var range: Range<Int>
  /// The bytes that gave the cause: `range`, or more where the edit rests on its surroundings.
  var footprint: Range<Int>
  var disguises: Disguises
  /// Edits of one group only make sense together.
  var group: Int
  /// Where the new bytes stand in the list's pool.
  var bytes: Range<Int>
  /// Every `unit` new bytes come from `step` old ones; a unit of 0 means all from all.
  var unit = 0
  var step = 0
}

/// Edits under way, with one pool for the bytes of all of them.
struct EditList {
  private(set) var edits: [Edit] = []
  private(set) var pool: [UInt8] = []
  private var groups = 0
  private var isInGroup = false

  var isEmpty: Bool { edits.isEmpty }

  mutating func delete(_ range: Range<Int>, _ disguises: Disguises, footprint: Range<Int>? = nil) {
    guard !range.isEmpty else { return }
    add(range, disguises, from: pool.count, footprint: footprint)
  }

  mutating func replace(_ range: Range<Int>, by byte: UInt8, _ disguises: Disguises) {
    let start = pool.count
    pool.append(byte)
    add(range, disguises, from: start)
  }

  mutating func replace(_ range: Range<Int>, by scalar: Unicode.Scalar, _ disguises: Disguises) {
    let start = pool.count
    pool.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    add(range, disguises, from: start)
  }

  mutating func replace(
    _ range: Range<Int>, by bytes: some Collection<UInt8>, _ disguises: Disguises, unit: Int = 0,
    step: Int = 0, footprint: Range<Int>? = nil
  ) {
    let start = pool.count
    pool.append(contentsOf: bytes)
    add(range, disguises, from: start, unit: unit, step: step, footprint: footprint)
  }

  /// Adds edits that only make sense together.
  mutating func group(_ body: (inout EditList) -> Void) {
    groups += 1
    isInGroup = true
    body(&self)
    isInGroup = false
  }

  private mutating func add(
    _ range: Range<Int>, _ disguises: Disguises, from start: Int, unit: Int = 0, step: Int = 0,
    footprint: Range<Int>? = nil
  ) {
    if !isInGroup { groups += 1 }
    edits.append(
      Edit(
        range: range, footprint: footprint ?? range, disguises: disguises, group: groups,
        bytes: start..<pool.count, unit: unit, step: step))
  }

  /// Takes back what was added after so many edits.
  mutating func truncate(to count: Int) {
    guard count < edits.count else { return }
    pool.removeSubrange(edits[count].bytes.lowerBound...)
    edits.removeSubrange(count...)
  }

  /// Only edits whose cause touches one of some ascending ranges: what an outer edit brought to light.
  mutating func keep(touching ranges: [Range<Int>]) {
    edits.removeAll { edit in
      var low = 0
      var high = ranges.count
      while low < high {
        let middle = (low + high) / 2
        if ranges[middle].upperBound < edit.footprint.lowerBound {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low == ranges.count || ranges[low].lowerBound > edit.footprint.upperBound
    }
  }

  /// The edits by place, their groups dealt out so that within a layer none overlaps another; and how many groups
  /// found no place.
  func layers(atMost most: Int) -> (layers: [[Edit]], left: Int) {
    var starts: [Int] = []
    for index in edits.indices where index == 0 || edits[index].group != edits[index - 1].group {
      starts.append(index)
    }
    let spans = zip(starts, starts.dropFirst() + [edits.count]).map { $0..<$1 }
    var layers: [[Edit]] = []
    var left = 0
    for span in spans.sorted(by: {
      edits[$0.lowerBound].range.lowerBound < edits[$1.lowerBound].range.lowerBound
    }) {
      let start = edits[span.lowerBound].range.lowerBound
      if let layer = layers.firstIndex(where: { ($0.last?.range.upperBound ?? 0) <= start }) {
        layers[layer] += edits[span]
      } else if layers.count < most {
        layers.append(Array(edits[span]))
      } else {
        left += 1
      }
    }
    return (layers, left)
  }
}

extension UTF8 {
  static let encodedReplacementCharacter = encode("\u{FFFD}") ?? EncodedScalar()
}
