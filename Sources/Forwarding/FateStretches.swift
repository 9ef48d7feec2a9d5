public import IPv4Space

extension AddressMap where Value == Fate {
  /// The stretches of a range that a client does not reach, ascending, at most `limit` of them.
  public func unreached(in range: IPv4Range, limit: Int = .max) -> [FateRange] {
    stretches(in: range, limit: limit) { $0.outcome != .reachable }
  }

  /// The stretches of a range whose fate satisfies `predicate`; neighbours with one outcome are one.
  public func stretches(
    in range: IPv4Range, limit: Int = .max, where predicate: (Fate) -> Bool
  ) -> [FateRange] {
    var result: [FateRange] = []
    forEach(in: range) { stretch, fate in
      guard predicate(fate) else { return true }
      if let last = result.last, last.fate.outcome == fate.outcome, last.range.last.bits &+ 1 == stretch.first.bits {
        result[result.count - 1] = FateRange(range: IPv4Range(last.range.first, stretch.last), fate: last.fate)
        return true
      }
      if result.count == limit { return false }
      result.append(FateRange(range: stretch, fate: fate))
      return true
    }
    return result
  }
}
