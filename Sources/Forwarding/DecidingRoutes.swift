public import IPv4Space

extension RouteTable {
  /// Positions of the routes that decide for at least one of the addresses.
  public func deciding(forAnyOf addresses: IPv4Set) -> Set<Int> {
    var result: Set<Int> = []
    for range in addresses.ranges {
      longestMatch.forEach(in: range) { _, route in
        if route >= 0 { result.insert(Int(route)) }
        return true
      }
    }
    return result
  }
}
