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

  // MARK: The client's own network

  private static let plain = """
    vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
    vpn_servers:
      - name: v
        client_ip_pool: 192.168.252.0/22
        tunnel_network: 192.168.252.0/23
        enable_split_tunneling: true
        public_ips: [203.0.113.10]
        routes: [{destination: 10.0.0.0/24}]
    """

  private static let connected = """
    default via 192.168.1.1 dev eth0
    10.0.0.0/24 via 192.168.252.1 dev tun0
    192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.4
    192.168.252.0/23 dev tun0 proto kernel scope link src 192.168.252.2
    192.168.252.0/22 via 192.168.252.1 dev tun0

    """

  private func observed(_ model: String, _ table: String) throws -> (json: [String: Any], text: String) {
    let (model, table) = (try TemporaryFile(model), try TemporaryFile(table))
    return (try json(model.path, table.path), try run(model.path, table.path).text)
  }

  /// The VPN gateway's address is the home router's: the rows of the VPN are there and leave by the LAN.
  @Test(arguments: [
    ("192.168.252.1", "false", "everything the client sends leaves unencrypted"),
    ("192.168.252.254", "false", "neither the VPC nor the internet is reached"),
  ])
  func fullTunnelOnTheLAN(router: String, split: String, words: String) throws {
    let seen = try observed(
      Self.plain.replacing("true", with: split),
      """
      0.0.0.0/1 via 192.168.252.1 dev lan0
      default via \(router) dev lan0
      128.0.0.0/1 via 192.168.252.1 dev lan0
      192.168.252.0/24 dev lan0 proto kernel scope link src 192.168.252.4
      192.168.252.0/23 dev tun0 proto kernel scope link src 192.168.252.2
      203.0.113.10 via \(router) dev lan0
      """)
    #expect(seen.json["mode"] as? String == "full" && seen.json["looped"] as? Bool == false)
    let advice = self.words(seen.json, "advice")
    #expect(advice.count == 1 && advice[0].contains(words) && !advice[0].hasPrefix("reconnect"), "\(advice)")
    #expect(seen.text.contains("full tunnel: its next hop lies in the client's own network 192.168.252.0/24"))
  }

  @Test func splitTunnelOnTheLAN() throws {
    let seen = try observed(
      Self.plain,
      """
      default via 192.168.252.254 dev lan0
      10.0.0.0/24 via 192.168.252.1 dev lan0
      192.168.252.0/24 dev lan0 proto kernel scope link src 192.168.252.4
      192.168.252.0/23 dev tun0 proto kernel scope link src 192.168.252.2
      192.168.252.0/22 via 192.168.252.1 dev lan0
      """)
    let lost = try #require(seen.json["lost"] as? [[String: Any]])
    #expect(lost.map { $0["destination"] as? String } == ["10.0.0.0/24", "192.168.252.0/22"])
    #expect(lost.map { $0["to"] as? String } == ["192.168.252.0/24", "192.168.252.0/24"])
    #expect(
      seen.text.contains("2 of 2 pushed routes are in the table") && seen.text.contains("the client pool: its next"))
    let advice = words(seen.json, "advice")
    #expect(advice.count == 1 && advice[0].contains("and nobody is there: nothing of the VPC is reached"), "\(advice)")
  }

  /// The home router lies in the tunnel network: the pool is the cause, and no route.
  @Test func routerInTheTunnelNetwork() throws {
    let seen = try observed(
      Self.plain.replacing("true", with: "false"),
      """
      0.0.0.0/1 via 192.168.252.1 dev tun0
      default via 192.168.252.9 dev lan0
      128.0.0.0/1 via 192.168.252.1 dev tun0
      192.168.252.0/23 dev tun0 proto kernel scope link src 192.168.252.2
      192.168.0.0/16 dev lan0 proto kernel scope link src 192.168.1.4
      203.0.113.10 via 192.168.252.9 dev tun0
      """)
    let advice = words(seen.json, "advice")
    #expect(seen.json["looped"] as? Bool == true && advice.count == 1, "\(advice)")
    #expect(advice[0].contains("choose a client pool") && !advice[0].contains("narrow"), "\(advice)")
  }

  /// A LAN inside a pushed destination is a loss where the VPC has hosts in it, and else none.
  @Test func lanInsideARoute() throws {
    let model = Self.plain.replacing(
      "{destination: 10.0.0.0/24}]", with: "{destination: 10.0.0.0/24}, {destination: 192.168.0.0/16}]")
    let table = Self.connected + "192.168.0.0/16 via 192.168.252.1 dev tun0\n"
    #expect(try words(observed(model, table).json, "advice") == [])
    let subnet = model.replacing("[{name: app,", with: "[{name: db, ipv4_cidr_block: 192.168.1.0/24}, {name: app,")
    let seen = try observed(subnet, table)
    #expect(words(seen.json, "advice").first?.hasPrefix("renumber the subnet or the LAN") == true, "\(seen)")
  }

  @Test func rowThatDiscards() throws {
    let seen = try observed(Self.plain, "blackhole 10.0.0.128/25\n" + Self.connected)
    #expect(seen.text.contains("the client's own row discards it, blackhole 10.0.0.128/25 ("), "\(seen.text)")
    let lost = try #require(seen.json["lost"] as? [[String: Any]])
    #expect(lost.map { $0["kind"] as? String } == ["discarded"])
  }

  // MARK: The profile

  @Test(arguments: ["", "10.9.0.0/16 via 192.168.252.1 dev tun0\n"])
  func fullTunnelNotTaken(own: String) throws {
    let seen = try observed(
      Self.plain.replacing("true", with: "false"),
      """
      default via 192.168.1.1 dev eth0
      \(own)192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.4
      192.168.252.0/23 dev tun0 proto kernel scope link src 192.168.252.2
      """)
    let advice = words(seen.json, "advice")
    #expect(seen.json["mode"] as? String == "full" && seen.json["profile"] as? String == "bypasses-full-tunnel")
    #expect(advice.count == 1 && advice[0].hasPrefix("look for `route-nopull`"), "\(advice)")
    #expect(advice[0].contains("10.9.0.0/16") == !own.isEmpty)
  }

  @Test func everythingTakenInSplitTunnel() throws {
    let seen = try observed(
      Self.plain,
      Self.connected
        + "0.0.0.0/1 via 192.168.252.1 dev tun0\n128.0.0.0/1 via 192.168.252.1 dev tun0\n203.0.113.10 via 192.168.1.1 dev eth0\n"
    )
    #expect(seen.json["mode"] as? String == "split" && seen.json["profile"] as? String == "takes-everything")
    #expect(seen.json["looped"] as? Bool == false && words(seen.json, "left_over") == [])
    #expect(words(seen.json, "advice").map { $0.hasPrefix("look for `redirect-gateway`") } == [true])
  }

  /// The pool is pushed to everybody: where it is missing, the client takes no routes.
  @Test func poolNotTaken() throws {
    let seen = try observed(
      Self.plain,
      """
      default via 192.168.1.1 dev eth0
      192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.4
      192.168.252.0/23 dev tun0 proto kernel scope link src 192.168.252.2
      """)
    #expect(words(seen.json, "missing") == ["10.0.0.0/24", "192.168.252.0/22"])
    let advice = words(seen.json, "advice")
    #expect(advice.count == 1 && advice[0].hasPrefix("look for `route-nopull`"), "\(advice)")
    #expect(advice[0].hasSuffix("does not bring it, and no route either"))
    // With a route in the table the others may be newer.
    let some = try observed(
      Self.plain.replacing(
        "{destination: 10.0.0.0/24}]", with: "{destination: 10.0.0.0/24}, {destination: 10.7.0.0/24}]"),
      Self.connected.replacing("192.168.252.0/22 via 192.168.252.1 dev tun0\n", with: ""))
    let two = words(some.json, "advice")
    #expect(
      two.count == 2 && two[0].hasPrefix("reconnect: 10.7.0.0/24 was added") && two[1].hasSuffix("bring it"), "\(two)")
  }

  // MARK: What was pushed

  private static let macos = """
    Destination Gateway Flags Netif Expire
    default 192.168.1.1 UGScg en0
    10/24 192.168.252.1 UGSc utun5
    192.168.1 link#10 UCS en0 !
    192.168.252/23 192.168.252.2 UGSc utun5
    192.168.252/22 192.168.252.1 UGSc utun5
    192.168.252.2 192.168.252.2 UH utun5

    """

  /// macOS refuses a second row for a destination, whatever the route does.
  @Test(arguments: [
    ("0.0.0.0/0, action: translate", "0.0.0.0/0", "use full tunnel"),
    ("192.168.1.0/24, action: drop", "192.168.1.0/24", "use a narrower destination"),
  ])
  func refusedPush(route: String, destination: String, words: String) throws {
    let seen = try observed(
      Self.plain.replacing("{destination: 10.0.0.0/24}]", with: "{destination: 10.0.0.0/24}, {destination: \(route)}]"),
      Self.macos)
    #expect(
      seen.text.contains("2 of 3 pushed routes are in the table") && seen.text.contains("refused   \(destination)"))
    let lost = try #require(seen.json["lost"] as? [[String: Any]])
    #expect(lost.map { $0["destination"] as? String } == [destination])
    #expect(self.words(seen.json, "advice").map { $0.contains(words) } == [true], "\(seen.json)")
  }

  @Test func poolRefused() throws {
    let table = Self.macos.replacing(
      "192.168.252/22 192.168.252.1 UGSc utun5", with: "192.168.252/22 192.168.1.9 UGSc en0")
    let seen = try observed(Self.plain, table)
    #expect(seen.text.contains("refused   192.168.252.0/22"), "\(seen.text)")
    #expect(seen.json["mode"] as? String == "split" && words(seen.json, "missing") == [])
  }

  /// What is left over under a wider route is still forwarded.
  @Test func leftOverUnderAWiderRoute() throws {
    let model = Self.plain.replacing(
      "routes: [{destination: 10.0.0.0/24}]", with: "routes: [{destination: 10.0.0.0/8}]")
    let seen = try observed(
      model,
      Self.connected.replacing("10.0.0.0/24 via", with: "10.0.0.0/8 via") + "10.2.0.0/24 via 192.168.252.1 dev tun0\n")
    #expect(words(seen.json, "left_over") == ["10.2.0.0/24"] && words(seen.json, "advice") == [])
    #expect(seen.text.contains("still forwarded by route to 10.0.0.0/8"), "\(seen.text)")
  }

  /// Which of two addresses the client uses is not known.
  @Test func oneOfTwoAddressesLoops() throws {
    let model = Self.plain.replacing("[203.0.113.10]", with: "[203.0.113.10, 198.51.100.10]")
      .replacing(
        "{destination: 10.0.0.0/24}]",
        with: "{destination: 10.0.0.0/24}, {destination: 198.51.100.0/24, action: translate}]")
    let table = Self.connected + "198.51.100.0/24 via 192.168.252.1 dev tun0\n"
    let seen = try observed(model, table)
    #expect(seen.json["looped"] is NSNull)
    #expect(words(seen.json, "advice").map { $0.contains("connected to the server's address 198.51.100.10") } == [true])
    let known = try observed(model, table + "203.0.113.10 via 192.168.1.1 dev eth0\n")
    #expect(known.json["looped"] as? Bool == false && words(known.json, "advice") == [])
  }

  // MARK: Tables that are cut off

  @Test func tableWithoutItsTunnelRow() throws {
    let model = try TemporaryFile(Self.plain)
    let table = try TemporaryFile("default via 192.168.1.1 dev eth0\n10.0.0.0/24 via 192.168.252.1 dev tun0\n")
    let (text, status) = try run(model.path, table.path)
    #expect(status == 2 && text.contains("line 2, row 10.0.0.0/24 by 192.168.252.1 on tun0"), "\(text)")
    #expect(text.contains("tunnel network 192.168.252.0/23 is expected"), "\(text)")
    let tail = try TemporaryFile(Self.connected.split(separator: "\n").dropFirst(2).joined(separator: "\n") + "\n")
    let (message, ending) = try run(model.path, tail.path)
    #expect(ending == 2 && message.contains("a default row is expected before line 1"), "\(message)")
  }

  @Test func halvesOfTheArticlesTable() throws {
    let lines = try Repository.lines("samples/tables/macos-split.txt").filter { !$0.isEmpty }
    let model = "samples/networks/article-split/network.yaml"
    let first = try TemporaryFile(lines.prefix(8).joined(separator: "\n") + "\n")
    let head = try run(model, first.path)
    #expect(head.status == 2 && head.text.contains("the table is cut off: line 5"), "\(head.text)")
    let last = try TemporaryFile(lines.suffix(12).joined(separator: "\n") + "\n")
    let tail = try run(model, last.path)
    #expect(tail.status == 2 && tail.text.contains("`Destination Gateway Flags Netif Expire` should come before"))
  }

  @Test func tableThatFitsTwoServers() throws {
    let model = try TemporaryFile(Self.plain + "\n---\n" + Self.plain + "\n")
    let table = try TemporaryFile(Self.connected)
    let (text, status) = try run(model.path, table.path)
    #expect(status == 2 && text.contains("the table fits 2 VPN servers, `v#1`, `v#2`"), "\(text)")
    #expect(try run(model.path, table.path, "--server", "v#2").text.hasPrefix("connected to VPN server `v#2`"))
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
    let model = try TemporaryFile(
      Self.model.replacing("10.1.0.0/24}, {", with: "10.0.0.0/8}, {")
        + "\nnetworks: [{name: all, cidrs: [10.0.0.0/8], via: vpn_gateway}]\n")
    var rows = ["default via 192.168.1.1 dev eth0", "192.168.252.0/23 dev tun0 proto kernel scope link"]
    for number in 0..<20_000 { rows.append("10.\(number >> 8).\(number & 255).7 via 192.168.1.1 dev eth0") }
    let table = try TemporaryFile(rows.joined(separator: "\n") + "\n")
    let clock = ContinuousClock()
    let elapsed = try clock.measure {
      let text = try run(model.path, table.path).text
      #expect(text.contains("more, all in the JSON report"))
    }
    #expect(elapsed < Effort.patience(.seconds(20)))
  }
}
