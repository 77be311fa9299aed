import Testing

@testable import Recognition

@Suite struct SettingsTests {
  private static let blocks: [(String, [String])] = [
    ("PORT=1\nhost: x\n\nPORT=2\n  \"db.name\": 1\n", ["PORT", "db.name", "host"]),
    ("export A_KEY=1\n# B_URL=\ndeclare -x C=\"2\"\n", ["A_KEY", "B_URL", "C"]),
    ("server {\n  listen 80;\n  server_name acme.dev;\n}\n", ["listen", "server", "server_name"]),
    ("*/5 * * * * /usr/bin/feed\n0 3 * * * /usr/bin/tidy\n", []),
    ("[Unit]\nDescription=Feed\nAfter = network.target\n", ["After", "Description"]),
    ("1: lo: <UP>\n2: eth0: <UP>\n", []),
  ]

  @Test(arguments: blocks)
  func `the names of settings are told, sorted and each once`(text: String, wanted: [String]) {
    let text = Array(text.utf8)
    text.withUnsafeBytes { #expect(names(ofSettingsIn: $0[...]) == wanted) }
  }
}
