import Core
import Detection
import Feeds
import Foundation
import Identity
import Logging
import Records
import Storage

extension Monitor {
  /// Reads an archive from where the last pass left it; standard input as it comes.
  func read(
    archive path: String, _ tally: PassTally, deadline: Timestamp?, stop: StopSignal
  ) async throws -> PassTally {
    var tally = tally
    let scanner = Scanner(detector, key: key, limits: limits)
    func isOver() -> Bool { deadline.map { clock.now() >= $0 } ?? false }
    let name = scanner.shown("archive:\(path)", upTo: 300).string
    do {
      let (reader, progress) = try open(path)
      // What comes by standard input cannot be read again, and has no end to be missed.
      while stop.received == nil, !(path == "-" && isOver()), let batch = try reader.next() {
        if path != "-", isOver() {
          tally.fail(name, "the time was up before its end; the next pass goes on")
          break
        }
        // Standard input that is idle gives empty batches, so that signals and deadlines are seen; to wait is not to hang.
        if batch.isEmpty {
          lock?.touch(at: clock.now())
          continue
        }
        tally.cuts += batch.cuts
        tally.faults += batch.faults.count
        for fault in batch.faults {
          log.warning("line passed over", metadata: ["source": "\(name)", "fault": "\(fault)"])
          if fault.reason.endsInput { tally.fail(name, fault.description) }
        }
        _ = try await record(
          batch.posts, of: "archive", cause: .archive, skipped: [],
          progress: .archive(progress?.position(after: batch)), with: scanner, into: &tally)
      }
    } catch let error as RecordError {
      tally.fail(name, scanner.shown(error.description, upTo: 400).string)
    }
    return tally
  }

  /// Opens an archive behind what was read of it already, if that is still what it was.
  private func open(_ path: String) throws -> (RecordReader, ArchiveProgress?) {
    guard path != "-" else {
      return (try RecordReader(path: path, format: .ndjson, limits: limits, idle: .seconds(1)), nil)
    }
    let place = URL(filePath: path).resolvingSymlinksInPath().path
    let archive = key.hash(.archive, place)
    if let saved = try store.archivePosition(of: archive), saved.rules == detector.digest {
      let progress = ArchiveProgress(archive, rules: detector.digest, key)
      let reader = try RecordReader(
        path: path, format: .ndjson, limits: limits, onBytes: progress.feed)
      if try reader.skip(to: saved.offset, lines: saved.lines, feeding: progress.feed),
        progress.digest == saved.digest
      {
        return (reader, progress)
      }
    }
    let progress = ArchiveProgress(archive, rules: detector.digest, key)
    return (
      try RecordReader(
        path: path, format: .ndjson, limits: limits, onBytes: progress.feed), progress
    )
  }
}

/// What was read of an archive, as a keyed digest that a later pass can compare.
private final class ArchiveProgress {
  private let archive: KeyedHash
  private let rules: String
  private var state: KeyedDigest

  init(_ archive: KeyedHash, rules: String, _ key: IdentityKey) {
    self.archive = archive
    self.rules = rules
    state = key.digest(.archiveDigest)
  }

  func feed(_ bytes: UnsafeRawBufferPointer) { state.update(bytes) }

  var digest: KeyedHash { state.value }

  func position(after batch: RecordBatch) -> ArchivePosition {
    ArchivePosition(
      archive: archive, offset: batch.endOffset, lines: batch.endLine, digest: digest,
      rules: rules)
  }
}
