package import Core
import GRDB
package import Identity

/// Everything that outlives a pass: posts' identities, exposures, where each source stands, alerts to be sent.
///
/// It takes a page of masked posts and gives what that changed; a page, the progress it stands for and the alerts it
/// causes are one transaction, so that a crash repeats a page or an alert and loses neither. Look-ups work on while
/// another process writes. It never holds a secret: all text of outside origin comes as `PublicText`.
package final class Store: Sendable {
  package let path: String
  let key: IdentityKey
  let limits: Limits
  private let pool: DatabasePool

  /// Opens a store for crawling; makes it, with its folder, where there is none.
  ///
  /// - Throws: `StoreError`; `KeyError.wrong`, naming `keyPath`, where the store was made with another key.
  package static func open(
    _ path: String, key: IdentityKey, keyPath: String, limits: Limits = Limits()
  ) throws -> Store {
    try StoreFile.prepare(path)
    return try mapped(path) {
      // Looked at first, because opening a pool would turn another program's database into a WAL one.
      if StoreFile.exists(path) { _ = try version(path) }
      let pool = try DatabasePool(path: path, configuration: configuration)
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
      }
      try pool.write { try Migrations.migrate($0, path: path, key: key) }
      return try Store(path: path, pool: pool, key: key, keyPath: keyPath, limits: limits)
    }
  }

  /// Opens a store for look-ups, also while a scan writes to it; makes none.
  ///
  /// - Throws: as `open`; `StoreError.missing` where there is none yet.
  package static func openForReading(
    _ path: String, key: IdentityKey, keyPath: String, limits: Limits = Limits()
  ) throws -> Store {
    guard exists(path) else { throw StoreError.missing(path) }
    return try mapped(path) {
      let version = try version(path)
      guard version > 0 else { throw StoreError.missing(path) }
      guard version == Migrations.all.count else {
        return try open(path, key: key, keyPath: keyPath, limits: limits)
      }
      var configuration = configuration
      configuration.readonly = true
      let pool = try DatabasePool(path: path, configuration: configuration)
      return try Store(path: path, pool: pool, key: key, keyPath: keyPath, limits: limits)
    }
  }

  /// Looks at a store without its key.
  ///
  /// - Throws: `StoreError` where this program cannot use it; `StoreError.missing` where there is none yet.
  package static func inspect(_ path: String) throws {
    guard exists(path) else { throw StoreError.missing(path) }
    guard StoreFile.isRegularFile(path) else { throw StoreError.unreadable(path) }
    _ = try mapped(path) { try version(path) }
  }

  /// Whether there is something at the path; a scan that has just begun may not have made more than that.
  package static func exists(_ path: String) -> Bool {
    StoreFile.exists(path)
  }

  private init(
    path: String, pool: DatabasePool, key: IdentityKey, keyPath: String, limits: Limits
  ) throws {
    self.path = path
    self.pool = pool
    self.key = key
    self.limits = limits
    let check = try pool.read { try Row.fetchOne($0, sql: "SELECT key_check FROM installation") }
    guard let check else { throw StoreError.damaged(path) }
    guard try check.hash("key_check") == key.checkValue else { throw KeyError.wrong(keyPath) }
  }

  /// Ends all use of the store; the one file then holds everything, unless another process still uses it.
  package func close() throws {
    // The readers first: only a connection that may write can clear the side files away.
    pool.releaseMemory()
    try Store.mapped(path) {
      if !pool.configuration.readonly {
        try? pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
      }
      try pool.close()
    }
  }

  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try Store.mapped(path) { try pool.read(body) }
  }

  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try Store.mapped(path) { try pool.write(body) }
  }

  /// Turns SQLite's errors into ones that name the remedy.
  private static func mapped<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    } catch is ColumnFault, is RowDecodingError {
      throw StoreError.damaged(path)
    }
  }

  private static func version(_ path: String) throws -> Int {
    var configuration = configuration
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read {
      try Migrations.version($0, path: path)
    }
  }

  private static let configuration: Configuration = {
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    configuration.maximumReaderCount = 4
    return configuration
  }()
}
