import Core
import Foundation
import Records
import TestSupport

/// All batches of one reader, and the bytes it showed.
struct Reading: Equatable {
  var posts: [Post] = []
  var lines: [Int] = []
  var faults: [RecordFault] = []
  var cuts = 0
  var endOffset = 0
  var endLine = 0
  var shown: [UInt8] = []
  var largestPiece = 0
  var batches = 0

  /// What does not depend on how the bytes arrive.
  var content: Reading {
    var content = self
    content.largestPiece = 0
    return content
  }
}

/// Reads bytes as a file of the name, in batches of the bounds.
func read(
  _ bytes: some Sequence<UInt8>, as name: String = "a.ndjson", limits: Limits = Limits(),
  buffer: Int = 1 << 16, records: Int = 2_000, batchBytes: Int = 4 << 20
) async throws -> Reading {
  try await withTemporaryFolder { folder in
    let file = folder.appending(path: name)
    try Data(bytes).write(to: file)
    return try readFile(
      file.path, limits: limits, buffer: buffer, records: records, batchBytes: batchBytes)
  }
}

/// Reads a file in batches of the bounds.
func readFile(
  _ path: String, limits: Limits = Limits(), buffer: Int = 1 << 16, records: Int = 2_000,
  batchBytes: Int = 4 << 20
) throws -> Reading {
  var shown: [UInt8] = []
  var largestPiece = 0
  let reader = try RecordReader(path: path, limits: limits, buffer: buffer) { piece in
    shown += piece
    largestPiece = max(largestPiece, piece.count)
  }
  var reading = Reading()
  while let batch = try reader.next(records: records, bytes: batchBytes) {
    reading.posts += batch.posts
    reading.lines += batch.lines
    reading.faults += batch.faults
    reading.cuts += batch.cuts
    reading.endOffset = batch.endOffset
    reading.endLine = batch.endLine
    reading.batches += 1
    guard reader.offset == batch.endOffset, reader.lines == batch.endLine,
      shown.count == batch.endOffset
    else { throw Disagreement() }
  }
  reading.shown = shown
  reading.largestPiece = largestPiece
  return reading
}

/// A batch's end is not the reader's position, or not what was shown.
struct Disagreement: Error {}
