import CZlib

/// Inflates gzip data piece by piece; members that follow one another give one text.
final class Inflater {
  /// What one step did.
  struct Step {
    var consumed: Int
    var written: Int
    /// Why no step can follow.
    var fault: RecordFault.Reason?
  }

  // zlib keeps the address of its state, which therefore must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether the last member is complete and no other has begun.
  private(set) var isBetweenMembers = false

  init() throws(RecordError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 is the largest window, 16 more asks for the gzip form.
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      throw .noMemoryToInflate
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Inflates until the input is used up, the room is full, or a member ends.
  func step(_ input: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Step {
    var padding = 0
    if isBetweenMembers {
      // Zeros after the last member are what tapes and block devices leave.
      padding = input.firstIndex { $0 != 0 } ?? input.count
      guard padding < input.count else { return Step(consumed: padding, written: 0) }
      guard input[padding] == Inflater.magic[0] else {
        return Step(consumed: padding, written: 0, fault: .bytesAfterGzip)
      }
      inflateReset(stream)
      isBetweenMembers = false
    }
    let input = UnsafeMutableRawBufferPointer(mutating: .init(rebasing: input[padding...]))
    stream.pointee.next_in = input.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_in = uInt(clamping: input.count)
    stream.pointee.next_out = room.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_out = uInt(clamping: room.count)
    let given = (input: stream.pointee.avail_in, room: stream.pointee.avail_out)
    let code = inflate(stream, Z_NO_FLUSH)
    var step = Step(
      consumed: padding + Int(given.input - stream.pointee.avail_in),
      written: Int(given.room - stream.pointee.avail_out))
    switch code {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isBetweenMembers = true
    default: step.fault = .corruptGzip
    }
    return step
  }

  /// The two bytes that gzip data begins with.
  static let magic: [UInt8] = [0x1F, 0x8B]
}
