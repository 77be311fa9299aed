package import Foundation

/// Where the package stands, for fixtures and shipped rules.
package let packageRoot: URL = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The folder with the real posts; nil where it is absent.
package let sharedFolder: URL? = {
  let folder = packageRoot.deletingLastPathComponent().appending(path: "shared")
  return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()

/// A new folder that is removed when the body ends.
@discardableResult
package func withTemporaryFolder<Result>(
  _ body: (URL) async throws -> Result
) async throws
  -> Result
{
  let folder = FileManager.default.temporaryDirectory.appending(path: "exuvia-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}
