import Core
import Foundation
import GRDB
import Identity
import TestSupport
import Testing

@testable import Storage

@Suite struct StoreTests {
  private let otherKey = IdentityKey(bytes: Array(1...32))

  private func path(_ folder: URL) -> String { folder.appending(path: "exuvia.db").path }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  private func read(_ folder: URL) throws -> Store {
    try Store.openForReading(path(folder), key: sampleKey, keyPath: "exuvia.key")
  }

  @Test func `a store is made with its folder, for its owner alone`() async throws {
    try await withTemporaryFolder { folder in
      let deep = folder.appending(path: "a/b")
      let store = try openStore(in: deep)
      try store.record(page([post("p1")]))
      for suffix in ["", "-wal", "-shm"] { #expect(try mode(path(deep) + suffix) == 0o600) }
      #expect(try mode(deep.path) == 0o700)
      #expect(try mode(folder.appending(path: "a").path) == 0o700)
    }
  }

  @Test func `others' rights to an existing store are taken away`() async throws {
    try await withTemporaryFolder { folder in
      try openStore(in: folder).close()
      chmod(path(folder), 0o644)
      _ = try openStore(in: folder)
      #expect(try mode(path(folder)) == 0o600)
    }
  }

  @Test func `a store is opened again as it was left`() async throws {
    try await withTemporaryFolder { folder in
      let store = try openStore(in: folder)
      try store.record(page([post("p1", [finding(1)])]))
      let dump = try store.dump()
      try store.close()
      #expect(try openStore(in: folder).dump() == dump)
      #expect(try read(folder).dump() == dump)
      #expect(try openStore(in: folder).verify() == [])
    }
  }

  @Test func `commits outlive a power cut, keys hold, and what is deleted is gone`() async throws {
    try await withStore { store in
      let settings = try store.write { db in
        try ["synchronous", "foreign_keys", "secure_delete", "journal_mode"].map {
          try String.fetchOne(db, sql: "PRAGMA \($0)")
        }
      }
      #expect(settings == ["2", "1", "1", "wal"])
    }
  }

  @Test func `another key is refused`() async throws {
    try await withTemporaryFolder { folder in
      _ = try openStore(in: folder)
      for open in [Store.open, Store.openForReading] {
        #expect {
          try open(path(folder), otherKey, "other.key", Limits())
        } throws: { error in
          guard case KeyError.wrong("other.key") = error else { return false }
          return true
        }
      }
    }
  }

  @Test func `a look-up makes no store`() async throws {
    try await withTemporaryFolder { folder in
      #expect(throws: StoreError.missing(path(folder))) { try read(folder) }
      #expect(!Store.exists(path(folder)))
      try Data().write(to: URL(filePath: path(folder)))
      #expect(throws: StoreError.missing(path(folder))) { try read(folder) }
      #expect(!FileManager.default.fileExists(atPath: path(folder) + "-wal"))
    }
  }

  @Test func `a store of a newer version is left alone`() async throws {
    try await withTemporaryFolder { folder in
      let store = try openStore(in: folder)
      try store.change("PRAGMA user_version = 99")
      try store.close()
      let error = StoreError.newer(path(folder), version: 99)
      #expect(throws: error) { try openStore(in: folder) }
      #expect(throws: error) { try read(folder) }
    }
  }

  @Test func `another program's database is left alone`() async throws {
    try await withTemporaryFolder { folder in
      let other = try DatabaseQueue(path: path(folder))
      try other.write { try $0.execute(sql: "CREATE TABLE notes (text)") }
      try other.close()
      let before = try Data(contentsOf: URL(filePath: path(folder)))
      #expect(throws: StoreError.foreign(path(folder))) { try openStore(in: folder) }
      #expect(throws: StoreError.foreign(path(folder))) { try read(folder) }
      #expect(try Data(contentsOf: URL(filePath: path(folder))) == before)
    }
  }

  @Test func `what is no database is damaged`() async throws {
    try await withTemporaryFolder { folder in
      try Data(repeating: 0x61, count: 8192).write(to: URL(filePath: path(folder)))
      #expect(throws: StoreError.damaged(path(folder))) { try openStore(in: folder) }
      #expect(throws: StoreError.damaged(path(folder))) { try read(folder) }
    }
  }

  @Test func `a damaged page is told of, when it is met and when it is looked for`() async throws {
    try await withTemporaryFolder { folder in
      let store = try openStore(in: folder)
      try store.record(page((0..<2000).map { post("p\($0)") }))
      try store.close()
      let file = try FileHandle(forUpdating: URL(filePath: path(folder)))
      let size = try file.seekToEnd()
      try file.seek(toOffset: size / 2)
      try file.write(contentsOf: Data(repeating: 0xFF, count: Int(size / 2)))
      try file.close()
      let damaged = try openStore(in: folder)
      #expect(throws: StoreError.damaged(path(folder))) { _ = try damaged.dump() }
      #expect((try? damaged.verify()) != [])
    }
  }

  @Test func `a folder in the store's place cannot be opened`() async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: path(folder), withIntermediateDirectories: false)
      #expect(throws: StoreError.unreadable(path(folder))) { try openStore(in: folder) }
    }
  }

  @Test func `no store can be made where nothing can be written`() {
    #expect(throws: StoreError.self) {
      try Store.open("/proc/exuvia/exuvia.db", key: sampleKey, keyPath: "exuvia.key")
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser writes everywhere"))
  func `a read-only folder is told of`() async throws {
    try await withTemporaryFolder { folder in
      try openStore(in: folder).close()
      chmod(folder.path, 0o500)
      defer { chmod(folder.path, 0o700) }
      #expect(throws: StoreError.readOnly(path(folder))) { try openStore(in: folder) }
      #expect(throws: StoreError.readOnly(path(folder))) { try read(folder) }
      #expect(throws: StoreError.readOnly(folder.path + "/other.db")) {
        try Store.open(folder.path + "/other.db", key: sampleKey, keyPath: "exuvia.key")
      }
    }
  }

  @Test func `a store that is opened for look-ups cannot be written`() async throws {
    try await withTemporaryFolder { folder in
      _ = try openStore(in: folder)
      let reader = try read(folder)
      #expect(throws: StoreError.readOnly(path(folder))) { try reader.record(page([post("p1")])) }
    }
  }

  @Test func `a full disk is told of and loses nothing`() async throws {
    try await withTemporaryFolder { folder in
      let store = try openStore(in: folder)
      try store.record(page([post("p1", [finding(1)])]))
      let before = try store.dump()
      try store.write { db in
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        try db.execute(sql: "PRAGMA max_page_count = \(pages + 1)")
      }
      let many = (0..<2000).map { post("p\($0)", [finding($0)]) }
      #expect(throws: StoreError.full(path(folder))) { try store.record(page(many)) }
      #expect(try store.dump() == before)
      #expect(try store.verify() == [])
    }
  }

  struct Code: Sendable, CustomTestStringConvertible {
    let code: Int32
    let error: StoreError
    var testDescription: String { "\(code)" }
  }

  @Test(arguments: [
    Code(code: 5, error: .busy("/tmp/s")), Code(code: 6, error: .busy("/tmp/s")),
    Code(code: 8, error: .readOnly("/tmp/s")), Code(code: 264, error: .readOnly("/tmp/s")),
    Code(code: 11, error: .damaged("/tmp/s")), Code(code: 26, error: .damaged("/tmp/s")),
    Code(code: 13, error: .full("/tmp/s")), Code(code: 14, error: .unreadable("/tmp/s")),
    Code(code: 2067, error: .failed("/tmp/s", code: 2067)),
  ])
  func `each error names its remedy`(_ sample: Code) {
    let error = StoreError(code: sample.code, path: "/tmp/s")
    #expect(error == sample.error)
    #expect(error.description.contains("/tmp/s"))
    #expect(error.description.contains(": "))
  }

  @Test func `look-ups go on while a page is being written`() async throws {
    try await withTemporaryFolder { folder in
      let store = try openStore(in: folder)
      try store.record(page([post("p1", [finding(1)])]))
      let reader = try read(folder)
      try store.record(page([post("p2", [finding(2)])])) { _ in
        let counts = try [reader, read(folder)].map { try $0.exposures().count }
        #expect(counts == [1, 1])
        return []
      }
      #expect(try reader.exposures().count == 2)
    }
  }

  @Test func `a copy of the files that a kill leaves is a whole store`() async throws {
    try await withTemporaryFolder { folder in
      let store = try openStore(in: folder)
      try store.record(page([post("p1", [finding(1)])]))
      let committed = try store.dump()
      let copy = folder.appending(path: "copy")
      try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: false)
      try store.record(page((0..<500).map { post("q\($0)", by: "Bo", [finding(2)]) })) { _ in
        for suffix in ["", "-wal"] {
          try FileManager.default.copyItem(
            atPath: path(folder) + suffix, toPath: path(copy) + suffix)
        }
        return []
      }
      let survivor = try openStore(in: copy)
      #expect(try survivor.dump() == committed)
      #expect(try survivor.verify() == [])
    }
  }

  @Test func `the schema is as it shipped`() throws {
    // A step that has shipped is never changed: what has to differ is a further step. The steps are built from
    // closed sets, so a set that grows fails here too.
    let digests = Migrations.all.map { sql in
      sql.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
    #expect(digests.map { String($0, radix: 16) } == ["68c125f7dc73288"])
  }

  @Test func `no unique key has a column that may be null`() async throws {
    try await withStore { store in
      let columns = try store.read { db in
        try String.fetchAll(
          db,
          sql: """
            SELECT t.name || '.' || i.name FROM sqlite_schema t
              JOIN pragma_index_list(t.name) l JOIN pragma_index_info(l.name) i
              JOIN pragma_table_info(t.name) c ON c.name = i.name
            WHERE t.type = 'table' AND l."unique" = 1 AND c."notnull" = 0 AND c.pk = 0
            """)
      }
      #expect(columns == [])
      let loose = try store.read { db in
        try String.fetchAll(
          db, sql: "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict")
      }
      #expect(loose.filter { !$0.hasPrefix("sqlite_") } == [])
    }
  }

  struct Breach: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sql: String

    init(_ description: String, _ sql: String) {
      testDescription = description
      self.sql = sql
    }
  }

  @Test(arguments: [
    Breach("an exposure has a sighting", "DELETE FROM sighting"),
    Breach("a post has a revision", "DELETE FROM sighting; DELETE FROM revision"),
    Breach("an exposure's times", "UPDATE exposure SET last_seen = last_seen + 1"),
    Breach("an agent's times", "UPDATE agent SET last_seen = last_seen + 1"),
    Breach("an exposure is on its agent's platform", "UPDATE agent SET platform = 2"),
    Breach("a post is on its agent's platform", "UPDATE agent SET platform = 2"),
    Breach(
      "covered spans",
      """
      INSERT INTO covered (source, listing, oldest, newest) VALUES (1, 'posts', 1, 5), (1, 'posts', 5, 9)
      """),
    Breach("an alert that waits has a body", "UPDATE alert SET body = ''"),
    Breach("stored texts", "UPDATE agent SET name = 'bell' || char(7)"),
  ])
  func `a breach of what must be true is found`(_ breach: Breach) async throws {
    try await withStore { store in
      try store.record(page([post("p1", [finding(1)])]))
      try store.change("INSERT INTO platform (id, name) VALUES (2, 'other')")
      try store.change(
        "INSERT INTO source (id, name) VALUES (1, 'moltbook') ON CONFLICT DO NOTHING")
      #expect(try store.verify() == [])
      try store.change(breach.sql)
      #expect(try store.verify().contains { $0.hasPrefix(breach.testDescription) })
    }
  }

  @Test func `a missing row is found`() async throws {
    try await withTemporaryFolder { folder in
      let store = try openStore(in: folder)
      try store.record(page([post("p1", [finding(1)])]))
      try store.close()
      var loose = Configuration()
      loose.foreignKeysEnabled = false
      let queue = try DatabaseQueue(path: path(folder), configuration: loose)
      try queue.write { try $0.execute(sql: "DELETE FROM rule") }
      try queue.close()
      #expect(
        try openStore(in: folder).verify().contains { $0.contains("of rule that is missing") })
    }
  }
}
