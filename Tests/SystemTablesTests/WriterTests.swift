import IPv4Space
import SystemTables
import TestSupport
import Testing

/// What is written looks like the command's output, and is read as the rows it was written from.
struct WriterTests {
  /// Recorded output comes out byte for byte.
  @Test(arguments: ["ip-route.txt", "ip-route.json", "netstat.txt"])
  func recorded(_ name: String) throws {
    let bytes = try Tables.bytes(name)
    let table = try SystemTable.read(bytes)
    #expect(TableWriter.write(table.rows, as: table.format) == String(decoding: bytes, as: UTF8.self))
  }

  @Test func allTablesWithoutIPv6() throws {
    let lines = String(decoding: try Tables.bytes("ip-route-all.txt"), as: UTF8.self).split(separator: "\n")
    let expected = lines.filter { !$0.hasPrefix("local ::1 ") }.joined(separator: "\n") + "\n"
    #expect(TableWriter.write(try Tables.read("ip-route-all.txt").rows, as: .ipRoute) == expected)
  }

  /// Of Windows everything but the list of interfaces and the tables of IPv6.
  @Test func routePrint() throws {
    let text = String(decoding: try Tables.bytes("route-print-en.txt"), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "IPv4 Route Table"))
    let end = try #require(lines.firstIndex(of: "IPv6 Route Table"))
    #expect(
      TableWriter.write(try Tables.read("route-print-en.txt").rows, as: .routePrint)
        == lines[start..<end].joined(separator: "\n"))
  }

  /// The dumps of the article have single blanks between the columns; the words are the same.
  @Test(arguments: ["article-split.txt", "article-full.txt", "article-no-vpn.txt"])
  func article(_ name: String) throws {
    let text = String(decoding: try Tables.bytes(name), as: UTF8.self)
    let written = TableWriter.write(try Tables.read(name).rows, as: .netstat)
    #expect(Self.words(written) == Self.words(text))
    #expect(
      written.hasPrefix(
        "Routing tables\n\nInternet:\nDestination        Gateway            Flags               Netif Expire\n"))
  }

  private static func words(_ text: String) -> [[Substring]] {
    text.split(separator: "\n").map { $0.split(separator: " ") }
  }

  @Test func openVPN() throws {
    for line in String(decoding: try Tables.bytes("openvpn.jsonl"), as: UTF8.self).split(separator: "\n") {
      let rows = Tables.withoutPlaces(try Tables.read(text: String(line)).rows)
      for format in [TableFormat.ipRoute, .ipRouteJSON] {
        let again = try Tables.read(text: TableWriter.write(rows, as: format))
        #expect(again.format == format && again.notUnderstood.isEmpty)
        #expect(Tables.withoutPlaces(again.rows) == rows)
      }
    }
  }

  @Test(arguments: TableFormat.allCases, Array(1...6) + [UInt64.random(in: 1000...UInt64(UInt32.max))])
  func randomRows(_ format: TableFormat, seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let rows = RandomRows.rows(format, &generator)
      let text = TableWriter.write(rows, as: format)
      let table = try Tables.read(text: text)
      #expect(table.format == format && table.notUnderstood.isEmpty, "seed \(seed): \(text)")
      #expect(Tables.withoutPlaces(table.rows) == rows, "seed \(seed): \(text)")
      #expect(TableWriter.write(table.rows, as: format) == text, "seed \(seed)")
    }
  }

  /// Rows of one system written for another keep destinations, gateways and order.
  @Test func otherSystems() throws {
    let rows = try Tables.read("openvpn-one.json").rows
    #expect(
      TableWriter.write(rows, as: .netstat).split(separator: "\n").dropFirst(3) == [
        "default            192.168.1.1        UGSc                 lan0       ",
        "10.240.64/24       192.168.252.1      UGSc                 tun0       ",
        "192.168.1          lan0               UCS                  lan0       ",
      ])
    #expect(
      try Tables.outline(Tables.read(text: TableWriter.write(rows, as: .netstat)))
        == Tables.outline(SystemTable.read(Tables.bytes("openvpn-one.json"))))
  }

  /// Every network comes back from its abbreviation, and no shorter one would do.
  @Test(arguments: Array(1...4) + [UInt64.random(in: 1000...UInt64(UInt32.max))])
  func abbreviations(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let rows = (0..<500).map { _ in
      SystemRow(
        destination: RandomRows.prefix(&generator), gateway: .onLink, gatewayText: "link#4", interface: "en0",
        flags: "UCS")
    }
    let table = try Tables.read(text: TableWriter.write(rows, as: .netstat))
    #expect(table.rows.map(\.destination) == rows.map(\.destination), "seed \(seed)")
    for row in table.rows {
      guard let prefix = row.destination, prefix.length > 0 else { continue }
      let length = prefix.first.bits >> 31 == 0 ? 8 : prefix.first.bits >> 30 == 2 ? 16 : 24
      let octets = row.destinationText.split(separator: "/")[0].split(separator: ".")
      #expect(row.destinationText.contains("/") == (prefix.length != length), "\(row.destinationText)")
      #expect(octets.count == length / 8 || octets.last != "0" && octets.count > length / 8, "\(row.destinationText)")
    }
  }
}
