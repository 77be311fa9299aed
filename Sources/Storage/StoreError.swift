import Foundation
import GRDB

/// Why a store cannot be used; nothing that it held is lost by any of these.
package enum StoreError: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case foreign(String)
  case newer(String, version: Int)
  case damaged(String)
  case unreadable(String)
  case readOnly(String)
  case full(String)
  case busy(String)
  /// SQLite's extended result code.
  case failed(String, code: Int32)

  package var description: String {
    switch self {
    case .missing(let path):
      "there is no store at \(path) yet: run `exuvia scan`, or name another with --store"
    case .foreign(let path):
      "\(path) is another program's database: name the store with --store"
    case .newer(let path, let version):
      "the store \(path) is of version \(version), newer than this program: upgrade exuvia"
    case .damaged(let path):
      "the store \(path) is damaged: put it back from a backup, or move it away and scan again"
    case .unreadable(let path):
      "the store \(path) cannot be opened: check that it is a file, and its owner and mode"
    case .readOnly(let path):
      "the store \(path) cannot be written: make its folder writable, or copy the store elsewhere"
    case .full(let path):
      "the disk of the store \(path) is full: free some space and run the same command again"
    case .busy(let path):
      "the store \(path) is locked by another program: wait until that one has ended"
    case .failed(let path, let code):
      "the store \(path) failed with SQLite's code \(code): run `exuvia store verify`"
    }
  }

  /// What SQLite's result code means for somebody who wants to use the store.
  init(_ error: DatabaseError, path: String) {
    self.init(code: error.extendedResultCode.rawValue, path: path)
  }

  init(code: Int32, path: String) {
    switch ResultCode(rawValue: code & 0xFF) {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path)
    case .SQLITE_CANTOPEN where !StoreFile.folderIsWritable(of: path): self = .readOnly(path)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .unreadable(path)
    case .SQLITE_READONLY: self = .readOnly(path)
    case .SQLITE_FULL: self = .full(path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path)
    default: self = .failed(path, code: code)
    }
  }

  /// What the system's error number means for somebody who wants to use the store.
  init(errno number: Int32, path: String) {
    switch number {
    case ENOSPC, EDQUOT: self = .full(path)
    case EROFS: self = .readOnly(path)
    case _ where !StoreFile.folderIsWritable(of: path): self = .readOnly(path)
    default: self = .unreadable(path)
    }
  }
}
