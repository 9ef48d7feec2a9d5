import ArgumentParser
import SourceTree

/// What a file may ask for before reading stops: options of every command that reads a model.
struct LimitOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The largest file that is read, in bytes or with K, M or G; up to 2G, 512M if absent.", valueName: "size"),
    transform: parseSize)
  var maxSize: Int = SourceLimits().size

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How deep lists and mappings of a file may nest, 1 to 256; 256 if absent.", valueName: "levels"),
    transform: parseDepth)
  var maxDepth: Int = SourceLimits().depth

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many values the aliases of a document may stand for; \(SourceLimits().aliasedNodes) if absent.",
      valueName: "n"),
    transform: parseValues)
  var maxAliases: Int = SourceLimits().aliasedNodes

  /// The limits for the readers.
  var limits: SourceLimits {
    var limits = SourceLimits()
    (limits.size, limits.depth, limits.aliasedNodes) = (maxSize, maxDepth, maxAliases)
    return limits
  }
}

/// A number of bytes such as `4096`, `64K`, `512M` or `2G`.
@Sendable private func parseSize(_ argument: String) throws -> Int {
  let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
  let unit = argument.last.flatMap { units[$0] }
  let digits = unit == nil ? argument[...] : argument.dropLast()
  let most = SourceLimits.largestSize
  guard let number = positive(digits, most: most), number <= most / (unit ?? 1) else {
    throw ValidationError("`\(argument)` is not a size from 1 byte to 2G; write bytes, or a number with K, M or G")
  }
  return number * (unit ?? 1)
}

@Sendable private func parseDepth(_ argument: String) throws -> Int {
  let most = SourceLimits.largestDepth
  guard let depth = positive(argument[...], most: most) else {
    throw ValidationError(
      "`\(argument)` is not a depth from 1 to \(most); deeper nesting is never read, as the time it takes grows with the square of the depth"
    )
  }
  return depth
}

@Sendable private func parseValues(_ argument: String) throws -> Int {
  guard let number = positive(argument[...], most: SourceLimits.mostAliasedNodes) else {
    throw ValidationError("`\(argument)` is not a number of values from 1 to \(SourceLimits.mostAliasedNodes)")
  }
  return number
}

/// A whole number from 1 on, in digits alone.
func positive(_ digits: Substring, most: Int) -> Int? { whole(digits, 1...most) }

/// A whole number of a range, in digits alone.
func whole(_ digits: Substring, _ range: ClosedRange<Int>) -> Int? {
  guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits), range.contains(number) else {
    return nil
  }
  return number
}
