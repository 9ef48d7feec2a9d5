import IPv4Space
import LintRules
import Linting
import SourceText
import Testing

/// What findings tell people to do, and how they tell the journey of a packet.
struct AdviceTests {
  private static func findings(_ text: String) -> [Finding] {
    MarkedText(bytes: Array(text.utf8), places: [], isJSON: false).findings()
      .filter { !RuleCatalog.offByDefault.contains($0.rule) }
  }

  /// A model with one subnet, and a server with more keys.
  private static func server(_ keys: String, _ more: String = "") -> String {
    """
    vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
    vpn_servers:
      - {name: client-vpn, client_ip_pool: 192.168.252.0/22, \(keys)}
    \(more)

    """
  }

  // MARK: Journeys

  @Test(arguments: [
    ("", "8.8.8.8", "on to the internet"),
    ("networks: [{name: web, cidrs: [8.8.8.0/24], via: internet}]", "8.8.8.8", "on to web, on the internet"),
    ("", "161.26.0.7", "on to the provider's service network"),
    (
      "networks: [{name: dns, cidrs: [161.26.0.0/16], via: service}]", "161.26.0.7",
      "on to dns, in the provider's service network"
    ),
    (
      "networks: [{name: office, cidrs: [172.16.0.0/12], via: vpn_gateway}]", "172.16.0.1",
      "on to office, by VPN gateway"
    ),
  ])
  func `a packet goes on to a place`(_ networks: String, _ address: String, _ words: String) throws {
    let findings = Self.findings(
      Self.server(
        "routes: [{destination: 10.0.0.0/24}, {destination: 0.0.0.0/0, action: translate}]",
        "\(networks)\nexpectations: [{to: \(address), expect: unreachable}]"))
    let finding = try #require(findings.first { $0.rule == "expectation-not-met" })
    #expect(finding.evidence?.steps.first { $0.stage == "network" }?.because == words)
  }

  // MARK: Pools

  @Test func `a pool that the service refuses is to have room for the clients too`() throws {
    let text = Self.server("enable_split_tunneling: true, routes: [{destination: 10.0.0.0/24}], expected_clients: 1000")
    let findings = Self.findings(text.replacing("192.168.252.0/22", with: "192.168.252.0/24"))
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.rule == "client-pool-prefix-length")
    #expect(finding.labels.map(\.text) == ["these need 2000 addresses"])
    #expect(
      finding.help == ["choose another client pool, such as 192.168.248.0/21; the change disconnects all clients"])
  }

  /// All pools that are proposed can be used at once: none meets another, or a pool that stays.
  @Test func `servers are proposed different pools`() {
    let findings = Self.findings(
      """
      vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
      vpn_servers:
        - {name: a, client_ip_pool: 10.0.0.0/22, routes: [{destination: 0.0.0.0/0, action: translate}]}
        - {name: b, client_ip_pool: 192.168.0.0/21, routes: [{destination: 0.0.0.0/0, action: translate}]}
        - {name: c, client_ip_pool: 192.168.0.0/22, routes: [{destination: 0.0.0.0/0, action: translate}]}
        - {name: d, client_ip_pool: 192.168.248.0/22, routes: [{destination: 0.0.0.0/0, action: translate}]}
        - {name: e, client_ip_pool: 8.0.0.0/22, routes: [{destination: 0.0.0.0/0, action: translate}]}
        - {name: f, client_ip_pool: 172.16.0.0/24, routes: [{destination: 0.0.0.0/0, action: translate}]}
        - {name: g, client_ip_pool: 192.168.248.0/22, expected_clients: 900, \
          routes: [{destination: 0.0.0.0/0, action: translate}]}

      """)
    var pools: [String: Set<String>] = [:]
    for finding in findings {
      for match in finding.help.joined().matches(of: /such as ([0-9.\/]+)/) {
        pools[finding.cause.resource, default: []].insert(String(match.output.1))
      }
    }
    #expect(
      pools.mapValues { $0.sorted() } == [
        "vpn_servers/a/client_ip_pool": ["192.168.252.0/22"], "vpn_servers/b/client_ip_pool": ["192.168.240.0/21"],
        "vpn_servers/c/client_ip_pool": ["192.168.236.0/22"], "vpn_servers/e/client_ip_pool": ["192.168.232.0/22"],
        "vpn_servers/f/client_ip_pool": ["192.168.228.0/22"], "vpn_servers/g/client_ip_pool": ["192.168.216.0/21"],
      ])
  }

  @Test func `no pool is proposed on home LANs of the settings`() throws {
    var options = LintOptions()
    options.homeLANs = [IPv4Prefix(IPv4Address(192, 168, 252, 0), length: 24)]
    let text = Self.server("routes: [{destination: 0.0.0.0/0, action: translate}]")
    let report = Linter(options).lint(SourceFile(name: "net.yaml", bytes: Array(text.utf8)))
    let finding = try #require(report.findings.first?.finding)
    #expect(finding.rule == "client-pool-common-home-lan")
    #expect(finding.help.joined().contains("such as 192.168.248.0/22"))
  }

  // MARK: Routes

  @Test func `routes that drop everything are named`() throws {
    let findings = Self.findings(Self.server("routes: [{name: no-app, destination: 10.0.0.0/16, action: drop}]"))
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.rule == "full-tunnel-without-server-routes")
    #expect(finding.help.first == "remove route `no-app`, or use action deliver there")
    #expect(finding.labels.map(\.text) == ["drops what clients are to reach"])
  }

  // MARK: Expectations

  /// The first help of `expectation-not-met` about a server with keys, in a model with more.
  private static func advice(_ keys: String, _ more: String) -> String? {
    findings(server(keys, more)).first { $0.rule == "expectation-not-met" }?.help.first
  }

  private static let split = "enable_split_tunneling: true, routes: [{destination: 10.0.0.0/24}]"

  @Test(arguments: [
    ("cidrs: [172.16.0.0/12], via: vpn_gateway", "a route with destination 172.16.0.0/12 and action deliver"),
    ("cidrs: [172.16.0.0/12], via: transit_gateway", "a route with destination 172.16.0.0/12 and action translate"),
    ("cidrs: [10.128.0.0/9], via: classic", "a route with destination 10.128.0.0/9 and action translate"),
    (
      "cidrs: [161.26.0.0/16, 10.0.0.0/25, 166.8.0.0/14], via: service",
      "routes with destinations 161.26.0.0/16 and 166.8.0.0/14 and action translate"
    ),
    (
      "cidrs: [203.0.113.0/24], via: internet, expect: reachable",
      "a route with destination 203.0.113.0/24 and action translate"
    ),
  ])
  func `a network without a route is told the route`(_ network: String, _ route: String) {
    let advice = Self.advice(Self.split, "networks: [{name: far, \(network)}]")
    #expect(advice == "add \(route) to VPN server `client-vpn`")
  }

  @Test(arguments: ["[0.0.0.0/0]", "[0.0.0.0/1, 128.0.0.0/1]"])
  func `the internet is not routed in split tunnel`(_ cidrs: String) throws {
    let more = "networks: [{name: web, cidrs: \(cidrs), via: internet, expect: reachable}]"
    let advice = try #require(Self.advice(Self.split, more))
    #expect(advice.hasPrefix("set `enable_split_tunneling: false`, and add "))
  }

  @Test(arguments: [
    ("{to: 172.16.1.0/24, expect: reachable}", "a route with destination 172.16.1.0/24 and action deliver"),
    ("{to: office, expect: reachable}", "a route with destination 172.16.0.0/12 and action deliver"),
    ("{to: 8.8.8.8, expect: reachable}", "a route with destination 8.8.8.8/32 and action translate"),
  ])
  func `an expectation is told the route`(_ expectation: String, _ route: String) {
    let more = """
      networks: [{name: office, cidrs: [172.16.0.0/12], via: vpn_gateway, expect: any}]
      expectations: [\(expectation)]
      """
    #expect(Self.advice(Self.split, more) == "add \(route) to VPN server `client-vpn`")
  }

  @Test func `where nothing is known no route helps`() {
    let advice = Self.advice(Self.split, "expectations: [{to: 10.9.0.5, expect: reachable}]")
    #expect(advice == "declare what lies at 10.9.0.5: a subnet, or an entry of `networks`")
  }

  @Test func `what drops is mended where it drops`() {
    let office = "networks: [{name: office, cidrs: [172.16.0.0/12], via: vpn_gateway}]"
    func advice(_ route: String) -> String? {
      Self.advice("enable_split_tunneling: true, routes: [{destination: 10.0.0.0/24}, \(route)]", office)
    }
    #expect(
      advice("{name: none, destination: 172.16.0.0/12, action: drop}")
        == "use action deliver for route `none` in place of drop")
    #expect(
      advice("{name: none, destination: 172.0.0.0/8, action: drop}")
        == "add a route with destination 172.16.0.0/12 and action deliver to VPN server `client-vpn`")
  }

  @Test func `what is to be kept out is dropped, or every route to it goes`() {
    let text = Self.server(
      "routes: [{destination: 10.0.0.0/16}, {destination: 10.0.0.0/8}, {destination: 0.0.0.0/0, action: translate}]"
    ).replacing("10.0.0.0/24}", with: "10.0.0.0/24, expect: unreachable}")
    #expect(
      Self.findings(text).first { $0.rule == "expectation-not-met" }?.help.first
        == """
        remove or narrow route 10.0.0.0/16, route 10.0.0.0/8 and route 0.0.0.0/0, \
        or add a route with destination 10.0.0.0/24 and action drop
        """)
  }

  // MARK: Agreement

  private static let direct = "expectations: [{to: 8.8.8.8, expect: direct}]"

  @Test func `full tunnel is not left for a default route in split tunnel`() throws {
    let keys = "routes: [{destination: 10.0.0.0/24}, {name: all, destination: 0.0.0.0/0, action: translate}]"
    let finding = try #require(Self.findings(Self.server(keys, Self.direct)).first)
    #expect(finding.rule == "expectation-not-met")
    #expect(
      finding.help.prefix(2) == [
        "set `enable_split_tunneling: true`, and remove or narrow route `all`",
        "the change of the mode disconnects all clients",
      ])
    #expect(Self.findings(Self.server(Self.split, Self.direct)).isEmpty, "the advice mends it")
  }

  /// No advice brings into the tunnel what an expectation keeps outside.
  @Test(arguments: [
    (
      "enable_split_tunneling: true, routes: [{destination: 0.0.0.0/0, action: translate}]",
      "split-tunnel-default-route"
    ),
    (
      """
      enable_split_tunneling: true, \
      routes: [{destination: 0.0.0.0/1, action: translate}, {destination: 128.0.0.0/1, action: translate}]
      """, "split-tunnel-def1-routes"
    ),
    (
      """
      enable_split_tunneling: true, \
      routes: [{destination: 10.0.0.0/24}, {destination: 203.0.113.0/24, action: translate}]
      """, "route-destination-public"
    ),
    ("routes: [{destination: 10.0.0.0/24}]", "full-tunnel-without-default-route"),
    ("routes: []", "full-tunnel-without-server-routes"),
  ])
  func `what is to stay outside is not advised in`(_ keys: String, _ rule: String) throws {
    let with = try #require(Self.findings(Self.server(keys, Self.direct)).first { $0.rule == rule }).help.joined()
    let without = try #require(Self.findings(Self.server(keys)).first { $0.rule == rule }).help.joined()
    let tunnelsAll = ["enable_split_tunneling: false", "0.0.0.0/0 and action", "0.0.0.0/0 with action"]
    #expect(tunnelsAll.contains(where: without.contains))
    #expect(!tunnelsAll.contains(where: with.contains))
    #expect(with.contains("the model keeps `8.8.8.8` outside the tunnel"))
  }
}
