import Core
import Testing

@Suite struct FeedTests {
  private func at(_ seconds: Double) -> Timestamp { Timestamp(seconds: seconds) }

  @Test func `a walk counts pages and joins their times`() {
    let first = Interval(oldest: at(90), newest: at(100))
    let second = Interval(oldest: at(70), newest: at(95))
    let walk = Walk(listing: "new").advanced(over: first).advanced(over: nil).advanced(over: second)
    #expect(walk.pages == 3)
    #expect(walk.read == Interval(oldest: at(70), newest: at(100)))
  }

  /// A walk that has read its last page, and whether it may stop.
  struct Stop: CustomTestStringConvertible {
    var testDescription: String
    var pages: Int
    var floor: Double?
    var oldest: Double?
    var allKnown: Bool
    var done: Bool
  }

  @Test(arguments: [
    Stop(
      testDescription: "something new on the page", pages: 3, floor: 100, oldest: 10,
      allKnown: false, done: false),
    Stop(
      testDescription: "the first page, all known", pages: 1, floor: 100, oldest: 200,
      allKnown: true, done: true),
    Stop(
      testDescription: "all known but above the overlap", pages: 2, floor: 100, oldest: 90.000001,
      allKnown: true, done: false),
    Stop(
      testDescription: "all known, at the overlap's edge", pages: 2, floor: 100, oldest: 90,
      allKnown: true, done: true),
    Stop(
      testDescription: "nothing was covered before", pages: 2, floor: nil, oldest: 200,
      allKnown: true, done: true),
    Stop(
      testDescription: "posts without times", pages: 2, floor: 100, oldest: nil, allKnown: true,
      done: true),
  ])
  func `a walk stops at known posts once it has met what was covered`(stop: Stop) {
    let walk = Walk(listing: "new", pages: stop.pages, floor: stop.floor.map(at))
    #expect(
      walk.isDone(allKnown: stop.allKnown, oldest: stop.oldest.map(at), overlap: 10) == stop.done)
  }

  @Test func `an interval spans the moments it is made of`() {
    #expect(Interval(of: [at(3), at(1), at(2)]) == Interval(oldest: at(1), newest: at(3)))
    #expect(Interval(of: [at(3)]) == Interval(oldest: at(3), newest: at(3)))
    #expect(Interval(of: []) == nil)
  }

  @Test(arguments: [
    (0.0, 10.0, true), (0, 9.999999, false), (20, 30, true), (21, 30, false), (12, 13, true),
  ])
  func `closed spans that share a moment touch`(oldest: Double, newest: Double, touches: Bool) {
    let span = Interval(oldest: at(10), newest: at(20))
    let other = Interval(oldest: at(oldest), newest: at(newest))
    #expect(span.touches(other) == touches)
    #expect(other.touches(span) == touches)
  }

  @Test(arguments: [
    ("60/min", 60, 60.0), ("5/s", 5, 1), ("1000/h", 1000, 3600), ("100/day", 100, 86_400),
    ("1/second", 1, 1), ("7/d", 7, 86_400),
  ])
  func `a rate is read and prints as a rate`(text: String, requests: Int, seconds: Double) throws {
    let rate = try #require(Rate(text))
    #expect(rate == Rate(requests: requests, seconds: seconds))
    #expect(Rate(rate.description) == rate)
  }

  @Test(arguments: [
    "", "60", "60/", "/min", "0/min", "-1/min", "+1/min", "1.5/s", "60/week", "60/min/day",
    "60 /min",
    "99999999999999999999/s",
  ])
  func `what is no rate is refused`(text: String) {
    #expect(Rate(text) == nil)
  }
}
