import Core
import Foundation
import TestSupport
import Testing

@testable import Storage

@Suite struct CrawlLockTests {
  private func take(_ folder: URL, _ seconds: Double) throws -> CrawlLock.Attempt {
    try CrawlLock.acquire(storePath: folder.appending(path: "s/exuvia.db").path, at: at(seconds))
  }

  @Test func `one crawls at a time, and the other is told who and since when`() async throws {
    try await withTemporaryFolder { folder in
      guard case .held(let lock) = try take(folder, 0) else {
        Issue.record("the first one has to get it")
        return
      }
      lock.touch(at: at(60))
      guard case .busy(let since, let pid, let lastMoved) = try take(folder, 90) else {
        Issue.record("the second one must not get it")
        return
      }
      #expect(since == at(0))
      #expect(pid == getpid())
      #expect(lastMoved == at(60))

      lock.release()
      guard case .held(let next) = try take(folder, 120) else {
        Issue.record("a released lock is free")
        return
      }
      guard case .busy(let later, _, _) = try take(folder, 130) else {
        Issue.record("and then taken")
        return
      }
      #expect(later == at(120))
      lock.touch(at: at(140))
      guard case .busy(_, _, let moved) = try take(folder, 150) else { return }
      #expect(moved == at(120), "who has released it does not touch it")
      next.release()
    }
  }

  @Test func `the lock goes with its holder`() async throws {
    try await withTemporaryFolder { folder in
      do { _ = try take(folder, 0) }
      guard case .held = try take(folder, 1) else {
        Issue.record("nobody holds it any more")
        return
      }
    }
  }

  @Test func `a holder that has written nothing yet is still a holder`() async throws {
    try await withTemporaryFolder { folder in
      guard case .held(let lock) = try take(folder, 0) else { return }
      try Data("nonsense".utf8).write(to: folder.appending(path: "s/exuvia.db.lock"), options: [])
      guard case .busy(let since, let pid, let lastMoved) = try take(folder, 1) else {
        Issue.record("it must not be taken")
        return
      }
      #expect(since == nil)
      #expect(pid == nil)
      #expect(lastMoved == nil)
      lock.release()
    }
  }

  @Test func `the lock's file is its owner's alone`() async throws {
    try await withTemporaryFolder { folder in
      _ = try take(folder, 0)
      let attributes = try FileManager.default.attributesOfItem(
        atPath: folder.appending(path: "s/exuvia.db.lock").path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }
}
