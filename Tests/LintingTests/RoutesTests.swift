import Foundation
import TestSupport
import Testing

/// `vpnlint routes` by the program itself.
struct RoutesTests {
  private static let networks = "samples/networks"

  private func run(_ arguments: String...) throws -> (text: String, status: Int32) {
    try Program.run(["routes"] + arguments, in: Repository.root)
  }

  /// The words of each row, columns apart.
  private func rows(_ text: String) -> [String] {
    text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
      .filter { $0.split(separator: " ").count >= 4 && !$0.hasPrefix("Destination") }
  }

  /// Rows of the article's tables that come and go without the VPN, and times that count down.
  private static let incidental: Set = ["192.168.1.4", "192.168.1.255", "255.255.255.255"]

  private func comparable(_ rows: [String]) -> [String] {
    rows.compactMap { row in
      var words = row.split(separator: " ").map(String.init)
      if Self.incidental.contains(words[0]) { return nil }
      if words.count == 5, Int(words[4]) != nil { words.removeLast() }
      if words[0] == "203.0.113.10/32" || words[0].hasPrefix("162.133.") { words[0] = "SERVER" }
      return words.joined(separator: " ")
    }
  }

  @Test(arguments: [("article-split", "macos-split"), ("article-full", "macos-full")])
  func articleTablesComeOutRowForRow(network: String, table: String) throws {
    let (text, status) = try run(
      "\(Self.networks)/\(network)/network.yaml", "--base", "samples/tables/macos-without-vpn.txt")
    let article = try Repository.lines("samples/tables/\(table).txt").joined(separator: "\n")
    #expect(status == 0)
    let predicted = comparable(rows(text))
    let expected = comparable(rows(article))
    // The server's address is illegible in the article, and stands where its own address would.
    #expect(predicted.filter { !$0.hasPrefix("SERVER") } == expected.filter { !$0.hasPrefix("SERVER") })
    #expect(Set(predicted) == Set(expected))
    #expect(expected.count > 12)
  }

  @Test func eachSystemHasItsOwnFormat() throws {
    let model = "\(Self.networks)/article-split/network.yaml"
    let linux = try run(model, "--os", "linux").text
    #expect(linux.contains("192.168.252.0/23 dev tun0 proto kernel scope link src 192.168.252.2"))
    #expect(linux.contains("10.0.0.0/24 via 192.168.252.1 dev tun0"))
    let windows = try run(model, "--os", "windows").text
    #expect(rows(windows).contains("10.0.0.0 255.255.255.0 192.168.252.1 192.168.252.2 1"))
    let macos = try run(model, "--os", "macos").text
    #expect(rows(macos).contains("10/24 192.168.252.1 UGSc utun5"))
  }

  @Test func jsonTellsTheOriginOfEachRow() throws {
    let (text, _) = try run("\(Self.networks)/article-full/network.yaml", "--os", "linux", "--format", "json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(json["version"] as? Int == 1 && json["server"] as? String == "client-vpn")
    #expect(json["os"] as? String == "linux" && json["mode"] as? String == "full" && json["site"] as? String == "home")
    let rows = try #require(json["rows"] as? [[String: Any]])
    let words = rows.map { row in
      ["destination", "gateway", "interface", "origin"].map { row[$0] as? String ?? "-" }.joined(separator: " ")
    }
    #expect(
      words == [
        "0.0.0.0/1 192.168.252.1 tun0 redirect", "0.0.0.0/0 192.168.1.1 en0 existing",
        "128.0.0.0/1 192.168.252.1 tun0 redirect", "192.168.1.0/24 - en0 existing", "192.168.252.0/23 - tun0 tunnel",
        "203.0.113.10/32 192.168.1.1 en0 server-host",
      ])
    #expect(rows.allSatisfy { $0["metric"] as? Int == 0 })
  }

  /// An equal row: refused on macOS and Windows, in front on Linux.
  @Test func equalRowHasTwoOutcomes() throws {
    let model = try TemporaryFile(
      """
      vpc: {subnets: [{name: app, ipv4_cidr_block: 192.168.1.0/24}]}
      vpn_servers:
        - {name: v, client_ip_pool: 172.30.0.0/22, enable_split_tunneling: true, routes: [{destination: 192.168.1.0/24}, {destination: 10.0.0.9/24}]}
      client_sites: [{name: home, lan: 192.168.1.0/24, gateway: 192.168.1.1}]
      """)
    let linux = try run(model.path, "--os", "linux").text
    let front = try #require(linux.range(of: "192.168.1.0/24 via 172.30.0.1 dev tun0"))
    let behind = try #require(linux.range(of: "192.168.1.0/24 dev eth0"))
    #expect(front.lowerBound < behind.lowerBound)
    for system in ["macos", "windows"] {
      let text = try run(model.path, "--os", system).text
      #expect(text.contains("192.168.1.0/24 is not added: the client has a row for this destination on"), "\(system)")
      #expect(text.contains("10.0.0.9/24 is not added: it has bits after the prefix length"), "\(system)")
    }
  }

  @Test func `rows that are not added do not bury the table`() throws {
    func sentences(_ destinations: [String]) throws -> [Substring] {
      let routes = destinations.map { "{destination: \($0)}" }.joined(separator: ", ")
      let model = try TemporaryFile(
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - {name: v, client_ip_pool: 172.30.0.0/22, enable_split_tunneling: true, routes: [\(routes)]}
        """)
      return try run(model.path, "--os", "linux").text.split(separator: "\n").filter { $0.hasPrefix("vpnlint: ") }
    }
    let some = try sentences((0..<30).map { "10.0.\($0).9/24" })
    #expect(some.count == 21 && some[0].hasPrefix("vpnlint: 10.0.0.9/24 is not added: "), "\(some)")
    #expect(some.last == "vpnlint: 10 more rows are not added; the JSON of `vpnlint routes` has them all")
    #expect(try sentences([String](repeating: "10.0.0.9/24", count: 30)).count == 1)
    #expect(try sentences((0..<20).map { "10.0.\($0).9/24" }).count == 20)
  }

  // MARK: Real tables

  private static let profiled = """
    vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
    vpn_servers:
      - name: v
        client_ip_pool: 192.168.252.0/22
        tunnel_network: 192.168.252.0/23
        enable_split_tunneling: true
        public_ips: [203.0.113.10]
        routes: [{destination: 10.0.0.0/24}]
    client_sites: [{name: home, lan: 192.168.1.0/24, openvpn_directives: [DIRECTIVE]}]
    """

  private static let before = """
    default via 192.168.1.1 dev wlan0
    192.168.1.0/24 dev wlan0 proto kernel scope link src 192.168.1.4

    """

  /// A real table replaces the rows of the site and not the site.
  @Test func baseKeepsTheProfile() throws {
    let model = try TemporaryFile(Self.profiled.replacing("DIRECTIVE", with: "route-metric 50"))
    let base = try TemporaryFile(Self.before)
    #expect(try run(model.path, "--base", base.path).text.contains("10.0.0.0/24 via 192.168.252.1 dev tun0 metric 50"))
    #expect(try run(model.path, "--base", base.path, "--format", "json").text.contains(#""site": "home""#))
    // The site is not one of this system.
    let other = try TemporaryFile(
      Self.profiled.replacing("DIRECTIVE", with: "route-metric 50").replacing(
        "name: home,", with: "name: home, os: windows,"))
    #expect(try !run(other.path, "--base", base.path).text.contains("metric 50"))
  }

  @Test func baseOfAConnectedClientIsRefused() throws {
    let base = "samples/tables/macos-split.txt"
    let (text, status) = try run("\(Self.networks)/article-split/network.yaml", "--base", base)
    #expect(
      status == 2 && text.contains("is one of a client that is connected to `client-vpn` already: line 15"), "\(text)")
  }

  @Test func persistentAndIllegibleRowsOfWindowsStay() throws {
    let model = try TemporaryFile(Self.profiled.replacing("DIRECTIVE", with: "verb 3"))
    let ruler = String(repeating: "=", count: 75)
    let base = try TemporaryFile(
      """
      IPv4 Route Table
      \(ruler)
      Active Routes:
      Network Destination        Netmask          Gateway       Interface  Metric
                0.0.0.0          0.0.0.0      192.168.1.1      192.168.1.4     25
         162.133.xxx.xx  255.255.255.255      192.168.1.1      192.168.1.4     25
            192.168.1.0    255.255.255.0         On-link       192.168.1.4    281
      \(ruler)
      Persistent Routes:
        Network Address          Netmask  Gateway Address  Metric
               10.9.0.0      255.255.0.0      192.168.1.9       1
      \(ruler)

      """)
    let text = try run(model.path, "--base", base.path).text
    #expect(text.contains("10.9.0.0      255.255.0.0      192.168.1.9") && !text.contains("None"), "\(text)")
    let rows = rows(text).map { $0.split(separator: " ")[0] }
    #expect(rows.firstIndex(of: "162.133.xxx.xx").map { rows[$0 + 1] == "192.168.1.0" } == true, "\(rows)")
  }

  /// Windows gives every row that OpenVPN adds the metric 1.
  @Test func metricsOfWindows() throws {
    let text = try run("\(Self.networks)/article-full/network.yaml", "--os", "windows", "--format", "json").text
    for destination in ["0.0.0.0/1", "128.0.0.0/1", "203.0.113.10/32"] {
      let row = try #require(text.split(separator: "\n").first { $0.contains("\"\(destination)\"") })
      #expect(row.contains(#""metric": 1,"#), "\(row)")
    }
  }

  // MARK: Profiles

  @Test func whatTheProfileKeepsAwayIsTold() throws {
    let full = Self.profiled.replacing("true", with: "false")
    let model = try TemporaryFile(full.replacing("DIRECTIVE", with: "route-nopull"))
    let text = try run(model.path).text
    #expect(text.contains("0.0.0.0/1 is not added: a line of the client profile keeps it away"), "\(text)")
    #expect(
      try run(model.path, "--format", "json").text.contains(#""destination": "0.0.0.0/1", "reason": "client-profile""#))
    let rejecting = try TemporaryFile(Self.profiled.replacing("DIRECTIVE", with: "'pull-filter reject \"route \"'"))
    let (message, status) = try run(rejecting.path)
    #expect(status == 0 && message.contains("the client never connects"), "\(message)")
    #expect(try run(rejecting.path, "--format", "json").text.contains(#""connected": false"#))
  }

  /// Servers of one name in several documents are told apart by the number of the document.
  @Test func serversOfSeveralDocuments() throws {
    let model = "\(Self.networks)/several-documents/network.yaml"
    let (text, status) = try run(model, "--server", "client-vpn")
    #expect(status == 2 && text.contains("`client-vpn#1`, `client-vpn#2`"), "\(text)")
    #expect(try run(model, "--server", "client-vpn#2").status == 0)
    #expect(try run(model, "--server", "client-vpn#9").status == 2)
  }

  @Test func withoutSiteTheGatewayIsNotInvented() throws {
    let model = try TemporaryFile(Run.faulty)
    let text = try run(model.path, "--os", "linux").text
    #expect(text.contains("default via <gateway> dev eth0"))
    let json = try run(model.path, "--format", "json").text
    #expect(json.contains(#""destination": "0.0.0.0/0", "gateway": null"#))
  }

  @Test(arguments: [
    (["--os", "beos"], "there is no system `beos`; write macos, linux or windows"),
    (["--server", "client-vpm"], "there is no VPN server `client-vpm`; did you mean `client-vpn`?"),
    (["--site", "moon"], "there is no client site `moon`"),
    (["--base", "missing.txt"], "missing.txt: No such file or directory"),
    (["--base", "Package.swift"], "Package.swift: line 1 and those after it are not rows of a routing table"),
    (["--base", "samples/tables/macos-split.txt", "--os", "linux"], "which is not linux; leave out --os"),
    (["--format", "xml"], "there is no format `xml`; the formats are text and json"),
  ])
  func wrongUseIsOneSentence(arguments: [String], sentence: String) throws {
    let all = ["routes", "\(Self.networks)/article-split/network.yaml"] + arguments
    let (text, status) = try Program.run(all, in: Repository.root)
    #expect(status == 2 && text.contains(sentence), "\(text)")
  }

  @Test func modelThatIsNotWellFormedEndsWithItsFindings() throws {
    let model = try TemporaryFile("vpc: {subnets: []}\nvpn_server: []\n")
    for command in [["routes"], ["trace"]] {
      let (text, status) = try Program.run(
        command + [model.path] + (command == ["trace"] ? ["10.0.0.1"] : []), in: Repository.root)
      #expect(status == 1 && text.contains("unknown-key"), "\(text)")
    }
  }

  /// Names come from files that others wrote: they act on no terminal and pass for no other column.
  @Test(arguments: ["linux", "macos", "windows"])
  func namesAreHarmless(system: String) throws {
    let model = try TemporaryFile(
      """
      vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
      vpn_servers: [{name: v, client_ip_pool: 172.30.0.0/22, enable_split_tunneling: true, routes: [{destination: 10.0.0.0/24}]}]
      client_sites: [{name: home, lan: 192.168.1.0/24, interface: "e\\e[2J\\n10.9.9.0/24 via 6.6.6.6 metric 5"}]
      """)
    let text = try run(model.path, "--os", system).text
    #expect(!text.contains("\u{1B}") && !text.contains("\n10.9.9.0/24") && !text.contains(" metric 5"))
    let table = try TemporaryFile("default via 192.168.1.1 dev e\u{1B}[31mth0\n192.168.1.0/24 dev eth0\n")
    #expect(try !run(model.path, "--base", table.path).text.contains("\u{1B}"))
  }
}
