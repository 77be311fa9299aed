package import Core
package import Detection
package import Identity
package import Records

/// Looks through inputs on several cores, block by block; what it finds comes in the order of the inputs.
package struct InputScan: Sendable {
  private let detector: Detector
  private let key: IdentityKey?
  private let limits: Limits
  private let threads: Int

  /// Without a key, findings have no fingerprints. `threads` is how many blocks are looked through at a time.
  package init(
    _ detector: Detector, key: IdentityKey?, limits: Limits = Limits(), threads: Int
  ) {
    self.detector = detector
    self.key = key
    self.limits = limits
    self.threads = max(threads, 1)
  }

  /// What one block held.
  package struct Part: Sendable {
    package var records = 0
    /// Bytes that were read, uncompressed.
    package var bytes = 0
    /// What was passed over, by line of the input.
    package var faults: [RecordFault] = []
    /// Texts and searches that a limit cut short.
    package var cuts = 0
    package var posts: [Found] = []
    var lines = 0
  }

  /// A post with findings.
  package struct Found: Sendable {
    package var post: Post
    package var findings: [Finding]
    /// The line that the post stands in, counted from 1.
    package var line: Int
  }

  /// Reads an input to its end; `body` takes its parts in order.
  package func run(
    _ reader: BlockReader, _ body: (Part) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, Part).self) { group in
      var order = PartOrder()
      var running = 0
      // Read ahead, so that no core waits for the next block.
      var block = try reader.next()
      while block != nil || running > 0 {
        if let next = block, running < threads, order.waiting < 4 * threads {
          let place = order.begin()
          group.addTask { (place, scan(next)) }
          running += 1
          block = try reader.next()
        } else if let (place, part) = try await group.next() {
          running -= 1
          for part in order.end(place, part) { try await body(part) }
        }
      }
    }
  }

  /// Puts parts that end in any order back into that of their blocks, and counts lines on.
  private struct PartOrder {
    private var begun = 0
    private var taken = 0
    private var lines = 0
    private var early: [Int: Part] = [:]

    /// Blocks that have begun and were not given back.
    var waiting: Int { begun - taken }

    mutating func begin() -> Int {
      begun += 1
      return begun - 1
    }

    /// Takes the part of a block; gives those that are next.
    mutating func end(_ place: Int, _ part: Part) -> [Part] {
      early[place] = part
      var next: [Part] = []
      while var part = early.removeValue(forKey: taken) {
        taken += 1
        for index in part.faults.indices { part.faults[index].line += lines }
        for index in part.posts.indices { part.posts[index].line += lines }
        lines += part.lines
        next.append(part)
      }
      return next
    }
  }

  private func scan(_ block: InputBlock) -> Part {
    let scanner = Scanner(detector, key: key, limits: limits)
    var part = Part()
    let batch = RecordBatch(block, limits: limits, wanted: scanner.textsToRead) {
      post, line, places in
      let result = scanner.findings(in: post, pooled: places)
      part.cuts += result.cuts
      if !result.findings.isEmpty {
        part.posts.append(Found(post: post, findings: result.findings, line: line))
      }
    }
    part.records = batch.records
    part.bytes = batch.endOffset
    part.faults = batch.faults
    part.cuts += batch.cuts
    part.lines = batch.endLine
    return part
  }
}
