public import IPv4Space

extension RouteTable {
  /// Positions of the routes that can decide, ascending: of equal destinations the last alone.
  public var inForce: [Int] {
    var isOverridden = [Bool](repeating: false, count: routes.count)
    var latest: [Int: Int] = [:]
    for index in routes.indices {
      guard let first = duplicateOf[index] else { continue }
      isOverridden[latest[first] ?? first] = true
      latest[first] = index
    }
    return routes.indices.filter { !isOverridden[$0] }
  }

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
