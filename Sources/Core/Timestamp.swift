/// A moment in UTC, in microseconds since 1970.
package struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  package var microseconds: Int64

  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// Rounds to the microsecond; what lies outside the representable span becomes its nearest end, NaN becomes 1970.
  package init(seconds: Double) {
    microseconds = Timestamp.microseconds(in: seconds)
  }

  /// The next moment that can be told from this one.
  package var next: Timestamp { Timestamp(microseconds: microseconds + 1) }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  /// A moment so many seconds later, or the last one there is.
  package static func + (a: Timestamp, seconds: Double) -> Timestamp {
    let step = microseconds(in: seconds)
    let (sum, overflow) = a.microseconds.addingReportingOverflow(step)
    return Timestamp(microseconds: overflow ? (step < 0 ? .min : .max) : sum)
  }

  /// Seconds from `b` to `a`.
  package static func - (a: Timestamp, b: Timestamp) -> Double {
    let (difference, overflow) = a.microseconds.subtractingReportingOverflow(b.microseconds)
    guard overflow else { return Double(difference) / 1_000_000 }
    return (Double(a.microseconds) - Double(b.microseconds)) / 1_000_000
  }

  private static func microseconds(in seconds: Double) -> Int64 {
    let value = (seconds * 1_000_000).rounded()
    if let exact = Int64(exactly: value) { return exact }
    return value.isNaN ? 0 : value < 0 ? .min : .max
  }

  /// RFC 3339 with `Z`; fractions only where there are any.
  package var description: String {
    let (seconds, micros) = floorDivide(microseconds, 1_000_000)
    let (days, secondOfDay) = floorDivide(seconds, 86_400)
    let (year, month, day) = civil(fromDays: days)
    var text =
      pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) + "T" + pad(secondOfDay / 3600, 2)
      + ":" + pad(secondOfDay / 60 % 60, 2) + ":" + pad(secondOfDay % 60, 2)
    if micros != 0 {
      var fraction = pad(micros, 6)
      while fraction.hasSuffix("0") { fraction.removeLast() }
      text += "." + fraction
    }
    return text + "Z"
  }

  /// Reads `2026-01-30T13:15:26.90792+00:00` and kin: `T` or a space, 0–9 fraction digits, `Z`, `+00`, `+0000`,
  /// `+00:00` or no zone (UTC); nil where the text is none of these or names a day or an hour that does not exist.
  package init?(lenient text: some StringProtocol) {
    var reader = DigitReader(bytes: Array(text.utf8.prefix(64)))
    guard let days = reader.date() else { return nil }
    var time: Int64 = 0
    if reader.skip("T") || reader.skip("t") || reader.skip(" ") {
      guard let read = reader.time() else { return nil }
      time = read
    }
    guard let offset = reader.zone(), reader.atEnd else { return nil }
    microseconds = (days * 86_400 - offset * 60) * 1_000_000 + time
  }
}

/// Reads fixed-width numbers from ASCII.
private struct DigitReader {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var atEnd: Bool { position == bytes.count }

  mutating func skip(_ character: Character) -> Bool {
    guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
    position += 1
    return true
  }

  mutating func number(_ width: Int) -> Int64? {
    guard position + width <= bytes.count else { return nil }
    var value: Int64 = 0
    for byte in bytes[position..<position + width] {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    position += width
    return value
  }

  /// Days since 1970.
  mutating func date() -> Int64? {
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
      (1...12).contains(month), day > 0
    else { return nil }
    let days = days(fromCivil: year, month, day)
    // A day past its month's end comes back as one of the next month.
    guard civil(fromDays: days) == (year, month, day) else { return nil }
    return days
  }

  /// Microseconds since midnight.
  mutating func time() -> Int64? {
    guard let hour = number(2), skip(":"), let minute = number(2), minute < 60 else { return nil }
    var second: Int64 = 0
    var micros: Int64 = 0
    if skip(":") {
      guard let read = number(2), read < 61 else { return nil }
      second = read
      if skip(".") || skip(",") {
        guard let fraction = fraction() else { return nil }
        micros = fraction
      }
    }
    guard hour < 24 || (hour, minute, second, micros) == (24, 0, 0, 0) else { return nil }
    return (hour * 3600 + minute * 60 + second) * 1_000_000 + micros
  }

  mutating func fraction() -> Int64? {
    var micros: Int64 = 0
    var digits = 0
    while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 {
      if digits < 6 { micros = micros * 10 + Int64(bytes[position] - 0x30) }
      digits += 1
      position += 1
    }
    guard (0...9).contains(digits) else { return nil }
    for _ in min(digits, 6)..<6 { micros *= 10 }
    return micros
  }

  /// Minutes east of UTC.
  mutating func zone() -> Int64? {
    if atEnd || skip("Z") || skip("z") { return 0 }
    let sign: Int64
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard let hours = number(2), hours < 24 else { return nil }
    guard !atEnd else { return sign * hours * 60 }
    _ = skip(":")
    guard let minutes = number(2), minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}

private func floorDivide(_ value: Int64, _ by: Int64) -> (Int64, Int64) {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: by)
  return remainder < 0 ? (quotient - 1, remainder + by) : (quotient, remainder)
}

private func pad(_ value: Int64, _ width: Int) -> String {
  let digits = String(value.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.count))
  return (value < 0 ? "-" : "") + zeros + digits
}

// Days from the civil calendar and back, with March as the year's first month so that the leap day comes last.
private func days(fromCivil year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
  let y = month <= 2 ? year - 1 : year
  let (era, yearOfEra) = floorDivide(y, 400)
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

private func civil(fromDays days: Int64) -> (Int64, Int64, Int64) {
  let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shifted = (5 * dayOfYear + 2) / 153
  let month = shifted < 10 ? shifted + 3 : shifted - 9
  return (
    yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
  )
}
