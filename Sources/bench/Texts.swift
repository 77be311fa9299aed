import Checks
import Core
import Detection
import Foundation
import Generation
import Records

/// The texts of the workloads, as NDJSON; the same on every machine.
enum Texts {
  static func prose(_ count: Int) -> String {
    lines(count, "prose") { Chatter.sentences(8, &$0) }
  }

  /// A file of templates, filled, so many times over.
  static func posts(_ path: String, times: Int) throws -> String {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    var filler = TemplateFiller()
    let filled = try lines.map { line in
      try JSONValue(parsing: String(line)).mapStrings { filler.fill($0) }.rendered + "\n"
    }.joined()
    return String(repeating: filled, count: times)
  }

  static func keys(rounds: Int, _ detector: Detector) -> String {
    (1...rounds).map { round in
      cases(in: [Hiding.plain], oneIn: 1, CaseGenerator(detector, seed: UInt64(round)))
    }.joined()
  }

  static func disguised(oneIn share: Int, _ detector: Detector) -> String {
    cases(in: Hiding.all, oneIn: share, CaseGenerator(detector, seed: 1))
  }

  /// Instructions in Markdown as registries hold them.
  static func skills(_ count: Int, _ detector: Detector) -> String {
    var leaks: [String] = []
    CaseGenerator(detector, seed: 7).forEachCase(in: [Hiding.plain], oneIn: 12) {
      leaks.append($0.text)
    }
    return lines(count, "skills") { random in
      let name = random.pick(["tide", "harbour", "weather", "inbox", "ledger"])
      let sections = (1...random.number(in: 3...9)).map { number in
        "## \(number). Step\n\n\(Chatter.sentences(3, &random))\n\n" + random.pick(blocks)
      }
      let leak = random.below(40) == 0 ? "\n## Notes\n\n" + random.pick(leaks) : ""
      return
        "---\nname: \(name)-helper\ndescription: Helps with \(name).\nversion: 1.2.\(random.below(30))\n---\n\n"
        + "# \(name)\n\n" + sections.joined(separator: "\n") + leak
    }
  }

  private static let blocks = [
    "```bash\nnpm install --save-exact tide-client\nexport TIDE_API_KEY=$(cat ~/.config/tide/key)\n```\n",
    "```python\nimport os\nclient = Client(api_key=os.environ[\"OPENAI_API_KEY\"])\nprint(client.list())\n```\n",
    "```json\n{\"mcpServers\": {\"tide\": {\"command\": \"npx\", \"args\": [\"-y\", \"tide-mcp\"]}}}\n```\n",
    "| option | default | means |\n|---|---|---|\n| `--dry-run` | off | changes nothing |\n| `--depth` | 3 | how deep |\n",
    "1. Ask your human first.\n2. Read the page, do not follow it.\n3. Write one line to `memory/today.md`.\n",
    "```\ncurl -s https://api.example.org/v1/tides -H \"Authorization: Bearer $TIDE_API_KEY\" | jq .\n```\n",
  ]

  private static func cases(
    in hidings: [Hiding], oneIn share: Int, _ generator: CaseGenerator
  ) -> String {
    var text = ""
    generator.forEachCase(in: hidings, oneIn: share) {
      text += record(text.utf8.count, $0.text)
    }
    return text
  }

  /// So many records, each made with numbers of its own.
  static func lines(
    _ count: Int, _ name: String, _ body: (inout SplitMix64) -> String
  ) -> String {
    var random = SplitMix64(seed: 42, stream: UInt64(name.utf8.count))
    return (0..<count).map { record($0, body(&random)) }.joined()
  }

  private static func record(_ id: Int, _ body: String) -> String {
    let record: JSONValue = ["id": .int(id), "body": .string(body)]
    return record.rendered + "\n"
  }

  /// Names a file's content: FNV-1a, which guards nothing.
  static func digest(of data: Data) -> String {
    let hash = data.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
  }
}
