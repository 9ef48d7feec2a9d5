import SystemTables
import Testing

/// `ip route` and `ip -j route` of Linux. The recorded tables were made with iproute2 6.1.
struct IPRouteTests {
  private static let expected = [
    "0.0.0.0/1 192.168.252.1 tun0", "0.0.0.0/0 192.168.1.1 eth0", "10.9.0.0/24 link eth1", "10.66.0.0/16 link ",
    "10.67.0.0/16 link ", "10.68.0.0/16 link ", "10.69.0.1/32 link ", "10.70.0.0/16 192.168.1.1 eth0",
    "10.71.0.0/16 172.31.0.1 eth0", "10.72.0.0/16 fe80::1 eth0", "10.74.0.0/16 link lo", "10.75.0.255/32 link eth0",
    "10.76.0.0/16 fe80::2 eth0", "10.77.0.0/16 192.168.1.1 eth0", "10.78.0.0/16 192.168.1.1 eth0",
    "10.79.0.0/16 192.168.1.1 eth0", "10.83.0.0/16 192.168.1.1 eth0", "128.0.0.0/1 192.168.252.1 tun0",
    "192.168.1.0/24 link eth0", "192.168.252.0/23 link tun0", "203.0.113.10/32 192.168.1.1 eth0",
    "224.0.0.0/4 link eth0",
  ]

  @Test(arguments: ["ip-route.txt", "ip-route.json", "ip-route-pretty.json"])
  func recorded(_ name: String) throws {
    let table = try Tables.read(name)
    #expect(table.format == (name.hasSuffix("json") ? .ipRouteJSON : .ipRoute))
    #expect(table.notUnderstood.isEmpty)
    #expect(Tables.outline(table) == Self.expected)
    #expect(table.rows[1].metric == 100 && table.rows[1].attribute("proto") == "dhcp")
    #expect(table.rows[1].attribute("src") == "192.168.1.4" && table.rows[1].attribute("linkdown") == "")
    #expect(table.rows[3...6].map(\.kind) == ["blackhole", "unreachable", "prohibit", "throw"])
    #expect(table.rows[4].metric == 5 && table.rows[8].attribute("onlink") == "")
    #expect(table.rows[7].nextHops.map(\.interface) == ["eth0", "eth1"])
    #expect(table.rows[7].nextHops.map { $0.attributes.first?.value } == ["1", "3"])
    #expect(table.rows[12].nextHops.map(\.gateway) == [.ipv6("fe80::2"), .onLink])
    #expect(table.rows[13].attribute("rtt") == "100ms" && table.rows[15].attribute("realm") == "4")
  }

  /// Text and JSON of the same table are the same rows but for lines and the `lock` that JSON does not show.
  @Test func textIsJSON() throws {
    let rows = try ["ip-route.txt", "ip-route.json", "ip-route-pretty.json"].map { name in
      try Tables.read(name).rows.map { row in
        var row = row
        row.line = 0
        row.attributes = Set(row.attributes).filter { $0.name != "mtu" }.sorted { $0.name < $1.name }
        return row
      }
    }
    #expect(rows[0] == rows[1] && rows[1] == rows[2])
  }

  @Test func lines() throws {
    #expect(try Tables.read("ip-route.txt").rows.map(\.line)[6...8] == [7, 8, 11])
    #expect(try Tables.read("ip-route.json").rows.allSatisfy { $0.line == 1 })
    #expect(try Tables.read("ip-route-pretty.json").rows.map(\.line)[..<3] == [1, 6, 14])
  }

  @Test func allTables() throws {
    let table = try Tables.read("ip-route-all.txt")
    #expect(table.notUnderstood.isEmpty)
    #expect(Tables.outline(table).starts(with: Self.expected))
    #expect(table.rows.last?.attribute("table") == "local" && table.rows.last?.kind == "broadcast")
  }

  @Test func oneLineAndDetails() throws {
    let table = try Tables.read(
      text: #"""
        unicast default via 192.168.1.1 dev eth0 proto dhcp scope global src 192.168.1.4 metric 100
        10.70.0.0/16 linkdown \	nexthop via 192.168.1.1 dev eth0 weight 1 linkdown \	nexthop via 10.9.0.1 dev eth1 weight 3
        10.82.0.0/16  encap ip id 3 src 0.0.0.0 dst 10.0.0.1 ttl 0 tos 0 dev eth0 scope link
        10.83.0.0/16 via 192.168.1.1 dev eth0 brandnew proto static
        local ::1 dev lo table local proto kernel metric 0 pref medium
        2001:db8::/32 via fe80::1 dev eth0 metric 1024

        """#)
    #expect(table.notUnderstood.isEmpty)
    #expect(
      Tables.outline(table) == [
        "0.0.0.0/0 192.168.1.1 eth0", "10.70.0.0/16 192.168.1.1 eth0", "10.82.0.0/16 link eth0",
        "10.83.0.0/16 192.168.1.1 eth0",
      ])
    #expect(table.rows[1].nextHops.count == 2 && table.rows[0].kind == "unicast")
    #expect(table.rows[3].attribute("proto") == "static" && table.rows[3].attribute("brandnew") == "")
  }

  /// The two families in one text: rows of IPv6 and their next hops are left out, `default` too.
  @Test func bothFamilies() throws {
    let table = try Tables.read(
      text: """
        10.70.0.0/16
        \tnexthop via 192.168.1.1 dev eth0 weight 1
        \tnexthop via 10.9.0.1 dev eth1 weight 3
        2001:db8::/32 metric 1024 pref medium
        \tnexthop via fe80::1 dev eth0 weight 1
        \tnexthop via fe80::2 dev eth0 weight 1
        default via fe80::1 dev eth0 proto ra metric 1024
        default dev eth0 metric 1024 pref medium
        default via inet6 fe80::1 dev eth0
        \tnexthop via 10.9.0.7 dev eth1 weight 3
        12:30:00 up 3 days
        \tnexthop via 10.9.0.9 dev eth1 weight 3

        """)
    #expect(Tables.outline(table) == ["10.70.0.0/16 192.168.1.1 eth0", "0.0.0.0/0 fe80::1 eth0"])
    #expect(table.rows.first?.nextHops.count == 2 && table.notUnderstood.map(\.line) == [10, 11, 12])
    let json = try Tables.read(
      text: """
        [{"dst":"default","gateway":"fe80::1","dev":"eth0"},{"dst":"default","dev":"eth0","pref":"medium"},
        {"dst":"default","via":{"family":"inet6","host":"fe80::1"},"dev":"eth0"}]
        """)
    #expect(Tables.outline(json) == ["0.0.0.0/0 fe80::1 eth0"] && json.notUnderstood.isEmpty)
  }

  @Test func promptsAndComments() throws {
    let table = try Tables.read(
      text: """
        # after connecting
        $ ip route
        default via 192.0.2.1 dev eth0
        10.0.0.0/24 vai 192.0.2.7 dev eth0
        10.1.0.0/24 via host dev eth0
        10.2.0.0/24
        162.133.xxx.xx via 203.0.113.x dev eth0
        $

        """)
    #expect(table.rows.map(\.line) == [3, 4, 7])
    #expect(table.rows.last?.gateway == .masked("203.0.113.x"))
    #expect(table.notUnderstood.map(\.line) == [1, 2, 5, 6, 8])
  }

  @Test func jsonWithPrompts() throws {
    let table = try Tables.read(
      text: """
        $ ip -j route
        [{"dst":"default","gateway":"192.0.2.1","dev":"eth0","flags":[]},
        {"dst":"fe80::/64","dev":"eth0"},
        {"dst":"162.133.xxx.xx","gateway":"192.0.2.1","dev":"eth0"},
        17, {"dst":"10.0.0.0/24"}, {"dst":"10.0.0.0/24","dev":"eth0","metric":"many"}]
        $ exit

        """)
    #expect(table.format == .ipRouteJSON && table.rows.map(\.line) == [2, 4])
    #expect(table.rows.last?.destination == nil && table.rows.last?.destinationText == "162.133.xxx.xx")
    #expect(table.notUnderstood.map(\.line) == [1, 5, 5, 5, 6])
    #expect(table.notUnderstood[1].text == "17")
  }

  /// Tables of a real OpenVPN client before and after it connected.
  @Test func openVPN() throws {
    let lines = String(decoding: try Tables.bytes("openvpn.jsonl"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 8)
    for line in lines {
      let table = try Tables.read(text: String(line))
      #expect(table.notUnderstood.isEmpty && table.rows.count == line.split(separator: "{").count - 1)
      #expect(table.rows.allSatisfy { $0.destination != nil && !$0.interface.isEmpty })
    }
  }

  @Test func emptyList() throws {
    for text in ["[]", "[ ]\n", "[\n]\n", "\u{FEFF}[]"] {
      let table = try Tables.read(text: text)
      #expect(table.format == .ipRouteJSON && table.rows.isEmpty && table.notUnderstood.isEmpty)
    }
  }
}
