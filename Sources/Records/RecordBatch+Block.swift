package import Core
import Glibc

extension RecordBatch {
  /// Reads a block: posts none of whose texts is wanted are counted and not made. Its first line counts as 1.
  package init(
    _ block: InputBlock, limits: Limits = Limits(), wanted: (UnsafeRawBufferPointer) -> Bool
  ) {
    self.init()
    var parser = RecordParser(limits: limits)
    block.bytes.withUnsafeBufferPointer { bytes in
      switch block.format {
      case .ndjson: readLines(of: bytes, &parser, endsEarly: block.fault != nil, wanted)
      case .text: readText(bytes, named: block.path, &parser, limits, wanted)
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
    _ limits: Limits, _ wanted: (UnsafeRawBufferPointer) -> Bool
  ) {
    records = 1
    endLine = 1
    let isWhole = bytes.count <= limits.text && isValidUTF8(bytes)
    guard !isWhole || wanted(UnsafeRawBufferPointer(bytes)) else { return }
    posts = [Post(id: path, body: parser.text(of: bytes))]
    lines = [1]
  }

  /// A last line without an end is no fault where the input ends early: nobody knows what it would have been.
  private mutating func readLines(
    of bytes: UnsafeBufferPointer<UInt8>, _ parser: inout RecordParser, endsEarly: Bool,
    _ wanted: (UnsafeRawBufferPointer) -> Bool
  ) {
    guard var at = bytes.baseAddress else { return }
    let end = at + bytes.count
    while at < end {
      let feed = memchr(at, Int32(Byte.lineFeed), end - at)
      let lineEnd = feed.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) } ?? end
      let line = UnsafeBufferPointer(start: at, count: lineEnd - at)
      switch parser.parse(line) {
      case .record:
        records += 1
        if parser.holdsText(where: wanted) {
          posts.append(parser.post())
          lines.append(endLine + 1)
        }
      case .blank: break
      case .fault(let reason) where lineEnd == end && endsEarly && reason != .tooLong: return
      case .fault(let reason): faults.append(RecordFault(line: endLine + 1, reason: reason))
      }
      endLine += 1
      at = lineEnd + 1
    }
  }
}
