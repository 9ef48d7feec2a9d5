import SystemTables
import Testing

/// `route print -4` of Windows.
struct RoutePrintTests {
  private static let expected = [
    "0.0.0.0/0 192.168.1.1 192.168.1.4", "0.0.0.0/1 192.168.252.1 192.168.252.2", "127.0.0.0/8 link 127.0.0.1",
    "127.0.0.1/32 link 127.0.0.1", "127.255.255.255/32 link 127.0.0.1", "128.0.0.0/1 192.168.252.1 192.168.252.2",
    "192.168.1.0/24 link 192.168.1.4", "192.168.1.4/32 link 192.168.1.4", "192.168.252.0/23 link 192.168.252.2",
    "203.0.113.10/32 192.168.1.1 192.168.1.4", "224.0.0.0/4 link 127.0.0.1", "255.255.255.255/32 link 192.168.1.4",
  ]

  @Test(arguments: [
    ("route-print-en.txt", "On-link"), ("route-print-de.txt", "Auf Verbindung"), ("route-print-ja.txt", "リンク上"),
  ])
  func languages(_ name: String, _ onLink: String) throws {
    let table = try Tables.read(name)
    #expect(table.format == .routePrint && table.notUnderstood.isEmpty)
    #expect(Tables.outline(table) == Self.expected)
    #expect(table.rows.map(\.metric)[..<3] == [35, 281, 331] && table.rows.last?.metric == 5256)
    #expect(table.rows[2].gatewayText == onLink && table.rows[2].destinationText == "127.0.0.0/8")
  }

  /// Windows writes CR LF, PowerShell UTF-16, and a console its code page.
  @Test(arguments: ["route-print-en.txt", "route-print-de.txt", "route-print-ja.txt"])
  func encodings(_ name: String) throws {
    let text = String(decoding: try Tables.bytes(name), as: UTF8.self)
    let expected = try Tables.read(name)
    let windows = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    #expect(try Tables.read(text: windows) == expected)
    let little = windows.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = windows.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
      #expect(try SystemTable.read(bytes) == expected)
    }
  }

  @Test func codePage() throws {
    // "Itinéraires actifs:" and "リンク上" as Windows-1252 and Shift-JIS.
    let ruler = Array((String(repeating: "=", count: 75) + "\n").utf8)
    let bytes =
      ruler + Array("Itin".utf8) + [0xE9] + Array("raires actifs\u{3A}\n".utf8)
      + Array("        127.0.0.0        255.0.0.0   ".utf8) + [0x83, 0x8A, 0x83, 0x93, 0x83, 0x4E, 0x8F, 0xE3]
      + Array("   127.0.0.1    331\n".utf8) + ruler
    let table = try SystemTable.read(bytes)
    #expect(Tables.outline(table) == ["127.0.0.0/8 link 127.0.0.1"] && table.notUnderstood.isEmpty)
  }

  @Test func persistentRoutesAreNotActive() throws {
    let table = try Tables.read(
      text: """
        C:\\>route print -4
        ===========================================================================
        Interface List
         14...54 ee 75 67 6b 39 ......Intel(R) Ethernet
        ===========================================================================

        IPv4 Route Table
        ===========================================================================
        Active Routes:
        Network Destination        Netmask          Gateway       Interface  Metric
                  0.0.0.0          0.0.0.0      192.168.1.1      192.168.1.4     35
            162.133.xx.xx  255.255.255.255      192.168.1.x      192.168.1.x     35
                 10.0.0.0      255.0.255.0      192.168.1.1      192.168.1.4     35
                 10.0.0.0    255.255.255.0      192.168.1.1
        ===========================================================================
        Persistent Routes:
          Network Address          Netmask  Gateway Address  Metric
                  0.0.0.0          0.0.0.0      192.168.1.1  Default
                 10.9.0.0      255.255.0.0          On-link        1
        ===========================================================================

        C:\\>

        """)
    #expect(
      Tables.outline(table) == ["0.0.0.0/0 192.168.1.1 192.168.1.4", "162.133.xx.xx/32 192.168.1.x 192.168.1.x"])
    #expect(table.notUnderstood.map(\.line) == [1, 13, 14])
    #expect(
      table.persistentRoutes == [
        "0.0.0.0          0.0.0.0      192.168.1.1  Default", "10.9.0.0      255.255.0.0          On-link        1",
      ])
    let written = TableWriter.write(table.rows, as: .routePrint, persistent: table.persistentRoutes)
    #expect(written.contains("\n         10.9.0.0      255.255.0.0          On-link        1\n"))
    #expect(try Tables.read(text: written).persistentRoutes.count == 2)
  }

  @Test func rowsAlone() throws {
    let table = try Tables.read(
      text: "0.0.0.0 0.0.0.0 192.168.1.1 192.168.1.4 35\n10.0.0.0 255.0.0.0 On-link 10.0.0.1 5\n")
    #expect(table.format == .routePrint && table.rows.count == 2)
  }
}
