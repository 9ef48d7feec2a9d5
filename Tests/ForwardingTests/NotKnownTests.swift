import ClientVPN
import Forwarding
import IPv4Space
import SourceText
import Testing

/// What follows from what a model does not know.
struct NotKnownTests {
  private static func network(_ server: String, _ more: String = "") -> String {
    """
    vpc:
      address_prefixes: [{cidr: 10.0.0.0/16}]
      subnets:
        - {name: app, ipv4_cidr_block: 10.0.0.0/24}
        - {name: db, ipv4_cidr_block: 10.0.1.0/24}
        - {name: vpn, ipv4_cidr_block: 10.0.9.0/28}
    \(more)
    vpn_servers:
      - name: client-vpn
        client_ip_pool: 192.168.252.0/22
        public_ips: [203.0.113.7]
    \(server.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
    client_sites:
      - {name: home, os: macos, lan: 192.168.1.0/24, address: 192.168.1.5, gateway: 192.168.1.1}
    """
  }

  private static func outcomes(_ text: String, _ addresses: [String]) throws -> [Outcome] {
    let server = try analysis(text).servers[0]
    return try addresses.map { server.fates[try IPv4Notation.address($0)].outcome }
  }

  private static let addresses = [
    "10.0.0.5", "10.0.1.5", "10.0.9.5", "8.8.8.8", "161.26.0.7", "192.168.252.1", "192.168.253.9", "203.0.113.7",
    "127.0.0.1",
    "10.9.0.1",
  ]

  /// Where both modes come to the same it is known, else it is not: here and at each site.
  @Test(arguments: [
    "routes: [{destination: 10.0.0.0/24}, {destination: 10.0.1.0/24, action: drop}]",
    "routes: [{destination: 0.0.0.0/0, action: translate}]", "routes: []", "routes: [{destination: 203.0.113.0/24}]",
    "not_known: [routes]\nroutes: [{destination: 10.0.0.0/24}]",
  ])
  func `an unknown mode is what both modes share`(_ routes: String) throws {
    let known = try [true, false].map {
      try Self.outcomes(Self.network("enable_split_tunneling: \($0)\n\(routes)"), Self.addresses)
    }
    let unknownKeys = routes.contains("not_known") ? "enable_split_tunneling, routes" : "enable_split_tunneling"
    let rest = routes.split(separator: "\n").filter { !$0.hasPrefix("not_known") }.joined(separator: "\n")
    let text = Self.network("not_known: [\(unknownKeys)]\n\(rest)")
    let unknown = try Self.outcomes(text, Self.addresses)
    let shared = zip(known[0], known[1]).map { $0 == $1 ? $0 : Outcome.undetermined }
    #expect(unknown == shared)
    let server = try analysis(text).servers[0]
    #expect(server.sites[0].fates[IPv4Address(8, 8, 8, 8)].outcome == .undetermined)
    #expect(server.sites[0].fates[IPv4Address(192, 168, 1, 77)].outcome == .local)
  }

  @Test func `nothing is said of a packet that may never enter the tunnel`() throws {
    let analysis = try analysis(
      Self.network("not_known: [enable_split_tunneling]\nroutes: [{destination: 10.0.0.0/24}]"))
    let trace = analysis.servers[0].trace(to: IPv4Address(8, 8, 8, 8), in: analysis.model)
    #expect(trace.outcome == .undetermined)
    #expect(trace.steps.map(\.result) == [.unknown, .pass])
  }

  @Test func `a route without a known action enters the tunnel and tells no more`() throws {
    let text = Self.network(
      "enable_split_tunneling: true\nroutes: [{destination: 10.0.0.0/24}, {destination: 10.0.1.0/24, not_known: [action]}]"
    )
    #expect(
      try Self.outcomes(text, ["10.0.0.5", "10.0.1.5", "8.8.8.8"]) == [.reachable, .undetermined, .direct])
    let analysis = try analysis(text)
    let trace = analysis.servers[0].trace(to: IPv4Address(10, 0, 1, 5), in: analysis.model)
    #expect(trace.outcome == .undetermined)
    #expect(trace.steps.map(\.stage) == [.clientTable, .carrier, .serverRoute])
    #expect(trace.steps.map(\.result) == [.pass, .pass, .unknown])
  }

  @Test func `nothing known may be something unknown`() throws {
    let server = "enable_split_tunneling: true\nroutes: [{destination: 10.0.0.0/8}]"
    #expect(try Self.outcomes(Self.network(server), ["10.50.0.1"]) == [.nowhere])
    let networks = Self.network(server) + "\nnetworks: [{name: office, via: vpn_gateway, not_known: [cidrs]}]"
    #expect(try Self.outcomes(networks, ["10.50.0.1", "10.0.0.5"]) == [.undetermined, .reachable])
    let subnets = Self.network(server).replacing(
      "  address_prefixes:", with: "  not_known: [subnets]\n  address_prefixes:")
    #expect(try Self.outcomes(subnets, ["10.50.0.1"]) == [.undetermined])
  }

  @Test func `filters that are not known stop nothing and open nothing`() throws {
    let server =
      "enable_split_tunneling: true\nsubnets: [vpn]\nroutes: [{destination: 10.0.0.0/24}]"
    let deny = "network_acls: [{name: main, is_default: true, rules: []"
    #expect(try Self.outcomes(Self.network(server, "  \(deny)}]"), ["10.0.0.5"]) == [.requestBlocked])
    let open = Self.network(server, "  \(deny), not_known: [rules]}]")
    #expect(try Self.outcomes(open, ["10.0.0.5"]) == [.undetermined])
    #expect(try analysis(open).servers[0].tunnelFilters?.blocks.isEmpty == true)
    let group = "security_groups: [{name: main, is_default: true, rules: []"
    #expect(try Self.outcomes(Self.network(server, "  \(group)}]"), ["10.0.0.5"]) == [.requestBlocked])
    #expect(
      try Self.outcomes(Self.network(server, "  \(group), not_known: [rules]}]"), ["10.0.0.5"]) == [.undetermined])
  }

  @Test func `the ACL of a subnet that is not known decides nothing`() throws {
    let rules =
      "[{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]"
    let acl = "  network_acls: [{name: main, is_default: true, rules: \(rules)}]"
    let server = "enable_split_tunneling: true\nroutes: [{destination: 10.0.0.0/24}]"
    #expect(try Self.outcomes(Self.network("\(server)\nsubnets: [vpn]", acl), ["10.0.0.5"]) == [.reachable])
    #expect(
      try Self.outcomes(Self.network("\(server)\nnot_known: [subnets]", acl), ["10.0.0.5"]) == [.undetermined])
  }

  @Test func `a tunnel of which the port is not known is not judged`() throws {
    let server = "enable_split_tunneling: true\nsubnets: [vpn]\nroutes: [{destination: 10.0.0.0/24}]"
    let group =
      "  security_groups: [{name: main, is_default: true, rules: [{direction: inbound, protocol: tcp, ports: 8443}]}]"
    #expect(try analysis(Self.network(server, group)).servers[0].tunnelFilters?.blocks.count == 1)
    #expect(
      try analysis(Self.network("\(server)\nnot_known: [port, protocol]", group)).servers[0].tunnelFilters?.blocks
        .isEmpty == true)
  }

  @Test func `a route that is not known may be narrower`() throws {
    func outcome(_ missing: String, _ known: String = "deliver") throws -> [Outcome] {
      let known = "{destination: 10.0.0.0/24, action: \(known)}"
      return try Self.outcomes(
        Self.network("enable_split_tunneling: true\nroutes: [\(known), {\(missing), not_known: [destination]}]"),
        ["10.0.0.5", "10.0.1.5"])
    }
    #expect(try outcome("action: drop") == [.undetermined, .undetermined])
    #expect(try outcome("action: translate") == [.undetermined, .undetermined])
    // Whether the wider or the narrower one delivers makes no difference.
    #expect(try outcome("action: deliver") == [.reachable, .undetermined])
    #expect(try outcome("name: usual") == [.reachable, .undetermined])
    #expect(try outcome("name: usual", "drop") == [.undetermined, .undetermined])
    let page = "enable_split_tunneling: true\nnot_known: [routes]\nroutes: [{destination: 10.0.0.0/24}]"
    let analysis = try analysis(Self.network(page))
    let trace = analysis.servers[0].trace(to: IPv4Address(10, 0, 0, 5), in: analysis.model)
    #expect(trace.outcome == .undetermined)
    #expect(trace.steps.last?.reason == .narrowerRouteUnknown(IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 24)))
  }

  private static let table = "enable_split_tunneling: true\nsubnets: [vpn]\nroutes: [{destination: 10.0.0.0/24}]"

  /// One of a kind that is not in the model may name what has none.
  @Test(arguments: ["network_acls", "security_groups", "routing_tables"])
  func `the default is not what an unknown one may replace`(_ kind: String) throws {
    let workloads = kind == "security_groups" ? "\n  workloads: [{name: web, subnet: app, services: [tcp/443]}]" : ""
    let rest =
      kind == "routing_tables"
      ? "is_default: true, accept_routes_from: []" : "is_default: true, rules: []"
    func verdict(_ model: String) throws -> Outcome {
      let server = try analysis(model).servers[0]
      return workloads.isEmpty ? server.fates[IPv4Address(10, 0, 0, 5)].outcome : server.services[0].outcome
    }
    let known = Self.network(Self.table, "  \(kind): [{name: main, \(rest)}]\(workloads)")
    #expect(try [.requestBlocked, .noReturnPath].contains(verdict(known)))
    let open = known.replacing("vpc:\n", with: "vpc:\n  not_known: [\(kind)]\n")
    #expect(try verdict(open) == .undetermined)
  }

  @Test(arguments: [
    ("accept_routes_from: [vpn_server], advertise_routes_to: [transit_gateway]", Outcome.noReturnPath),
    (
      "accept_routes_from: [vpn_server], advertise_routes_to: [transit_gateway], not_known: [route_transit_gateway_ingress]",
      .undetermined
    ),
    ("accept_routes_from: [vpn_server], route_transit_gateway_ingress: true", .noReturnPath),
    (
      "accept_routes_from: [vpn_server], route_transit_gateway_ingress: true, not_known: [advertise_routes_to]",
      .undetermined
    ),
    (
      "advertise_routes_to: [transit_gateway], route_transit_gateway_ingress: true, not_known: [accept_routes_from]",
      .undetermined
    ),
    (
      "accept_routes_from: [vpn_server], advertise_routes_to: [transit_gateway], route_transit_gateway_ingress: true",
      .reachable
    ),
  ])
  func `what an ingress table does not tell is not known`(_ table: String, _ outcome: Outcome) throws {
    let server = "enable_split_tunneling: true\nroutes: [{destination: 10.50.0.0/16}]"
    let text =
      Self.network(server, "  routing_tables: [{name: ingress, \(table)}]")
      + "\nnetworks: [{name: far, via: transit_gateway, cidrs: [10.50.0.0/16]}]"
    #expect(try Self.outcomes(text, ["10.50.0.1"]) == [outcome])
    // Another table may be the one.
    let more = text.replacing("vpc:\n", with: "vpc:\n  not_known: [routing_tables]\n")
    #expect(try Self.outcomes(more, ["10.50.0.1"]) == [outcome == .reachable ? .reachable : .undetermined])
  }

  /// Wherever the pool is, the service's own route for it goes before a shorter one.
  @Test(arguments: [
    ("accept_routes_from: [vpn_server]", Outcome.reachable), ("accept_routes_from: []", .noReturnPath),
    ("not_known: [accept_routes_from]", .undetermined),
    ("accept_routes_from: [vpn_server], routes: [{destination: 0.0.0.0/0, action: drop}]", .reachable),
    ("accept_routes_from: [vpn_server], routes: [{destination: 192.168.252.0/24, action: drop}]", .undetermined),
  ])
  func `answers find a pool that is not known`(_ table: String, _ outcome: Outcome) throws {
    let text = Self.network(Self.table, "  routing_tables: [{name: main, is_default: true, \(table)}]").replacing(
      "    client_ip_pool: 192.168.252.0/22\n", with: "")
    let open = text.replacing("subnets: [vpn]", with: "subnets: [vpn]\n    not_known: [client_ip_pool]")
    let analysis = try analysis(open)
    #expect(analysis.servers[0].fates[IPv4Address(10, 0, 0, 5)].outcome == outcome)
    let trace = analysis.servers[0].trace(to: IPv4Address(10, 0, 0, 5), in: analysis.model)
    #expect(trace.outcome == outcome && trace.packet.source == nil)
  }

  /// Of what is in no known network it cannot be said that it stays outside the tunnel.
  @Test func `a pool that is not known may be anywhere`() throws {
    let known = Self.network(Self.table)
    #expect(
      try Self.outcomes(known, ["192.168.253.9", "172.20.0.1", "8.8.8.8"]) == [.noServerRoute, .direct, .direct])
    let open = known.replacing("client_ip_pool: 192.168.252.0/22", with: "not_known: [client_ip_pool]")
    let outcomes = try Self.outcomes(open, ["10.0.0.5", "10.0.1.5", "192.168.253.9", "172.20.0.1", "8.8.8.8"])
    #expect(outcomes == [.reachable, .direct, .undetermined, .undetermined, .direct])
    let analysis = try analysis(open)
    let trace = analysis.servers[0].trace(to: IPv4Address(172, 20, 0, 1), in: analysis.model)
    #expect(trace.outcome == .undetermined && trace.steps.map(\.reason).contains(.poolUnknown))
  }

  @Test(arguments: [
    ("", [Outcome.noReturnPath]), ("private_ips", [.undetermined]),
  ])
  func `a next hop may be an address of the server that is not known`(_ open: String, _ outcomes: [Outcome]) throws {
    let routes = "[{destination: 192.168.252.0/22, next_hop: 10.0.9.9}]"
    let text = Self.network(
      Self.table + "\nprivate_ips: [10.0.9.5]\nnot_known: [\(open)]",
      "  routing_tables: [{name: main, is_default: true, accept_routes_from: [], routes: \(routes)}]")
    #expect(try Self.outcomes(text, ["10.0.0.5"]) == outcomes)
  }

  @Test func `service routes are counted where all are known`() throws {
    let routes =
      "[{name: ibm-vpn-server-a, destination: 192.168.252.0/22, zone: z-1, next_hop: 10.0.9.9, origin: service, creator: vpn_server}]"
    let text = Self.network(
      Self.table + "\nprivate_ips: [10.0.9.5]",
      "  routing_tables: [{name: main, is_default: true, accept_routes_from: [vpn_server], routes: \(routes)}]")
    let known = try #require(try analysis(text).serviceRoutes.first)
    #expect(known.stale.count == 1 && known.parts?.count == 1)
    let openAddresses = text.replacing("private_ips:", with: "not_known: [private_ips]\n    private_ips:")
    #expect(try analysis(openAddresses).serviceRoutes.first?.stale.isEmpty == true)
    let openSubnets = text.replacing("private_ips:", with: "not_known: [subnets]\n    private_ips:")
    #expect(try analysis(openSubnets).serviceRoutes.first?.parts == nil)
    let openRoutes = text.replacing("name: main,", with: "name: main, not_known: [routes],")
    #expect(try analysis(openRoutes).serviceRoutes.first?.parts == nil)
  }
}
