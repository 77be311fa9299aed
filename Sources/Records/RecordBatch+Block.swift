package import Core
import Glibc

extension RecordBatch {
  /// Reads a block: posts none of whose texts is wanted are counted and not made. Its first line counts as 1.
  ///
  /// `wanted` is shown the texts of many records, each parted from the next by a NUL, and where each ends; it gives the
  /// positions of those that are wanted, ascending. Then `take` is given each post of these, its line, and its texts'
  /// positions among those last shown; without any where the post has a text that was not shown as it is.
  package init(
    _ block: InputBlock, limits: Limits = Limits(),
    wanted: (_ texts: UnsafeRawBufferPointer, _ ends: [Int]) -> [Int],
    take: Taker
  ) {
    self.init()
    var parser = RecordParser(limits: limits)
    block.bytes.withUnsafeBufferPointer { bytes in
      switch block.format {
      case .ndjson: readLines(of: bytes, &parser, endsEarly: block.fault != nil, wanted, take)
      case .text: readText(bytes, named: block.path, &parser, limits, wanted, take)
      }
    }
    cuts = parser.cuts
    endOffset = block.bytes.count
    guard let fault = block.fault else { return }
    faults.append(RecordFault(line: block.format == .text ? 1 : endLine + 1, reason: fault))
    if !fault.endsInput { endLine += 1 }
  }

  private mutating func readText(
    _ bytes: UnsafeBufferPointer<UInt8>, named path: String, _ parser: inout RecordParser,
    _ limits: Limits, _ wanted: TextPool.Search, _ take: Taker
  ) {
    records = 1
    endLine = 1
    let isWhole = bytes.count <= limits.text && isValidUTF8(bytes)
    guard !isWhole || !wanted(UnsafeRawBufferPointer(bytes), [bytes.count]).isEmpty else { return }
    take(Post(id: path, body: parser.text(of: bytes)), 1, isWhole ? [.body: 0] : [:])
  }

  /// Takes a post that is wanted.
  package typealias Taker = (_ post: Post, _ line: Int, _ places: [TextField: Int]) -> Void

  /// A record whose post has not been made.
  private struct Line {
    var bytes: UnsafeBufferPointer<UInt8>
    var number: Int
    /// After its last text in the pool.
    var lastText: Int
    /// Whether its texts are there; else it is wanted for sure.
    var isPooled: Bool
  }

  /// A last line without an end is no fault where the input ends early: nobody knows what it would have been.
  private mutating func readLines(
    of bytes: UnsafeBufferPointer<UInt8>, _ parser: inout RecordParser, endsEarly: Bool,
    _ wanted: TextPool.Search, _ take: Taker
  ) {
    guard var at = bytes.baseAddress else { return }
    let end = at + bytes.count
    var pool = TextPool()
    var waiting: [Line] = []
    while at < end {
      let feed = memchr(at, Int32(Byte.lineFeed), end - at)
      let lineEnd = feed.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) } ?? end
      let line = UnsafeBufferPointer(start: at, count: lineEnd - at)
      at = lineEnd + 1
      switch parser.parse(line, blockEnd: end) {
      case .record:
        records += 1
        let isPooled = parser.appendTexts(to: &pool)
        waiting.append(
          Line(
            bytes: line, number: endLine + 1, lastText: pool.count, isPooled: isPooled))
        if pool.isFull { makePosts(of: &waiting, &pool, &parser, wanted, take) }
      case .blank: break
      case .fault(let reason) where lineEnd == end && endsEarly && reason != .tooLong:
        makePosts(of: &waiting, &pool, &parser, wanted, take)
        return
      case .fault(let reason): faults.append(RecordFault(line: endLine + 1, reason: reason))
      }
      endLine += 1
    }
    makePosts(of: &waiting, &pool, &parser, wanted, take)
  }

  /// Makes the posts that are wanted, which means to read their lines once more: they are few.
  private mutating func makePosts(
    of waiting: inout [Line], _ pool: inout TextPool, _ parser: inout RecordParser,
    _ wanted: TextPool.Search, _ take: Taker
  ) {
    let texts = pool.search(wanted)
    var next = 0
    var firstText = 0
    for line in waiting {
      let first = next
      while next < texts.count, texts[next] < line.lastText { next += 1 }
      if !line.isPooled || next > first, case .record = parser.parse(line.bytes) {
        let places = line.isPooled ? parser.places(from: firstText) : [:]
        take(parser.post(), line.number, places)
      }
      firstText = line.lastText
    }
    waiting.removeAll(keepingCapacity: true)
    pool.removeAll()
  }
}
