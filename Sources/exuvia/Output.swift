import ArgumentParser
import Dispatch
import Foundation

/// Where a command's data goes: standard output, or a file that appears whole or not at all.
final class Output {
  private let path: String?
  private let temporary: String?
  private let descriptor: Int32
  private var signals: [any DispatchSourceSignal] = []
  private var buffer: [UInt8] = []

  /// Takes a path; nil and `-` are standard output.
  init(to path: String?) throws {
    self.path = path == "-" ? nil : path
    guard let path = self.path else {
      temporary = nil
      descriptor = STDOUT_FILENO
      return
    }
    let temporary = path + ".\(ProcessInfo.processInfo.processIdentifier).tmp"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw OutputError.unwritable(path, reason(errno)) }
    self.temporary = temporary
    signals = [SIGTERM, SIGINT].map { number in
      onSignal(number) {
        unlink(temporary)
        _exit(128 + number)
      }
    }
  }

  deinit {
    for signal in signals { signal.cancel() }
    if temporary != nil { close(descriptor) }
  }

  func write(_ text: String) throws {
    buffer += text.utf8
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Lets what the body writes appear; of a body that throws, no file stays.
  func publish(_ body: () throws -> Void) throws {
    do {
      try body()
      try appear()
    } catch {
      vanish()
      throw error
    }
  }

  /// The same for a body that waits.
  func publish(_ body: () async throws -> Void) async throws {
    do {
      try await body()
      try appear()
    } catch {
      vanish()
      throw error
    }
  }

  private func appear() throws {
    try flush()
    guard let path, let temporary else { return }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw OutputError.cutShort(path, reason(errno))
    }
  }

  private func vanish() {
    if let temporary { unlink(temporary) }
  }

  private func flush() throws {
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        // Whoever reads has seen enough: to be told so would help nobody.
        throw Code.stopped(by: SIGPIPE)
      } else if errno != EINTR {
        throw OutputError.cutShort(path ?? "standard output", reason(errno))
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Why a result could not be written.
enum OutputError: Error, CustomStringConvertible {
  /// Nothing was done yet.
  case unwritable(String, String)
  case cutShort(String, String)

  var description: String {
    switch self {
    case .unwritable(let path, let reason), .cutShort(let path, let reason):
      "\(path) cannot be written: \(reason)"
    }
  }
}

/// Prints an answer on standard output.
func answer(_ text: String) throws {
  let out = try Output(to: nil)
  try out.publish { try out.write(text) }
}

/// Says lines on standard error.
@Sendable func complain(_ text: String) {
  progress.clear()
  FileHandle.standardError.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
}

/// Does something when a signal comes, instead of ending there and then; until the source is cancelled.
func onSignal(_ number: Int32, _ body: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
  signal(number, SIG_IGN)
  let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
  source.setEventHandler(handler: body)
  source.resume()
  return source
}

private func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
