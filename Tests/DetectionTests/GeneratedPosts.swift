import Core
import Foundation
import Generation
import Identity
import TestSupport

@testable import Detection

/// The shipped rules, compiled once for all tests of generated texts.
let shippedDetector: Result<Detector, any Error> = Result {
  try Detector(RuleSet(folder: packageRoot.appending(path: "patterns").path))
}

/// Seeded posts: one in so many cases, and some look-alikes; their ids tell them apart.
func generatedPosts(oneIn share: Int, seed: UInt64) throws -> [Post] {
  let detector = try shippedDetector.get()
  var texts: [String] = []
  CaseGenerator(detector, seed: seed).forEachCase(oneIn: share) { texts.append($0.text) }
  for (index, lookAlike) in LookAlike.all(detector, each: 1, seed: seed).enumerated()
  where index.isMultiple(of: share) {
    texts.append(lookAlike.text)
  }
  return texts.enumerated().map { Post(platform: "tide", id: "\($0)", body: $1) }
}

/// What one new scanner finds, by post.
func findings(in posts: some Sequence<Post>) throws -> [String: [Finding]] {
  let key = IdentityKey(bytes: Array(repeating: 7, count: 32))
  let scanner = Scanner(try shippedDetector.get(), key: key)
  return Dictionary(
    posts.map { ($0.id, scanner.findings(in: $0).findings) }, uniquingKeysWith: +)
}
