import Foundation
import TestSupport
import Testing

/// `vpnlint observe` by the program itself.
struct ObserveTests {
  private func run(_ arguments: String...) throws -> (text: String, status: Int32) {
    try Program.run(["observe"] + arguments, in: Repository.root)
  }

  private func json(_ model: String, _ table: String) throws -> [String: Any] {
    let (text, status) = try run(model, table, "--format", "json")
    #expect(status == 0)
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func words(_ json: [String: Any], _ key: String) -> [String] { json[key] as? [String] ?? ["?"] }

  @Test(
    arguments: [
      ("without-vpn", false, nil), ("split", true, "split"), ("full", true, "full"),
    ] as [(String, Bool, String?)])
  func articleTables(table: String, connected: Bool, mode: String?) throws {
    for network in ["article-split", "article-full"] {
      let seen = try json("samples/networks/\(network)/network.yaml", "samples/tables/macos-\(table).txt")
      #expect(seen["connected"] as? Bool == connected && seen["mode"] as? String == mode)
      #expect(words(seen, "missing") == [] && words(seen, "left_over") == [] && seen["looped"] as? Bool == false)
      let agrees = mode == nil || network.hasSuffix(mode ?? "")
      let advice = words(seen, "advice")
      #expect(advice.count == (connected && agrees ? 0 : 1), "\(advice)")
      if connected, !agrees { #expect(advice[0].hasPrefix("reconnect: the client is in \(mode ?? "") tunnel")) }
    }
  }

  /// The article's caveat: who connected before a route was added does not have it.
  @Test func routeAddedAfterConnecting() throws {
    let seen = try json("samples/networks/article-route-added/network.yaml", "samples/tables/macos-split.txt")
    #expect(words(seen, "missing") == ["10.2.0.0/24"])
    #expect(
      words(seen, "advice").first?.hasPrefix("reconnect: 10.2.0.0/24 was added after this client connected") == true)
    let places = try #require(seen["places"] as? [[String: Any]])
    #expect(places[0]["line"] as? Int == 19)
  }

  private static let model = """
    vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]}
    vpn_servers:
      - name: v
        client_ip_pool: 192.168.252.0/22
        enable_split_tunneling: true
        public_ips: [203.0.113.10]
        routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}, {destination: 192.168.1.0/24}]
    """

  @Test func leftOverLostAndShadowed() throws {
    let model = try TemporaryFile(Self.model)
    let table = try TemporaryFile(
      """
      default via 192.168.1.1 dev eth0 proto dhcp src 192.168.1.4 metric 100
      10.0.0.0/24 via 192.168.252.1 dev tun0
      10.1.0.0/24 via 192.168.252.1 dev tun0
      10.1.0.128/25 via 192.168.1.254 dev eth0
      10.9.0.0/16 via 192.168.252.1 dev tun0
      192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.4 metric 100
      192.168.252.0/22 via 192.168.252.1 dev tun0
      192.168.252.0/23 dev tun0 proto kernel scope link src 192.168.252.2
      """)
    let seen = try json(model.path, table.path)
    #expect(seen["connected"] as? Bool == true && seen["interface"] as? String == "tun0")
    #expect(words(seen, "missing") == [] && words(seen, "left_over") == ["10.9.0.0/16"])
    let lost = try #require(seen["lost"] as? [[String: Any]])
    #expect(lost.map { $0["destination"] as? String } == ["192.168.1.0/24", "10.1.0.128/25"])
    #expect(lost.map { $0["to"] as? String } == ["192.168.1.0/24", "10.1.0.128/25"])
    #expect(lost.map { $0["kind"] as? String } == ["lan", "route"])
    let text = try run(model.path, table.path).text
    #expect(text.contains("3 of 4 pushed routes are in the table") && text.contains("left over 10.9.0.0/16"))
  }

  @Test func secondHalfOfThePoolAndALoop() throws {
    let model = try TemporaryFile(Self.model.replacing("192.168.1.0/24", with: "203.0.113.0/24"))
    let table = try TemporaryFile(
      """
      [{"dst":"default","gateway":"192.168.1.1","dev":"eth0","flags":[]},
       {"dst":"203.0.113.0/24","gateway":"192.168.254.1","dev":"tun3","flags":[]},
       {"dst":"10.0.0.0/24","gateway":"192.168.254.1","dev":"tun3","flags":[]},
       {"dst":"10.1.0.0/24","gateway":"192.168.254.1","dev":"tun3","flags":[]},
       {"dst":"192.168.252.0/22","gateway":"192.168.254.1","dev":"tun3","flags":[]},
       {"dst":"192.168.254.0/23","dev":"tun3","protocol":"kernel","scope":"link","prefsrc":"192.168.254.2","flags":[]}]
      """)
    let seen = try json(model.path, table.path)
    #expect(seen["tunnel_network"] as? String == "192.168.254.0/23" && seen["looped"] as? Bool == true)
    #expect(words(seen, "missing") == [])
  }

  @Test func theServerThatTheClientIsConnectedToIsFound() throws {
    let model = try TemporaryFile(
      Self.model + "\n  - {name: other, client_ip_pool: 172.30.0.0/20, routes: [{destination: 10.0.0.0/24}]}\n")
    let table = try TemporaryFile(
      """
      default via 192.168.1.1 dev eth0
      0.0.0.0/1 via 172.30.0.1 dev tun0
      128.0.0.0/1 via 172.30.0.1 dev tun0
      172.30.0.0/21 dev tun0 proto kernel scope link src 172.30.0.2
      203.0.113.77 via 192.168.1.1 dev eth0
      192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.4
      """)
    let seen = try json(model.path, table.path)
    #expect(seen["server"] as? String == "other" && seen["mode"] as? String == "full")
    let none = try TemporaryFile("default via 192.168.1.1 dev eth0\n192.168.1.0/24 dev eth0 scope link\n")
    #expect(try json(model.path, none.path)["server"] is NSNull)
  }

  @Test func linesThatAreNotUnderstoodAreListed() throws {
    let table = try TemporaryFile(
      "$ ip route\ndefault via 192.168.1.1 dev eth0\nhello there\n192.168.1.0/24 dev eth0\n")
    let (text, _) = try run("samples/networks/article-split/network.yaml", table.path)
    #expect(text.contains(":3: hello there") && text.contains(":1: $ ip route"))
  }

  @Test(arguments: ["", "no table at all\n", "[{\"dst\": \"default\"", "\u{0}"])
  func whatIsNoTableIsOneSentence(content: String) throws {
    let table = try TemporaryFile(content)
    let (text, status) = try run("samples/networks/article-split/network.yaml", table.path)
    #expect(status == 2 && text.hasPrefix("vpnlint: \(table.path): ") && text.split(separator: "\n").count == 1)
  }

  /// A LAN with the range of the tunnel network is no tunnel.
  @Test func lanInThePoolIsNoTunnel() throws {
    let model = try TemporaryFile(Self.model)
    let table = try TemporaryFile(
      """
      default via 192.168.252.254 dev eth0
      192.168.252.0/23 dev eth0 proto kernel scope link src 192.168.252.77

      """)
    #expect(try json(model.path, table.path)["connected"] as? Bool == false)
  }

  @Test func manyOwnRowsAreReadQuickly() throws {
    let model = try TemporaryFile(Self.model.replacing("10.1.0.0/24}, {", with: "10.0.0.0/8}, {"))
    var rows = ["default via 192.168.1.1 dev eth0", "192.168.252.0/23 dev tun0 proto kernel scope link"]
    for number in 0..<20_000 { rows.append("10.\(number >> 8).\(number & 255).7 via 192.168.1.1 dev eth0") }
    let table = try TemporaryFile(rows.joined(separator: "\n") + "\n")
    let clock = ContinuousClock()
    let elapsed = try clock.measure {
      let text = try run(model.path, table.path).text
      #expect(text.contains("more, all in the JSON report"))
    }
    #expect(elapsed < .seconds(20))
  }
}
