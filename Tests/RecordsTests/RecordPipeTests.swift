import Core
import Foundation
import Glibc
import Records
import TestSupport
import Testing

@Suite struct RecordPipeTests {
  /// Both ends of a pipe; the writing one is closed by `end`.
  final class Pipe: Sendable {
    let output: Int32
    let input: Int32

    init() {
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      (output, input) = (ends[0], ends[1])
    }

    deinit { close(output) }

    func send(_ text: String) {
      let bytes = Array(text.utf8)
      _ = write(input, bytes, bytes.count)
    }

    func end() { close(input) }

    func reader(idle: Duration) -> RecordReader {
      RecordReader(descriptor: output, path: "-", format: .ndjson, idle: idle)
    }
  }

  @Test func `a batch comes early when no byte arrives`() throws {
    let pipe = Pipe()
    let reader = pipe.reader(idle: .milliseconds(20))
    pipe.send("{\"id\":1}\n{\"id\":2}\n{\"id\":3")
    let first = try #require(try reader.next())
    #expect(first.posts.map(\.id) == ["1", "2"])
    #expect(first.endOffset == 18)
    let nothing = try #require(try reader.next())
    #expect(nothing.isEmpty)
    pipe.send("3}\n")
    #expect(try reader.next()?.posts.map(\.id) == ["33"])
    pipe.send("{\"id\":4}")
    pipe.end()
    #expect(try reader.next()?.posts.map(\.id) == ["4"])
    #expect(try reader.next() == nil)
  }

  @Test func `a record does not wait for those that trickle in after it`() async throws {
    let pipe = Pipe()
    let reader = pipe.reader(idle: .milliseconds(100))
    let writer = Thread {
      for id in 0..<150 {
        pipe.send("{\"id\":\(id)}\n")
        usleep(10_000)
      }
      pipe.end()
    }
    writer.start()
    let first = try #require(try reader.next())
    #expect((1..<150).contains(first.posts.count))
    var count = first.posts.count
    while let batch = try reader.next() { count += batch.posts.count }
    #expect(count == 150)
  }

  @Test func `without an idle time a batch waits for the end`() throws {
    let pipe = Pipe()
    let reader = pipe.reader(idle: .seconds(-1))
    pipe.send("{\"id\":1}\n")
    let writer = Thread {
      usleep(100_000)
      pipe.send("{\"id\":2}\n")
      pipe.end()
    }
    writer.start()
    #expect(try reader.next()?.posts.map(\.id) == ["1", "2"])
    #expect(try reader.next() == nil)
  }

  @Test func `gzip may come byte by byte`() throws {
    let pipe = Pipe()
    let reader = pipe.reader(idle: .milliseconds(20))
    var posts: [Post] = []
    for byte in gzipped(Array("{\"id\":1}\n{\"id\":2}\n".utf8)) {
      _ = withUnsafeBytes(of: byte) { write(pipe.input, $0.baseAddress, 1) }
      if byte == UInt8(ascii: "\n") { posts += try reader.next()?.posts ?? [] }
    }
    pipe.end()
    while let batch = try reader.next() {
      posts += batch.posts
      #expect(batch.faults == [])
    }
    #expect(posts.map(\.id) == ["1", "2"])
  }

  @Test func `a failing read keeps what came before it`() throws {
    let pipe = Pipe()
    let spare = dup(pipe.output)
    let reader = RecordReader(
      descriptor: spare, path: "-", format: .ndjson, idle: .milliseconds(20), buffer: 18)
    pipe.send("{\"id\":1}\n{\"id\":2}\n")
    #expect(try reader.next()?.posts.count == 2)
    // A folder takes the pipe's place, which no read succeeds on.
    let folder = open("/", O_RDONLY)
    dup2(folder, spare)
    close(folder)
    let error = RecordError.readFailed(path: "-", code: EISDIR)
    for _ in 0..<2 { #expect(throws: error) { try reader.next() } }
    close(spare)
    pipe.end()
  }
}
