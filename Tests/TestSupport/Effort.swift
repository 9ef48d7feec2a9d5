import Foundation

/// How much of the long random tests is done: all, unless the environment has a smaller part in `TEST_EFFORT`, such as
/// 0.1. Under a sanitizer everything takes many times as long.
public enum Effort {
  private static let part =
    ProcessInfo.processInfo.environment["TEST_EFFORT"].flatMap(Double.init).map { min(1, $0) } ?? 1

  /// The seeds of this run: at least the last of them, which is the one that nobody chose.
  public static func part(of seeds: [UInt64]) -> [UInt64] {
    Array(seeds.suffix(max(1, Int((Double(seeds.count) * part).rounded()))))
  }

  /// How long something may take: longer where less is asked for.
  public static func patience(_ time: Duration) -> Duration { part < 1 ? time * 30 : time }

  /// How many times as long something takes with eight times as much of it: eight times where the time is in proportion,
  /// sixty-four times where it grows with the square. The shortest of three runs counts, as the machine may be busy.
  public static func growth<Input>(
    _ prepare: (_ isLarge: Bool) throws -> Input, _ run: (Input) throws -> Void
  ) rethrows -> Double {
    func shortest(_ isLarge: Bool) throws -> Duration {
      let input = try prepare(isLarge)
      let times = try (0..<3).map { _ in try ContinuousClock().measure { try run(input) } }
      return times.min() ?? .zero
    }
    let (small, large) = (try shortest(false), try shortest(true))
    return large / small
  }

  /// The most that `growth` may be: far from both.
  public static let mostGrowth = 24.0
}
