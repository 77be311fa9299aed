import Foundation
import Testing

/// What `rules explain` prints of a text that holds secrets.
@Suite(.serialized) struct ExplainTests {
  @Test func `a text on the command line and one on standard input are told alike`() async throws {
    try await withHome { home in
      let text = try String(contentsOfFile: home.path("notes.txt"), encoding: .utf8)
      let argument = try await home.run("rules", "explain", text)
      let input = try await home.run("rules", "explain", "-", input: text)
      #expect(argument.code == 0 && argument.err == "")
      #expect(argument.out == input.out)
      #expect(argument.out.contains("found       acme-token\n"))
    }
  }

  @Test func `no twelve bytes of a secret are printed, however it is hidden`() async throws {
    try await withHome { home in
      let notes = try String(contentsOfFile: home.path("notes.txt"), encoding: .utf8)
      let secret = try #require(notes.firstMatch(of: /acme_[A-Za-z0-9]{36}/)).output
      let encoded = Data("it is \(secret), so".utf8).base64EncodedString()
      let split = secret.prefix(20) + #"" + ""# + secret.dropFirst(20)
      let texts: [String] = [
        String(secret), "\(secret.dropFirst()) \(secret.dropLast())", String(split), encoded,
        secret.map { "\($0)\u{200B}" }.joined(), secret.utf8.map { "&#\($0);" }.joined(),
        Data(encoded.utf8).base64EncodedString(),
        "https://u:\(secret)@acme.example/\(secret)?token=\(secret)",
      ]
      for text in texts {
        for format in ["text", "json"] {
          let outcome = try await home.run("rules", "explain", "-", "--format", format, input: text)
          #expect(outcome.code == 0)
          for piece in pieces(of: String(secret)) + pieces(of: encoded) {
            #expect(!outcome.out.contains(piece))
          }
        }
      }
    }
  }

  private func pieces(of text: String) -> [String] {
    let characters = Array(text)
    return (0...characters.count - 12).map { String(characters[$0..<$0 + 12]) }
  }
}
