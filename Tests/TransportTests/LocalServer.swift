import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that answers each request with the steps it is told.
final class LocalServer: Sendable {
  enum Step: Sendable {
    case send([UInt8])
    case wait(milliseconds: Int)
    case hangUp

    static func text(_ text: String) -> Step { .send(Array(text.utf8)) }
  }

  private let channel: any Channel
  private let received = Received()

  /// `answer` gets the request's bytes as they came, up to the empty line or, for TLS, the first packet.
  init(_ answer: @escaping @Sendable (String) -> [Step]) async throws {
    let received = received
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          received.connect()
          try channel.pipeline.syncOperations.addHandler(Answering(received, answer))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  var port: Int { channel.localAddress?.port ?? 0 }
  var seen: [String] { received.all.map { String(decoding: $0, as: UTF8.self) } }
  var connections: Int { received.connections }
  var seenBytes: [[UInt8]] { received.all }

  func stop() async {
    try? await channel.close()
  }
}

private final class Received: Sendable {
  private let requests = Mutex<[[UInt8]]>([])
  private let count = Mutex(0)

  var all: [[UInt8]] { requests.withLock { $0 } }
  var connections: Int { count.withLock { $0 } }
  func connect() { count.withLock { $0 += 1 } }
  func add(_ request: [UInt8]) { requests.withLock { $0.append(request) } }
}

private final class Answering: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let received: Received
  private let answer: @Sendable (String) -> [LocalServer.Step]
  private var bytes: [UInt8] = []

  init(_ received: Received, _ answer: @escaping @Sendable (String) -> [LocalServer.Step]) {
    self.received = received
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    bytes += Array(buffer: unwrapInboundIn(data))
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains("\r\n\r\n") || bytes.first == 0x16 else { return }
    received.add(bytes)
    bytes = []
    run(answer(text)[...], on: context.channel)
  }

  private func run(_ steps: ArraySlice<LocalServer.Step>, on channel: any Channel) {
    guard let step = steps.first else { return }
    let rest = steps.dropFirst()
    switch step {
    case .send(let bytes):
      channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
      run(rest, on: channel)
    case .wait(let time):
      channel.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(time))) {
        self.run(rest, on: channel)
      }
    case .hangUp: channel.close(promise: nil)
    }
  }
}

/// Runs the body with a server, and stops it afterwards.
func withServer(
  _ answer: @escaping @Sendable (String) -> [LocalServer.Step],
  _ body: (LocalServer) async throws -> Void
) async throws {
  let server = try await LocalServer(answer)
  do { try await body(server) } catch {
    await server.stop()
    throw error
  }
  await server.stop()
}

/// A whole response.
func response(
  _ status: String = "200 OK", _ headers: [String] = [], _ body: [UInt8] = []
) -> LocalServer.Step {
  let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
  return .send(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
}
