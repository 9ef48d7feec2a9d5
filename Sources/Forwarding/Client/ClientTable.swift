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
  public internal(set) var refused: [RefusedRow] = []
  /// The pushed option that makes the client break off, by a `pull-filter reject` of its profile: no tunnel then.
  public internal(set) var rejectedOption: String?

  init(before place: ClientPlace) {
    system = place.system
    tunnelInterface = place.system.tunnelInterface(beside: place.rows.map(\.interface))
    rows = place.rows
  }

  /// Rows sorted by destination; those of one destination by metric, else as they are.
  static func inOrder(_ rows: [ClientRow], of system: ClientSystem) -> [ClientRow] {
    rows.enumerated().sorted { left, right in
      comesBefore(left.element, right.element, of: system)
        ?? comesBefore(right.element, left.element, of: system).map { !$0 } ?? (left.offset < right.offset)
    }.map(\.element)
  }

  /// Whether a row stands before another by destination and metric; nil if neither decides. Rows of whose destination
  /// nothing is known come last.
  private static func comesBefore(_ left: ClientRow, _ right: ClientRow, of system: ClientSystem) -> Bool? {
    guard let first = left.place, let second = right.place else {
      return (left.place == nil) == (right.place == nil) ? nil : right.place == nil
    }
    if system.lists(first, before: second) { return true }
    if system.lists(second, before: first) { return false }
    if left.isHost != right.isHost { return right.isHost }
    return left.metric == right.metric ? nil : left.metric < right.metric
  }

  /// Puts a row to its place, before rows of its destination and metric or behind them.
  mutating func insert(_ row: ClientRow, inFront: Bool) {
    let index =
      rows.firstIndex { other in
        Self.comesBefore(row, other, of: system) ?? (Self.comesBefore(other, row, of: system) == nil && inFront)
      } ?? rows.count
    rows.insert(row, at: index)
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

  /// The interface over which a next hop is reached: that of the connected row with the longest prefix, then the lowest
  /// metric, then the first. nil if there is none.
  func connectedRow(to gateway: IPv4Address) -> ClientRow? {
    var best: ClientRow?
    for row in rows where row.isConnected {
      guard let destination = row.destination, destination.contains(gateway) else { continue }
      guard let current = best, let length = current.destination?.length else {
        best = row
        continue
      }
      if (length, -current.metric) < (destination.length, -row.metric) { best = row }
    }
    return best
  }
}

extension ClientRow {
  /// What the row is sorted by.
  fileprivate var place: IPv4Prefix? { destination ?? listedAs }
}
