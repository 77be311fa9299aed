/// Texts that are searched at once, one behind another: a NUL parts each from the next.
///
/// Nearly every text holds nothing, and most are short: searched one by one, each would cost more for the way to it than
/// for its bytes.
struct TextPool {
  let bytes: UnsafeRawBufferPointer
  /// Where each text ends.
  let ends: [Int]

  /// A single text.
  init(_ text: UnsafeRawBufferPointer) {
    bytes = text
    ends = [text.count]
  }

  init(_ bytes: UnsafeRawBufferPointer, ends: [Int]) {
    self.bytes = bytes
    self.ends = ends
  }

  /// The bytes of a text.
  func range(of text: Int) -> Range<Int> {
    (text == 0 ? 0 : ends[text - 1] + 1)..<ends[text]
  }

  /// The text that a place lies in, or that ends there.
  func text(at place: Int) -> Int {
    var low = 0
    var high = ends.count - 1
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
