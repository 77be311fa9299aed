import Testing

@testable import Recognition

@Suite struct SettingsTests {
  @Test func `the names of settings are told, sorted and each once`() {
    let text = Array("PORT=1\nhost: x\n# no setting\nPORT=2\n  \"db.name\": 1\n".utf8)
    text.withUnsafeBytes { bytes in
      #expect(names(ofSettingsIn: bytes[...]) == ["PORT", "db.name", "host"])
    }
  }
}
