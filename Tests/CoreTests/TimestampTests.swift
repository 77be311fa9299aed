import Core
import Testing

@Suite struct TimestampTests {
  /// One spelling and the moment it means.
  struct Spelling: CustomTestStringConvertible {
    var text: String
    var printed: String?
    var testDescription: String { text }

    init(_ text: String, _ printed: String?) {
      self.text = text
      self.printed = printed
    }
  }

  @Test(arguments: [
    Spelling("2026-01-30T13:15:26.90792+00:00", "2026-01-30T13:15:26.90792Z"),
    Spelling("2026-01-30T13:15:26Z", "2026-01-30T13:15:26Z"),
    Spelling("2026-01-30t13:15:26z", "2026-01-30T13:15:26Z"),
    Spelling("2026-01-30 13:15:26", "2026-01-30T13:15:26Z"),
    Spelling("2026-01-30 13:15", "2026-01-30T13:15:00Z"),
    Spelling("2026-01-30", "2026-01-30T00:00:00Z"),
    Spelling("2026-01-30T13:15:26+02", "2026-01-30T11:15:26Z"),
    Spelling("2026-01-30T13:15:26+0230", "2026-01-30T10:45:26Z"),
    Spelling("2026-01-30T23:15:26-05:00", "2026-01-31T04:15:26Z"),
    Spelling("2026-01-30T13:15:26.123456789Z", "2026-01-30T13:15:26.123456Z"),
    Spelling("2026-01-30T13:15:26,5Z", "2026-01-30T13:15:26.5Z"),
    Spelling("2026-01-30T13:15:26.Z", "2026-01-30T13:15:26Z"),
    Spelling("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
    Spelling("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
    Spelling("2026-06-30T23:59:60Z", "2026-07-01T00:00:00Z"),
    Spelling("2026-01-30T24:00:00Z", "2026-01-31T00:00:00Z"),
    Spelling("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"),
    Spelling("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
    Spelling("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
  ])
  func `what sources call a time is read as UTC`(spelling: Spelling) {
    #expect(Timestamp(lenient: spelling.text)?.description == spelling.printed)
  }

  @Test(arguments: [
    "", "yesterday", "1769778926", "2026", "2026-1-30", "2026-13-01", "2026-00-10", "2026-01-00",
    "2026-01-32", "2026-02-29", "1900-02-29", "2026-04-31T10:00:00Z", "2026-01-30T24:00:01Z",
    "2026-01-30T24:30:00Z", "2026-01-30T25:00:00Z", "2026-01-30T13:60:00Z",
    "2026-01-30T13:15:61Z", "2026-01-30T", "2026-01-30T13", "2026-01-30T13:15:26.0123456789Z",
    "2026-01-30T13:15:26+", "2026-01-30T13:15:26+24:00", "2026-01-30T13:15:26+02:60",
    "2026-01-30T13:15:26+02:", "2026-01-30T13:15:26Z ", " 2026-01-30T13:15:26Z",
    "2026-01-30T13:15:26Zulu", "+026-01-30", "٢٠٢٦-01-30",
    "2026-01-30T13:15:26Z" + String(repeating: "0", count: 100_000),
  ])
  func `a text that is no time gives none`(text: String) {
    #expect(Timestamp(lenient: text) == nil)
  }

  @Test func `every day of four centuries prints as it was read`() {
    var moment = Timestamp(microseconds: -70 * 365 * 86_400_000_000 + 1)
    for _ in 0..<146_097 {
      let again = Timestamp(lenient: moment.description)
      if again != moment { Issue.record("\(moment) was read as \(String(describing: again))") }
      moment = moment + 86_400
    }
  }

  @Test func `seconds are rounded to the microsecond`() {
    #expect(Timestamp(seconds: 1_769_778_926.90792).description == "2026-01-30T13:15:26.90792Z")
    #expect(Timestamp(seconds: -0.0000006).microseconds == -1)
  }

  @Test(arguments: [
    (Double.nan, Int64(0)), (.infinity, .max), (-.infinity, .min), (1e300, .max), (-1e300, .min),
    (9_223_372_036_854.775807, .max),
  ])
  func `seconds beyond all time become its nearest end`(seconds: Double, expected: Int64) {
    #expect(Timestamp(seconds: seconds).microseconds == expected)
  }

  @Test func `adding and subtracting stop at the ends of time`() {
    let last = Timestamp(microseconds: .max)
    let first = Timestamp(microseconds: .min)
    #expect(last + 1 == last)
    #expect(first + -1 == first)
    #expect(Timestamp(microseconds: 1) + .infinity == last)
    #expect(last - first > 1.8e13)
    #expect(Timestamp(seconds: 12.5) - Timestamp(seconds: 10) == 2.5)
  }

  @Test(arguments: [
    (Int64.min, "-290308-12-21T19:59:05.224192Z"), (Int64.max, "294247-01-10T04:00:54.775807Z"),
    (-62_167_219_200_000_001, "-0001-12-31T23:59:59.999999Z"),
  ])
  func `the ends of time print without a trap`(microseconds: Int64, printed: String) {
    #expect(Timestamp(microseconds: microseconds).description == printed)
  }

  @Test func `earlier moments come first`() {
    #expect(Timestamp(microseconds: -1) < Timestamp(microseconds: 0))
  }
}
