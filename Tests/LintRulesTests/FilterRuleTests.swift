import LintRules
import SourceText
import Testing

/// Which rules speak about filters and routes of the VPC that stop clients, and that each cause is told once and whole.
struct FilterRuleTests {
  /// A server in subnet `vpn` with a route to subnet `app`, and what is different in a case.
  private static func model(
    vpc: String, route: String = "{destination: 10.0.0.0/24}", server: String = "enable_split_tunneling: true",
    more: String = "", app: String = ""
  ) -> String {
    """
    vpc:
      subnets:
        - {name: vpn, ipv4_cidr_block: 10.0.9.0/28, zone: z-1, expect: any}
        - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z-1\(app)}
    \(vpc)
    vpn_servers:
      - {name: s, client_ip_pool: 172.16.0.0/20, subnets: [vpn], \(server), routes: [\(route)]}
    \(more)

    """
  }

  private static func findings(_ text: String) -> [Finding] {
    MarkedText(bytes: Array(text.utf8), places: [], isJSON: false).findings().filter { $0.severity > .info }
  }

  private static func told(_ text: String) -> [String] {
    let found = findings(text)
    #expect(Set(found.map(\.cause.subject)).count == found.count, "no two findings have equal causes")
    return found.map(\.rule)
  }

  private static let openACLs = """
      network_acls:
        - name: open
          is_default: true
          rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]
    """

  // MARK: Routes to whose destinations nothing passes

  private static func group(_ outbound: String) -> String {
    "  security_groups: [{name: g, targets: [s], rules: [{direction: inbound, protocol: udp, ports: 443}, \(outbound)]}]"
  }

  @Test(arguments: [
    ("{direction: outbound, protocol: any, remote: 10.0.0.0/24}", "", ["server-sg-blocks-destination"]),
    ("{direction: outbound, protocol: any}", "", []),
    ("{direction: outbound, protocol: tcp, ports: 443}", "", []),
    // Somebody who says that clients do not need a destination is not told that they lose it.
    (
      "{direction: outbound, protocol: any, remote: 10.0.0.0/24}",
      "networks: [{name: n, cidrs: [161.26.0.0/16], via: service, expect: any}]", []
    ),
    (
      "{direction: outbound, protocol: any, remote: 10.0.0.0/24}",
      "expectations: [{to: 161.26.0.0/16, expect: unreachable}]", []
    ),
  ])
  func aRouteByWhichNothingPasses(_ outbound: String, _ more: String, _ rules: [String]) {
    let routes = "{destination: 10.0.0.0/24}, {destination: 161.26.0.0/16, action: translate}"
    let text = Self.model(
      vpc: Self.group(outbound), route: routes,
      server: "enable_split_tunneling: true, client_dns_server_ips: [161.26.0.7]", more: more)
    #expect(Self.told(text) == rules)
  }

  @Test func everyRouteIsNamed() throws {
    let routes =
      "{destination: 10.0.0.0/24}, {destination: 0.0.0.0/0, action: translate}, "
      + "{destination: 161.26.0.0/16, action: translate}"
    let found = Self.findings(
      Self.model(
        vpc: Self.group("{direction: outbound, protocol: any, remote: 10.0.0.0/24}"), route: routes,
        server: "client_dns_server_ips: [161.26.0.7, 161.26.0.8]"))
    let finding = try #require(found.first)
    #expect(found.map(\.rule) == ["server-sg-blocks-destination"])
    #expect(
      finding.message
        == "security group `g` lets no packet out to the destinations of route 0.0.0.0/0 and route 161.26.0.0/16")
    #expect(finding.labels.filter { $0.text == "nothing passes to this destination" }.count == 2)
    #expect(finding.evidence?.steps.last?.stage == "server-security-group")
  }

  @Test func aRouteOfWhichASubnetTellsIsNotToldAgain() {
    let found = Self.findings(
      Self.model(vpc: Self.group("{direction: outbound, protocol: any, remote: 192.0.2.0/24}")))
    #expect(found.map(\.message) == ["security group `g` lets no packet out to subnet `app`"])
  }

  // MARK: Filters of the tunnel that contradict each other

  private static func tunnel(_ group: String, _ inbound: String, _ outbound: String) -> String {
    model(
      vpc: """
          network_acls:
            - name: a
              is_default: true
              rules:
                - {direction: inbound, action: allow, protocol: udp, destination_ports: 443\(inbound)}
                - {direction: inbound, action: allow, protocol: any, source: 10.0.0.0/8}
                - {direction: outbound, action: allow, protocol: udp, source_ports: 443\(outbound)}
                - {direction: outbound, action: allow, protocol: any, destination: 10.0.0.0/8}
          security_groups:
            - name: g
              targets: [s]
              rules: [{direction: inbound, protocol: udp, ports: 443\(group)}, {direction: outbound, protocol: any}]
        """, route: "{destination: 10.0.0.0/24, action: translate}")
  }

  @Test(arguments: [
    ("", "", "", nil),
    (", remote: 192.0.2.0/24", "", "", nil),
    (", remote: 192.0.2.0/24", ", source: 192.0.2.128/25", ", destination: 192.0.2.0/24", nil),
    (", remote: 192.0.2.0/24", ", source: 203.0.113.0/24", "", "server-acl-blocks-tunnel-inbound"),
    (", remote: 192.0.2.0/24", "", ", destination: 198.51.100.0/24", "server-acl-blocks-tunnel-outbound"),
    ("", ", source: 203.0.113.0/24", ", destination: 198.51.100.0/24", "server-acl-blocks-tunnel-outbound"),
    (
      ", remote: 192.0.2.0/24", ", source: 203.0.113.0/24", ", destination: 198.51.100.0/24",
      "server-acl-blocks-tunnel-inbound"
    ),
  ])
  func filtersThatAreOpenAlone(_ group: String, _ inbound: String, _ outbound: String, _ rule: String?) {
    let found = Self.findings(Self.tunnel(group, inbound, outbound)).filter { $0.rule != "tunnel-source-restricted" }
    #expect(found.map(\.rule) == (rule.map { [$0] } ?? []))
    for finding in found {
      #expect(finding.message.hasPrefix("filters contradict each other"))
      let words = ([finding.primary] + finding.labels).map(\.text).joined()
      for (rule, network) in [(group, "192.0.2.0"), (inbound, "203.0.113.0"), (outbound, "198.51.100.0")]
      where !rule.isEmpty {
        #expect(words.contains(network), "\(words)")
      }
    }
  }

  @Test func oneACLThatIsClosedSpeaksAlone() {
    let text = Self.tunnel(", remote: 192.0.2.0/24", ", source: 10.9.0.0/16", "")
    let found = Self.findings(text)
    #expect(found.map(\.rule) == ["server-acl-blocks-tunnel-inbound"])
    #expect(found.first?.message.hasPrefix("network ACL `a` keeps clients") == true)
  }

  // MARK: Routes that stop clients

  @Test func aRouteTellsOfAllThatItStops() {
    let drop = "{destination: 0.0.0.0/0, zone: z-1, action: drop}"
    let text = Self.model(
      vpc: "  routing_tables: [{name: d, is_default: true, accept_routes_from: [vpn_server], routes: [\(drop)]}]",
      route: "{destination: 10.0.0.0/24}, {destination: 10.60.0.0/16, action: translate}",
      more: "networks: [{name: far, cidrs: [10.60.0.0/16], via: transit_gateway}]")
    let found = Self.findings(text).filter { $0.rule == "vpc-route-stops-clients" }
    #expect(
      found.map(\.message) == [
        "route 0.0.0.0/0 of routing table `d` drops packets of clients to network `far` and subnet `app`"
      ])
  }

  @Test func aRouteTellsOfAllServers() throws {
    let text = """
      vpc:
        subnets:
          - {name: vpn-1, ipv4_cidr_block: 10.0.9.0/28, zone: z-1, expect: any, routing_table: one}
          - {name: vpn-2, ipv4_cidr_block: 10.0.8.0/28, zone: z-2, expect: any, routing_table: two}
          - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z-1, routing_table: one}
          - {name: db, ipv4_cidr_block: 10.0.1.0/24, zone: z-1, routing_table: one}
        routing_tables:
          - {name: one, accept_routes_from: [vpn_server], routes: [{destination: 0.0.0.0/0, zone: z-1, action: drop}]}
          - {name: two, accept_routes_from: [vpn_server]}
      vpn_servers:
        - {name: a, client_ip_pool: 172.16.0.0/20, enable_split_tunneling: true, subnets: [vpn-1], serves: [app],
           routes: [{destination: 10.0.0.0/24, action: translate}]}
        - {name: b, client_ip_pool: 172.17.0.0/20, enable_split_tunneling: true, subnets: [vpn-2], serves: [db],
           routes: [{destination: 10.0.1.0/24, action: translate}]}

      """
    let found = Self.findings(text).filter { $0.rule == "vpc-route-stops-clients" }
    let finding = try #require(found.first)
    #expect(found.count == 1 && finding.message.hasSuffix("drops packets of clients to subnet `app`"))
    #expect(finding.notes.contains("it drops answers to clients from subnet `db` too"))
  }

  // MARK: One slip, one finding

  @Test(arguments: [
    // The tunnel's own rule.
    ("{direction: inbound, protocol: udp, port_min: 500, port_max: 400}", "", ["port-min-max-order"]),
    ("{direction: inbound, protocol: udpp, ports: 443}", "", ["invalid-value"]),
    ("{direction: inbound, protocol: udp, ports: 443, remote: nosuch}", "", ["unresolved-reference"]),
    // A slip elsewhere does not hide what is closed.
    (
      "{direction: inbound, protocol: tcp, port_min: 500, port_max: 400}", "",
      ["server-sg-blocks-tunnel", "port-min-max-order"]
    ),
    // The workload's own rule.
    ("", "{direction: inbound, protocol: tcp, port_min: 500, port_max: 400}", ["port-min-max-order"]),
    ("", "{direction: inbound, protocol: tcp, ports: 70000}", ["port-min-max-order"]),
    ("", "{direction: inbound, protocol: tcp, ports: 443, remote: nosuch}", ["unresolved-reference"]),
    ("", "{direction: inbound, protocol: tpc, ports: 443}", ["invalid-value"]),
    ("", "{direction: inbund, protocol: tcp, ports: 443}", ["invalid-value"]),
    ("", "{direction: inbound, protocol: any, remote: 10.0.0.0/33}", ["invalid-cidr"]),
    ("", "{direction: inbound, protocol: any, remote: 'fe80::/10'}", ["ipv6-not-supported"]),
    (
      "", "{direction: inbound, protocol: udp, port_min: 500, port_max: 400}",
      ["workload-sg-blocks-client-pool", "port-min-max-order"]
    ),
    (
      "", "{direction: outbound, protocol: tpc, ports: 443}", ["workload-sg-blocks-client-pool", "invalid-value"]
    ),
  ])
  func groups(_ server: String, _ workload: String, _ rules: [String]) {
    let tunnel = server.isEmpty ? "{direction: inbound, protocol: udp, ports: 443}" : server
    let own = workload.isEmpty ? "{direction: inbound, protocol: any}" : workload
    let text = Self.model(
      vpc: """
          security_groups:
            - {name: g, targets: [s], rules: [\(tunnel), {direction: outbound, protocol: any}]}
            - {name: w, rules: [\(own)]}
          workloads: [{name: web, subnet: app, address: 10.0.0.10, security_groups: [w], services: [tcp/443]}]
        """.replacing("400", with: "300"))
    #expect(Self.told(text).sorted() == rules.sorted())
  }

  @Test func theSlipTellsWhatIsLost() {
    let text = Self.model(
      vpc: """
          security_groups:
            - {name: g, targets: [s], rules: [{direction: inbound, protocol: udp, port_min: 500, port_max: 400}, {direction: outbound, protocol: any}]}
        """)
    #expect(Self.findings(text).flatMap(\.notes) == ["as it is written, no client connects to VPN server `s`"])
  }

  @Test(arguments: [
    (
      "{direction: inbound, action: allow, protocol: tcp, destination_port_min: 443, destination_port_max: 80}",
      ["port-min-max-order"]
    ),
    ("{direction: inbound, action: allow, protocol: http}", ["invalid-value"]),
    // What denies before the slip is the reason, whatever the slip is meant to be.
    (
      "{direction: inbound, action: deny, protocol: any}, {direction: inbound, action: allow, protocol: http}",
      ["workload-acl-blocks-vpn", "invalid-value"]
    ),
    (
      "{direction: inbound, action: allow, protocol: http}, {direction: inbound, action: deny, protocol: any}",
      ["invalid-value"]
    ),
  ])
  func acls(_ inbound: String, _ rules: [String]) {
    let text = Self.model(
      vpc: Self.openACLs
        + "\n    - {name: a, rules: [\(inbound), {direction: outbound, action: allow, protocol: any}]}"
        + "\n  workloads: [{name: web, subnet: app, address: 10.0.0.10, services: [tcp/443]}]",
      app: ", network_acl: a")
    #expect(Self.told(text).sorted() == rules.sorted())
  }

  @Test(arguments: ["", "{name: d, is_default: true, rules: [{direction: outbound, protocol: any}]}"])
  func aServerWithoutGroupsIsToldOnce(_ group: String) {
    let text = Self.model(
      vpc: "  security_groups: [\(group)]", server: "enable_split_tunneling: true, security_groups: []")
    #expect(Self.told(text) == ["server-uses-default-security-group"])
  }

  @Test func aStaleServiceRouteIsToldOnce() {
    let route =
      "{name: ibm-vpn-server-1, destination: 172.16.0.0/20, zone: z-1, next_hop: 10.0.9.5, origin: service, creator: s}"
    func text(_ more: String) -> String {
      Self.model(
        vpc:
          "  routing_tables: [{name: d, is_default: true, accept_routes_from: [vpn_server], routes: [\(route)\(more)]}]",
        server: "enable_split_tunneling: true, private_ips: [10.0.9.4]")
    }
    #expect(Self.told(text("")) == ["service-route-next-hop-stale"])
    let users = ", {destination: 172.16.0.0/21, zone: z-1, action: drop}"
    #expect(
      Self.told(text(users)).sorted() == ["service-route-next-hop-stale", "user-route-conflicts-with-client-pool"])
  }

  @Test func aPoolInANetworkIsToldOnce() {
    let text = Self.model(
      vpc: "", route: "{destination: 10.0.0.0/24}",
      more: "networks: [{name: office, cidrs: [172.16.8.0/24], via: vpn_gateway}]")
    let found = Self.findings(text)
    #expect(found.map(\.rule) == ["client-pool-overlaps-on-prem"])
    #expect(found.first?.notes.contains { $0.hasPrefix("clients do not reach these addresses") } == true)
  }

  /// The packet of a finding is stopped where the finding says, and an ACL that lets no answer out is one cause.
  @Test func theWitnessShowsTheOutcome() throws {
    let text = Self.model(
      vpc: Self.openACLs + """

            - name: a
              rules:
                - {direction: inbound, action: allow, protocol: tcp, destination_ports: 443}
                - {direction: outbound, action: allow, protocol: tcp, source_ports: 443, destination_ports: 49152-65535}
          workloads: [{name: web, subnet: app, address: 10.0.0.10, services: [tcp/443]}]
        """, app: ", network_acl: a")
    let found = Self.findings(text)
    #expect(
      found.map(\.message) == ["network ACL `a` stops answers from tcp/443 of workload `web` and subnet `app`"])
    #expect(found.first?.evidence?.steps.last?.stage == "reply-workload-acl")
    let subnetAlone = text.replacing(
      "  workloads: [{name: web, subnet: app, address: 10.0.0.10, services: [tcp/443]}]", with: "")
    let alone = try #require(Self.findings(subnetAlone).first)
    #expect(alone.evidence?.packet.transport == "tcp" && alone.evidence?.steps.last?.stage == "reply-workload-acl")
  }

  // MARK: Expectations about flows

  @Test(arguments: [
    ("{to: app, protocol: icmp, port: 5, expect: reachable}", ["icmp-with-ports"]),
    ("{to: app, port: 70000, expect: unreachable}", ["invalid-value"]),
    ("{to: app, protocol: sctp, port: 443, expect: unreachable}", ["invalid-value"]),
    ("{to: app, protocol: tcp, port: 443, expect: unreachable}", ["expectation-not-met"]),
  ])
  func anExpectationOfNoFlowIsNotJudged(_ expectation: String, _ rules: [String]) {
    #expect(Self.told(Self.model(vpc: "", more: "expectations: [\(expectation)]")) == rules)
  }

  @Test func expectationsAreToldWithTheirFlows() throws {
    let text = Self.model(
      vpc: Self.openACLs
        + "\n    - {name: a, rules: [{direction: inbound, action: allow, protocol: tcp, destination_ports: 1-1024}, "
        + "{direction: outbound, action: allow, protocol: any}]}",
      more: """
        expectations:
          - {to: 10.0.0.7, protocol: icmp, expect: reachable}
          - {to: 10.0.0.7, protocol: tcp, port: 3306, expect: reachable}
          - {to: 10.0.0.8, protocol: udp, expect: reachable}
          - {to: 10.0.0.9, protocol: tcp, expect: reachable}
        """, app: ", network_acl: a")
    let found = Self.findings(text)
    #expect(
      found.map(\.message) == [
        "network ACL `a` keeps clients from `10.0.0.7` on icmp and tcp/3306 and `10.0.0.8` on udp"
      ])
    // Some TCP passes, which is enough where no port is named. Of all UDP ports one is shown that does not pass.
    let last = text.replacing("  - {to: 10.0.0.7, protocol: icmp, expect: reachable}\n", with: "")
      .replacing("  - {to: 10.0.0.7, protocol: tcp, port: 3306, expect: reachable}\n", with: "")
    let finding = try #require(Self.findings(last).first)
    #expect(finding.evidence?.packet.transport == "udp" && finding.evidence?.steps.last?.result == .stop)
  }

  // MARK: Words

  @Test func severalGroupsAndNone() {
    let several = Self.model(
      vpc: """
          security_groups:
            - {name: g1, targets: [s], rules: [{direction: inbound, protocol: udp, ports: 443}]}
            - {name: g2, targets: [s], rules: [{direction: outbound, protocol: any, remote: 192.0.2.0/24}]}
        """)
    #expect(
      Self.findings(several).map(\.message) == ["security groups `g1` and `g2` let no packet out to subnet `app`"])
    let none = Self.model(
      vpc: """
          security_groups: [{name: g, targets: [s], rules: [{direction: inbound, protocol: udp, ports: 443}, {direction: outbound, protocol: any}]}]
          workloads: [{name: web, subnet: app, address: 10.0.0.10, security_groups: [], services: [tcp/443]}]
        """)
    let found = Self.findings(none)
    #expect(
      found.map(\.message) == [
        "workload `web` has no security group, so clients do not reach tcp/443 of workload `web`"
      ])
    #expect(found.first?.cause.resource == "vpc/workloads/web")
  }

  // MARK: Numbers of rules

  @Test func rulesAreCountedAsWritten() {
    let text = Self.model(
      vpc: """
          network_acls:
            - name: a
              is_default: true
              rules:
                - {direction: inbound, action: permit, protocol: tcp}
                - {direction: in, action: allow, protocol: tcp}
                - {direction: inbound, action: allow, protocol: any}
                - {direction: inbound, action: allow, protocol: tcp, source_port_min: 5, source_port_max: 4}
                - {direction: inbound, action: allow, protocol: udp, destination_ports: 53}
                - {direction: outbound, action: allow, protocol: any}
                - {direction: inbound, action: allow, protocol: any, source: 'fe80::/10'}
        """)
    let found = Self.findings(text)
    #expect(
      found.filter { $0.rule == "port-min-max-order" }.map(\.message) == [
        "the source ports of rule 4 of network ACL `a` go from 5 down to 4"
      ])
    // A rule that could not be read neither hides what never applies, nor is said to be hidden.
    #expect(
      found.filter { $0.rule == "acl-rule-unreachable" }.map(\.message) == [
        "rule 5 of network ACL `a` never applies"
      ])
    #expect(Set(found.map(\.cause.subject)).count == found.count)
    let resources = found.filter { $0.rule != "ipv6-not-supported" }.map(\.cause.subject)
    #expect(resources.contains("vpc/network_acls/a/rules/0/action"))
    #expect(resources.contains("vpc/network_acls/a/rules/3/source ports"))
  }

  /// What could not be read opens nothing.
  @Test func anUnreadSourceIsNotEverything() {
    let text = Self.model(
      vpc: Self.openACLs
        + "\n    - {name: a, rules: [{direction: inbound, action: allow, protocol: any, source: 'fe80::/10'}, "
        + "{direction: inbound, action: allow, protocol: any, source: 192.0.2.0/24}, "
        + "{direction: outbound, action: allow, protocol: any}]}",
      more: "expectations: [{to: app, expect: unreachable}]", app: ", network_acl: a, expect: any")
    #expect(Self.told(text) == ["ipv6-not-supported"])
  }

  // MARK: Split tunnel where the model speaks of the internet

  @Test(arguments: [
    (
      "networks: [{name: internet, cidrs: [0.0.0.0/0], via: internet, expect: unreachable}]",
      ["split-tunnel-security-note"]
    ),
    ("networks: [{name: internet, cidrs: [0.0.0.0/0], via: internet, expect: reachable}]", ["expectation-not-met"]),
    ("networks: [{name: internet, cidrs: [0.0.0.0/0], via: internet}]", []),
    ("expectations: [{to: 8.8.8.8, expect: unreachable}]", ["split-tunnel-security-note"]),
    ("expectations: [{to: 8.8.8.8, expect: direct}]", []),
    ("expectations: [{to: 10.9.0.0/24, expect: unreachable}]", []),
    ("", []),
  ])
  func splitTunnelAndTheInternet(_ more: String, _ rules: [String]) {
    let text = Self.model(vpc: "", more: more)
    let found = MarkedText(bytes: Array(text.utf8), places: [], isJSON: false).findings()
    let wanted = ["split-tunnel-security-note", "expectation-not-met"]
    #expect(found.map(\.rule).filter(wanted.contains) == rules)
  }
}
