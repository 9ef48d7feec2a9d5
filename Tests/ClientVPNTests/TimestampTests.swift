import ClientVPN
import Testing

struct TimestampTests {
  private func seconds(_ written: String) -> Int64? {
    Decoded.server("created_at: \"\(written)\"").server.createdAt?.value.seconds
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.999Z", 0), ("1970-01-01T09:00:00+09:00", 0),
      ("1969-12-31T19:00:00-05:00", 0), ("2000-02-29T00:00:00Z", 951_782_400), ("2026-08-01", 1_785_542_400),
      ("2026-08-01t02:03:04z", 1_785_549_784), ("2026-08-01 02:03:04Z", 1_785_549_784), ("1969-12-31T23:59:59Z", -1),
      ("2038-01-19T03:14:08Z", 2_147_483_648),
    ] as [(String, Int64)])
  func times(_ written: String, _ expected: Int64) {
    #expect(seconds(written) == expected)
  }

  @Test(arguments: [
    "yesterday", "2026-13-01", "2026-00-10", "2026-08-32", "2026-02-30", "2025-02-29T00:00:00Z", "2026-08-01T24:00:00Z",
    "2026-08-01T02:60:00Z", "2026-08-01T02:03Z", "2026-08-01T02:03:04", "2026-08-01T02:03:04+9",
    "2026-08-01T02:03:04+99:00",
    "2026-08-01T02:03:04+09:75", "2026-08-01T02:03:04.Z", "2026-08-01T02:03:04Z ", "2026/08/01", "20260801", "",
  ])
  func noTimes(_ written: String) {
    let decoded = Decoded.server("created_at: \"\(written)\"")
    #expect(decoded.server.createdAt == nil && decoded.problems.count == 1)
  }

  @Test(arguments: [
    "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2000-02-29T12:34:56Z", "1900-03-01T00:00:00Z",
    "2038-01-19T03:14:08Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2100-02-28T23:59:59Z",
  ])
  func timesAreWrittenAsTheyAreRead(_ written: String) {
    #expect(Decoded.server("created_at: \"\(written)\"").server.createdAt?.value.description == written)
  }

  @Test func everyDayOfFourCenturiesIsWrittenAsItIsRead() {
    for day in stride(from: Int64(-25_000), to: 125_000, by: 37) {
      let time = Timestamp(seconds: day * 86_400 + 86_399)
      #expect(seconds("\(time)") == time.seconds)
    }
  }
}
