import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// Sends HTTP requests to servers that nobody vouches for.
///
/// A name is resolved for every request, all of its addresses are judged by the policy, and the connection goes to
/// exactly an address that was judged: what the name points to a moment later does not matter. Redirects are followed
/// by hand and to the same server only, so that a header meant for it never goes elsewhere. Every limit is per
/// request. `shutdown` must be called once, after the last request.
package final class HTTPTransport: Sendable {
  private let policy: AddressPolicy
  private let resolve: Resolver
  private let pool: ClientPool

  /// Keeps connections to at most `keptClients` servers open between requests.
  package init(
    policy: AddressPolicy, resolve: @escaping Resolver = SystemResolver.addresses,
    keptClients: Int = 16
  ) {
    self.policy = policy
    self.resolve = resolve
    pool = ClientPool(capacity: keptClients)
  }

  /// Closes all connections; requests under way fail.
  package func shutdown() async {
    await pool.shutdown()
  }

  /// Sends the request and reads the whole answer, whatever its status; redirects to the same server are followed.
  package func send(
    _ request: HTTPRequest, limits: HTTPLimits
  ) async throws(TransportError) -> HTTPResponse {
    let address = try WebAddress(request.url)
    return try await within(limits.total) { [self] () async throws(TransportError) in
      try await follow(request, from: address, limits)
    }
  }

  private func follow(
    _ request: HTTPRequest, from start: WebAddress, _ limits: HTTPLimits
  ) async throws(TransportError) -> HTTPResponse {
    var address = start
    for _ in 0...limits.redirects {
      let response = try await exchange(request, at: address, limits)
      guard let location = response.redirect(of: request.method) else { return response }
      address = try address.resolving(location)
      guard address.hasOrigin(of: start) else { throw .redirectElsewhere(address.authority) }
    }
    throw .tooManyRedirects(limits.redirects)
  }

  /// One request and its answer, by the first of the host's addresses that takes a connection.
  private func exchange(
    _ request: HTTPRequest, at address: WebAddress, _ limits: HTTPLimits
  ) async throws(TransportError) -> HTTPResponse {
    var failure = TransportError.connect
    for pin in try await checkedAddresses(of: address).prefix(3) {
      let key = ClientPool.Key(host: address.host, address: pin, limits: limits)
      do {
        return try await pool.withClient(key) { client throws(TransportError) in
          try await client.answer(to: request, at: address, limits)
        }
      } catch {
        // Nothing was sent yet, so another address may be tried even for a POST.
        guard error == .connect else { throw error }
        failure = error
      }
    }
    throw failure
  }

  private func checkedAddresses(
    of address: WebAddress
  ) async throws(TransportError) -> [IPAddress] {
    let all: [IPAddress]
    if let literal = address.address {
      all = [literal]
    } else {
      all = try await resolve(address.host)
    }
    guard !all.isEmpty else { throw .dns }
    for one in all where !policy.permits(one) { throw .refusedAddress(one.description) }
    let pinned = pool.pinned(address.host)
    return all.filter(pinned.contains) + all.filter { !pinned.contains($0) }
  }
}

/// Runs the body, and cancels it once the time is up.
private func within(
  _ time: Duration, _ body: @escaping @Sendable () async throws(TransportError) -> HTTPResponse
) async throws(TransportError) -> HTTPResponse {
  let result = await withTaskGroup(of: Result<HTTPResponse, TransportError>.self) { group in
    group.addTask {
      do throws(TransportError) { return .success(try await body()) } catch {
        return .failure(error)
      }
    }
    group.addTask {
      do { try await Task.sleep(for: time) } catch { return .failure(.cancelled) }
      return .failure(.timeout)
    }
    let first = await group.next() ?? .failure(.cancelled)
    group.cancelAll()
    return first
  }
  return try result.get()
}

extension HTTPResponse {
  /// Where the response sends a request of that method; nil where it does not, or where following would drop a body.
  fileprivate func redirect(of method: String) -> String? {
    let keepsMethod = [307, 308].contains(status)
    let isRead = ["GET", "HEAD"].contains(method)
    guard keepsMethod || isRead && [301, 302, 303].contains(status) else { return nil }
    return header("location")
  }
}

extension WebAddress {
  /// Reads a Location header, which may be relative.
  fileprivate func resolving(_ location: String) throws(TransportError) -> WebAddress {
    guard location.utf8.count <= 8_192, let base = URL(string: url),
      let target = URL(string: location, relativeTo: base)
    else { throw .badURL(.characters) }
    return try WebAddress(target.absoluteString)
  }
}

extension HTTPClient {
  fileprivate func answer(
    to request: HTTPRequest, at address: WebAddress, _ limits: HTTPLimits
  ) async throws(TransportError) -> HTTPResponse {
    // The client takes the URL apart by Foundation; should that see another host, the pin would not hold.
    guard URL(string: address.url)?.host() == address.host else { throw .badURL(.host) }
    guard request.headers.allSatisfy({ isSendable($0, $1) }) else { throw .badHeader }
    var message = HTTPClientRequest(url: address.url)
    message.method = HTTPMethod(rawValue: request.method)
    message.headers.add(contentsOf: request.headers)
    if !request.body.isEmpty { message.body = .bytes(request.body) }
    do {
      let response = try await execute(message, timeout: TimeAmount(limits.total))
      let headers = response.headers.map { ($0.name, $0.value) }
      let answer = HTTPResponse(status: Int(response.status.code), headers: headers)
      return try await answer.reading(response.body, atMost: limits.body)
    } catch NIOHTTPDecompression.DecompressionError.limit {
      throw .tooLarge(limits.body)
    } catch {
      throw TransportError(error)
    }
  }
}

extension HTTPResponse {
  fileprivate func reading(
    _ chunks: HTTPClientResponse.Body, atMost limit: Int
  ) async throws -> HTTPResponse {
    let encoding = header("content-encoding")?.lowercased() ?? "identity"
    guard ["identity", "gzip", "deflate"].contains(encoding) else {
      throw TransportError.encoding
    }
    let announced = header("content-length").flatMap { Int($0) } ?? 0
    guard encoding != "identity" || announced <= limit else { throw TransportError.tooLarge(limit) }
    var answer = self
    for try await chunk in chunks {
      guard answer.body.count + chunk.readableBytes <= limit else {
        throw TransportError.tooLarge(limit)
      }
      answer.body.append(contentsOf: chunk.readableBytesView)
    }
    // A body must not pass for whole where cancellation merely ended it.
    try Task.checkCancellation()
    return answer
  }
}

private let nameCharacters = Set(
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~".utf8)

private func isSendable(_ name: String, _ value: String) -> Bool {
  !name.isEmpty && name.utf8.allSatisfy(nameCharacters.contains)
    && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
}
