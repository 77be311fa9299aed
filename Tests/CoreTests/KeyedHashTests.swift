import Core
import Testing

@Suite struct KeyedHashTests {
  @Test(arguments: [
    KeyedHash(high: 0, low: 0), KeyedHash(high: .max, low: .max), KeyedHash(high: 1, low: 0xAB),
  ])
  func `a hash prints as 32 digits and is read back`(hash: KeyedHash) {
    #expect(hash.description.utf8.count == 32)
    #expect(KeyedHash(hex: hash.description) == hash)
  }

  @Test func `high digits come first`() {
    let hash = KeyedHash(high: 0x0123_4567_89AB_CDEF, low: 1)
    #expect(hash.description == "0123456789abcdef0000000000000001")
    #expect(KeyedHash(hex: "0123456789ABCDEF0000000000000001") == hash)
  }

  @Test(arguments: [
    "", "0123", String(repeating: "0", count: 31), String(repeating: "0", count: 33),
    "+123456789abcdef0000000000000001", "0123456789abcdef+000000000000001",
    "-0000000000000000000000000000000", "0123456789abcdeg0000000000000001",
    "0123456789abcdef 00000000000001 ", String(repeating: "é", count: 16),
  ])
  func `nothing but 32 hex digits is a hash`(text: String) {
    #expect(KeyedHash(hex: text) == nil)
  }
}
