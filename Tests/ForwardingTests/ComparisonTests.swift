import ClientVPN
import Forwarding
import IPv4Space
import Testing

/// What each edit does to connected clients (domain notes, section 2.5) and to reachability.
struct ComparisonTests {
  /// One edit of the network below.
  struct Edit: CustomTestStringConvertible {
    let title, old, new, kind: String
    let sessions: SessionEffect
    let reach: ReachChange
    var isFull = false

    init(
      _ title: String, _ old: String, _ new: String, _ kind: String, _ sessions: SessionEffect,
      _ reach: ReachChange = .unchanged, isFull: Bool = false
    ) {
      (self.title, self.old, self.new, self.kind) = (title, old, new, kind)
      (self.sessions, self.reach, self.isFull) = (sessions, reach, isFull)
    }

    var testDescription: String { "\(title)\(isFull ? ", in full tunnel" : "")" }
  }

  static let network = """
    vpc:
      name: prod
      address_prefixes: [{cidr: 10.0.0.0/16}]
      subnets:
        - {id: s-1, name: app, ipv4_cidr_block: 10.0.0.0/24, network_acl: all, routing_table: main}
        - {name: db, ipv4_cidr_block: 10.0.1.0/24, network_acl: all, routing_table: main}
        - {name: vpn, ipv4_cidr_block: 10.0.9.0/28, network_acl: open, routing_table: main}
      routing_tables:
        - {id: t-1, name: main, is_default: true, accept_routes_from: [vpn_server], routes: []}
        - {name: bare, accept_routes_from: []}
      network_acls:
        - name: all
          is_default: true
          rules:
            - {name: in, direction: inbound, action: allow, protocol: any}
            - {name: out, direction: outbound, action: allow, protocol: any}
        - name: open
          rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]
        - name: none
          rules: []
      security_groups:
        - {name: vpn, rules: [{direction: inbound, protocol: udp}, {direction: outbound, protocol: any}]}
        - {name: web, rules: [{direction: inbound, protocol: tcp, remote: 192.168.252.0/22, ports: 443}]}
      workloads:
        - {name: web, subnet: app, address: 10.0.0.8, security_groups: [web], services: [tcp/443, tcp/22]}
    vpn_servers:
      - id: r-1
        name: client-vpn
        client_ip_pool: 192.168.252.0/22
        enable_split_tunneling: SPLIT
        subnets: [vpn]
        security_groups: [vpn]
        certificate: crn:a
        client_authentication: [{method: certificate, client_ca: "crn:ca"}]
        public_ips: [203.0.113.10]
        routes:
          - {id: x-1, name: app, destination: 10.0.0.0/24}
          - {name: db, destination: 10.0.1.0/24, action: drop}
          - {name: far, destination: 10.64.0.0/10}
    networks:
      - {name: branch, cidrs: [10.64.0.0/16], via: vpn_gateway}

    """

  private static let wider = "- {name: far, destination: 10.64.0.0/10}"
  static let edits: [Edit] = [
    // Routes.
    Edit("a route is added", wider, "\(wider)\n      - {destination: 10.9.0.0/24}", "route-added", .reconnect),
    Edit(
      "a route is removed", "- {id: x-1, name: app, destination: 10.0.0.0/24}", "", "route-removed", .reconnect,
      .narrowed),
    Edit("a route is added", wider, "\(wider)\n      - {destination: 10.9.0.0/24}", "route-added", .none, isFull: true),
    Edit(
      "a route is removed", "- {id: x-1, name: app, destination: 10.0.0.0/24}", "", "route-removed", .none, .narrowed,
      isFull: true),
    Edit(
      "a route is added inside another one", wider, "\(wider)\n      - {destination: 10.64.1.0/24, action: drop}",
      "route-added", .none, .narrowed),
    Edit("a route inside the pool", wider, "\(wider)\n      - {destination: 192.168.253.0/24}", "route-added", .none),
    Edit(
      "a route moves", "destination: 10.0.0.0/24}", "destination: 10.0.0.0/25}", "route-destination-changed",
      .reconnect, .narrowed),
    Edit("an action changes", "action: drop", "action: deliver", "route-action-changed", .none, .widened),
    Edit(
      "an action changes", "action: drop", "action: translate", "route-action-changed", .none, .widened, isFull: true),
    Edit("a route is another one", "{id: x-1, name: app,", "{id: x-2, name: app,", "route-replaced", .none),
    Edit(
      "a route is another one", "{id: x-1, name: app,", "{id: x-2, name: app,", "route-replaced", .none, isFull: true),
    Edit("a route is renamed", "{id: x-1, name: app,", "{id: x-1, name: application,", "route-renamed", .none),
    // Settings of the server.
    Edit("the server is renamed", "    name: client-vpn", "    name: staff-vpn", "server-renamed", .none),
    Edit("the server is another one", "  - id: r-1", "  - id: r-2", "server-replaced", .newProfile),
    Edit("the mode", "enable_split_tunneling: true", "enable_split_tunneling: false", "mode-changed", .disconnect),
    Edit(
      "the pool", "client_ip_pool: 192.168.252.0/22", "client_ip_pool: 192.168.248.0/22", "client-pool-changed",
      .disconnect, .narrowed),
    Edit(
      "DNS", "    certificate", "    client_dns_server_ips: [10.0.0.5]\n    certificate", "dns-servers-changed",
      .disconnect),
    Edit(
      "the idle timeout", "    certificate", "    client_idle_timeout: 3600\n    certificate", "idle-timeout-changed",
      .disconnect),
    Edit("the port", "    certificate", "    port: 1194\n    certificate", "port-changed", .newProfile),
    Edit(
      "the protocol", "    certificate", "    protocol: tcp\n    certificate", "protocol-changed", .newProfile,
      .narrowed),
    Edit("the certificate", "crn:a", "crn:b", "certificate-changed", .disconnect),
    Edit("the client CA", "crn:ca", "crn:other", "authentication-changed", .newProfile),
    Edit(
      "another way of authentication", "client_ca: \"crn:ca\"}]",
      "client_ca: \"crn:ca\"}, {method: username, identity_provider: iam}]", "authentication-changed", .newProfile),
    Edit("the revocation list", "\"crn:ca\"}", "\"crn:ca\", crl: text}", "revocation-list-changed", .disconnect),
    Edit("the subnets", "    subnets: [vpn]", "    subnets: [vpn, db]", "server-subnets-changed", .disconnect),
    Edit(
      "a security group is attached", "    security_groups: [vpn]", "    security_groups: [vpn, web]",
      "security-groups-changed", .none),
    Edit("the public address", "203.0.113.10", "203.0.113.11", "public-addresses-changed", .none),
    // Filters and routes of the VPC.
    Edit(
      "an ACL rule is removed", "- {name: in, direction: inbound, action: allow, protocol: any}", "",
      "network-acl-rule-removed", .none, .narrowed),
    Edit(
      "another ACL", "cidr_block: 10.0.0.0/24, network_acl: all", "cidr_block: 10.0.0.0/24, network_acl: none",
      "subnet-network-acl-changed", .none, .narrowed),
    Edit(
      "a port is opened", "remote: 192.168.252.0/22, ports: 443}",
      "remote: 192.168.252.0/22, ports: 443}, {direction: inbound, protocol: tcp, ports: 22}",
      "security-group-rule-added", .none, .widened),
    Edit(
      "a port is closed", "{direction: inbound, protocol: tcp, remote: 192.168.252.0/22, ports: 443}", "",
      "security-group-rule-removed", .none, .narrowed),
    Edit(
      "the way back is closed", "name: main, is_default: true, accept_routes_from: [vpn_server]",
      "name: main, is_default: true, accept_routes_from: []", "accepted-routes-changed", .none, .narrowed),
    Edit(
      "the way back is opened", "name: bare, accept_routes_from: []", "name: bare, accept_routes_from: [vpn_server]",
      "accepted-routes-changed", .none),
    Edit(
      "another routing table", "network_acl: all, routing_table: main}\n    - {name: db",
      "network_acl: all, routing_table: bare}\n    - {name: db", "subnet-routing-table-changed", .none, .narrowed),
    Edit(
      "a route of the VPC", "routes: []}", "routes: [{destination: 192.168.252.0/23, action: drop}]}",
      "vpc-route-added", .none, .narrowed),
    Edit(
      "a routing table is renamed", "{id: t-1, name: main,", "{id: t-1, name: first,", "routing-table-renamed", .none),
    // What there is.
    Edit(
      "a subnet is added", "    - {name: vpn, ipv4",
      "    - {name: more, ipv4_cidr_block: 10.64.9.0/24}\n    - {name: vpn, ipv4", "subnet-added", .none),
    Edit(
      "a subnet is removed", "    - {name: db, ipv4_cidr_block: 10.0.1.0/24, network_acl: all, routing_table: main}\n",
      "", "subnet-removed", .none),
    Edit("a subnet is another one", "{id: s-1, name: app,", "{id: s-2, name: app,", "subnet-replaced", .none),
    Edit("a subnet is renamed", "{id: s-1, name: app,", "{id: s-1, name: application,", "subnet-renamed", .none),
    Edit(
      "a subnet has other addresses", "name: db, ipv4_cidr_block: 10.0.1.0/24",
      "name: db, ipv4_cidr_block: 10.0.2.0/24", "subnet-addresses-changed", .none),
    Edit("a workload moves", "address: 10.0.0.8", "address: 10.0.0.9", "workload-changed", .none, .both),
    Edit(
      "a network has other addresses", "cidrs: [10.64.0.0/16]", "cidrs: [10.65.0.0/16]", "network-changed", .none, .both
    ),
    Edit(
      "an address prefix is added", "[{cidr: 10.0.0.0/16}]", "[{cidr: 10.0.0.0/16}, {cidr: 10.1.0.0/16}]",
      "address-prefix-added", .none),
    Edit("the VPC is renamed", "  name: prod", "  name: production", "vpc-renamed", .none),
  ]

  @Test(arguments: edits)
  func editDoesWhatTheNotesSay(_ edit: Edit) throws {
    let text = Self.network.replacing("SPLIT", with: edit.isFull ? "false" : "true")
    let edited = text.replacing(edit.old, with: edit.new, maxReplacements: 1)
    try #require(edited != text)
    let comparison = Comparison(try analysis(text), try analysis(edited))
    let change = try #require(
      comparison.changes.first { $0.kind == edit.kind }, "\(comparison.changes.map(\.kind))")
    #expect(change.sessions == edit.sessions)
    #expect(change.reachability == edit.reach)
    #expect(comparison.sessions == edit.sessions)
    // Taken back, it is one change of the same thing.
    let back = Comparison(try analysis(edited), try analysis(text))
    #expect(back.changes.count == comparison.changes.count)
    #expect(back.changes.contains { $0.thing == change.thing })
  }

  @Test(arguments: ["true", "false"])
  func sameModelsHaveNoChange(_ split: String) throws {
    let text = Self.network.replacing("SPLIT", with: split)
    let comparison = Comparison(try analysis(text), try analysis(text))
    #expect(comparison.changes.isEmpty && comparison.reachability == .unchanged)
    #expect(comparison.servers.allSatisfy { $0.places.allSatisfy(\.shifts.isEmpty) })
  }

  @Test func openedPortIsTheFlowThatIsGained() throws {
    let text = Self.network.replacing("SPLIT", with: "true")
    let comparison = Comparison(
      try analysis(text), try analysis(text.replacing("ports: 443", with: "ports: 22-443")))
    let shifts = comparison.servers[0].places[0].shifts
    #expect(shifts.map { "\($0.range) \($0.kind) \($0.flows)" } == ["10.0.0.8 widened tcp/22-442"])
    let services = comparison.servers[0].places[0].services.map(\.change)
    #expect(services == [.unchanged, .widened])
  }

  @Test func serversAreMatchedByIdThenNameThenPool() throws {
    func servers(_ list: [(id: String?, name: String, pool: Int)]) throws -> Analysis {
      let items = list.map {
        "{\($0.id.map { "id: \($0), " } ?? "")name: \($0.name), client_ip_pool: 172.\($0.pool).0.0/16, routes: []}"
      }
      return try analysis("vpc: {subnets: []}\nvpn_servers: [\(items.joined(separator: ", "))]\n")
    }
    func kinds(_ old: [(String?, String, Int)], _ new: [(String?, String, Int)]) throws -> [String] {
      Comparison(try servers(old), try servers(new)).changes.map { "\($0.kind) \($0.name ?? "")" }
    }
    #expect(
      try kinds([("1", "a", 16), ("2", "b", 17)], [("2", "a", 17), ("1", "b", 16)]) == [
        "server-renamed a", "server-renamed b",
      ])
    #expect(try kinds([(nil, "a", 16), (nil, "b", 17)], [(nil, "b", 17), (nil, "a", 16)]) == [])
    #expect(try kinds([(nil, "a", 16)], [(nil, "b", 16)]) == ["server-renamed b"])
    #expect(try kinds([(nil, "a", 16)], [(nil, "b", 17)]) == ["server-added b", "server-removed a"])
    #expect(try kinds([("1", "a", 16)], [("2", "a", 16)]) == ["server-replaced a"])
    #expect(try kinds([], [(nil, "a", 16)]) == ["server-added a"])
  }

  @Test func serverThatGoesTakesEverythingWithIt() throws {
    let text = Self.network.replacing("SPLIT", with: "true")
    let start = try #require(text.firstRange(of: "  - id: r-1")).lowerBound
    let end = try #require(text.firstRange(of: "networks:")).lowerBound
    let without = (text[..<start] + text[end...]).replacing("vpn_servers:\n", with: "vpn_servers: []\n")
    let comparison = Comparison(try analysis(text), try analysis(String(without)))
    #expect(comparison.changes.map(\.kind) == ["server-removed"] && comparison.sessions == .disconnect)
    let lost = comparison.servers[0].places[0].narrowed
    #expect(lost.prefixes.map(\.description).contains("10.64.0.0/16"))
    #expect(comparison.servers[0].places[0].services.map(\.change) == [.narrowed, .unchanged])
  }

  @Test(arguments: [
    (
      "rules: [{direction: inbound, action: allow, protocol: any}",
      "rules: [{direction: inbound, action: allow, protocol: tcp}", SessionEffect.disconnect
    ),
    ("rules: [{direction: inbound, protocol: udp}, {direction: outbound", "rules: [{direction: outbound", .none),
    ("    security_groups: [vpn]", "    security_groups: [web]", .none),
    (
      "network_acl: open, routing_table: main}",
      "network_acl: none, routing_table: main}", .disconnect
    ),
  ])
  func filterThatStopsTheTunnelItselfIsTold(_ old: String, _ new: String, _ sessions: SessionEffect) throws {
    let text = Self.network.replacing("SPLIT", with: "true")
    let edited = text.replacing(old, with: new)
    try #require(edited != text)
    let comparison = Comparison(try analysis(text), try analysis(edited))
    #expect(comparison.servers[0].tunnel == .narrowed && comparison.sessions == sessions)
    #expect(comparison.changes.contains { $0.sessions == sessions && $0.reachability.narrows })
    let back = Comparison(try analysis(edited), try analysis(text))
    #expect(back.servers[0].tunnel == .widened && back.sessions == SessionEffect.none)
    #expect(back.changes.contains { $0.reachability.widens })
  }

  @Test func ruleAndRouteThatKeepTheirNameAreChanged() throws {
    let text = Self.network.replacing("SPLIT", with: "true")
      .replacing("routes: []}", with: "routes: [{name: own, destination: 10.7.0.0/16, action: drop}]}")
    let edited = text.replacing("10.7.0.0/16", with: "10.8.0.0/16").replacing(
      "{name: in, direction: inbound, action: allow, protocol: any}",
      with: "{name: in, direction: inbound, action: allow, protocol: tcp}")
    let changes = Comparison(try analysis(text), try analysis(edited)).changes
    #expect(changes.map(\.kind) == ["vpc-route-changed", "network-acl-rule-changed"])
    #expect(changes[1].reachability == .narrowed)
    #expect(changes[1].before?.text == "inbound allow any" && changes[1].after?.text == "inbound allow tcp")
  }

  @Test func rulesThatChangePlacesAreOneChange() throws {
    let text = Self.network.replacing("SPLIT", with: "true").replacing(
      "- {name: in, direction: inbound, action: allow, protocol: any}",
      with: """
        - {name: in, direction: inbound, action: allow, protocol: any}
                - {name: no, direction: inbound, action: deny, protocol: any, destination: 10.0.0.0/24}
        """)
    let edited = text.replacing("{name: in, direction: inbound, action: allow, protocol: any}", with: "X").replacing(
      "{name: no, direction: inbound, action: deny, protocol: any, destination: 10.0.0.0/24}",
      with: "{name: in, direction: inbound, action: allow, protocol: any}"
    ).replacing("X", with: "{name: no, direction: inbound, action: deny, protocol: any, destination: 10.0.0.0/24}")
    let changes = Comparison(try analysis(text), try analysis(edited)).changes
    #expect(changes.map(\.kind) == ["network-acl-order-changed"] && changes[0].reachability == .narrowed)
  }

  @Test func actionThatChangesWithTheDestinationComesWithIt() throws {
    let text = Self.network.replacing("SPLIT", with: "true")
    let edited = text.replacing(
      "{id: x-1, name: app, destination: 10.0.0.0/24}",
      with: "{id: x-1, name: app, destination: 10.0.2.0/24, action: drop}")
    let changes = Comparison(try analysis(text), try analysis(edited)).changes
    #expect(changes.map(\.kind) == ["route-destination-changed", "route-action-changed"])
    #expect(changes.map(\.sessions) == [.reconnect, .reconnect])
    #expect(changes[0].reason == changes[1].reason)
  }

  @Test func packetsThatAreLedIntoTheTunnelToNothingAreRerouted() throws {
    let text = Self.network.replacing("SPLIT", with: "true")
    let edited = text.replacing(Self.wider, with: "\(Self.wider)\n      - {destination: 192.168.77.0/24}")
    let place = Comparison(try analysis(text), try analysis(edited)).servers[0].places[0]
    #expect(place.shifts.map { "\($0.range) \($0.kind)" } == ["192.168.77.0–192.168.77.255 rerouted"])
  }

  @Test func newPoolTakesItsAddressesFromClients() throws {
    let text = Self.network.replacing("SPLIT", with: "true")
    let edited = text.replacing("client_ip_pool: 192.168.252.0/22", with: "client_ip_pool: 10.200.0.0/22")
    for (old, new) in [(text, edited), (edited, text)] {
      let shifts = Comparison(try analysis(old), try analysis(new)).servers[0].places[0].shifts
      let rerouted = shifts.filter { $0.kind == .rerouted }
      let (left, entered) = (rerouted.filter { $0.after == .direct }, rerouted.filter { $0.before == .direct })
      #expect(IPv4Set(left.map(\.range)).count == 1024 && IPv4Set(entered.map(\.range)).count == 1024)
    }
  }

  @Test func whatOneModelAloneTellsIsNeitherGainedNorLost() throws {
    let text = Self.network.replacing("SPLIT", with: "true")
    // Without routing tables nobody knows whether a transit gateway brings answers back.
    let bare = text.replacing("via: vpn_gateway", with: "via: transit_gateway").replacing(
      ", routing_table: main", with: "")
    let start = try #require(bare.firstRange(of: "  routing_tables:")).lowerBound
    let end = try #require(bare.firstRange(of: "  network_acls:")).lowerBound
    let unknown = String(bare[..<start] + bare[end...])
    for (old, new) in [(text, unknown), (unknown, text)] {
      let comparison = Comparison(try analysis(old), try analysis(new))
      #expect(comparison.servers[0].networksOfFirstPlace == ["undetermined"])
      #expect(comparison.reachability == .undetermined && comparison.isUndetermined)
    }
  }

  @Test func siteWhoseLANIsNearerMakesADifference() throws {
    let site = """
      client_sites:
        - {name: home, os: linux, lan: 10.64.7.0/24, address: 10.64.7.9, gateway: 10.64.7.1}
      """
    let text = Self.network.replacing("SPLIT", with: "true") + site
    let edited = text.replacing(Self.wider, with: "\(Self.wider)\n      - {destination: 10.64.7.0/25}")
    let change = try #require(Comparison(try analysis(text), try analysis(edited)).changes.first)
    #expect(change.kind == "route-added" && change.sessions == .reconnect)
    let elsewhere = text.replacing(Self.wider, with: "\(Self.wider)\n      - {destination: 10.64.8.0/25}")
    #expect(Comparison(try analysis(text), try analysis(elsewhere)).sessions == SessionEffect.none)
  }

  @Test func routeThatLoopsTheTunnelTakesEverything() throws {
    let text = Self.network.replacing("SPLIT", with: "true")
    let edited = text.replacing(Self.wider, with: "\(Self.wider)\n      - {destination: 203.0.113.0/24}")
    let comparison = Comparison(try analysis(text), try analysis(edited))
    #expect(comparison.changes.map(\.reachability) == [.narrowed])
    #expect(comparison.servers[0].places[0].narrowed.contains(IPv4Address(10, 0, 0, 4)))
  }

  @Test func whatOneModelLeavesOutIsNoEdit() throws {
    let small =
      "vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}\nvpn_servers:\n  - {name: v, client_ip_pool: 192.168.252.0/22, routes: [{destination: 10.0.0.0/24}]}\n"
    let more = small.replacing(
      "ipv4_cidr_block: 10.0.0.0/24}]", with: "ipv4_cidr_block: 10.0.0.0/24}], network_acls: [{name: a, rules: []}]"
    )
    .replacing(
      "routes:", with: "certificate: crn:a, client_authentication: [], port: 443, client_idle_timeout: 600, routes:")
    let comparison = Comparison(try analysis(small), try analysis(more))
    #expect(comparison.changes.map(\.kind) == [])
    #expect(comparison.modelledOnce.map(\.part) == [.networkACLs])
  }
}

extension ServerComparison {
  /// What becomes of the networks where nothing is known of the clients' place.
  fileprivate var networksOfFirstPlace: [String] { places[0].networks.map(\.change.rawValue) }
}
