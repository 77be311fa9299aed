package import Core
import Transport

/// Posts an alert's body to an address; anything but a status of 200 to 299 is no delivery.
package struct WebhookSink: AlertSink {
  private let url: String
  private let means: AlertSinks.Means

  // A receiver that answers at length has still received; one that stays silent holds up every other alert.
  private static let limits = HTTPLimits(
    body: 1 << 20, connect: .seconds(10), idle: .seconds(10), total: .seconds(10), redirects: 0)

  /// - Throws: `badAddress` where the settings hold no URL that can be called.
  package init(_ settings: SinkSettings, by means: AlertSinks.Means) throws(AlertError) {
    guard let url = settings.url, (try? WebAddress(url)) != nil else {
      throw .badAddress(sink: settings.name)
    }
    self.url = url
    self.means = means
  }

  package func send(_ alert: Alert) async throws(AlertError) {
    let status: Int
    do throws(TransportError) {
      status = try await means.send(request(alert), Self.limits).status
    } catch {
      throw AlertError(error)
    }
    switch status {
    case 200..<300: return
    case 300..<400: throw .redirected
    case 400..<500: throw .refused(status: status)
    case 500..<600: throw .failing(status: status)
    default: throw .odd(status: status)
    }
  }

  private func request(_ alert: Alert) -> HTTPRequest {
    HTTPRequest(
      method: "POST", url: url,
      headers: [
        ("content-type", "application/json"), ("user-agent", means.userAgent),
        ("webhook-id", alert.id.description),
        ("webhook-timestamp", String(means.now().microseconds / 1_000_000)),
      ], body: Array(alert.body.utf8))
  }
}

extension AlertError {
  fileprivate init(_ error: TransportError) {
    self =
      switch error {
      case .timeout: .timeout
      case .redirectElsewhere, .tooManyRedirects: .redirected
      default: .unanswered(error)
      }
  }
}
