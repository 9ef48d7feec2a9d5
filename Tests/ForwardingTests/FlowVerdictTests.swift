import ClientVPN
import Forwarding
import IPv4Space
import SourceText
import Testing

/// Decisions about filters and the way back, each on the smallest network that shows it: a server `s` in subnet `vpn`,
/// clients in 172.16.0.0/20, and subnet `app`.
struct FlowVerdictTests {
  private static let open =
    "{name: open, is_default: true, rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]}"
  private static let serverGroup =
    "{name: sg-vpn, targets: [s], rules: [{direction: inbound, protocol: udp, ports: 443}, {direction: outbound, protocol: any}]}"

  /// `app` are more keys of the subnet, `vpc` of the VPC, `server` of the server, `more` of the model.
  private func analysis(
    app: String = "", vpc: String = "", server: String = "", action: String = "deliver", hasTwoMembers: Bool = false,
    vpnZone: String = ", zone: z-1", appZone: String = ", zone: z-1", more: String = ""
  ) throws -> Analysis {
    try ForwardingTests.analysis(
      """
      vpc:
        subnets:
          - {name: vpn, ipv4_cidr_block: 10.0.9.0/28, expect: any\(vpnZone)}
          - {name: vpn2, ipv4_cidr_block: 10.1.9.0/28, expect: any, zone: z-2}
          - {name: app, ipv4_cidr_block: 10.0.0.0/24\(appZone)\(app)}
        \(vpc)
      vpn_servers:
        - name: s
          client_ip_pool: 172.16.0.0/20
          enable_split_tunneling: true
          subnets: [vpn\(hasTwoMembers ? ", vpn2" : "")]
          routes: [{destination: 10.0.0.0/24, action: \(action)}, {destination: 10.0.9.0/28, action: \(action)}, {destination: 10.50.0.0/16, action: \(action)}]
          \(server)
      \(more)

      """)
  }

  private func summary(_ analysis: Analysis) -> [String] {
    let server = analysis.servers[0]
    return server.services.map { "\($0.service.value) \($0.verdict) \($0.outcome)" }
      + server.expectations.map { "\($0.verdict) \($0.holds.map(String.init) ?? "nil")" }
  }

  private func outcome(_ address: String, _ analysis: Analysis) throws -> Outcome {
    analysis.servers[0].fates[try IPv4Notation.address(address)].outcome
  }

  // MARK: Intent

  private static let half = """
    {name: a, rules: [{direction: inbound, action: allow, protocol: any, source: 10.0.9.0/28}, \
    {direction: outbound, action: allow, protocol: any}]}
    """

  @Test func nothingIsKeptFromClientsThatSomeReach() throws {
    let subnet = try analysis(
      app: ", expect: unreachable, network_acl: a", vpc: "network_acls: [\(Self.open), \(Self.half)]",
      action: "translate", hasTwoMembers: true, more: "expectations: [{to: app, expect: unreachable}]")
    let server = subnet.servers[0]
    #expect(server.subnets[2].verdict == .partly && summary(subnet) == ["partly false"])
    #expect(server.surprises(in: subnet.model).count == 1)
    #expect(
      server.subnets[2].members.map { "\($0.subnet) \($0.verdict) \($0.outcome)" } == [
        "vpn reachable reachable", "vpn2 unreachable requestBlocked",
      ])
    // The flow that is shown is one that gets in.
    let part = try analysis(
      vpc: """
        security_groups: [\(Self.serverGroup), {name: a, rules: [{direction: inbound, protocol: tcp, ports: 443, remote: 172.16.0.0/21}]}]
          workloads: [{name: w, subnet: app, address: 10.0.0.9, security_groups: [a]}]
        """, more: "expectations: [{to: w, expect: unreachable}]")
    let surprises = part.servers[0].surprises(in: part.model)
    #expect(summary(part) == ["partly false"] && surprises.map(\.port) == [443] && surprises.map(\.isPartial) == [true])
  }

  /// Known to get in by one member; of the other one it is not known.
  @Test func knownPassageWeighsMoreThanTheUnknown() throws {
    let rules =
      "[{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]"
    let some = try ForwardingTests.analysis(
      """
      vpc:
        subnets:
          - {name: vpn, ipv4_cidr_block: 10.0.9.0/28, network_acl: open}
          - {name: vpn2, ipv4_cidr_block: 10.1.9.0/28}
          - {name: app, ipv4_cidr_block: 10.0.0.0/24, network_acl: open, expect: unreachable}
        network_acls: [{name: open, rules: \(rules)}]
      vpn_servers:
        - {name: s, client_ip_pool: 172.16.0.0/20, subnets: [vpn, vpn2], routes: [{destination: 10.0.0.0/24, action: translate}]}
      expectations: [{to: app, expect: unreachable}, {to: app, expect: reachable}]

      """)
    #expect(some.servers[0].subnets[2].verdict == .undetermined)
    #expect(summary(some) == ["undetermined false", "undetermined nil"])
    #expect(some.servers[0].surprises(in: some.model).count == 1)
  }

  /// Nothing is known to pass if one member is blocked and of the other one it is not known.
  @Test func unknownIsNoPart() throws {
    let blocked = try analysis(
      vpc: """
        network_acls:
            - {name: open, subnets: [app], rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]}
            - {name: b, subnets: [vpn2], rules: []}
        """, action: "translate", hasTwoMembers: true)
    #expect(blocked.servers[0].subnets[2].verdict == .unreachable)
  }

  @Test func protocolAloneMeansSomeFlow() throws {
    let analysis = try analysis(
      vpc: """
        security_groups: [\(Self.serverGroup), {name: a, rules: [{direction: inbound, protocol: tcp, ports: 8443}]}]
          workloads: [{name: web, subnet: app, address: 10.0.0.10, security_groups: [a]}]
        """,
      more: """
        expectations:
          - {to: web, protocol: tcp, expect: unreachable}
          - {to: web, protocol: tcp, expect: reachable}
          - {to: web, protocol: udp, expect: unreachable}
          - {to: web, protocol: udp, expect: reachable}
          - {to: web, expect: unreachable}
        """)
    #expect(
      summary(analysis) == [
        "reachable false", "reachable true", "unreachable true", "unreachable false", "reachable false",
      ])
    let surprises = analysis.servers[0].surprises(in: analysis.model)
    #expect(surprises.map(\.port) == [8443, 8443])
    let block = analysis.servers[0].flowBlocks.first { $0.victims == [.expectation(3)] }
    #expect(block?.transport == .udp && block?.port == 53)
  }

  // MARK: Workloads and groups

  @Test func groupsOfAWorkloadWithoutAddressHold() throws {
    let closed = try analysis(
      vpc: """
        security_groups: [\(Self.serverGroup), {name: a, rules: [{direction: inbound, protocol: tcp, ports: 22}]}]
          workloads:
            - {name: web, subnet: app, security_groups: [a], services: [tcp/443, tcp/22]}
            - {name: other, subnet: app, address: 10.0.0.9, security_groups: [], services: [tcp/443]}
            - {name: unknown, subnet: app, services: [tcp/443]}
        """)
    #expect(
      summary(closed) == [
        "tcp/443 unreachable requestBlocked", "tcp/22 reachable reachable", "tcp/443 unreachable requestBlocked",
        "tcp/443 undetermined undetermined",
      ])
    let block = try #require(closed.servers[0].flowBlocks.first)
    #expect(closed.servers[0].flowBlocks.map(\.workload) == [0, nil])
    #expect(block.victims == [.service(workload: 0, service: 0)])
    let trace = closed.servers[0].trace(
      to: block.witness, in: closed.model, transport: .tcp, port: 443, workload: block.workload)
    #expect(trace.outcome == .requestBlocked && trace.steps.last?.stage == .workloadSecurityGroup)
  }

  @Test func referenceToAGroupTakesInItsWorkloadsWithoutAddress() throws {
    let analysis = try analysis(
      vpc: """
        security_groups:
            - {name: sg-vpn, targets: [s], rules: [{direction: outbound, protocol: any, remote: a}]}
            - {name: a, rules: [{direction: inbound, protocol: tcp, ports: 443, remote: sg-vpn}]}
          workloads:
            - {name: known, subnet: app, address: 10.0.0.10, security_groups: [a], services: [tcp/443]}
            - {name: unknown, subnet: app, security_groups: [a], services: [tcp/443]}
            - {name: outside, subnet: app, address: 10.0.0.11, security_groups: [], services: [tcp/443]}
        """, action: "translate")
    #expect(
      summary(analysis) == [
        "tcp/443 reachable reachable", "tcp/443 reachable reachable", "tcp/443 unreachable requestBlocked",
      ])
    #expect(try outcome("10.0.0.12", analysis) == .undetermined)
  }

  /// A group that the model leaves out has those whom the model puts into it, and nobody whose groups it tells.
  @Test func groupOutsideTheModelIsNotEmpty() throws {
    let analysis = try analysis(
      vpc: """
        security_groups:
            - {name: sg-vpn, targets: [s], rules: [{direction: outbound, protocol: any, remote: {id: r006-x, name: x}}]}
            - {name: a, rules: [{direction: inbound, protocol: tcp, ports: 443}]}
          workloads:
            - {name: inside, subnet: app, address: 10.0.0.10, security_groups: [{id: r006-x, name: x}], services: [tcp/443]}
            - {name: both, subnet: app, address: 10.0.0.11, security_groups: [a, {id: r006-x, name: x}], services: [tcp/443, tcp/22]}
            - {name: outside, subnet: app, address: 10.0.0.12, security_groups: [a], services: [tcp/443]}
        """)
    #expect(
      summary(analysis) == [
        "tcp/443 undetermined undetermined", "tcp/443 reachable reachable", "tcp/22 undetermined undetermined",
        "tcp/443 unreachable requestBlocked",
      ])
    #expect(try outcome("10.0.0.13", analysis) == .undetermined)
  }

  @Test func nobodyServesAtAnAddressOfTheProvider() throws {
    let analysis = try analysis(
      vpc: "workloads: [{name: w, subnet: app, address: 10.0.0.2, services: [tcp/443]}]",
      more: "expectations: [{to: w, expect: reachable}]")
    #expect(summary(analysis) == ["tcp/443 unreachable nowhere", "unreachable false"])
    #expect(analysis.servers[0].surprises(in: analysis.model).count == 1)
  }

  /// The provider's addresses of a server's subnet are no source.
  @Test func translatedSourcesAreUsableAddresses() throws {
    let analysis = try analysis(
      vpc: """
        security_groups:
            - \(Self.serverGroup)
            - {name: a, rules: [{direction: inbound, protocol: tcp, ports: 443, remote: 10.0.9.4/30}, {direction: inbound, protocol: tcp, ports: 443, remote: 10.0.9.8/30}, {direction: inbound, protocol: tcp, ports: 443, remote: 10.0.9.12/31}, {direction: inbound, protocol: tcp, ports: 443, remote: 10.0.9.14}]}
          workloads: [{name: w, subnet: app, address: 10.0.0.9, security_groups: [a], services: [tcp/443]}]
        """, action: "translate")
    #expect(summary(analysis) == ["tcp/443 reachable reachable"])
  }

  @Test func filterThatDeniesEverySourceFailsWhateverItIs() throws {
    func app(_ rule: String) throws -> Verdict {
      try ForwardingTests.analysis(
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, network_acl: a}]
          network_acls: [{name: a, rules: [\(rule), {direction: inbound, action: deny, protocol: any}, {direction: outbound, action: allow, protocol: any}]}]
        vpn_servers: [{name: s, client_ip_pool: 172.16.0.0/20, routes: [{destination: 10.0.0.0/24, action: translate}]}]

        """
      ).servers[0].subnets[0].verdict
    }
    #expect(try app("{direction: inbound, action: deny, protocol: tcp, source: 10.0.9.0/28}") == .unreachable)
    #expect(try app("{direction: inbound, action: allow, protocol: tcp, source: 10.0.9.0/28}") == .undetermined)
    #expect(try app("{direction: inbound, action: allow, protocol: tcp}") == .reachable)
  }

  // MARK: Routing tables

  private func table(_ route: String, accepts: String = "[vpn_server]") -> String {
    "routing_tables: [{name: rt, is_default: true, accept_routes_from: \(accepts), routes: [\(route)]}]"
  }

  @Test(arguments: [
    // Written by the service: its next hop is the server, anywhere in the subnets of a server whose addresses are unknown.
    ("next_hop: 10.0.9.4, origin: service, creator: vpn_server", "", Outcome.reachable),
    ("next_hop: 10.0.9.4, origin: service, creator: vpn_server", "private_ips: [10.0.9.4]", .reachable),
    ("next_hop: 10.0.9.4, origin: service, creator: vpn_server", "private_ips: [10.0.9.5]", .noReturnPath),
    ("next_hop: 10.0.0.4, origin: service, creator: vpn_server", "", .noReturnPath),
    // Written by the user.
    ("next_hop: 10.0.9.4", "", .undetermined), ("next_hop: 10.0.9.4", "private_ips: [10.0.9.4]", .reachable),
    ("next_hop: 10.0.9.4", "private_ips: [10.0.9.5]", .noReturnPath), ("next_hop: 10.0.0.4", "", .noReturnPath),
    ("action: drop", "", .noReturnPath),
  ])
  func answersByARouteToThePool(_ route: String, _ server: String, _ expected: Outcome) throws {
    let analysis = try analysis(
      vpc: table("{destination: 172.16.0.0/20, zone: z-1, \(route)}"), server: server)
    #expect(try outcome("10.0.0.9", analysis) == expected)
  }

  /// What another next hop does with an answer between subnets is not modelled, as with a request.
  @Test func answersByANextHopInTheVPCAreUndetermined() throws {
    let analysis = try analysis(
      vpc: """
        routing_tables:
            - {name: rt, is_default: true, accept_routes_from: [vpn_server]}
            - {name: fw, accept_routes_from: [vpn_server], subnets: [app], routes: [{destination: 0.0.0.0/0, zone: z-1, next_hop: 10.0.0.5}]}
        """, action: "translate")
    #expect(try outcome("10.0.0.9", analysis) == .undetermined)
    let trace = analysis.servers[0].trace(to: IPv4Address(10, 0, 0, 9), in: analysis.model)
    #expect(trace.steps.last?.reason == .vpcRouteHops("fw", IPv4Address(10, 0, 0, 5)))
  }

  @Test func noRoutingTableDecidesWithinOneSubnet() throws {
    let drop = table("{destination: 0.0.0.0/0, zone: z-1, action: drop}", accepts: "[]")
    #expect(try outcome("10.0.9.9", analysis(vpc: drop, action: "translate")) == .reachable)
    #expect(try outcome("10.0.9.9", analysis(vpc: drop)) == .noReturnPath)
    #expect(try outcome("10.0.0.9", analysis(vpc: drop, action: "translate")) == .requestBlocked)
  }

  /// Routes hold in one zone; which one the subnet is in may not be known.
  @Test func zoneThatIsNotModelled() throws {
    func outcome(_ zone: String, prefix: String = "") throws -> Outcome {
      try self.outcome(
        "10.0.0.9",
        analysis(vpc: prefix + table("{destination: 172.16.0.0/20, zone: z-2, action: drop}"), appZone: zone))
    }
    #expect(try outcome("") == .undetermined)
    #expect(try outcome(", zone: z-1") == .reachable)
    #expect(try outcome(", zone: z-2") == .noReturnPath)
    // The address prefix tells it.
    #expect(try outcome("", prefix: "address_prefixes: [{cidr: 10.0.0.0/16, zone: z-2}]\n  ") == .noReturnPath)
    let trace = try analysis(
      vpc: table("{destination: 172.16.0.0/20, zone: z-2, action: drop}"), appZone: "")
    #expect(
      trace.servers[0].trace(to: IPv4Address(10, 0, 0, 9), in: trace.model).steps.last?.reason == .zoneUnknown("rt"))
  }

  /// Answers from beyond the VPC come in by an ingress routing table.
  @Test(arguments: [
    ("", Outcome.reachable), ("{destination: 172.16.0.0/20, action: drop}", .noReturnPath),
    ("{destination: 172.16.0.0/20, zone: z-1, next_hop: 10.0.0.5}", .noReturnPath),
    ("{destination: 172.16.0.0/20, next_hop: 10.0.9.4, origin: service, creator: vpn_server}", .reachable),
    ("{destination: 172.16.8.0/21, action: drop}", .noReturnPath),
    ("{destination: 0.0.0.0/0, action: drop}", .reachable),
  ])
  func answersByAnIngressTable(_ route: String, _ expected: Outcome) throws {
    for (way, flag) in [("transit_gateway", "transit_gateway"), ("direct_link", "direct_link")] {
      let analysis = try analysis(
        vpc: """
          routing_tables:
              - {name: rt, is_default: true, accept_routes_from: [vpn_server]}
              - {name: in, accept_routes_from: [vpn_server], advertise_routes_to: [\(way)], route_\(flag)_ingress: true, routes: [\(route)]}
          """, more: "networks: [{name: far, cidrs: [10.50.0.0/16], via: \(way)}]")
      #expect(try outcome("10.50.0.9", analysis) == expected)
      let trace = analysis.servers[0].trace(to: IPv4Address(10, 50, 0, 9), in: analysis.model)
      #expect(trace.outcome == expected && (trace.steps.last?.result == .stop) == (expected == .noReturnPath))
      #expect(analysis.servers[0].lacksAdvertisement(analysis.servers[0].networks[0], in: analysis.model) == false)
    }
  }

  // MARK: Members

  /// A trace names the member whose packet fails, and those by which it gets through.
  @Test func traceNamesTheFailingMember() throws {
    let analysis = try analysis(
      app: ", network_acl: a", vpc: "network_acls: [\(Self.open), \(Self.half)]", action: "translate",
      hasTwoMembers: true)
    let trace = analysis.servers[0].trace(to: IPv4Address(10, 0, 0, 9), in: analysis.model)
    #expect(trace.steps.last?.stage == .workloadACL)
    #expect(trace.steps.last?.members?.subnet == "vpn2" && trace.steps.last?.members?.others == ["vpn"])
  }
}
