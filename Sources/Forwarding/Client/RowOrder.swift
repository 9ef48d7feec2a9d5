import IPv4Space

/// Where a row stands in the table of a system: rows of equal order have one destination and metric, and which of them
/// comes first is a matter of when they were added.
struct RowOrder: Comparable {
  /// Address, length and whether it is a host row, in one number: quick to compare.
  private let place: UInt64
  private let metric: Int

  /// Rows of whose destination nothing is known come last. Of one address macOS and Linux list the longest prefix first,
  /// Windows last; macOS lists a network of length 32 before the host of that address.
  init(_ row: ClientRow, _ system: ClientSystem) {
    guard let network = row.destination ?? row.listedAs else {
      (place, metric) = (.max, 0)
      return
    }
    place = Self.place(of: network, system) | (row.isHost ? 1 : 0)
    metric = row.metric
  }

  /// Stands before all rows to a network.
  init(before network: IPv4Prefix, _ system: ClientSystem) {
    (place, metric) = (Self.place(of: network, system), .min)
  }

  private static func place(of network: IPv4Prefix, _ system: ClientSystem) -> UInt64 {
    let length = UInt64(system == .windows ? network.length : 32 - network.length)
    return UInt64(network.first.bits) << 7 | length << 1
  }

  /// Whether both are of one network.
  func isBesides(_ other: RowOrder) -> Bool { place >> 1 == other.place >> 1 }

  static func < (left: RowOrder, right: RowOrder) -> Bool {
    left.place == right.place ? left.metric < right.metric : left.place < right.place
  }
}
