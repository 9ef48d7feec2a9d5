import ClientVPN
public import Forwarding
import IPv4Space
public import SystemTables

extension ClientSystem {
  /// The system whose command prints a format.
  public init(printing format: TableFormat) {
    self =
      switch format {
      case .netstat: .macos
      case .ipRoute, .ipRouteJSON: .linux
      case .routePrint: .windows
      }
  }

  /// The format of the system's own command.
  public var format: TableFormat {
    switch self {
    case .macos: .netstat
    case .linux: .ipRoute
    case .windows: .routePrint
    }
  }
}

extension SystemTable {
  /// The rows as the analysis sees them, each with its position here.
  var clientRows: [ClientRow] {
    rows.enumerated().map { index, row in
      let gateway: ClientRow.Gateway =
        switch row.gateway {
        case .onLink where Self.kindsThatDiscard.contains(row.kind): .nowhere
        case .onLink: .onLink
        case .address(let address): .address(address)
        case .ipv6, .masked: .unknown
        }
      var result = ClientRow(
        row.destination?.canonical ?? IPv4Prefix(IPv4Address(bits: 0), length: 0), gateway, interface: row.interface,
        metric: row.metric, isHost: row.isHostRow, baseRow: index)
      if row.destination == nil {
        result.destination = nil
        result.listedAs = TableOrder.place(of: row)
      }
      return result
    }
  }

  /// Types of Linux rows that throw packets away.
  private static let kindsThatDiscard: Set = ["blackhole", "unreachable", "prohibit", "throw"]

  /// Addresses of the client that the table gives away.
  var ownAddresses: [IPv4Address] {
    let texts = rows.flatMap { row in
      [row.attribute("src"), format == .routePrint ? row.interface : nil].compactMap(\.self)
    }
    var addresses: [IPv4Address] = []
    for text in texts {
      guard let address = try? IPv4Notation.address(text), !addresses.contains(address) else { continue }
      addresses.append(address)
    }
    return addresses
  }
}
