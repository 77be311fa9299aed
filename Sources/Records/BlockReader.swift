package import Core

/// A stretch of an input that any task can read as records, in whatever order; see `RecordBatch.init(_:limits:wanted:)`.
package struct InputBlock: Sendable {
  /// Whole lines, or a whole text.
  package fileprivate(set) var bytes: [UInt8] = []
  package let format: InputFormat
  /// The name of a text's record.
  let path: String
  /// What stands behind the block instead of a further line.
  var fault: RecordFault.Reason?
}

/// Reads a file or standard input in blocks of whole lines, or as one text.
///
/// A block is read into the memory that is handed on, so that the bytes of plain files are copied once, by the system.
package final class BlockReader {
  package let format: InputFormat
  private let path: String
  private let limits: Limits
  private let size: Int
  private let stream: ByteStream
  /// What was read behind the last block's lines.
  private var rest: [UInt8] = []
  private var isSkippingLine = false
  private var isFinished = false

  /// Opens a file, or standard input for `-`; without a format its ending decides. `size` is how many bytes a block is
  /// read at a time, at least 2; a line that is longer makes a longer block.
  package init(
    path: String, format: InputFormat? = nil, limits: Limits = Limits(), size: Int = 1 << 20
  ) throws(RecordError) {
    self.path = path
    self.format = format ?? InputFormat(path: path)
    self.limits = limits
    self.size = max(size, 2)
    stream = ByteStream(try Descriptor.opening(path), buffer: 64 << 10)
  }

  /// The next block; nil once there are no more.
  package func next() throws(RecordError) -> InputBlock? {
    guard !isFinished else { return nil }
    var block = InputBlock(format: format, path: path)
    // All that a text may hold and one byte more, which shows that it holds too much.
    let most = format == .text ? limits.text + 1 : limits.line + 2
    block.bytes = rest
    while true {
      if isSkippingLine { skipLine(&block.bytes) }
      let end = format == .text ? nil : block.bytes.lastIndex(of: Byte.lineFeed)
      if let end, block.bytes.count >= size {
        rest = Array(block.bytes[(end + 1)...])
        block.bytes.removeSubrange((end + 1)...)
        return block
      }
      if block.bytes.count >= most, end == nil { return cut(block) }
      let (bytes, isOver, fault) = try filled(behind: block.bytes, most)
      block.bytes = bytes
      guard isOver else { continue }
      isFinished = true
      if isSkippingLine { skipLine(&block.bytes) }
      block.fault = fault
      return block
    }
  }

  /// A text that is too long ends there; of a line that is too long nothing is kept.
  private func cut(_ block: InputBlock) -> InputBlock {
    guard format == .ndjson else {
      isFinished = true
      return block
    }
    isSkippingLine = true
    rest = []
    return InputBlock(format: format, path: path, fault: .tooLong)
  }

  /// The bytes with as many read behind them as make a block, or, of a long line or text, twice as many.
  private func filled(
    behind kept: [UInt8], _ most: Int
  ) throws(RecordError) -> (bytes: [UInt8], isOver: Bool, fault: RecordFault.Reason?) {
    let room = max(size, min(2 * kept.count, max(most, kept.count + size)))
    var end: ByteStream.Arrival?
    var failure: RecordError?
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      _ = buffer.initialize(from: kept)
      count = kept.count
      let memory = UnsafeMutableRawBufferPointer(buffer)
      do throws(RecordError) {
        while count < room {
          let arrival = try stream.read(into: .init(rebasing: memory[count...]), wait: nil)
          guard case .bytes(let more) = arrival else {
            end = arrival
            return
          }
          count += more
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    guard case .end(let fault) = end else { return (bytes, false, nil) }
    return (bytes, true, fault)
  }

  /// Drops the rest of a line that is too long.
  private func skipLine(_ bytes: inout [UInt8]) {
    guard let end = bytes.firstIndex(of: Byte.lineFeed) else {
      bytes = []
      return
    }
    bytes.removeSubrange(...end)
    isSkippingLine = false
  }
}
