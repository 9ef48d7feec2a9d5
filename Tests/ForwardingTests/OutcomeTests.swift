import ClientVPN
import Forwarding
import IPv4Space
import SourceText
import Testing

/// Decisions of SPEC §2 that random models do not reach.
struct OutcomeTests {
  private func server(_ keys: String, vpc: String = "", more: String = "") throws -> (Analysis, ServerAnalysis) {
    let analysis = try analysis(
      """
      vpc:
        subnets:
          - {name: app, ipv4_cidr_block: 10.0.0.0/24}
          - {name: db, ipv4_cidr_block: 10.1.0.0/24}
        \(vpc)
      vpn_servers:
        - {name: vpn, client_ip_pool: 192.168.252.0/22, \(keys)}
      \(more)

      """)
    return (analysis, analysis.servers[0])
  }

  private func outcome(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, _ server: ServerAnalysis) -> Outcome {
    server.fates[IPv4Address(a, b, c, d)].outcome
  }

  @Test(arguments: [true, false])
  func unreadableRouteLeavesTheRestUndetermined(_ isSplit: Bool) throws {
    let (analysis, server) = try server(
      "enable_split_tunneling: \(isSplit), routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/240}]")
    #expect(outcome(10, 0, 0, 9, server) == .reachable && outcome(10, 1, 0, 9, server) == .undetermined)
    #expect(server.subnets.map(\.verdict) == [.reachable, .undetermined])
    #expect(server.subnets[1].outcome == .undetermined)
    let trace = server.trace(to: IPv4Address(10, 1, 0, 9), in: analysis.model)
    #expect(trace.outcome == .undetermined && trace.steps.contains { step in step.result == .unknown })
  }

  /// What is known to fail is told, whatever else is not known and in whatever order the addresses come.
  @Test(arguments: ["10.1.0.0/25", "10.1.0.128/25"])
  func knownFailureWeighsMoreThanTheUnknown(_ half: String) throws {
    let (_, server) = try server(
      "routes: [{destination: \(half), action: drop}, {destination: 10.9.0.0/99, action: drop}]")
    #expect(server.subnets[1].verdict == .unreachable && server.subnets[1].outcome == .serverDrop)
  }

  @Test(arguments: [
    ("", "transit_gateway", Outcome.undetermined), ("routing_tables: []", "transit_gateway", .noReturnPath),
    (
      "routing_tables: [{name: in, route_transit_gateway_ingress: true, accept_routes_from: [vpn_server], advertise_routes_to: [transit_gateway]}]",
      "transit_gateway", .reachable
    ),
    (
      "routing_tables: [{name: in, route_transit_gateway_ingress: true, accept_routes_from: [vpn_server]}]",
      "transit_gateway", .noReturnPath
    ),
    (
      "routing_tables: [{name: in, route_direct_link_ingress: true, accept_routes_from: [vpn_server], advertise_routes_to: [direct_link]}]",
      "direct_link", .reachable
    ),
    (
      "routing_tables: [{name: in, route_direct_link_ingress: false, accept_routes_from: [vpn_server], advertise_routes_to: [direct_link]}]",
      "direct_link", .noReturnPath
    ),
    ("", "vpn_gateway", .reachable), ("", "classic", .noReturnPath), ("", "service", .noReturnPath),
  ])
  func deliverBeyondTheVPC(_ vpc: String, _ way: String, _ expected: Outcome) throws {
    let (_, delivering) = try server(
      "enable_split_tunneling: true, routes: [{destination: 172.16.0.0/16}]", vpc: vpc,
      more: "networks: [{name: far, cidrs: [172.16.0.0/16], via: \(way)}]")
    #expect(outcome(172, 16, 0, 9, delivering) == expected)
    let (_, translating) = try server(
      "enable_split_tunneling: true, routes: [{destination: 172.16.0.0/16, action: translate}]", vpc: vpc,
      more: "networks: [{name: far, cidrs: [172.16.0.0/16], via: \(way)}]")
    #expect(outcome(172, 16, 0, 9, translating) == .reachable)
  }

  @Test func gatewayAnswersThroughALiveTunnel() throws {
    for isSplit in [true, false] {
      let (_, server) = try server("enable_split_tunneling: \(isSplit)")
      #expect(outcome(192, 168, 252, 1, server) == .reachable)
      #expect(
        outcome(192, 168, 252, 0, server) == .noServerRoute && outcome(192, 168, 252, 3, server) == .noServerRoute)
    }
    let (_, looped) = try server(
      "enable_split_tunneling: true, public_ips: [203.0.113.5], routes: [{destination: 203.0.113.0/24, action: translate}]"
    )
    #expect(outcome(192, 168, 252, 1, looped) == .looped)
  }

  @Test func serverIsReachedOutsideTheTunnel() throws {
    let (_, full) = try server("public_ips: [203.0.113.5], routes: [{destination: 0.0.0.0/0, action: translate}]")
    #expect(outcome(203, 0, 113, 5, full) == .direct && outcome(203, 0, 113, 6, full) == .reachable)
    #expect(full.carrier == .clear)
  }

  @Test func servesNamesWhatAServerIsFor() throws {
    let (_, server) = try server(
      "serves: [db], routes: [{destination: 10.0.0.0/24}]",
      more: "networks: [{name: far, cidrs: [172.16.0.0/16], via: classic}]")
    #expect(server.subnets.map(\.isServed) == [false, true] && server.networks.map(\.isServed) == [false])
  }

  @Test func subnetWithoutUsableAddressesIsNotJudged() throws {
    let tiny = try analysis(
      """
      vpc: {subnets: [{name: tiny, ipv4_cidr_block: 10.0.0.0/30}]}
      vpn_servers: [{name: vpn, client_ip_pool: 192.168.252.0/22}]

      """)
    #expect(tiny.servers[0].subnets.first?.usable == nil && tiny.servers[0].subnets.first?.verdict == .undetermined)
  }

  /// Expectations name a subnet, a network, a workload, an address or a range, and one server or all.
  @Test func expectationsHoldOrNot() throws {
    let (_, server) = try server(
      "enable_split_tunneling: true, routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/25}]",
      vpc: "workloads: [{name: shop, subnet: db, address: 10.1.0.200}, {name: web, subnet: app}]",
      more: """
        networks: [{name: onprem, cidrs: [172.16.0.0/16], via: vpn_gateway}]
        expectations:
          - {to: app, expect: reachable}
          - {to: db, expect: reachable}
          - {to: db, expect: unreachable}
          - {to: shop, expect: direct}
          - {to: web, from: vpn, expect: reachable}
          - {to: onprem, expect: direct}
          - {to: 10.1.0.200, expect: unreachable}
          - {to: 10.0.0.0/25, expect: any}
          - {to: 198.51.100.0/24, expect: direct}
        """)
    #expect(server.expectations.map(\.holds) == [true, false, false, true, true, true, true, true, true])
  }

  /// The first four addresses of a subnet and its last never count, whoever asks.
  @Test func addressesOfTheProviderDoNotCount() throws {
    let routes = [4, 5, 6, 7, 8, 16, 32, 64, 128].map {
      "{destination: 10.0.0.\($0)/\([4: 30, 5: 32, 6: 32, 7: 32, 8: 29, 16: 28, 32: 27, 64: 26, 128: 25][$0] ?? 32)}"
    }
    let (_, server) = try server(
      "enable_split_tunneling: true, routes: [\(routes.joined(separator: ", "))]",
      more:
        "expectations: [{to: 10.0.0.0/24, expect: reachable}, {to: app, expect: reachable}, {to: 10.0.0.1, expect: reachable}]"
    )
    #expect(server.subnets[0].verdict == .reachable)
    #expect(server.expectations.map(\.holds) == [true, true, false])
  }
}
