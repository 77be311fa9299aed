import Foundation
import TestSupport
import Testing

/// What people see: every file of `fixtures/commands` is one sitting in the invented town. Behind each command stands
/// what it prints, with `!` what goes to standard error, and its code where that is not 0.
@Suite(.serialized) struct TranscriptTests {
  private static let folder = packageRoot.appending(path: "fixtures/commands")

  private static let sittings =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []

  @Test(arguments: sittings)
  func `a sitting goes as it was written down`(sitting: String) async throws {
    let text = try String(contentsOf: Self.folder.appending(path: sitting), encoding: .utf8)
    try await withHome { home in
      for step in steps(of: text) {
        let arguments = step.command.split(separator: " ").map(String.init)
        let outcome = try await home.start(arguments).outcome()
        #expect(outcome.transcript == step.printed, "exuvia \(step.command)")
      }
    }
  }

  @Test func `there are sittings`() {
    #expect(!Self.sittings.isEmpty)
  }

  private func steps(of text: String) -> [(command: Substring, printed: String)] {
    let prompt = "$ exuvia"
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().reduce(
      into: []
    ) { steps, line in
      if line.hasPrefix(prompt) {
        steps.append((line.dropFirst(prompt.count), ""))
      } else if let last = steps.indices.last {
        steps[last].printed += line + "\n"
      }
    }
  }
}

extension Home.Outcome {
  fileprivate var transcript: String {
    let complaints = err.split(separator: "\n").map { "! \($0)\n" }.joined()
    return (out + complaints).steady + (code == 0 ? "" : "[\(code)]\n")
  }
}
