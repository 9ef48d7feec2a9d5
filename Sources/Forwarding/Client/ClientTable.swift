import ClientVPN
import IPv4Space

/// The routing table of a connected client.
public struct ClientTable: Sendable {
  /// Why a row was not added; the client says that it is connected all the same.
  public enum Refusal: String, Sendable {
    /// The destination has bits after its prefix length.
    case hostBits = "host-bits"
    /// The table has the row, or on macOS and Windows one of the same destination.
    case exists
    /// No connected row leads to the next hop.
    case unreachableGateway = "gateway-unreachable"
    /// The client profile does not take it.
    case profile = "client-profile"
  }

  /// A row that was not added.
  public struct RefusedRow: Sendable {
    /// The row; its destination as the server pushes it.
    public let row: ClientRow
    /// Why.
    public let reason: Refusal
    /// The row that was there already, of `exists`.
    public let existing: ClientRow?
  }

  /// The operating system.
  public let system: ClientSystem
  /// The interface of the tunnel.
  public let tunnelInterface: String
  /// The rows, in the system's order; of one destination in the order of preference.
  public internal(set) var rows: [ClientRow]
  /// The rows that were not added, in the order of adding.
  public private(set) var refused: [RefusedRow] = []
  /// Destinations of rows of the tunnel that the table has already.
  private(set) var displaced: Set<IPv4Prefix> = []
  /// The pushed option that makes the client break off, by a `pull-filter reject` of its profile: no tunnel then.
  public internal(set) var rejectedOption: String?

  init(before place: ClientPlace) {
    system = place.system
    tunnelInterface = place.system.tunnelInterface(beside: place.rows.map(\.interface))
    rows = place.rows
  }

  /// Rows sorted by destination; those of one destination by metric, else as they are.
  static func inOrder(_ rows: [ClientRow], of system: ClientSystem) -> [ClientRow] {
    GrowingTable(rows, of: system).rows
  }

  /// Tells of a row that is not added; `existing` is the one that is there.
  mutating func refuse(_ row: ClientRow, _ reason: Refusal, _ existing: ClientRow?) {
    refused.append(RefusedRow(row: row, reason: reason, existing: existing))
    if reason == .exists, row.isTunnel, let destination = row.destination { displaced.insert(destination) }
  }

  /// The first row of the tunnel to a destination. The rows are in order, and a finding may ask for each of them.
  func tunnelRow(to destination: IPv4Prefix) -> ClientRow? {
    let least = RowOrder(before: destination, system)
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if RowOrder(rows[middle], system) < least { low = middle + 1 } else { high = middle }
    }
    return rows[low...].lazy.prefix { RowOrder($0, system).isBesides(least) }
      .first { $0.isTunnel && $0.destination == destination }
  }

  /// For every address the position of the row that decides, or -1: longest prefix, then lowest metric, then first in
  /// order. Of several default rows of one metric Linux skips those whose next hop does not answer ARP: all that are
  /// not in `routers`.
  func decisions(routers: Set<IPv4Address>) -> AddressMap<Int32> {
    var winners: [IPv4Prefix: Int] = [:]
    for index in rows.indices {
      guard let destination = rows[index].destination?.canonical else { continue }
      guard let winner = winners[destination] else {
        winners[destination] = index
        continue
      }
      let isBetter = rows[index].metric < rows[winner].metric
      let isSkipped =
        system == .linux && destination.length == 0 && rows[index].metric == rows[winner].metric
        && !answers(rows[winner], routers) && answers(rows[index], routers)
      if isBetter || isSkipped { winners[destination] = index }
    }
    let entries = winners.map { (prefix: $0.key, value: Int32($0.value)) }
    return AddressMap(longestPrefix: entries, otherwise: -1)
  }

  private func answers(_ row: ClientRow, _ routers: Set<IPv4Address>) -> Bool {
    if row.isTunnel { return true }
    if case .address(let address) = row.gateway { return routers.contains(address) }
    return true
  }
}
