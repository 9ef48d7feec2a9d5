import Linting
import Testing

/// Days and the seconds since 1970 at which they begin.
struct CivilDateTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -86_400), ("2026-08-01", 1_785_542_400), ("2000-02-29", 951_782_400),
  ])
  func aDayBegins(_ day: String, _ seconds: Int64) {
    #expect(CivilDate(day)?.secondsSince1970 == seconds)
  }

  @Test func everyDayOfFourCenturiesIsItself() {
    for day in stride(from: -100_000, to: 50_000, by: 1) {
      #expect(CivilDate(secondsSince1970: day * 86_400 + 86_399).secondsSince1970 == Int64(day) * 86_400)
    }
  }
}
