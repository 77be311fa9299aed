import Core
import Generation
import Testing

@testable import Detection

/// What the generator makes must be found, or must not; `bench recall` prints the whole table.
@Suite struct GeneratedTests {
  @Test func `every kind is found plain, among sentences`() throws {
    let scanner = Scanner(try shippedDetector.get(), key: nil)
    var missed: [String] = []
    var count = 0
    try CaseGenerator(shippedDetector.get()).forEachCase(in: [.plain]) { made in
      count += 1
      if scanner.outcome(of: made) != .exact { missed.append("\(made): \(made.text)") }
    }
    #expect(missed.count * 100 <= count, "\(missed.joined(separator: "\n\n"))")
  }

  @Test func `of the disguised 97 in 100 are found exactly, of every disguise at least half`()
    throws
  {
    let scanner = Scanner(try shippedDetector.get(), key: nil)
    var recall = Recall()
    try CaseGenerator(shippedDetector.get(), seed: 3).forEachCase(oneIn: 61) { made in
      recall.add(scanner.outcome(of: made), of: made.hiding)
    }
    #expect(recall.share >= 0.97)
    for row in recall.rows {
      #expect((row.counts[.exact] ?? 0) * 2 >= row.total, "\(row.hiding): \(row.counts)")
    }
  }

  @Test func `of the look-alikes 99 in 100 are passed over in silence`() throws {
    let scanner = Scanner(try shippedDetector.get(), key: nil)
    var silence = Silence()
    for lookAlike in LookAlike.all(try shippedDetector.get(), each: 4, seed: 3) {
      silence.add(scanner.voices(in: lookAlike), of: lookAlike)
    }
    #expect(silence.share >= 0.99)
    for row in silence.rows {
      #expect(row.spoke * 10 <= row.total, "\(row.why): \(row.rules.sorted())")
    }
  }

  @Test func `no text is passed over among others that holds something alone`() throws {
    let scanner = Scanner(try shippedDetector.get(), key: nil)
    var cases: [Case] = []
    try CaseGenerator(shippedDetector.get(), seed: 5).forEachCase(oneIn: 61) { cases.append($0) }
    var (read, all) = (0, 0)
    var (missed, held) = (0, 0)
    for start in stride(from: 0, to: cases.count, by: 8) {
      var pool: [UInt8] = []
      var ends: [Int] = []
      var wanted: Set<Int> = []
      for made in cases[start..<min(start + 8, cases.count)] {
        if !scanner.findings(in: made.post).findings.isEmpty { wanted.insert(ends.count + 1) }
        // Two of three texts are prose, so that most hold nothing.
        for text in ["nothing to see here, it is all talk", made.text, "and no more of it"] {
          pool += Array(text.utf8)
          ends.append(pool.count)
          pool.append(0)
        }
      }
      let found = pool.withUnsafeBytes { scanner.textsToRead($0, ends: ends) }
      (missed, held) = (missed + wanted.subtracting(found).count, held + wanted.count)
      (read, all) = (read + found.count, all + ends.count)
    }
    #expect(missed == 0, "\(missed) of \(held)")
    // Past a limit all are read, which must be the exception here.
    #expect(read * 2 < all)
  }

  @Test func `a finding says how its secret was hidden`() throws {
    let scanner = Scanner(try shippedDetector.get(), key: nil)
    try CaseGenerator(shippedDetector.get(), seed: 3).forEachCase(oneIn: 23) { made in
      let found = scanner.findings(in: made.post).findings.first {
        made.spans.contains($0.span) && scanner.reveal($0, in: made.post) == made.secret
      }
      guard let found else { return }
      // A secret that is plain to see may be told for one by what is hidden around it.
      guard !made.text.contains(made.secret) else { return }
      #expect(!found.disguise.isEmpty, "\(made)")
    }
  }

  @Test func `what the generator makes is the same every time`() throws {
    var texts: [[String]] = [[], []]
    for run in texts.indices {
      try CaseGenerator(shippedDetector.get()).forEachCase(oneIn: 97) { texts[run].append($0.text) }
    }
    #expect(texts[0] == texts[1])
    #expect(texts[0].count > 300)
  }

  @Test func `a case's span holds its secret, plain where it is plain`() throws {
    try CaseGenerator(shippedDetector.get()).forEachCase(oneIn: 41) { made in
      let bytes = Array(made.text.utf8)
      let span = made.spans[0]
      try #require(span.upperBound <= bytes.count && !span.isEmpty, "\(made)")
      let held = String(decoding: bytes[span], as: UTF8.self)
      if made.hiding.family == nil { #expect(held == made.secret) }
      #expect(made.spans.allSatisfy { $0.lowerBound == span.lowerBound })
      #expect(held.utf8.count >= made.secret.utf8.count || made.hiding.family == .gzip, "\(made)")
    }
  }
}
