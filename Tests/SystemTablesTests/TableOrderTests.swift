import IPv4Space
import SystemTables
import TestSupport
import Testing

/// Rows put in where the system would list them.
struct TableOrderTests {
  /// The rows that the tunnel added to the article's tables go back to their places.
  @Test(arguments: ["article-split.txt", "article-full.txt"])
  func article(_ name: String) throws {
    let rows = try Tables.read(name).rows
    let isVPN = { (row: SystemRow) in row.interface == "utun5" || row.destination == nil }
    for new in [rows.filter(isVPN), rows.filter(isVPN).reversed()] {
      #expect(TableOrder.inserting(new, into: rows.filter { !isVPN($0) }, as: .netstat) == rows)
    }
  }

  /// A network of length 32 stands before the host of the same address.
  @Test func networkBeforeHost() throws {
    let rows = try Tables.read("article-no-vpn.txt").rows
    let network = try #require(rows.first { $0.destinationText == "192.168.1.4/32" })
    #expect(TableOrder.inserting([network], into: rows.filter { $0 != network }, as: .netstat) == rows)
  }

  /// The tables of the OpenVPN client, rebuilt from those before it connected.
  @Test func openVPN() throws {
    let lines = String(decoding: try Tables.bytes("openvpn.jsonl"), as: UTF8.self).split(separator: "\n")
    let tables = try lines.map { Tables.withoutPlaces(try Tables.read(text: String($0)).rows) }
    for index in stride(from: 0, to: tables.count, by: 2) {
      let new = tables[index + 1].filter { !tables[index].contains($0) }
      #expect(TableOrder.inserting(new, into: tables[index], as: .ipRoute) == tables[index + 1])
    }
  }

  @Test func windowsListsShorterFirst() throws {
    let rows = try Tables.read("route-print-en.txt").rows
    let isVPN = { (row: SystemRow) in row.interface == "192.168.252.2" }
    #expect(TableOrder.inserting(rows.filter(isVPN), into: rows.filter { !isVPN($0) }, as: .routePrint) == rows)
  }

  @Test func equalRowsKeepTheirOrder() {
    let rows = (1...4).map {
      SystemRow(destination: Self.network, gateway: .onLink, interface: "en\($0)", flags: "UCS")
    }
    #expect(TableOrder.inserting([rows[2], rows[3]], into: [rows[0], rows[1]], as: .netstat) == rows)
    #expect(TableOrder.inserting([rows[0], rows[1]], into: [rows[2], rows[3]], as: .ipRoute) == rows)
    #expect(TableOrder.inserting(rows, into: [], as: .netstat) == rows)
    #expect(TableOrder.inserting([], into: rows, as: .netstat) == rows)
  }

  private static let network = IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8)
}
