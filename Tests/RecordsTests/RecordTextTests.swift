import Core
import Records
import Testing

@Suite struct RecordTextTests {
  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\u{FFFD}b"),
      ([0xE2, 0x82], "\u{FFFD}"),
      ([0xE2, 0x82, 0x5C, 0x6E], "\u{FFFD}\n"),
      ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xED, 0x9F, 0xBF], "\u{D7FF}"),
      ([0xE0, 0x9F, 0xBF], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xE0, 0xA0, 0x80], "\u{800}"),
      ([0xF0, 0x8F, 0xBF, 0xBF], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xF0, 0x90, 0x80, 0x80], "\u{10000}"),
      ([0xF4, 0x8F, 0xBF, 0xBF], "\u{10FFFF}"),
      ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xC1, 0xBF], "\u{FFFD}\u{FFFD}"),
      ([0xC2, 0x80], "\u{80}"),
      ([0xF5, 0x80], "\u{FFFD}\u{FFFD}"),
      ([0x80], "\u{FFFD}"),
      ([0xF0, 0x9F, 0xA6], "\u{FFFD}"),
    ] as [([UInt8], String)])
  func `invalid UTF-8 is repaired at every place of a block`(
    bytes: [UInt8], repaired: String
  ) async throws {
    var lines: [UInt8] = []
    for place in 0..<20 {
      let (before, after) = (
        String(repeating: "x", count: place), String(repeating: "y", count: 20)
      )
      lines += Array("{\"id\":1,\"body\":\"\(before)".utf8) + bytes + Array("\(after)\"}\n".utf8)
      lines += Array("{\"id\":1,\"body\":\"\\n\(before)".utf8) + bytes + Array("\"}\n".utf8)
    }
    let reading = try await read(lines)
    #expect(reading.faults == [])
    #expect(reading.posts.count == 40)
    for (index, post) in reading.posts.enumerated() {
      let before = String(repeating: "x", count: index / 2)
      let expected =
        index % 2 == 0
        ? before + repaired + String(repeating: "y", count: 20) : "\n" + before + repaired
      #expect(post.body == expected)
    }
  }

  @Test func `UTF-8 is judged as the standard library judges it`() async throws {
    var generator = SplitMix(state: 7)
    var lines: [UInt8] = []
    var bodies: [String] = []
    let pool: [[UInt8]] = [
      [0x41], [0x20], [0xC3, 0xA9], [0xE2, 0x80, 0x99], [0xF0, 0x9F, 0xA6, 0x80], [0xC3], [0x80],
      [0xE2, 0x80], [0xED, 0xB0, 0x80], [0xF0, 0x9F], [0xFF], [0xF4, 0x90], [0xE0, 0x80], [0xBF],
    ]
    for _ in 0..<2_000 {
      let valid = generator.next() % 3 == 0
      let count = Int(generator.next() % 40)
      let body = (0..<count).flatMap { _ in
        pool[Int(generator.next() % UInt64(valid ? 5 : pool.count))]
      }
      lines += Array("{\"id\":1,\"body\":\"".utf8) + body + Array("\"}\n".utf8)
      bodies.append(String(decoding: body, as: UTF8.self))
    }
    let reading = try await read(lines)
    #expect(reading.posts.map(\.body) == bodies)
  }

  @Test func `records and trees agree on what is JSON, whatever was done to a line`() async throws {
    let seed = Array(
      #"{"id":"a1","body":"x\n\u00e9\ud83e\udd80 é🦀 \"q\"","x":[1.5e3,{"k":[null,true]}],"title":"t"}"#
        .utf8)
    let pool = Array("{}[]\",:\\u0e1-. ntf\u{1}<".utf8) + [0xFF, 0xC3]
    var generator = SplitMix(state: 11)
    var lines: [UInt8] = []
    var trees: [Result<JSONValue, JSONFault>] = []
    for _ in 0..<4_000 {
      var line = seed
      for _ in 0..<1 + Int(generator.next() % 3) {
        let place = Int(generator.next() % UInt64(line.count))
        switch generator.next() % 3 {
        case 0: line[place] = pool[Int(generator.next() % UInt64(pool.count))]
        case 1: line.insert(pool[Int(generator.next() % UInt64(pool.count))], at: place)
        default: line.remove(at: place)
        }
      }
      lines += line + [UInt8(ascii: "\n")]
      trees.append(Result { () throws(JSONFault) in try JSONValue(parsing: line) })
    }
    let reading = try await read(lines)
    let posts = Dictionary(uniqueKeysWithValues: zip(reading.lines, reading.posts))
    let faults = Dictionary(uniqueKeysWithValues: reading.faults.map { ($0.line, $0.reason) })
    for (line, tree) in zip(1..., trees) {
      switch tree {
      case .failure(let fault): #expect(faults[line] == .notJSON(fault.reason))
      case .success(let value):
        let reader = JSONReader(value)
        if let post = posts[line] {
          #expect(post.id == reader.text("id"))
          #expect(post.body == reader.text("body"))
          #expect(post.title == reader.text("title"))
        } else {
          #expect(faults[line] != nil)
        }
      }
    }
    #expect(posts.count > 200)
    #expect(faults.count > 200)
  }
}

/// The same numbers for the same seed everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
