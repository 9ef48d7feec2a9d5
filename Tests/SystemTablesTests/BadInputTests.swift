import SystemTables
import TestSupport
import Testing

/// Texts that are no tables, or no whole ones.
struct BadInputTests {
  @Test(arguments: [
    ("", SystemTableError.empty), (" \n\n\t\n", .empty), ("\u{FEFF}", .empty),
    ("hello\nworld\n", .noKnownFormat(line: 1, text: "hello")),
    ("\n\nname: tokyo\n", .noKnownFormat(line: 3, text: "name: tokyo")),
    ("2001:db8::/32 via fe80::1 dev eth0\n", .noRows(.ipRoute, line: 1)),
    ("default via 192.0.2.1 dev eth0\nx\0\n", .notText(line: 2)),
    (
      """
      Kernel IP routing table
      Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
      0.0.0.0         10.31.10.5      128.0.0.0       UG        0 0          0 tun0

      """, .linuxNetstat(line: 2)
    ),
    ("Routing tables\n\nInternet:\nDestination Gateway Flags Netif Expire\n", .noRows(.netstat, line: 4)),
    (
      "Routing tables\n\nInternet6:\nDestination Gateway Flags Netif Expire\n::1 ::1 UHL lo0\n",
      .noRows(.netstat, line: 5)
    ),
    (
      "===========================================================================\nInterface List\n",
      .noRows(.routePrint, line: 2)
    ),
    ("default 192.0.2.1 UGSc en0\n10/24 192.0.2.1 UG", .cut(.netstat, line: 2, missing: "interface")),
    ("default 192.0.2.1 UGSc en0\n10/24 192.0.2", .cut(.netstat, line: 2, missing: "the rest of the row")),
    ("default 192.0.2.1 UGSc en0\n10.", .cut(.netstat, line: 2, missing: "the rest of the row")),
    (
      "default 192.0.2.1 UGSc en0\n10.1", .cut(.netstat, line: 2, missing: "gateway, flags and interface")
    ),
    ("default via 192.0.2.1 dev eth0\n10.0.0.0/24 via", .cut(.ipRoute, line: 2, missing: "a value of `via`")),
    (
      "default via 192.0.2.1 dev eth0\n10.0.0.0/24 via 192.0.2.1 de",
      .cut(.ipRoute, line: 2, missing: "the rest of the row")
    ),
    ("default via 192.0.2.1 dev eth0\n10.0.0.0/2", .cut(.ipRoute, line: 2, missing: "`via`, `dev` or `nexthop`")),
    (
      "default via 192.0.2.1 dev eth0\n10.0.0.0/24 \n", .cut(.ipRoute, line: 2, missing: "`via`, `dev` or `nexthop`")
    ),
    (
      "0.0.0.0 0.0.0.0 192.168.1.1 192.168.1.4 35\n10.0.0.0 255.0.0.0 192.16",
      .cut(.routePrint, line: 2, missing: "interface, metric")
    ),
    (
      """
      IPv4 Route Table
      ===========================================================================
      Active Routes:
      Network Destination        Netmask          Gateway       Interface  Metric
                0.0.0.0          0.0.0.0      192.168.1.1      192.168.1.4     35

      """, .cut(.routePrint, line: 5, missing: "a line of `=`")
    ),
    (
      "\n10.0.0.0 255.0.0.0 On-link 10.0.0.1 5\n",
      .cutAtStart(.routePrint, line: 2, missing: "`Active Routes:` and the names of the columns")
    ),
    (
      "192.168.252/23 192.168.252.2 UGSc utun5\n224.0.0/4 link#10 UmCS en0 !\n",
      .cutAtStart(.netstat, line: 1, missing: "`Destination Gateway Flags Netif Expire`")
    ),
    (
      "[{\"dst\":\"default\",\"dev\":\"eth0\"},\n{\"dst\":\"10.0",
      .cut(.ipRouteJSON, line: 2, missing: "a closing `\"`")
    ),
    ("[{\"dst\":\"default\",\"dev\":\"eth0\"}", .cut(.ipRouteJSON, line: 1, missing: "`]`")),
    ("[{\"dst\":\"default\",", .cut(.ipRouteJSON, line: 1, missing: "`}`")),
    ("\n[{\"dst\":default}]", .invalidJSON(line: 2, column: 9, problem: "a value is expected")),
    ("[{\"dst\":\"default\"}] x", .invalidJSON(line: 1, column: 21, problem: "something follows the list")),
    ("{\"dst\":\"default\"}", .invalidJSON(line: 1, column: 1, problem: "a list of routes in `[` and `]` is expected")),
  ])
  func refused(_ text: String, _ expected: SystemTableError) {
    #expect(throws: expected) { try Tables.read(text: text) }
    #expect(expected.description.contains("line \(expected.line)") || expected == .empty)
  }

  /// JSON of other shapes: every value of a route may be anything.
  @Test func otherJSON() throws {
    let keys = ["dst", "type", "gateway", "via", "dev", "metric", "flags", "metrics", "nexthops", "flow", "protocol"]
    let values = [
      "null", "[]", "{}", "[[]]", "[\"x\"]", "[{\"host\":1}]", "{\"host\":[]}", "-1", "\"\"", "true", "\"fe80::1\"",
    ]
    for key in keys {
      for value in values {
        let text =
          "[{\"\(key)\":\(value),\"dst\":\"10.0.0.0/8\",\"dev\":\"e\"},{\"dst\":\"default\",\"dev\":\"e\"},{\"\(key)\":\(value)}]"
        let table = try Tables.read(text: text)
        #expect(
          table.rows.count + table.notUnderstood.count >= (value.contains("fe80") ? 1 : 2)
            && table.rows.last?.interface == "e", "\(text)")
        for format in TableFormat.allCases { _ = TableWriter.write(table.rows, as: format) }
      }
    }
    #expect(throws: SystemTableError.noRows(.ipRouteJSON, line: 1)) { try Tables.read(text: "[{\"ifname\":\"lo\"}]\n") }
    #expect(throws: SystemTableError.noRows(.ipRouteJSON, line: 1)) {
      try Tables.read(text: "[{\"dst\":\"fe80::/64\",\"dev\":\"e\"}]")
    }
  }
}
