/// The bytes of an input in order, inflated where they begin like gzip.
final class ByteStream {
  /// What a read brought.
  enum Arrival {
    case bytes(Int)
    /// Nothing came in time.
    case idle
    /// Nothing follows, for the reason where there is one.
    case end(RecordFault.Reason?)
  }

  private enum Form {
    case unknown, plain
    case gzip(Inflater)
  }

  private let descriptor: Descriptor
  private var form = Form.unknown
  // Bytes as they came, not yet passed on: compressed ones, and the first ones of any input.
  private let raw: UnsafeMutableRawBufferPointer
  private var rawBegin = 0
  private var rawEnd = 0
  private var isRawOver = false
  private var fault: RecordFault.Reason?

  /// `buffer` is how many compressed bytes are held at a time, at least 2.
  init(_ descriptor: consuming Descriptor, buffer: Int) {
    self.descriptor = descriptor
    raw = .allocate(byteCount: max(buffer, 2), alignment: 16)
  }

  deinit { raw.deallocate() }

  /// Reads into the room, which must not be empty, for at most so long; without `wait` for ever.
  func read(
    into room: UnsafeMutableRawBufferPointer, wait: Duration?
  ) throws(RecordError) -> Arrival {
    while true {
      switch form {
      case .unknown where rawEnd < 2 && !isRawOver:
        guard try fill(wait) else { return .idle }
      case .unknown:
        let isGzip = pending.starts(with: Inflater.magic)
        form = isGzip ? .gzip(try Inflater()) : .plain
      case .plain where pending.isEmpty:
        if isRawOver { return .end(nil) }
        guard descriptor.waitForBytes(wait) else { return .idle }
        let count = try descriptor.read(into: room)
        if count > 0 { return .bytes(count) }
        isRawOver = true
      case .plain:
        let count = min(pending.count, room.count)
        room.copyMemory(from: UnsafeRawBufferPointer(rebasing: pending[..<count]))
        rawBegin += count
        return .bytes(count)
      case .gzip(let inflater):
        if let fault { return .end(fault) }
        let step = inflater.step(pending, into: room)
        rawBegin += step.consumed
        fault = step.fault
        if step.written > 0 { return .bytes(step.written) }
        guard fault == nil, pending.isEmpty else { continue }
        if isRawOver { return .end(inflater.isBetweenMembers ? nil : .truncatedGzip) }
        guard try fill(wait) else { return .idle }
      }
    }
  }

  private var pending: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: raw[rawBegin..<rawEnd])
  }

  /// Reads behind what is pending; false where nothing came in time.
  private func fill(_ wait: Duration?) throws(RecordError) -> Bool {
    guard descriptor.waitForBytes(wait) else { return false }
    if rawBegin == rawEnd { (rawBegin, rawEnd) = (0, 0) }
    let count = try descriptor.read(into: .init(rebasing: raw[rawEnd...]))
    rawEnd += count
    isRawOver = count == 0
    return true
  }
}
