import Core
import Foundation
import GRDB
import Identity
import TestSupport

@testable import Storage

let sampleKey = IdentityKey(bytes: Array(0..<32))

/// A moment so many seconds after the first of January 2026.
func at(_ seconds: Double) -> Timestamp {
  Timestamp(seconds: 1_767_225_600 + seconds)
}

let hour: Double = 3600
let day: Double = 86_400

/// A store in a folder of its own.
func withStore<Result>(_ body: (Store) async throws -> Result) async throws -> Result {
  try await withTemporaryFolder { folder in
    try await body(try openStore(in: folder))
  }
}

func openStore(in folder: URL, limits: Limits = Limits()) throws -> Store {
  try Store.open(
    folder.appending(path: "exuvia.db").path, key: sampleKey, keyPath: "exuvia.key", limits: limits)
}

/// A finding of a secret that is told apart by its number.
func finding(
  _ secret: Int, rule: String = "demo-key", severity: Severity = .high,
  confidence: Confidence = .high, category: Core.Category = .credential, field: TextField = .body,
  span: Range<Int> = 4..<12, preview: String = "demo_…", details: [DetailKey: PublicText] = [:],
  reasons: [Reason] = []
) -> Finding {
  Finding(
    rule: rule, provider: "demo", kind: rule, category: category, severity: severity,
    confidence: confidence, stage: "T1552", field: field, span: span,
    preview: PublicText(masked: preview),
    fingerprint: sampleKey.fingerprint(category, Array("secret \(secret)".utf8)),
    disguise: [.base64], reasons: reasons, details: details)
}

/// A post as Detection would hand it over; `published` counts seconds as `at` does.
func post(
  _ id: String, by agent: String? = "Ada", agentID: String? = nil, platform: String = "moltbook",
  published: Double? = 0, text: String? = nil, kind: PostKind = .post, url: String? = nil,
  heldBack: [String: Int] = [:], _ findings: [Finding] = []
) -> PublicPost {
  let author = PublicAgent(
    nameKey: agent.map { sampleKey.agentName(platform: platform, name: $0) },
    idKey: agentID.map { sampleKey.agentID(platform: platform, id: $0) },
    name: agent.map(PublicText.init(masked:)), id: agentID.map(PublicText.init(masked:)))
  let fields = Set(findings.map(\.field))
  return PublicPost(
    platform: PublicText(masked: platform), identity: sampleKey.post(platform: platform, id: id),
    id: PublicText(masked: id), kind: kind, agent: author, title: PublicText(masked: "title"),
    url: url.map(PublicText.init(masked:)), channel: nil, parent: nil,
    revision: sampleKey.revision(title: "title", body: text ?? id),
    publishedAt: published.map(at), commentCount: 3,
    excerpts: Dictionary(uniqueKeysWithValues: fields.map { ($0, PublicText("here is ‹key›")) }),
    findings: findings, heldBack: heldBack)
}

/// A page of an archive without a position, so that nothing but its posts is recorded.
func page(
  _ posts: [PublicPost], cause: Cause = .live, seenAt: Double = hour, rules: String = "rules-1",
  skipped: [PublicSkip] = [], progress: RecordedPage.Progress = .archive(nil)
) -> RecordedPage {
  RecordedPage(
    source: "moltbook", posts: posts, cause: cause, seenAt: at(seenAt), rules: rules,
    skipped: skipped, progress: progress)
}

/// One alert a change, as a configuration with one sink would have it.
func alert(_ change: ExposureChange) -> Alert {
  Alert(
    id: sampleKey.hash(
      .alert, change.exposure.fingerprint.description, change.event.name, "\(change.episode)"),
    sink: "webhook", event: change.event, body: "{}", createdAt: at(0))
}

extension Store {
  @discardableResult
  func record(
    _ page: RecordedPage, overlap: Double = 0,
    alerts: @escaping (ExposureChange) throws -> [Alert] = { [alert($0)] }
  ) throws -> PageOutcome {
    try record(page, overlap: overlap, maxAge: 7 * day, alerts: alerts)
  }

  /// What the outbox holds for now.
  func events() throws -> [AlertEvent] {
    try dueAlerts(at: at(1000 * day), limit: 1000).map(\.event)
  }

  /// Sets right what no command does yet.
  func change(_ sql: String) throws {
    try write { try $0.execute(sql: sql) }
  }

  /// The rows of a query, columns joined by a blank, nothing for NULL.
  func values(_ sql: String) throws -> [String] {
    try read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { value in
          String.fromDatabaseValue(value) ?? Int64.fromDatabaseValue(value).map(String.init) ?? ""
        }.joined(separator: " ")
      }
    }
  }

  func count(_ table: String) throws -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? -1 }
  }
}
