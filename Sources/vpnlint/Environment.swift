import Linting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The environment and the clock.
enum Environment {
  /// The value of a variable; nil if it is not set or empty.
  static subscript(_ name: String) -> String? {
    guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
    return unsafe SystemPath.text(value)
  }

  /// The last second of the year 9999.
  private static let lastSecond = 253_402_300_799

  /// Today in UTC, or the day of `SOURCE_DATE_EPOCH`.
  static func today() throws(Refusal) -> CivilDate {
    guard let text = self["SOURCE_DATE_EPOCH"] else { return CivilDate(secondsSince1970: time(nil)) }
    guard let seconds = whole(text[...], 0...lastSecond) else {
      throw Refusal("SOURCE_DATE_EPOCH is `\(text)`, which is not a number of seconds since 1970; unset or correct it")
    }
    return CivilDate(secondsSince1970: seconds)
  }
}

/// The system's reason for the last failure.
func systemReason(_ code: Int32 = errno) -> String { unsafe String(cString: strerror(code)) }
