package import Core
import Foundation
import Synchronization

/// The right to crawl into a store, which one process has at a time; it ends with the process, however that ends.
///
/// The file beside the store holds one line: process, start and last sign of life, both in microseconds.
package final class CrawlLock: Sendable {
  private let descriptor: Mutex<Int32?>
  private let since: Timestamp

  /// What an attempt to get the lock came to.
  package enum Attempt: Sendable {
    case held(CrawlLock)
    /// Another process crawls; the times and the process are nil where it has not written them yet.
    case busy(since: Timestamp?, pid: Int32?, lastMoved: Timestamp?)
  }

  /// Takes the lock of a store if it is free; never waits.
  ///
  /// - Throws: `StoreError` where the lock's file cannot be made.
  package static func acquire(storePath: String, at now: Timestamp) throws(StoreError) -> Attempt {
    try StoreFile.makeFolder(of: storePath)
    let descriptor = open(storePath + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError(errno: errno, path: storePath) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      defer { close(descriptor) }
      guard number == EWOULDBLOCK else { throw StoreError(errno: number, path: storePath) }
      let fields = holder(descriptor)
      return .busy(
        since: fields?.since, pid: fields?.pid, lastMoved: fields?.lastMoved)
    }
    let lock = CrawlLock(descriptor: descriptor, since: now)
    lock.touch(at: now)
    return .held(lock)
  }

  private init(descriptor: Int32, since: Timestamp) {
    self.descriptor = Mutex(descriptor)
    self.since = since
  }

  deinit {
    release()
  }

  /// Gives a sign of life, so that others can tell a busy holder from a stuck one.
  package func touch(at now: Timestamp) {
    let line = [Int64(getpid()), since.microseconds, now.microseconds].map(CrawlLock.padded)
    let bytes = Array((line.joined(separator: " ") + "\n").utf8)
    // Of one length always, so that no reader meets the rest of an older line.
    descriptor.withLock { descriptor in
      if let descriptor { _ = pwrite(descriptor, bytes, bytes.count, 0) }
    }
  }

  /// Lets others crawl.
  package func release() {
    descriptor.withLock { descriptor in
      if let open = descriptor { close(open) }
      descriptor = nil
    }
  }

  private static func holder(
    _ descriptor: Int32
  ) -> (
    pid: Int32, since: Timestamp, lastMoved: Timestamp
  )? {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let numbers = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).compactMap { Int64($0) }
    guard numbers.count == 3, let pid = Int32(exactly: numbers[0]) else { return nil }
    return (pid, Timestamp(microseconds: numbers[1]), Timestamp(microseconds: numbers[2]))
  }

  private static func padded(_ number: Int64) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, 20 - text.count)) + text
  }
}
