package import Core

/// Records in the order of the input, up to the bounds that were asked for.
package struct RecordBatch: Sendable {
  /// How many records were read.
  package var records = 0
  /// The records; none where a block's were given to who took them.
  package var posts: [Post] = []
  /// The line that each post stands in, counted from 1; as many as there are posts.
  package var lines: [Int] = []
  /// What was passed over.
  package var faults: [RecordFault] = []
  /// How many texts were longer than `Limits.text` and lost their end.
  package var cuts = 0
  /// Uncompressed bytes of the input up to the end of the batch: where the next one begins.
  package var endOffset = 0
  /// Lines of the input up to the end of the batch.
  package var endLine = 0

  package init() {}

  /// Whether it holds neither records nor faults.
  package var isEmpty: Bool { count == 0 }

  var count: Int { records + faults.count }
}

/// How an input is divided into records.
package enum InputFormat: String, Sendable, Named {
  /// One JSON object a line.
  case ndjson
  /// One record a file.
  case text

  /// The format that a file's ending names; whatever names none is text.
  package init(path: String) {
    let path = path.lowercased()
    let name = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
    self = name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") ? .ndjson : .text
  }
}
