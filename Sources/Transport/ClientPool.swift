import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression
import Synchronization

/// The clients in use, one for each host pinned to a checked address; at most `capacity` are kept.
final class ClientPool: Sendable {
  /// What makes two requests share a client.
  struct Key: Hashable {
    var host: String
    var address: IPAddress
    var body: Int
    var connect: Duration
    var idle: Duration

    // Of the limits just those that a client is made with: the others differ from request to request.
    init(host: String, address: IPAddress, limits: HTTPLimits) {
      self.host = host
      self.address = address
      (body, connect, idle) = (limits.body, limits.connect, limits.idle)
    }
  }

  private struct Entry {
    var client: HTTPClient
    var users = 0
    var lastUse = 0
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var uses = 0
    var isShutDown = false
  }

  private let capacity: Int
  private let state = Mutex(State())

  init(capacity: Int) {
    self.capacity = capacity
  }

  /// Addresses of the host that have a client already; keeping to one keeps its connections alive.
  func pinned(_ host: String) -> Set<IPAddress> {
    state.withLock { state in Set(state.entries.keys.filter { $0.host == host }.map(\.address)) }
  }

  /// Runs the body with the key's client, which is made where there is none.
  func withClient<Value: Sendable>(
    _ key: Key, _ body: (HTTPClient) async throws(TransportError) -> Value
  ) async throws(TransportError) -> Value {
    let (client, surplus) = try take(key)
    for old in surplus { try? await old.shutdown() }
    do {
      let value = try await body(client)
      giveBack(key)
      return value
    } catch {
      giveBack(key)
      throw error
    }
  }

  func shutdown() async {
    let clients = state.withLock { state in
      state.isShutDown = true
      defer { state.entries = [:] }
      return state.entries.values.map(\.client)
    }
    for client in clients { try? await client.shutdown() }
  }

  private func take(_ key: Key) throws(TransportError) -> (HTTPClient, surplus: [HTTPClient]) {
    let taken = state.withLock { state -> (HTTPClient, surplus: [HTTPClient])? in
      guard !state.isShutDown else { return nil }
      state.uses += 1
      var entry = state.entries[key] ?? Entry(client: ClientPool.client(key))
      entry.users += 1
      entry.lastUse = state.uses
      state.entries[key] = entry
      let idle = state.entries.filter { $0.value.users == 0 }.sorted {
        $0.value.lastUse < $1.value.lastUse
      }
      let surplus = idle.prefix(max(0, state.entries.count - capacity))
      for (key, _) in surplus { state.entries[key] = nil }
      return (entry.client, surplus.map(\.value.client))
    }
    guard let taken else { throw .shutDown }
    return taken
  }

  private func giveBack(_ key: Key) {
    state.withLock { state in state.entries[key]?.users -= 1 }
  }

  private static func client(_ key: Key) -> HTTPClient {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(
        connect: TimeAmount(key.connect), read: TimeAmount(key.idle), write: TimeAmount(key.idle)),
      decompression: .enabled(limit: .size(key.body)))
    // The name stays in the Host header, in SNI and in the check of the certificate.
    configuration.dnsOverride = [key.host: key.address.description]
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.httpVersion = .http1Only
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }
}
