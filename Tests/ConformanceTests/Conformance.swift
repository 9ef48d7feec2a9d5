import Foundation

/// What the environment asks for.
enum Conformance {
  private static let environment = ProcessInfo.processInfo.environment
  private static let wish = environment["CONFORMANCE"] ?? ""
  private static let seedWish = environment["CONFORMANCE_SEED"] ?? ""

  static let isWanted = !wish.isEmpty

  /// How many random configurations are to be tried.
  static let count = Int(wish) ?? 0

  /// Where they come from.
  static let seed = UInt64(seedWish) ?? UInt64.random(in: 1...999_999)

  /// Whether recorded runs are to be replaced.
  static let isRenewing = environment["GOLDEN"] == "write"

  /// One sentence about a wish that cannot be fulfilled.
  static func mistake() -> String? {
    if count < 1 { return "CONFORMANCE is `\(wish)`; it must be a number from 1." }
    if !seedWish.isEmpty, UInt64(seedWish) == nil { return "CONFORMANCE_SEED is `\(seedWish)`; it must be a number." }
    return nil
  }
}
