/// A point in time, in seconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Seconds since 1970.
  public let seconds: Int64

  /// Makes a point in time.
  public init(seconds: Int64) { self.seconds = seconds }

  /// Earlier first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

  /// The time in UTC, as the API writes it: `2026-08-01T02:03:04Z`.
  public var description: String {
    let day = seconds.floored(by: 86_400)
    let second = seconds - day * 86_400
    // Days since 0000-03-01 in the proleptic Gregorian calendar: years begin in March, so that a leap day ends one.
    let shifted = day + 719_468
    let era = shifted.floored(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    let date = [year.padded(4), month.padded(2), (dayOfYear - (153 * march + 2) / 5 + 1).padded(2)]
    let time = [second / 3600, second / 60 % 60, second % 60].map { $0.padded(2) }
    return "\(date.joined(separator: "-"))T\(time.joined(separator: ":"))Z"
  }
}

extension Int64 {
  /// The quotient, rounded down.
  fileprivate func floored(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The number with zeros in front.
  fileprivate func padded(_ width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}
