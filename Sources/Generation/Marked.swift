/// A text in which one secret is marked, whatever was done to both.
struct Marked {
  private(set) var bytes: [UInt8]
  /// The stretches that hold the secret and may be reported for it, the tightest first; more than one where an encoding
  /// ends in padding, which holds nothing and yet belongs to it.
  private(set) var spans: [Range<Int>]

  init(_ bytes: [UInt8], _ secret: Range<Int>) {
    self.bytes = bytes
    spans = [secret]
  }

  /// Nothing but a secret.
  init(secret: [UInt8]) {
    self.init(secret, 0..<secret.count)
  }

  var secret: ArraySlice<UInt8> { bytes[spans[0]] }
  var isOneLine: Bool { !secret.contains(0x0A) }

  /// The text between two others.
  func between(_ before: String, _ after: String) -> Marked {
    let before = Array(before.utf8)
    return moved(to: before + bytes + Array(after.utf8)) { $0 + before.count }
  }

  /// The text with its secret alone changed, in its place.
  func within(_ change: (Marked) -> Marked?) -> Marked? {
    guard let inner = change(Marked(secret: Array(secret))) else { return nil }
    let place = spans[0].lowerBound
    var changed = inner.moved(to: inner.bytes) { $0 + place }
    changed.bytes = bytes[..<place] + inner.bytes + bytes[spans[0].upperBound...]
    return changed
  }

  /// The text written anew, character by character; `between` stands before a character and belongs to neither side.
  func rewritten(
    _ write: (_ scalar: Unicode.Scalar, _ index: Int) -> (between: String, itself: String)
  ) -> Marked {
    var out: [UInt8] = []
    // By offset, where what begins and where what ends there came to stand.
    var starts = [Int](repeating: 0, count: bytes.count + 1)
    var ends = starts
    var offset = 0
    for (index, scalar) in String(decoding: bytes, as: UTF8.self).unicodeScalars.enumerated() {
      let (between, itself) = write(scalar, index)
      out += between.utf8
      starts[offset] = out.count
      out += itself.utf8
      offset += UTF8.width(scalar)
      ends[offset] = out.count
    }
    return moved(to: out, from: { starts[$0] }, through: { ends[$0] })
  }

  /// The text in groups that each encode some bytes by some characters: base64's three by four, hex's one by two.
  func encoded(as text: [UInt8], bytes group: Int, characters: Int) -> Marked {
    let tight = text.count - text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    var encoded = moved(to: text, from: { $0 / group * characters }) {
      min(($0 + group - 1) / group * characters, tight)
    }
    encoded.spans += encoded.spans.filter { $0.upperBound == tight && tight < text.count }
      .map { $0.lowerBound..<text.count }
    return encoded
  }

  /// The text as something of which no part stands for the secret alone.
  func enclosed(in text: [UInt8]) -> Marked { Marked(secret: text) }

  /// The text without its first bytes, which must not hold the secret.
  func dropping(_ count: Int) -> Marked {
    moved(to: Array(bytes.dropFirst(count))) { $0 - count }
  }

  private func moved(to bytes: [UInt8], by place: (Int) -> Int) -> Marked {
    moved(to: bytes, from: place, through: place)
  }

  private func moved(
    to bytes: [UInt8], from start: (Int) -> Int, through end: (Int) -> Int
  ) -> Marked {
    var moved = self
    moved.bytes = bytes
    moved.spans = spans.map { start($0.lowerBound)..<end($0.upperBound) }
    return moved
  }
}

extension Marked {
  private var before: UInt8? { bytes[..<spans[0].lowerBound].last }
  private var after: UInt8? { bytes[spans[0].upperBound...].first }

  /// The quotation mark on both sides of the secret.
  var quote: String? {
    guard let before, before == after, before == 0x22 || before == 0x27 else { return nil }
    return String(Unicode.Scalar(before))
  }

  /// Whether the secret stands by itself, on the line or behind an equals sign.
  var isValue: Bool {
    let starts = before.map { " \n=".utf8.contains($0) } ?? true
    return starts && (after.map { " \n,".utf8.contains($0) } ?? true)
  }
}
