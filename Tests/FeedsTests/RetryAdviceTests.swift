import Core
import Feeds
import Testing

@Suite struct RetryAdviceTests {
  /// 2026-02-18T12:00:00Z.
  private static let now = Timestamp(seconds: 1_771_416_000)

  struct Row: Sendable, CustomTestStringConvertible {
    var status = 429
    var headers: [(String, String)] = []
    var body = ""
    var seconds: Double?
    var testDescription: String { "\(status) \(headers) \(body)" }
  }

  @Test(arguments: [
    Row(headers: [("Retry-After", "30")], seconds: 30),
    Row(headers: [("retry-after", " 2.5 ")], seconds: 2.5),
    Row(headers: [("Retry-After", "Wed, 18 Feb 2026 12:01:30 GMT")], seconds: 90),
    Row(headers: [("Retry-After", "Wednesday, 18-Feb-26 12:01:30 GMT")], seconds: 90),
    Row(headers: [("Retry-After", "Wed Feb 18 12:01:30 2026")], seconds: 90),
    Row(headers: [("Retry-After", "Wed Feb  8 12:01:30 2026")], seconds: nil),
    Row(headers: [("Retry-After", "2026-02-18T12:00:45.5Z")], seconds: 45.5),
    Row(headers: [("Retry-After", "1771416060")], seconds: 60),
    Row(headers: [("Retry-After", "86400")], seconds: 3_600),
    Row(headers: [("Retry-After", "0")], seconds: nil),
    Row(headers: [("Retry-After", "-5")], seconds: nil),
    Row(headers: [("Retry-After", "nan")], seconds: nil),
    Row(headers: [("Retry-After", "soon, a b c d e f")], seconds: nil),
    Row(headers: [("Retry-After", "")], seconds: nil),
    Row(headers: [("X-RateLimit-Reset", "1771416060")], seconds: 60),
    Row(headers: [("X-RateLimit-Reset", "1771416060000")], seconds: 60),
    Row(headers: [("X-RateLimit-Reset", "60")], seconds: 60),
    Row(headers: [("X-RateLimit-Reset", "2026-02-18T12:01:00+00:00")], seconds: 60),
    Row(headers: [("X-RateLimit-Reset", "1771415000")], seconds: nil),
    Row(headers: [("RateLimit-Reset", "12"), ("X-RateLimit-Reset", "60")], seconds: 12),
    Row(headers: [("Retry-After", "5"), ("X-RateLimit-Reset", "60")], seconds: 5),
    Row(body: #"{"retry_after_seconds": 30}"#, seconds: 30),
    Row(body: #"{"retry_after_minutes": "2"}"#, seconds: 120),
    Row(body: #"{"retryAfter": 7.5}"#, seconds: 7.5),
    Row(body: #"{"retryAfterMinutes": 1}"#, seconds: 60),
    Row(body: #"{"retry_after_seconds": 1e300}"#, seconds: 3_600),
    Row(body: #"{"retry_after_seconds": "soon"}"#, seconds: nil),
    Row(body: "<html>", seconds: nil),
    Row(body: "", seconds: nil),
    Row(headers: [("X-RateLimit-Reset", "60")], body: #"{"retryAfter": 5}"#, seconds: 5),
    Row(status: 503, headers: [("Retry-After", "5")], seconds: 5),
    Row(status: 503, headers: [("X-RateLimit-Reset", "60")], seconds: nil),
    Row(status: 200, headers: [("Retry-After", "5")], seconds: nil),
    Row(status: 200, body: #"{"retry_after_seconds": 30}"#, seconds: nil),
    Row(
      status: 200, headers: [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1771416060")],
      seconds: 60),
    Row(
      status: 200, headers: [("RateLimit-Remaining", "0"), ("RateLimit-Reset", "60")], seconds: 60),
    Row(
      status: 200, headers: [("X-RateLimit-Remaining", "1"), ("X-RateLimit-Reset", "1771416060")],
      seconds: nil),
    Row(status: 200, headers: [("X-RateLimit-Remaining", "0")], seconds: nil),
    Row(status: 200, headers: [("X-RateLimit-Reset", "60")], seconds: nil),
    Row(
      status: 404, headers: [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "9")], seconds: 9
    ),
  ])
  func `advice is read in every known form`(row: Row) {
    let response = FeedResponse(
      status: row.status, headers: row.headers, body: Array(row.body.utf8))
    #expect(RetryAdvice.seconds(response, now: Self.now) == row.seconds)
  }

  @Test func `a body of a megabyte is no advice`() {
    let body = #"{"retryAfter": 5}"# + String(repeating: " ", count: 1 << 20)
    let response = FeedResponse(status: 429, body: Array(body.utf8))
    #expect(RetryAdvice.seconds(response, now: Self.now) == nil)
  }
}
