import Core
import Detection
import Reporting
import Storage

extension QueryOptions {
  /// Finds rules by id without compiling them.
  func rules() throws -> (String) -> Rule? {
    let rules = try common.ruleSet().rules
    let byID = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return { byID[$0] }
  }
}

extension Store {
  /// The one agent that a person means.
  /// - Throws: `LookUpError` where there is none, or more than one.
  func agent(called text: String) throws -> AgentRecord {
    let slash = text.firstIndex(of: "/")
    let platform = slash.map { String(text[..<$0]) }
    let isPlatform = try platforms().contains { $0.string == platform }
    let name = isPlatform ? slash.map { String(text[text.index(after: $0)...]) } ?? text : text
    let query: AgentQuery =
      isPlatform && name.hasPrefix("id:") ? .id(String(name.dropFirst(3))) : .name(name)
    switch try findAgent(query, on: isPlatform ? platform : nil) {
    case .one(let record): return record
    case .none(let near):
      throw LookUpError.unknownAgent(text, near: near, since: try coveredSince())
    case .several(let records): throw LookUpError.ambiguous(text, records)
    }
  }

  /// The exposure of that number, or else all exposures of the agent that is called so.
  func exposures(meant text: String) throws -> [Exposure] {
    guard let id = Int64(text) else { return try exposures(ofAgent: text) }
    if let exposure = try exposure(id) { return [exposure] }
    do {
      return try exposures(ofAgent: text)
    } catch LookUpError.unknownAgent {
      throw LookUpError.unknownExposure(id)
    }
  }

  private func exposures(ofAgent text: String) throws -> [Exposure] {
    var filter = ExposureFilter()
    filter.agent = try agent(called: text).id
    return try exposures(filter)
  }
}

/// Why what was asked for could not be shown.
enum LookUpError: Error, CustomStringConvertible {
  case unknownAgent(String, near: [AgentRecord], since: Timestamp?)
  case ambiguous(String, [AgentRecord])
  case unknownExposure(Int64)

  var description: String {
    switch self {
    case .unknownAgent(let name, let near, let since):
      let covered = since.map { "covered since \(Words.minute($0))" } ?? "no feed is covered yet"
      let hint = near.isEmpty ? "" : "; did you mean \(Self.list(near))?"
      return "\(Self.shown(name)) was never seen; \(covered)\(hint)"
    case .ambiguous(let name, let records):
      return "\(Self.shown(name)) may be \(Self.list(records)): name the platform or the id"
    case .unknownExposure(let id):
      return "there is no exposure \(id): `exuvia exposures list` shows all"
    }
  }

  private static func list(_ records: [AgentRecord]) -> String {
    records.map { record in
      let id = record.nativeID.map { "\(record.platform)/id:\($0)" }
      guard let name = record.name else { return id ?? "(unknown)" }
      return "\(record.platform)/\(name)" + (id.map { " (\($0))" } ?? "")
    }.joined(separator: ", ")
  }

  /// What was typed may have been pasted from a post.
  private static func shown(_ name: String) -> String { Words.harmless(name, columns: 100) }
}
