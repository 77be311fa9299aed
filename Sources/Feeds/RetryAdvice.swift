package import Core
import Records

/// What a response says of when to ask again.
package enum RetryAdvice {
  /// The longest wait that is believed, in seconds.
  package static let longest: Double = 3_600

  /// Seconds to wait, up to `longest`; nil where the response asks for none.
  ///
  /// A refusal's own words count before the rate's reset, and the reset counts only where the rate is used up.
  package static func seconds(_ response: FeedResponse, now: Timestamp) -> Double? {
    let isLimit = response.status == 429
    let isRefusal = isLimit || (500..<600).contains(response.status)
    var wishes: [Double?] = []
    if isRefusal {
      wishes.append(response.header("retry-after").flatMap { seconds($0, now) })
      wishes.append(seconds(inBody: response.body))
    }
    for prefix in ["ratelimit-", "x-ratelimit-"] {
      let isSpent = response.header(prefix + "remaining").flatMap { Double($0) }.map { $0 <= 0 }
      guard isSpent ?? isLimit else { continue }
      wishes.append(response.header(prefix + "reset").flatMap { seconds($0, now) })
    }
    return wishes.lazy.compactMap(\.self).first { $0 > 0 }.map { min($0, longest) }
  }

  /// Reads delay seconds, epoch seconds or milliseconds, an HTTP date or ISO 8601.
  private static func seconds(_ text: String, _ now: Timestamp) -> Double? {
    let text = text.trimmed
    if let number = Double(text), number.isFinite {
      switch number {
      case 1e11...: return number / 1_000 - now.seconds
      case 1e9...: return number - now.seconds
      default: return number
      }
    }
    return (httpDate(text) ?? Timestamp(lenient: text)).map { $0 - now }
  }

  private static func seconds(inBody body: [UInt8]) -> Double? {
    guard body.count <= 65_536, let value = try? JSONValue(parsing: body) else { return nil }
    let reader = JSONReader(value)
    return reader.double("retry_after_seconds", "retryAfterSeconds", "retry_after", "retryAfter")
      ?? reader.double("retry_after_minutes", "retryAfterMinutes").map { $0 * 60 }
  }

  /// Reads the three forms of RFC 9110, 5.6.7; two-digit years are of this century.
  private static func httpDate(_ text: String) -> Timestamp? {
    let parts = text.split { " ,-".contains($0) }
    guard parts.count >= 5 else { return nil }
    let isOldest = months.contains(parts[1].lowercased())
    let (day, month) = isOldest ? (parts[2], parts[1]) : (parts[1], parts[2])
    let (year, time) = isOldest ? (parts[4], parts[3]) : (parts[3], parts[4])
    guard let number = months.firstIndex(of: month.lowercased()), let day = Int(day),
      let year = Int(year)
    else { return nil }
    let pad = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    return Timestamp(
      lenient: "\(year < 100 ? year + 2_000 : year)-\(pad(number + 1))-\(pad(day))T\(time)Z")
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension Timestamp {
  fileprivate var seconds: Double { Double(microseconds) / 1_000_000 }
}
