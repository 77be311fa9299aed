import Glibc

/// Why an input cannot be read at all.
package enum RecordError: Error, Sendable, Hashable, CustomStringConvertible {
  /// `code` is an errno.
  case cannotOpen(path: String, code: Int32)
  case isFolder(path: String)
  /// `code` is an errno.
  case readFailed(path: String, code: Int32)
  case noMemoryToInflate

  package var description: String {
    switch self {
    case .cannotOpen(let path, let code):
      "\(path) cannot be opened (\(RecordError.reason(code))); check its name and permissions."
    case .isFolder(let path):
      "\(path) is a folder; name the files in it."
    case .readFailed(let path, let code):
      "\(path) cannot be read on (\(RecordError.reason(code))); check what it is on and try again."
    case .noMemoryToInflate:
      "There is no memory to inflate gzip data; free some and try again."
    }
  }

  private static func reason(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
