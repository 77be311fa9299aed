import Glibc

/// An open file or pipe; closed with its owner unless it was lent.
struct Descriptor: ~Copyable {
  let path: String
  private let number: Int32
  private let isLent: Bool

  /// Opens a file; `-` is standard input.
  static func opening(_ path: String) throws(RecordError) -> Descriptor {
    if path == "-" { return Descriptor(number: STDIN_FILENO, path: path, isLent: true) }
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw .cannotOpen(path: path, code: errno) }
    let descriptor = Descriptor(number: number, path: path, isLent: false)
    guard !descriptor.isFolder else { throw .isFolder(path: path) }
    return descriptor
  }

  /// Takes a descriptor that others close.
  static func lent(_ number: Int32, path: String) -> Descriptor {
    Descriptor(number: number, path: path, isLent: true)
  }

  private init(number: Int32, path: String, isLent: Bool) {
    self.path = path
    self.number = number
    self.isLent = isLent
  }

  private var isFolder: Bool {
    var status = stat()
    return fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  deinit {
    if !isLent { close(number) }
  }

  /// Waits until bytes or the end can be read; false once the time is over or a signal came. Nil waits for ever.
  func waitForBytes(_ wait: Duration?) -> Bool {
    guard let wait else { return true }
    let milliseconds =
      wait.components.seconds * 1000 + wait.components.attoseconds / 1_000_000_000_000_000
    return pollForBytes(Int32(clamping: milliseconds))
  }

  private func pollForBytes(_ milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// Reads what there is, at least a byte except at the end, where it gives 0.
  func read(into room: UnsafeMutableRawBufferPointer) throws(RecordError) -> Int {
    while true {
      let count = Glibc.read(number, room.baseAddress, room.count)
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN: _ = pollForBytes(-1)
      default: throw .readFailed(path: path, code: errno)
      }
    }
  }
}
