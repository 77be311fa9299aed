import Checks
import Core
import Generation
import Testing

@testable import Detection

@Suite struct CutTests {
  @Test func `hardly any text that hides one secret is cut by a limit`() throws {
    let scanner = Scanner(try shippedDetector.get(), key: nil)
    var texts = 0
    var cut: [String] = []
    CaseGenerator(scanner.detector, seed: 3).forEachCase(in: Generation.Hiding.all, oneIn: 60) {
      texts += 1
      if scanner.findings(in: $0.post).cuts > 0 { cut.append($0.description) }
    }
    #expect(texts > 500)
    #expect(cut.count * 50 <= texts, "\(cut.count) of \(texts): \(cut.prefix(20))")
  }

  @Test func `a title of megabytes is not read again for every match`() throws {
    let rule = try #require(
      try shippedDetector.get().rules.first { $0.id == "ethereum-private-key-nearby" })
    let scanner = Scanner(Detector(RuleSet(rules: [rule], digest: "test")), key: nil)
    var template = TemplateFiller()
    let key = template.fill("{evm}")
    var post = Post(id: "1", title: "My private key", body: key)
    #expect(scanner.findings(in: post).findings.map(\.confidence) == [.medium])
    post.title = String(repeating: "tide ", count: 300) + "My private key"
    #expect(scanner.findings(in: post).findings.map(\.confidence) == [.low])
  }
}
