import Foundation
import Identity
import Storage

/// Where the store and its key are.
struct Places {
  let store: String
  /// Beside the store, unless the environment names another.
  let key: String

  init(store: String, key: String?) {
    self.store = store
    self.key = key ?? URL(filePath: store).deletingPathExtension().path + ".key"
  }

  var keyExists: Bool { FileManager.default.fileExists(atPath: key) }

  /// The key, if there is one; `check` never makes one.
  func existingKey() throws -> IdentityKey? {
    guard keyExists || environment("EXUVIA_KEY_FILE") != nil else { return nil }
    return try KeyFile.read(key)
  }

  /// The store for crawling, and its key; both are made where neither exists.
  func openForCrawling() throws -> (Store, IdentityKey) {
    let key: IdentityKey
    if Store.exists(store) {
      // A store that cannot be used is the greater trouble than a key that is missing.
      try Store.inspect(store)
      key = try KeyFile.read(self.key)
    } else {
      for path in [store, self.key] {
        try? FileManager.default.createDirectory(
          at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      }
      key = try KeyFile.create(self.key)
    }
    return (try Store.open(store, key: key, keyPath: self.key), key)
  }

  /// The store for look-ups, and its key.
  func openForReading() throws -> (Store, IdentityKey) {
    try Store.inspect(store)
    let key = try KeyFile.read(key)
    return (try Store.openForReading(store, key: key, keyPath: self.key), key)
  }
}
