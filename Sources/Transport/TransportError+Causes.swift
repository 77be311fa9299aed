import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTPCompression

extension TransportError {
  /// What an error of the HTTP client comes down to.
  init(_ error: any Error) {
    switch error {
    case let known as TransportError: self = known
    case is CancellationError: self = .cancelled
    case ChannelError.connectTimeout: self = .connect
    case is NIOHTTPDecompression.DecompressionError,
      is NIOHTTPDecompression.ExtraDecompressionError:
      self = .encoding
    case let known as HTTPClientError:
      self = TransportError.clientErrors.first { $0.0 == known }?.1 ?? .closed
    case let known as IOError:
      self = TransportError.unreached.contains(known.errnoCode) ? .connect : .closed
    default:
      // The modules that these errors come from are none of our dependencies.
      let type = String(reflecting: Swift.type(of: error))
      self = TransportError.modules.first { type.hasPrefix($0.0) }?.1 ?? .closed
    }
  }

  private static let clientErrors: [(HTTPClientError, TransportError)] = [
    (.cancelled, .cancelled),
    (.alreadyShutdown, .shutDown),
    (.connectTimeout, .connect),
    (.getConnectionFromPoolTimeout, .connect),
    (.tlsHandshakeTimeout, .tls),
    (.readTimeout, .timeout),
    (.writeTimeout, .timeout),
    (.deadlineExceeded, .timeout),
  ]

  private static let unreached: Set<CInt> = [
    ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENETDOWN, EADDRNOTAVAIL, EAFNOSUPPORT, ETIMEDOUT,
    EACCES, EPERM,
  ]

  private static let modules: [(String, TransportError)] = [
    ("NIOSSL.", .tls),
    ("NIOPosix.NIOConnectionError", .connect),
  ]
}
