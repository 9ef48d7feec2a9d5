import IPv4Space
import SystemTables
import Testing

/// `netstat -nr -f inet` of macOS.
struct NetstatTests {
  @Test func articleSplit() throws {
    let table = try Tables.read("article-split.txt")
    #expect(table.format == .netstat && table.notUnderstood.isEmpty && table.rows.count == 19)
    #expect(
      Tables.outline(table) == [
        "0.0.0.0/0 192.168.1.1 en0", "10.0.0.0/24 192.168.252.1 utun5", "10.1.0.0/24 192.168.252.1 utun5",
        "127.0.0.0/8 127.0.0.1 lo0", "127.0.0.1/32 127.0.0.1 lo0", "169.254.0.0/16 link en0",
        "192.168.1.0/24 link en0", "192.168.1.1/32 link en0", "192.168.1.1/32 link en0", "192.168.1.4/32 link en0",
        "192.168.1.255/32 link en0", "192.168.252.0/23 192.168.252.2 utun5", "192.168.252.0/22 192.168.252.1 utun5",
        "192.168.252.2/32 192.168.252.2 utun5", "224.0.0.0/4 link en0", "224.0.0.251/32 link en0",
        "239.255.255.250/32 link en0", "255.255.255.255/32 link en0", "255.255.255.255/32 link en0",
      ])
    #expect(table.rows[8].gatewayText == "0:25:36:d3:c9:5d" && table.rows[8].expire == "1200")
    #expect(table.rows[7].expire == "!" && !table.rows[7].isHostRow && table.rows[8].isHostRow)
    #expect(table.rows.map(\.line) == Array(4...22))
  }

  @Test func articleFull() throws {
    let table = try Tables.read("article-full.txt")
    #expect(table.notUnderstood.isEmpty && table.rows.count == 18)
    #expect(
      Tables.outline(table)[..<6] == [
        "0.0.0.0/1 192.168.252.1 utun5", "0.0.0.0/0 192.168.1.1 en0", "127.0.0.0/8 127.0.0.1 lo0",
        "127.0.0.1/32 127.0.0.1 lo0", "128.0.0.0/1 192.168.252.1 utun5", "162.133.xxx.xx/32 192.168.1.1 en0",
      ])
    #expect(table.rows[5].destination == nil && table.rows[5].flags == "UGSc")
  }

  @Test func articleWithoutVPN() throws {
    let table = try Tables.read("article-no-vpn.txt")
    #expect(table.notUnderstood.isEmpty && table.rows.count == 15)
    #expect(!table.rows.contains { $0.interface.hasPrefix("utun") })
  }

  @Test(arguments: [
    ("default", "0.0.0.0/0"), ("0/1", "0.0.0.0/1"), ("128.0/1", "128.0.0.0/1"), ("10", "10.0.0.0/8"),
    ("10/24", "10.0.0.0/24"), ("10.1/24", "10.1.0.0/24"), ("10.1.2/24", "10.1.2.0/24"), ("127", "127.0.0.0/8"),
    ("169.254", "169.254.0.0/16"), ("172.16/12", "172.16.0.0/12"), ("192.168.1", "192.168.1.0/24"),
    ("192.168.0/16", "192.168.0.0/16"), ("224.0.0/4", "224.0.0.0/4"), ("192.168.252/23", "192.168.252.0/23"),
    ("192.168.1.1/32", "192.168.1.1/32"), ("192.168.1.4", "192.168.1.4/32"), ("10.0.0.128/25", "10.0.0.128/25"),
    ("10/32", "10.0.0.0/32"), ("0", "0.0.0.0/8"),
  ])
  func abbreviations(_ text: String, _ prefix: String) throws {
    let table = try Tables.read(text: "Destination Gateway Flags Netif Expire\n\(text) link#4 UCS en0\n")
    #expect(table.rows.map { $0.destination?.description } == [prefix])
    #expect(table.rows.first?.destinationText == text)
  }

  @Test func alignedWithIPv6AndPrompts() throws {
    let table = try Tables.read(
      text: """
        user@mac ~ % netstat -nr
        Routing tables

        Internet:
        Destination        Gateway            Flags               Netif Expire
        default            10.168.1.1         UGScg                 en0
        default            link#15            UCSIg             bridge0      !
        10.168.1/24        link#14            UCS                   en0      !
        10.168.1.100       30:cd:a7:b6:d1:2d  UHLWI                 en0    209
        0/1                utun7              USc                 utun7
        what is this

        Internet6:
        Destination                             Gateway                                 Flags               Netif Expire
        default                                 fe80::%utun0                            UGcIg               utun0
        ::1                                     ::1                                     UHL                   lo0
        fe80::1%lo0                             link#1                                  UHLI                  lo0
        user@mac ~ %

        """)
    #expect(
      Tables.outline(table) == [
        "0.0.0.0/0 10.168.1.1 en0", "0.0.0.0/0 link bridge0", "10.168.1.0/24 link en0", "10.168.1.100/32 link en0",
        "0.0.0.0/1 link utun7",
      ])
    #expect(table.notUnderstood.map(\.line) == [1, 11, 18])
    #expect(table.notUnderstood.map(\.text) == ["user@mac ~ % netstat -nr", "what is this", "user@mac ~ %"])
  }

  @Test func olderColumnsAndLongFormat() throws {
    let table = try Tables.read(
      text: """
        Destination        Gateway            Flags        Refs      Use   Netif Expire
        default            10.0.0.1           UGSc            5      100     en0
        10.0.0.7           0:25:36:d3:c9:5d   UHLWI           0        4     en0   1100
        10.0/16            10.0.0.1           10.0.0.9           UGSc 1 2 1500 en0

        """)
    #expect(Tables.outline(table) == ["0.0.0.0/0 10.0.0.1 en0", "10.0.0.7/32 link en0", "10.0.0.0/16 10.0.0.1 en0"])
    #expect(table.rows.map(\.expire) == ["", "1100", ""])
  }

  @Test(arguments: ["162.133.xxx.xx/32", "203.0.113.x", "***", "<server>", "[redacted]", "a.b.c.d", "162.133.██.█/32"])
  func maskedEverywhere(_ text: String) throws {
    let table = try Tables.read(text: "default \(text) UGSc en0\n\(text) 192.168.1.1 UGSc en0\n")
    #expect(table.notUnderstood.isEmpty && table.rows.count == 2)
    #expect(table.rows.first?.gateway == .masked(text))
    #expect(table.rows.last?.destination == nil && table.rows.last?.destinationText == text)
  }
}
