import SourceText

/// How many more findings of a file are told. What a hostile file makes of the rules would fill the memory.
struct FindingAllowance {
  /// How many there are in all.
  let limit: Int
  private var left: Int
  /// How many were added, those given back included.
  private(set) var taken = 0
  /// Where the first finding lies that is not told; nil while all are.
  private(set) var firstUntold: Span?

  init(_ limit: Int) {
    self.limit = limit
    left = limit
  }

  /// Adds a finding, if there is room for it.
  mutating func take(_ finding: Finding, into findings: inout [Finding]) {
    if left > 0 {
      left -= 1
      taken += 1
      findings.append(finding)
    } else if firstUntold == nil {
      firstUntold = finding.primary.span
    }
  }

  /// Findings that were added and are not told after all.
  mutating func giveBack(_ count: Int) { left += count }
}
