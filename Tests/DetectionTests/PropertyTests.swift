import Core
import Foundation
import Generation
import Testing

@testable import Detection

/// What holds for every text, shown on seeded ones.
@Suite struct PropertyTests {
  @Test func `offsets hold the secret's bytes`() throws {
    let posts = try generatedPosts(oneIn: 31, seed: 21)
    let scanner = Scanner(try shippedDetector.get(), key: nil)
    let found = try findings(in: posts)
    for post in posts {
      let bytes = Array((post.body ?? "").utf8)
      for finding in found[post.id] ?? [] {
        try #require(finding.span.upperBound <= bytes.count && !finding.span.isEmpty)
        let held = String(validating: bytes[finding.span], as: UTF8.self)
        #expect(held != nil, "\(finding.rule) cuts a character in two in \(post.body ?? "")")
        if finding.disguise.isEmpty { #expect(scanner.reveal(finding, in: post) == held) }
      }
    }
  }

  @Test func `without the bytes at its offsets a finding is gone`() throws {
    let posts = try generatedPosts(oneIn: 47, seed: 22)
    let found = try findings(in: posts)
    for post in posts {
      for finding in found[post.id] ?? [] where finding.category == .credential {
        var bytes = Array((post.body ?? "").utf8)
        bytes.replaceSubrange(
          finding.span, with: repeatElement(UInt8(ascii: " "), count: finding.span.count))
        let blanked = Post(
          platform: post.platform, id: post.id, body: String(decoding: bytes, as: UTF8.self))
        let left = try findings(in: [blanked])[post.id] ?? []
        #expect(
          !left.contains {
            $0.fingerprint == finding.fingerprint && $0.span.overlaps(finding.span)
          }, "\(finding.rule) in \(post.body ?? "")")
      }
    }
  }

  @Test func `no reading loses a plain finding`() throws {
    var plain: [Case] = []
    try CaseGenerator(shippedDetector.get(), seed: 23).forEachCase(in: [.plain], oneIn: 3) {
      plain.append($0)
    }
    var veils: [String] = []
    try CaseGenerator(shippedDetector.get(), seed: 24).forEachCase(oneIn: 211) {
      veils.append($0.text)
    }
    let alone = try findings(in: plain.enumerated().map { Post(id: "\($0)", body: $1.text) })
    let together = plain.enumerated().map { number, made in
      Post(id: "\(number)", body: made.text + "\n\n" + veils[number % veils.count])
    }
    let found = try findings(in: together)
    for post in together {
      for expected in alone[post.id] ?? [] where expected.confidence >= .medium {
        #expect(
          found[post.id]?.contains {
            $0.span == expected.span && $0.fingerprint == expected.fingerprint
              && $0.confidence >= .medium
          } == true, "\(expected.rule) in \(post.body ?? "")")
      }
    }
  }

  @Test func `masked text scanned again yields nothing`() throws {
    let scanner = Scanner(try shippedDetector.get(), key: nil)
    for post in try generatedPosts(oneIn: 31, seed: 25) {
      let shown = scanner.shown(post.body ?? "", upTo: 1 << 20).string
      let left = scanner.findings(in: Post(id: post.id, body: shown)).findings
        .filter { $0.category == .credential && $0.confidence >= .medium }
      #expect(left.isEmpty, "\(left.map(\.rule)) in \(shown)\nof \(post.body ?? "")")
    }
  }

  @Test func `no excerpt holds the secret that was found`() throws {
    let scanner = Scanner(try shippedDetector.get(), key: nil)
    try CaseGenerator(shippedDetector.get(), seed: 26).forEachCase(oneIn: 31) { made in
      guard scanner.outcome(of: made) == .exact else { return }
      let shown = scanner.excerpt(of: made.text, around: made.spans[0]).string
      #expect(!shown.contains(made.secret), "\(made)")
    }
  }
}
