import Glibc

/// The bytes of a stream that are in memory, in one piece: consumed from the front, filled at the back.
struct ByteWindow: ~Copyable {
  /// Sees all that is consumed, in order.
  let onBytes: ((UnsafeRawBufferPointer) -> Void)?
  /// Bytes consumed so far.
  private(set) var offset = 0
  private let stream: ByteStream
  private let chunk: Int
  private var room: UnsafeMutableBufferPointer<UInt8>
  private var begin = 0
  private var end = 0
  // Up to here no line feed stands, so that a long line is not searched again with each chunk.
  private var searched = 0
  // Consumed bytes from here to `begin` have not been shown yet.
  private var shown = 0

  /// `chunk` is how many bytes are asked of the stream at a time, at least 1.
  init(_ stream: ByteStream, chunk: Int, onBytes: ((UnsafeRawBufferPointer) -> Void)?) {
    self.stream = stream
    self.chunk = max(chunk, 1)
    self.onBytes = onBytes
    room = .allocate(capacity: self.chunk)
  }

  deinit { room.deallocate() }

  /// What is there to consume; valid until the window is filled.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: room[begin..<end])
  }

  /// The next line without its line feed, if all of it is there; it is not consumed.
  mutating func line() -> UnsafeBufferPointer<UInt8>? {
    guard searched < end, let base = room.baseAddress else { return nil }
    guard let feed = memchr(base + searched, Int32(Byte.lineFeed), end - searched) else {
      searched = end
      return nil
    }
    searched = UnsafeRawPointer(feed) - UnsafeRawPointer(base)
    return UnsafeBufferPointer(rebasing: room[begin..<searched])
  }

  /// Consumes so many of the bytes that are there.
  mutating func consume(_ count: Int) {
    begin += count
    offset += count
    searched = max(searched, begin)
  }

  /// Consumes so many of the bytes that are there without showing them.
  mutating func pass(_ count: Int) {
    show()
    consume(count)
    shown = begin
  }

  /// Shows `onBytes` what was consumed since the last time.
  mutating func show() {
    if shown < begin {
      onBytes?(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: room[shown..<begin])))
    }
    shown = begin
  }

  /// Reads a chunk behind what is there; see `ByteStream.read`.
  mutating func fill(wait: Duration?) throws(RecordError) -> ByteStream.Arrival {
    show()
    makeRoom()
    let free = UnsafeMutableBufferPointer(rebasing: room[end..<min(end + chunk, room.count)])
    let arrival = try stream.read(into: UnsafeMutableRawBufferPointer(free), wait: wait)
    if case .bytes(let count) = arrival { end += count }
    return arrival
  }

  /// Moves what is there to the front, and doubles the room where that frees less than half of it.
  private mutating func makeRoom() {
    guard begin == end || room.count == end else { return }
    let count = end - begin
    var roomier = room
    if count > room.count / 2 { roomier = .allocate(capacity: room.count * 2) }
    if let from = room.baseAddress, let to = roomier.baseAddress {
      memmove(to, from + begin, count)
    }
    if roomier.baseAddress != room.baseAddress {
      room.deallocate()
      room = roomier
    }
    searched -= begin
    (begin, end, shown) = (0, count, 0)
  }
}
