import Core
import Foundation
import Matching

/// The rules of one digest as they were read before, so that a start need not read YAML; a file a set, the last one kept.
///
/// What cannot be read or written is as if it were not there: the rules' own files are always at hand.
struct RuleCache {
  // To be raised whenever what a rule holds, or how it is written, changes.
  private static let version = 8
  private let folder: URL

  init(folder: String) {
    self.folder = URL(filePath: folder)
  }

  private func file(_ digest: String) -> URL {
    folder.appending(path: "rules-\(RuleCache.version)-\(digest)")
  }

  /// The rules of the digest, with the folder that their files are in, and where their triggers count.
  func rules(
    _ digest: String, in rulesFolder: String
  ) -> (rules: [Rule], places: [TriggerPlace])? {
    guard let data = FileManager.default.contents(atPath: file(digest).path) else { return nil }
    var form = RuleForm(reading: Array(data))
    var rules: [Rule] = []
    var places: [TriggerPlace] = []
    form.items(&rules, blank: Rule.blank) { rule, form in rule.fill(&form) }
    form.items(&places, blank: TriggerPlace.blank) { place, form in place.fill(&form) }
    guard form.isComplete, places.count == rules.count else { return nil }
    for index in rules.indices { rules[index].file = rulesFolder + "/" + rules[index].file }
    return (rules, places)
  }

  /// Keeps rules that were found to be without fault.
  func keep(_ rules: [Rule], _ places: [TriggerPlace], _ digest: String) {
    var rules = rules.map { rule in
      var rule = rule
      rule.file = URL(filePath: rule.file).lastPathComponent
      return rule
    }
    var places = places
    var form = RuleForm()
    form.items(&rules, blank: Rule.blank) { rule, form in rule.fill(&form) }
    form.items(&places, blank: TriggerPlace.blank) { place, form in place.fill(&form) }
    let files = FileManager.default
    try? files.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let old = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
    guard (try? Data(form.bytes).write(to: file(digest), options: .atomic)) != nil else { return }
    for name in old where name.hasPrefix("rules-") && name != file(digest).lastPathComponent {
      try? files.removeItem(at: folder.appending(path: name))
    }
  }
}

/// Values one after the other: written to bytes, or read back in the same order by the same code.
private struct RuleForm {
  private(set) var bytes: [UInt8] = []
  private let isReading: Bool
  private var at = 0
  private var isSound = true

  init() { isReading = false }

  init(reading bytes: [UInt8]) {
    self.bytes = bytes
    isReading = true
  }

  /// Whether all that was read was there, and nothing else.
  var isComplete: Bool { isSound && at == bytes.count }

  /// A number from 0 to 2³².
  mutating func number(_ value: inout Int) {
    guard isReading else {
      for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(value >> shift & 0xFF)) }
      return
    }
    value = 0
    guard isSound, at + 4 <= bytes.count else { return isSound = false }
    for place in 0..<4 { value |= Int(bytes[at + place]) << (8 * place) }
    at += 4
  }

  mutating func text(_ value: inout String) {
    var count = value.utf8.count
    number(&count)
    guard isReading else { return bytes += value.utf8 }
    guard isSound, at + count <= bytes.count else { return isSound = false }
    value = String(decoding: bytes[at..<at + count], as: UTF8.self)
    at += count
  }

  mutating func flag(_ value: inout Bool) {
    var number = value ? 1 : 0
    self.number(&number)
    value = number == 1
  }

  mutating func choice<Value: CaseIterable & Equatable>(_ value: inout Value) {
    let all = Array(Value.allCases)
    var place = all.firstIndex(of: value) ?? 0
    number(&place)
    guard all.indices.contains(place) else { return isSound = false }
    value = all[place]
  }

  mutating func items<Value>(
    _ values: inout [Value], blank: Value, _ item: (inout Value, inout RuleForm) -> Void
  ) {
    var count = values.count
    number(&count)
    // No value takes less than a byte.
    guard isReading else { return values.indices.forEach { item(&values[$0], &self) } }
    guard isSound, count <= bytes.count else { return isSound = false }
    values = []
    while isSound, values.count < count {
      var value = blank
      item(&value, &self)
      values.append(value)
    }
  }

  mutating func optional<Value>(
    _ value: inout Value?, blank: Value, _ item: (inout Value, inout RuleForm) -> Void
  ) {
    var values = value.map { [$0] } ?? []
    items(&values, blank: blank, item)
    value = values.first
  }

  mutating func texts(_ values: inout [String]) {
    items(&values, blank: "") { $1.text(&$0) }
  }
}

extension Rule {
  fileprivate static let blank = Rule(
    id: "", name: "", provider: Provider(slug: "", name: "", family: .other), kind: "",
    category: .credential, severity: .info, confidence: .low, trigger: .literals([]), pattern: "")

  fileprivate mutating func fill(_ form: inout RuleForm) {
    form.text(&id)
    form.text(&name)
    form.text(&provider.slug)
    form.text(&provider.name)
    form.choice(&provider.family)
    let event = ProviderEvent(before: Timestamp(microseconds: 0), severity: .info, what: "")
    form.items(&provider.events, blank: event) { event, form in
      var seconds = Int(event.before.microseconds / 1_000_000)
      form.number(&seconds)
      event.before = Timestamp(seconds: Double(seconds))
      form.choice(&event.severity)
      form.text(&event.what)
    }
    form.text(&kind)
    form.choice(&category)
    form.choice(&severity)
    form.choice(&confidence)
    form.optional(&stage, blank: "") { $1.text(&$0) }
    trigger.fill(&form)
    form.text(&pattern)
    form.flag(&triggersAtWords)
    form.number(&lead)
    form.flag(&unicode)
    form.text(&publicPrefix)
    form.choice(&canonical)
    form.optional(&check, blank: .jwt) { $1.choice(&$0) }
    form.optional(&context, blank: Context(words: [], within: 0)) { context, form in
      form.texts(&context.words)
      form.number(&context.within)
    }
    form.optional(&companion, blank: "") { $1.text(&$0) }
    form.items(&evidence, blank: .digit) { $1.choice(&$0) }
    form.items(&details, blank: RuleDetail(key: .account, value: "")) { detail, form in
      form.choice(&detail.key)
      form.text(&detail.value)
    }
    form.flag(&harmsWhenQuoted)
    form.optional(&grants, blank: "") { $1.text(&$0) }
    form.optional(&rotation.url, blank: "") { $1.text(&$0) }
    form.texts(&rotation.steps)
    form.texts(&advice)
    form.items(&examples, blank: RuleExample(text: "")) { $0.fill(&$1) }
    form.items(&negativeExamples, blank: RuleExample(text: "")) { $0.fill(&$1) }
    form.texts(&references)
    form.choice(&basis)
    form.text(&file)
    form.number(&line)
  }
}

extension TriggerPlace {
  fileprivate static let blank = TriggerPlace(
    ignoresCase: false, beginsWord: false, window: nil)

  fileprivate mutating func fill(_ form: inout RuleForm) {
    form.flag(&ignoresCase)
    form.flag(&beginsWord)
    let blank = RunWindow(kind: .token, run: 0, reach: 0, lead: 0)
    form.optional(&window, blank: blank) { window, form in
      form.choice(&window.kind)
      form.number(&window.run)
      form.number(&window.reach)
      form.number(&window.lead)
    }
  }
}

extension RuleExample {
  fileprivate mutating func fill(_ form: inout RuleForm) {
    form.text(&text)
    form.optional(&why, blank: "") { $1.text(&$0) }
  }
}

extension Trigger {
  fileprivate mutating func fill(_ form: inout RuleForm) {
    var texts: [String] = []
    var run: (charset: Charset, min: Int)?
    var list: Wordlist?
    switch self {
    case .literals(let all): texts = all
    case .run(let charset, let min): run = (charset, min)
    case .wordlist(let name): list = name
    }
    form.texts(&texts)
    form.optional(&run, blank: (.hex, 0)) { run, form in
      form.choice(&run.charset)
      form.number(&run.min)
    }
    form.optional(&list, blank: .bip39) { $1.choice(&$0) }
    self =
      run.map { .run(charset: $0.charset, min: $0.min) }
      ?? list.map { .wordlist($0) } ?? .literals(texts)
  }
}
