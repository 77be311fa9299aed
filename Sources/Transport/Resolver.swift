import Dispatch
import Foundation
import Synchronization

/// Turns a host name into all its addresses, in the order in which they should be tried.
package typealias Resolver = @Sendable (String) async throws(TransportError) -> [IPAddress]

/// The machine's own resolver, asked on a thread that may block.
package enum SystemResolver {
  /// Asks as other programs do, `/etc/hosts` included; fails with `dns` or `cancelled` alone.
  @Sendable
  package static func addresses(of host: String) async throws(TransportError) -> [IPAddress] {
    let answer = Answer()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        answer.wait(continuation)
        DispatchQueue.global(qos: .utility).async { answer.give(lookUp(host)) }
      }
    } onCancel: {
      // getaddrinfo cannot be stopped; its late answer is dropped.
      answer.give(.failure(.cancelled))
    }
    return try result.get()
  }

  private static func lookUp(_ host: String) -> Result<[IPAddress], TransportError> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return .failure(.dns) }
    defer { freeaddrinfo(list) }
    var addresses: [IPAddress] = []
    var next = list
    while let entry = next {
      if let address = address(of: entry.pointee), !addresses.contains(address) {
        addresses.append(address)
      }
      next = entry.pointee.ai_next
    }
    return addresses.isEmpty ? .failure(.dns) : .success(addresses)
  }

  private static func address(of entry: addrinfo) -> IPAddress? {
    guard let pointer = UnsafeRawPointer(entry.ai_addr) else { return nil }
    switch entry.ai_family {
    case AF_INET:
      let socket = pointer.loadUnaligned(as: sockaddr_in.self)
      return withUnsafeBytes(of: socket.sin_addr) { IPAddress(bytes: Array($0)) }
    case AF_INET6:
      let socket = pointer.loadUnaligned(as: sockaddr_in6.self)
      return withUnsafeBytes(of: socket.sin6_addr) { IPAddress(bytes: Array($0)) }
    default: return nil
    }
  }
}

/// Hands one result to one waiter, whichever comes first; later results are dropped.
private final class Answer: Sendable {
  typealias Value = Result<[IPAddress], TransportError>

  private struct State {
    var waiter: CheckedContinuation<Value, Never>?
    var value: Value?
  }

  private let state = Mutex(State())

  func wait(_ continuation: CheckedContinuation<Value, Never>) {
    let value = state.withLock { state -> Value? in
      if state.value == nil { state.waiter = continuation }
      return state.value
    }
    if let value { continuation.resume(returning: value) }
  }

  func give(_ value: Value) {
    let waiter = state.withLock { state -> CheckedContinuation<Value, Never>? in
      if state.value == nil { state.value = value }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: value)
  }
}
