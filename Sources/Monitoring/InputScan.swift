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
      var lines = 0
      var taken = 0
      var early: [Int: Part] = [:]
      /// Takes parts until the next in order was one of them.
      func takeNext() async throws {
        while early[taken] == nil, let (place, part) = try await group.next() {
          early[place] = part
        }
        guard var part = early.removeValue(forKey: taken) else { return }
        taken += 1
        for index in part.faults.indices { part.faults[index].line += lines }
        for index in part.posts.indices { part.posts[index].line += lines }
        lines += part.lines
        try await body(part)
      }
      var begun = 0
      while let block = try reader.next() {
        // One block more than there are threads waits, so that none of them does.
        if begun - taken > threads { try await takeNext() }
        let place = begun
        group.addTask { (place, scan(block)) }
        begun += 1
      }
      while taken < begun { try await takeNext() }
    }
  }

  private func scan(_ block: InputBlock) -> Part {
    let scanner = Scanner(detector, key: key, limits: limits)
    let batch = RecordBatch(block, limits: limits, wanted: scanner.mayHold)
    var part = Part(
      records: batch.records, faults: batch.faults, cuts: batch.cuts, lines: batch.endLine)
    for (post, line) in zip(batch.posts, batch.lines) {
      let result = scanner.findings(in: post)
      part.cuts += result.cuts
      if !result.findings.isEmpty {
        part.posts.append(Found(post: post, findings: result.findings, line: line))
      }
    }
    return part
  }
}
