package import Core

/// Reads a file or standard input as records, batch by batch, in bounded memory whatever the size.
///
/// Plain and gzip are told apart by the first bytes. A line that is no record is a fault of its batch and passed over;
/// of an input that ends early, what could be read is given.
package final class RecordReader {
  package let format: InputFormat
  /// Lines consumed so far.
  package private(set) var lines = 0
  private let path: String
  private let limits: Limits
  private let idle: Duration?
  private var window: ByteWindow
  private var parser: RecordParser
  private var state = State.reading
  // Batches of one input are much alike: the last one's size spares the next one's growth.
  private var lastCount = 0
  // After a resumption behind a line that had no end yet: what follows on it is no further line.
  private var isWithinLine = false

  private enum State {
    case reading
    // Within a line that is too long, of which nothing is kept.
    case skippingLine
    case failed(RecordError)
    case finished
  }

  /// Opens a file, or standard input for `-`; without a format its ending decides.
  ///
  /// `idle` is how long a batch waits for bytes: it is returned that long after its first record, and an empty one after
  /// that long without any; negative never. `onBytes` sees every byte consumed, inflated, in order and no later than its
  /// batch is returned. `buffer` is how many bytes are read at a time.
  package convenience init(
    path: String, format: InputFormat? = nil, limits: Limits = Limits(),
    idle: Duration = .seconds(-1), buffer: Int = 128 << 10,
    onBytes: ((UnsafeRawBufferPointer) -> Void)? = nil
  ) throws(RecordError) {
    self.init(
      try Descriptor.opening(path), path: path, format: format ?? InputFormat(path: path),
      limits: limits, idle: idle, buffer: buffer, onBytes: onBytes)
  }

  /// Reads an open descriptor, which stays the caller's to close; see `init(path:)`.
  package convenience init(
    descriptor: Int32, path: String, format: InputFormat, limits: Limits = Limits(),
    idle: Duration = .seconds(-1), buffer: Int = 128 << 10,
    onBytes: ((UnsafeRawBufferPointer) -> Void)? = nil
  ) {
    self.init(
      Descriptor.lent(descriptor, path: path), path: path, format: format, limits: limits,
      idle: idle, buffer: buffer, onBytes: onBytes)
  }

  private init(
    _ descriptor: consuming Descriptor, path: String, format: InputFormat, limits: Limits,
    idle: Duration, buffer: Int, onBytes: ((UnsafeRawBufferPointer) -> Void)?
  ) {
    self.path = path
    self.format = format
    self.limits = limits
    self.idle = idle < .zero ? nil : idle
    let stream = ByteStream(descriptor, buffer: min(buffer, 64 << 10))
    window = ByteWindow(stream, chunk: buffer, onBytes: onBytes)
    parser = RecordParser(limits: limits)
  }

  /// Uncompressed bytes consumed so far: where the next batch begins.
  package var offset: Int { window.offset }

  /// The next batch of an archive's page: `Limits.archivePageRecords` and `Limits.archivePage`.
  package func next() throws(RecordError) -> RecordBatch? {
    try next(records: limits.archivePageRecords, bytes: limits.archivePage)
  }

  /// The next records, at most so many (faults counted) and from at most so many uncompressed bytes, but at least one
  /// line; nil once there are no more. A batch may hold nothing: of blank lines, or when nothing came in time.
  package func next(records: Int, bytes: Int) throws(RecordError) -> RecordBatch? {
    if case .failed(let error) = state { throw error }
    if case .finished = state { return nil }
    var batch = RecordBatch()
    batch.posts.reserveCapacity(min(lastCount, records))
    defer { lastCount = batch.posts.count }
    let (start, cuts) = (window.offset, parser.cuts)
    do throws(RecordError) {
      switch format {
      case .ndjson: try readLines(into: &batch, records: records, bytes: bytes)
      case .text: try readText(into: &batch)
      }
    } catch {
      state = .failed(error)
      if window.offset == start { throw error }
    }
    window.show()
    batch.cuts = parser.cuts - cuts
    batch.endOffset = window.offset
    batch.endLine = lines
    if case .finished = state, window.offset == start, batch.isEmpty { return nil }
    return batch
  }

  /// Consumes the input up to an offset at which an earlier reader's batch ended, with the lines that it had read, and
  /// feeds what is passed; false where the input is shorter. To be called before the first batch.
  package func skip(
    to offset: Int, lines: Int, feeding: (UnsafeRawBufferPointer) -> Void
  ) throws(RecordError) -> Bool {
    var last: UInt8?
    while window.offset < offset {
      if window.bytes.isEmpty, case .end = try window.fill(wait: nil) { return false }
      let passed = UnsafeBufferPointer(rebasing: window.bytes.prefix(offset - window.offset))
      feeding(UnsafeRawBufferPointer(passed))
      last = passed.last ?? last
      window.pass(passed.count)
    }
    self.lines = lines
    isWithinLine = last.map { $0 != Byte.lineFeed } ?? false
    return true
  }

  private func readLines(
    into batch: inout RecordBatch, records: Int, bytes: Int
  ) throws(RecordError) {
    let start = window.offset
    // Whether a line of this length, its end counted, still belongs to the batch.
    func fits(_ length: Int) -> Bool {
      window.offset == start || window.offset - start + length <= bytes
    }
    var patience = Patience(idle: idle)
    while true {
      if isSkippingLine {
        if skipRestOfLine() { continue }
      } else if batch.count >= max(records, 1) {
        return
      } else if let line = window.line() {
        // All lines that are too long count alike, so that batches do not depend on how the bytes arrive.
        guard fits(min(line.count, limits.line + 1) + 1) else { return }
        take(line, into: &batch)
        continue
      } else if window.bytes.count > limits.line + 1 {
        guard fits(limits.line + 2) else { return }
        batch.faults.append(RecordFault(line: nextLine, reason: .tooLong))
        state = .skippingLine
        continue
      }
      switch try window.fill(wait: patience.left(batch)) {
      case .bytes: break
      case .idle: return
      case .end(let reason):
        guard isSkippingLine || fits(window.bytes.count) else { return }
        finish(reason, into: &batch)
        return
      }
    }
  }

  private var isSkippingLine: Bool {
    if case .skippingLine = state { true } else { false }
  }

  private var nextLine: Int { isWithinLine ? lines : lines + 1 }

  private func consumeLine(_ length: Int) {
    window.consume(length)
    lines = nextLine
    isWithinLine = false
  }

  /// Whether the end of the line was there.
  private func skipRestOfLine() -> Bool {
    guard let rest = window.line() else {
      window.consume(window.bytes.count)
      return false
    }
    consumeLine(rest.count + 1)
    state = .reading
    return true
  }

  private func take(_ line: UnsafeBufferPointer<UInt8>, into batch: inout RecordBatch) {
    if let fault = read(line, into: &batch) {
      batch.faults.append(RecordFault(line: nextLine, reason: fault))
    }
    consumeLine(line.count + 1)
  }

  /// Reads a line as a record, if it holds one; gives the fault otherwise.
  private func read(
    _ line: UnsafeBufferPointer<UInt8>, into batch: inout RecordBatch
  ) -> RecordFault.Reason? {
    switch parser.parse(line) {
    case .record:
      batch.records += 1
      batch.posts.append(parser.post())
      batch.lines.append(nextLine)
      return nil
    case .blank: return nil
    case .fault(let reason): return reason
    }
  }

  /// Takes what stands behind the last line feed.
  private func finish(_ reason: RecordFault.Reason?, into batch: inout RecordBatch) {
    let rest = window.bytes
    if isSkippingLine {
      consumeLine(0)
    } else if !rest.isEmpty {
      if let fault = read(rest, into: &batch) {
        // Not consumed: a writer may be in the midst of it, and a later pass then finds it whole.
        if reason == nil { batch.faults.append(RecordFault(line: nextLine, reason: fault)) }
      } else {
        consumeLine(rest.count)
      }
    }
    if let reason { batch.faults.append(RecordFault(line: nextLine, reason: reason)) }
    state = .finished
  }

  /// Takes the whole input as one record.
  private func readText(into batch: inout RecordBatch) throws(RecordError) {
    var fault: RecordFault.Reason?
    reading: while window.bytes.count <= limits.text {
      switch try window.fill(wait: nil) {
      case .bytes, .idle: continue
      case .end(let reason):
        fault = reason
        break reading
      }
    }
    batch.records = 1
    batch.posts = [Post(id: path, body: parser.text(of: window.bytes))]
    batch.lines = [1]
    if let fault { batch.faults = [RecordFault(line: 1, reason: fault)] }
    lines = 1
    window.consume(window.bytes.count)
    state = .finished
  }
}
