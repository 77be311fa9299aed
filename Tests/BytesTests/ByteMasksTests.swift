import Testing

@testable import Bytes

@Suite struct ByteMasksTests {
  private static let classes:
    [(name: String, mask: @Sendable (ByteMasks.Block) -> UInt64, members: String)] =
      {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        let digits = "0123456789"
        return [
          ("token", { $0.token }, letters + digits + "%+,-./:=_~"),
          ("word", { $0.word }, letters + digits + "_-"),
          ("letter", { $0.letter }, letters),
          ("digit", { $0.digit }, digits),
          ("escape", { $0.escape }, "%&\\\u{1B}"),
          ("capital", { $0.capital }, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
          ("joint", { $0.joint }, "\n`\"'*:"),
        ]
      }()

  @Test(arguments: [0, 1, 63, 64, 65, 256, 300])
  func `each byte has a bit in the masks of its classes, whatever its place`(count: Int) {
    for shift in 0..<256 {
      let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 + shift) }
      let masks = text.withUnsafeBytes(ByteMasks.init)
      #expect(masks.count == count)
      #expect(masks.blocks.count == (count + 63) / 64)
      for (name, mask, members) in Self.classes {
        let wanted = text.map { $0 < 0x80 && members.utf8.contains($0) }
        #expect(bits(of: masks, mask) == wanted, "\(name)")
      }
      #expect(bits(of: masks) { $0.high } == text.map { $0 >= 0x80 })
    }
  }

  @Test func `masks can be read again for another text`() {
    var masks = ByteMasks()
    for count in [300, 5, 130, 0, 64] {
      let text = [UInt8](repeating: 0x61, count: count)
      text.withUnsafeBytes { masks.read($0) }
      #expect(bits(of: masks) { $0.letter } == text.map { _ in true })
    }
  }

  @Test func `a class is looked for in a range alone`() {
    let text = (0..<200).map { UInt8($0 == 70 || $0 == 127 || $0 == 128 ? 0x41 : 0x2E) }
    let masks = text.withUnsafeBytes(ByteMasks.init)
    for start in 0...200 {
      #expect(
        masks.next(from: start) { $0.capital }
          == text.indices.first { $0 >= start && text[$0] == 0x41 })
      for end in start...200 {
        #expect(masks.holds(in: start..<end) { $0.capital } == text[start..<end].contains(0x41))
      }
    }
  }

  private func bits(of masks: ByteMasks, _ mask: (ByteMasks.Block) -> UInt64) -> [Bool] {
    (0..<masks.count).map { mask(masks.blocks[$0 / 64]) >> UInt64($0 % 64) & 1 != 0 }
  }

  @Test func `every character that may stand for another is shown, and few of the everyday ones`() {
    let everyday = ["é", "漢", "한", "“", "…", "🦞", " – ", "a", " "]
    let strange = ["\u{200B}", "о", "Ａ", "\u{E0041}", "x–y", "\u{A0}", "\u{FE0F}", "🄰"]
    // A seeded row of numbers.
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<200 {
      let parts = (0..<60).map { _ in
        next(8) == 0
          ? (strange[next(strange.count)], true) : (everyday[next(everyday.count)], false)
      }
      let text = Array(parts.map(\.0).joined().utf8)
      var wanted: Set<Int> = []
      var at = 0
      for (part, isStrange) in parts {
        let bytes = Array(part.utf8)
        if isStrange, let first = bytes.firstIndex(where: { $0 >= 0xC0 }) {
          wanted.insert(at + first)
        }
        at += bytes.count
      }
      text.withUnsafeBytes { bytes in
        var seen: [Int] = []
        unsafe ByteMasks(bytes).forEachStrange(in: bytes) { place in
          seen.append(place)
          return place + 1
        }
        #expect(wanted.isSubset(of: seen), "\(text)")
        // At both ends of the text all are shown.
        let inside = seen.filter { $0 >= 64 && $0 / 64 * 64 + 66 <= text.count }
        #expect(Set(inside).isSubset(of: wanted), "\(text)")
      }
    }
  }
}
