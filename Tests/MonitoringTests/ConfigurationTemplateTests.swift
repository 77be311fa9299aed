import Alerts
import Feeds
import Foundation
import Monitoring
import TestSupport
import Testing
import Transport

@Suite struct ConfigurationTemplateTests {
  @Test func `what init writes means the defaults`() throws {
    let written = try Configuration(yaml: Configuration.template, file: "exuvia.yml")
    let defaults = Configuration()
    #expect(written.store == defaults.store)
    #expect(written.contact == defaults.contact)
    #expect(written.sources == defaults.sources)
    #expect(written.watch == defaults.watch)
    #expect(written.network.allow.isEmpty && defaults.network.allow.isEmpty)
    #expect(written.sinks.isEmpty && defaults.sinks.isEmpty)
    #expect(written.alertMaxAge == defaults.alertMaxAge)
    #expect(written.overlap == defaults.overlap)
  }

  @Test func `every line that is commented out may be taken in`() async throws {
    try await withTemporaryFolder { folder in
      let secret = folder.appending(path: "secret")
      try Data("https://hook.example/1\n".utf8).write(to: secret)
      let yaml = Configuration.template.split(separator: "\n").map { line in
        // Keys stand behind one `#` and a space; sentences begin with a capital.
        let text = line.drop { $0 == " " }.dropFirst(2)
        let isKey = line.contains("# ") && text.first?.isUppercase == false
        return isKey ? String(line).replacing("# ", with: "", maxReplacements: 1) : String(line)
      }
      .joined(separator: "\n")
      .replacing("/etc/exuvia/moltbook.token", with: secret.path)
      .replacing("/etc/exuvia/webhook.url", with: secret.path)

      let configuration = try Configuration(yaml: yaml, file: "exuvia.yml")
      #expect(configuration.contact == "security@example.org")
      #expect(configuration.watch.count == 2)
      #expect(configuration.network.allow.count == 1)
      #expect(configuration.sinks.map(\.name) == ["webhook"])
      let source = try #require(configuration.sources.first)
      var expected = try #require(Configuration().sources.first)
      expected.token = source.token
      #expect(source.token != nil && source == expected, "what is commented out is the default")
      #expect(configuration.alertMaxAge == Configuration().alertMaxAge)
    }
  }
}
