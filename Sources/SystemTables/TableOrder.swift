public import IPv4Space

/// The order in which the systems list their rows.
///
/// By destination address everywhere. Of equal addresses macOS and Linux list the longer prefix first, Windows the
/// shorter one; macOS lists a network of length 32 before the host of that address, Linux the lower metric first.
public enum TableOrder {
  /// The rows with others put in where the system would list them. Rows keep their order among each other as far as
  /// possible: those that are there are not moved, those of equal place come after them, in Linux before them, as its
  /// kernel has it. A masked address counts as the lowest address that begins with its legible octets.
  public static func inserting(_ new: [SystemRow], into rows: [SystemRow], as format: TableFormat) -> [SystemRow] {
    let isLinux = format == .ipRoute || format == .ipRouteJSON
    var pending = new.map { (key: Key($0, format), row: $0) }
    // The sort of the standard library is not promised to be stable.
    let order = pending.indices.sorted { (pending[$0].key, $0) < (pending[$1].key, $1) }
    pending = order.map { pending[$0] }
    var rest = pending[...]
    var result: [SystemRow] = []
    result.reserveCapacity(rows.count + new.count)
    for row in rows {
      let key = Key(row, format)
      while let next = rest.first, next.key < key || isLinux && next.key == key {
        result.append(next.row)
        rest.removeFirst()
      }
      result.append(row)
    }
    return result + rest.map(\.row)
  }

  /// The network as which a row is listed: its destination, or of an illegible one the octets that can be read, then
  /// zeros.
  public static func place(of row: SystemRow) -> IPv4Prefix {
    let length = row.destination.map { Int($0.length) } ?? Key.writtenLength(row.destinationText)
    return IPv4Prefix(
      row.destination?.first ?? IPv4Address(bits: Key.legible(row.destinationText)),
      length: UInt8(clamping: min(32, length)))
  }

  /// Place of a row, as numbers.
  private struct Key: Comparable {
    let address: UInt32
    let length: Int
    let last: Int

    init(_ row: SystemRow, _ format: TableFormat) {
      address = row.destination?.first.bits ?? Self.legible(row.destinationText)
      let written = row.destination.map { Int($0.length) } ?? Self.writtenLength(row.destinationText)
      length = format == .routePrint ? written : -written
      switch format {
      case .netstat: last = row.isHostRow ? 1 : 0
      case .ipRoute, .ipRouteJSON: last = row.metric
      case .routePrint: last = 0
      }
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.address, left.length, left.last) < (right.address, right.length, right.last)
    }

    /// The octets that can be read from the left, then zeros.
    static func legible(_ text: String) -> UInt32 {
      var bits: UInt32 = 0
      let address = text.split(separator: "/").first ?? ""
      for (index, octet) in address.split(separator: ".").prefix(4).enumerated() {
        guard let value = UInt8(octet) else { break }
        bits |= UInt32(value) << UInt32(24 - 8 * index)
      }
      return bits
    }

    static func writtenLength(_ text: String) -> Int {
      text.split(separator: "/", maxSplits: 1).dropFirst().first.flatMap { Int($0) } ?? 32
    }
  }
}
