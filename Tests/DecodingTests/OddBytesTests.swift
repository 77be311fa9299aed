import Bytes
import Testing

@testable import Decoding

@Suite struct OddBytesTests {
  @Test func `bits equal those of a plain count`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<1_000 {
      let utf8 = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        Array("aaaabZ09 -".utf8).randomElement(using: &random) ?? 0
      }
      let odd = utf8.withUnsafeBytes { OddBytes(ByteMasks($0)) }
      let changes = utf8.indices.filter { at in
        guard at + 1 < utf8.count else { return false }
        return isChange(utf8[at], utf8[at + 1])
      }
      let expected = changes.filter { at in changes.contains { at < $0 && $0 <= at + 12 } }
      let found = utf8.indices.filter { odd.masks[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
      #expect(found == expected, "\(String(decoding: utf8, as: UTF8.self))")
      let range = utf8.count / 3..<utf8.count
      #expect(odd.stand(in: range) == expected.contains(where: range.contains))
    }
  }

  private func isChange(_ byte: UInt8, _ next: UInt8) -> Bool {
    isDigit(byte) && isLetter(next) || isLetter(byte) && isDigit(next)
      || (0x61...0x7A).contains(byte) && (0x41...0x5A).contains(next)
  }

  private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
