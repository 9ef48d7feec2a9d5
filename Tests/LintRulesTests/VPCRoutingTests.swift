import SourceText
import Testing

/// Rules about routing tables, and about pools and prefixes that meet what lies beyond the VPC: who speaks, and when none.
struct VPCRoutingTests {
  struct Case: CustomTestStringConvertible {
    let title: String
    /// The rules that speak with more than an info, in the order of the file.
    let rules: [String]
    var prefixes = ""
    var tables = ""
    var server = "client_ip_pool: 192.168.252.0/22, subnets: [edge-1, edge-2], private_ips: [10.0.1.4, 10.0.2.4]"
    var route = "deliver"
    var more = ""

    var testDescription: String { title }

    var text: String {
      """
      vpc:
        subnets:
          - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          - {name: edge-1, ipv4_cidr_block: 10.0.1.0/24, zone: z1, expect: any}
          - {name: edge-2, ipv4_cidr_block: 10.0.2.0/24, zone: z2, expect: any}
      \(prefixes.isEmpty ? "" : "  address_prefixes: [\(prefixes)]")
      \(tables.isEmpty ? "" : "  routing_tables: [\(tables)]")
      vpn_servers:
        - {name: client-vpn, enable_split_tunneling: true, \(server), routes: [{destination: 10.0.0.0/24, action: \(route)}]}
      \(more)

      """
    }

    static func table(_ routes: String, _ more: String = "accept_routes_from: [vpn_server]") -> String {
      "{name: main, is_default: true, \(more), routes: [\(routes)]}"
    }

    static func service(_ number: Int, _ network: String, _ zone: String, _ hop: String) -> String {
      "{name: ibm-vpn-server-\(number), destination: \(network), zone: \(zone), next_hop: \(hop), origin: service}"
    }

    static let written = [
      service(1, "192.168.252.0/23", "z1", "10.0.1.4"), service(2, "192.168.254.0/23", "z1", "10.0.2.4"),
      service(3, "192.168.252.0/23", "z2", "10.0.1.4"), service(4, "192.168.254.0/23", "z2", "10.0.2.4"),
    ]
  }

  static let cases = [
    // Routes that have to go.
    Case(
      title: "an appliance takes the answers", rules: ["user-route-conflicts-with-client-pool"],
      tables: Case.table("{destination: 192.168.252.0/23, zone: z1, next_hop: 10.0.0.9}")),
    Case(
      title: "the conflict stands for the narrower prefix",
      rules: ["user-route-conflicts-with-client-pool"],
      tables: Case.table(
        (Case.written + ["{destination: 192.168.252.0/26, zone: z1, action: drop, origin: user}"])
          .joined(separator: ", "))),
    Case(
      title: "a hand-written way back in an accepting table", rules: ["user-route-conflicts-with-client-pool"],
      tables: Case.table(
        "{name: ibm-vpn-server-1, destination: 192.168.252.0/22, zone: z1, next_hop: 10.0.1.4, origin: user}")),
    Case(
      title: "a hand-written way back in another table, which the server's own address is too",
      rules: ["service-route-hand-written"],
      tables: Case.table(
        "{name: ibm-back, destination: 192.168.252.0/22, zone: z1, next_hop: 10.0.1.4}", "accept_routes_from: []")),
    Case(
      title: "translated answers are dropped, which weighs more than the warning", rules: ["vpc-route-stops-clients"],
      tables: "{name: main, is_default: true, routes: []}, {name: locked, subnets: [app], routes: ["
        + "{destination: 0.0.0.0/0, zone: z1, action: drop}]}",
      route: "translate"),
    Case(
      title: "a default route that drops in another zone than the subnets", rules: [],
      tables: "{name: main, is_default: true, accept_routes_from: [vpn_server]}, "
        + "{name: locked, subnets: [app], accept_routes_from: [vpn_server], routes: ["
        + "{destination: 0.0.0.0/0, zone: z3, action: drop}]}"),
    Case(
      title: "an unknown action is one slip", rules: ["invalid-value"],
      tables: Case.table("{destination: 172.30.0.0/16, zone: z1, action: dorp}")),
    Case(
      title: "a connection is a next hop", rules: [],
      tables: Case.table("{destination: 172.30.0.0/16, zone: z1, next_hop: {id: r022-connection}}")),

    // Routes of the service.
    Case(title: "all routes of the service", rules: [], tables: Case.table(Case.written.joined(separator: ", "))),
    Case(
      title: "left over from another pool", rules: ["service-route-outside-pool"],
      tables: Case.table(
        (Case.written.prefix(3) + [Case.service(9, "172.30.0.0/23", "z2", "10.0.2.4")]).joined(separator: ", "))),
    Case(
      title: "left over from another address", rules: ["service-route-next-hop-stale"],
      tables: Case.table(
        (Case.written.prefix(3) + [Case.service(9, "192.168.254.0/23", "z2", "10.0.2.77")]).joined(separator: ", "))),
    Case(
      title: "without zones their number is not known", rules: [],
      tables: Case.table(
        "{name: ibm-vpn-server-1, destination: 192.168.252.0/23, next_hop: 10.0.1.4, origin: service}")),
    Case(
      title: "routes for a server that the model leaves out", rules: [],
      tables: Case.table(
        "{destination: 172.16.0.0/22, zone: z1, next_hop: 10.0.1.9, origin: service, creator: {id: r022-other}}")),

    // What lies beyond the VPC.
    Case(
      title: "a pool in a prefix and in another VPC", rules: ["client-pool-overlaps-address-prefix"],
      prefixes: "{cidr: 10.0.0.0/16}", server: "client_ip_pool: 10.0.8.0/22",
      more: "networks: [{name: far, cidrs: [10.0.8.0/21], via: transit_gateway, expect: any}]"),
    Case(
      title: "a pool in another VPC and in classic infrastructure", rules: ["client-pool-overlaps-other-vpc"],
      server: "client_ip_pool: 10.1.8.0/22",
      more: """
        networks:
          - {name: far, cidrs: [10.1.0.0/16], via: transit_gateway, expect: any}
          - {name: classic, cidrs: [10.130.0.0/16], via: classic, expect: any}
        """),
    Case(
      title: "a pool among the hosts of classic infrastructure", rules: ["client-pool-overlaps-classic"],
      server: "client_ip_pool: 10.99.8.0/22",
      more: "networks: [{name: classic, cidrs: [10.130.0.0/16], via: classic, expect: any}]"),
  ]

  @Test(arguments: cases)
  func whoSpeaks(_ example: Case) {
    let found = Self.findings(example.text)
    #expect(
      found.filter { $0.severity > .info }.map(\.rule) == example.rules,
      "\(found.map { "\($0.rule): \($0.message)" })\n\(example.text)")
  }

  private static func findings(_ text: String) -> [Finding] {
    MarkedText(bytes: Array(text.utf8), places: [], isJSON: false).findings()
  }

  /// Where the network is meant to be reached, the route that delivers is told and not the table too.
  @Test func aLostAnswerIsToldAtTheRoute() {
    func rules(_ expect: String) -> [String] {
      Self.findings(
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: incoming, route_transit_gateway_ingress: true, accept_routes_from: []}
        networks: [{name: far, cidrs: [172.20.0.0/16], via: transit_gateway, expect: \(expect)}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 172.20.0.0/16, action: deliver}]

        """
      ).filter { $0.severity > .info }.map(\.rule)
    }
    #expect(rules("reachable") == ["deliver-beyond-vpc-without-advertise"])
    #expect(rules("any") == ["ingress-table-without-vpn-server"])
  }

  @Test(arguments: [("10.1.0.0/22", Severity.error), ("10.99.8.0/22", .warning)])
  func servicesOfClassicInfrastructureAreWorse(_ pool: String, _ severity: Severity) {
    let found = Self.findings(
      Case(
        title: "", rules: [], server: "client_ip_pool: \(pool)",
        more: "networks: [{name: classic, cidrs: [10.130.0.0/16], via: classic, expect: any}]"
      ).text)
    #expect(found.first { $0.rule == "client-pool-overlaps-classic" }?.severity == severity)
    #expect(
      found.first { $0.rule == "client-pool-overlaps-classic" }?.help.joined().contains("such as 192.168.") == true)
  }

  /// Numbers of the documentation, where the model has none of its own.
  @Test(arguments: [(15, nil), (16, Severity.info), (70, .info), (71, .warning)])
  func advertisedRoutesAreCounted(_ count: Int, _ severity: Severity?) {
    let routes = (0..<count).map { "{destination: 172.30.\($0).0/24, zone: z1, next_hop: 10.0.0.9, advertise: true}" }
    let tables =
      "{name: main, is_default: true, accept_routes_from: [vpn_server]}, {name: out, route_direct_link_ingress: true, "
      + "accept_routes_from: [vpn_server], advertise_routes_to: [direct_link], routes: [\(routes.joined(separator: ", "))]}"
    let found = Self.findings(Case(title: "", rules: [], tables: tables).text)
    #expect(found.first { $0.rule == "quota-advertised-routes" }?.severity == severity)
  }

  @Test(arguments: [(14, false), (15, true)])
  func prefixLengthsAreCounted(_ count: Int, _ isTold: Bool) {
    let routes = (0..<count).map { "{destination: 172.16.0.0/\(12 + $0), zone: z1, next_hop: 10.0.0.9}" }
    let tables =
      "{name: main, is_default: true, accept_routes_from: [vpn_server]}, "
      + "{name: custom, accept_routes_from: [], routes: [\(routes.joined(separator: ", "))]}"
    let found = Self.findings(Case(title: "", rules: [], tables: tables).text)
    #expect(found.contains { $0.rule == "quota-prefix-lengths" } == isTold)
  }
}
