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

  /// Today in UTC, or the day of `SOURCE_DATE_EPOCH`.
  static var today: CivilDate {
    let seconds = self["SOURCE_DATE_EPOCH"].flatMap { Int($0) } ?? time(nil)
    return CivilDate(secondsSince1970: seconds)
  }
}

/// The system's reason for the last failure.
func systemReason(_ code: Int32 = errno) -> String { unsafe String(cString: strerror(code)) }
