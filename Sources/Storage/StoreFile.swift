import Foundation

/// The files of a store on the disk: who may read them, and where they come from.
///
/// An existing database is never opened here: closing a descriptor would drop SQLite's own locks on the file.
enum StoreFile {
  /// Makes the folder (0700) and an empty file (0600) where missing, and takes others' rights to existing files.
  static func prepare(_ path: String) throws(StoreError) {
    try makeFolder(of: path)
    let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      close(descriptor)
    } else if errno != EEXIST {
      throw StoreError(errno: errno, path: path)
    }
    guard isRegularFile(path), access(path, R_OK) == 0 else { throw .unreadable(path) }
    guard access(path, W_OK) == 0, folderIsWritable(of: path) else { throw .readOnly(path) }
    restrict(path)
  }

  /// Makes the folder that a file is to stand in, for its owner alone.
  static func makeFolder(of path: String) throws(StoreError) {
    let folder = folder(of: path)
    guard folder != path, access(folder, F_OK) != 0 else { return }
    try makeFolder(of: folder)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw StoreError(errno: errno, path: path)
    }
  }

  static func folderIsWritable(of path: String) -> Bool {
    access(folder(of: path), W_OK) == 0
  }

  static func exists(_ path: String) -> Bool {
    (size(of: path) ?? 0) > 0
  }

  static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// SQLite gives new side files the mode of the database.
  private static func restrict(_ path: String) {
    for file in [path, path + "-wal", path + "-shm"] {
      var status = stat()
      if stat(file, &status) == 0, status.st_mode & 0o077 != 0 { chmod(file, 0o600) }
    }
  }

  private static func folder(of path: String) -> String {
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
  }
}
