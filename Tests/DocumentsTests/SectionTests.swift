import Core
import Documents
import Testing

@Suite struct SectionTests {
  private func faults(_ yaml: String, _ read: (Section) -> Void) -> [String] {
    let faults = Faults()
    if let section = Section.parse(yaml, file: "f.yml", faults: faults) {
      read(section)
      section.finish()
    }
    return faults.list.sorted().map(\.description)
  }

  @Test func `values come in the types that are asked for`() {
    let list = faults("a: text\nb: 12\nc: true\nd: [x, y]\ne: one\nf:\n  g: h\nn: null\n") { s in
      #expect(s.string("a") == "text")
      #expect(s.int("b") == 12)
      #expect(s.bool("c") == true)
      #expect(s.strings("d") == ["x", "y"])
      #expect(s.strings("e") == ["one"])
      #expect(s.section("f")?.string("g") == "h")
      #expect(s.string("n") == nil)
      #expect(s.string("absent") == nil)
    }
    #expect(list.isEmpty)
  }

  @Test(arguments: [
    ("naem: x", ["f.yml:1: unknown key `naem`; did you mean `name`?"]),
    ("other: x", ["f.yml:1: unknown key `other`"]),
    ("name: [a]", ["f.yml:1: `name` must be text"]),
    ("name: a\nname: b", ["f.yml:1: not valid YAML"]),
    ("- a\n- b", ["f.yml:1: the document must be a mapping of keys to values"]),
    ("name: \"open", ["f.yml:1: not valid YAML"]),
    ("name: x\nsize: many", ["f.yml:2: `size` must be a whole number, not `many`"]),
    (
      "name: x\nlevel: grave",
      ["f.yml:2: `level`: `grave` is none of info, low, medium, high, critical"]
    ),
  ])
  func `a fault says file, line and what was meant`(yaml: String, expected: [String]) {
    let list = faults(yaml) { s in
      _ = s.string("name")
      _ = s.int("size")
      _ = s.choice("level", Severity.self)
    }
    #expect(list.count == expected.count)
    for (fault, beginning) in zip(list, expected) { #expect(fault.hasPrefix(beginning)) }
  }

  @Test(arguments: ["", "# only a comment\n", "---\n", "~"])
  func `an empty document is an empty section`(yaml: String) {
    let list = faults(yaml) { section in #expect(section.keys.isEmpty) }
    #expect(list.isEmpty)
  }
}
