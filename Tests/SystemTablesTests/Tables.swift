import IPv4Space
import SourceText
import SystemTables
import TestSupport

/// The recorded tables of the folder of the same name.
enum Tables {
  static let all = [
    "article-split.txt", "netstat.txt", "article-full.txt", "article-no-vpn.txt", "ip-route.txt", "ip-route-all.txt",
    "ip-route.json",
    "ip-route-pretty.json", "route-print-en.txt", "route-print-de.txt", "route-print-ja.txt",
  ]

  static func bytes(_ name: String) throws -> [UInt8] {
    try Repository.file("Tests/SystemTablesTests/Tables/\(name)").bytes
  }

  static func read(_ name: String) throws -> SystemTable { try SystemTable.read(try bytes(name)) }

  static func read(text: String) throws -> SystemTable { try SystemTable.read(Array(text.utf8)) }

  /// The rows as `destination gateway interface`, networks without host bits, masked addresses as they stand.
  static func outline(_ table: SystemTable) -> [String] {
    table.rows.map { row in
      let destination = row.destination?.canonical.description ?? row.destinationText
      return "\(destination) \(gateway(row.gateway)) \(row.interface)"
    }
  }

  static func gateway(_ gateway: SystemRow.Gateway) -> String { gateway == .onLink ? "link" : address(gateway) }

  static func address(_ gateway: SystemRow.Gateway) -> String {
    switch gateway {
    case .onLink: ""
    case .address(let address): address.description
    case .ipv6(let text), .masked(let text): text
    }
  }

  /// The rows as if they had not been read, destinations in their usual notation.
  static func withoutPlaces(_ rows: [SystemRow]) -> [SystemRow] {
    rows.map { row in
      var row = row
      row.line = 0
      if let destination = row.destination { row.destinationText = destination.description }
      return row
    }
  }
}
