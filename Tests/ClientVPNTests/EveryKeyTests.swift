import ClientVPN
import IPv4Space
import SourceText
import Testing

/// Every key of the model file is read, with the place where it is written.
struct EveryKeyTests {
  private static let decoded = Decoded(
    """
    version: 1
    provider: ibm
    vpc:
      name: tokyo
      id: r022-vpc
      region: jp-tok
      classic_access: yes
      address_prefixes: [{name: zone1, cidr: 10.0.0.0/16, zone: jp-tok-1, is_default: true}]
      subnets:
        - {name: app, id: s-1, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-2, routing_table: workers, network_acl: open,
           public_gateway: pgw, available_ipv4_address_count: 251, expect: any}
      routing_tables:
        - name: workers
          id: rt-1
          is_default: true
          accept_routes_from: [vpn_server]
          advertise_routes_to: [transit_gateway]
          route_direct_link_ingress: on
          route_internet_ingress: off
          route_transit_gateway_ingress: true
          route_vpc_zone_ingress: false
          subnets: [s-1]
          routes:
            - {name: out, destination: 10.9.0.0/16, zone: jp-tok-3, action: deliver, next_hop: 10.0.0.9, priority: 3,
               advertise: true, origin: user, creator: hand}
      network_acls:
        - name: open
          id: acl-1
          is_default: false
          subnets: [app]
          rules:
            - {name: web, direction: inbound, action: allow, protocol: tcp, source: 10.2.0.0/16, destination: 10.0.0.7,
               source_port_min: 1024, source_port_max: 65535, destination_port_min: 443, destination_port_max: 8443}
            - {direction: outbound, action: deny, protocol: icmp, type: 8, code: 5}
            - {direction: outbound, action: allow, protocol: udp, source_ports: 1000-2000, destination_ports: 53}
      security_groups:
        - name: web
          id: sg-1
          is_default: true
          targets: [client-vpn, shop]
          rules:
            - {direction: inbound, protocol: tcp, remote: 10.3.0.0/16, local: 10.0.0.8, port_min: 80, port_max: 81}
            - {direction: inbound, protocol: udp, remote: web, ports: 5000-5001}
            - {direction: outbound, protocol: icmp, type: 3, code: 4}
      workloads:
        - {name: shop, kind: load_balancer, subnet: app, address: 10.0.0.10, floating_ip: 203.0.113.10,
           security_groups: [sg-1], services: [tcp/443, udp/53, icmp]}
      default_routing_table: rt-1
      default_network_acl: acl-1
      default_security_group: web
    vpn_servers:
      - name: client-vpn
        id: vpn-1
        client_ip_pool: 192.168.252.0/22
        tunnel_network: 192.168.254.0/23
        enable_split_tunneling: True
        subnets: [app]
        security_groups: [web]
        client_dns_server_ips: [161.26.0.7]
        client_idle_timeout: 601
        port: 1194
        protocol: tcp
        certificate: crn:server
        client_authentication:
          - {method: certificate, client_ca: crn:ca, crl: pem}
          - {method: username, identity_provider: iam}
        hostname: vpn.example.com
        public_ips: [203.0.113.1]
        private_ips: [10.0.0.4]
        expected_clients: 500
        serves: [app, onprem]
        lifecycle_state: stable
        health_state: degraded
        health_reasons: [internal_error]
        created_at: 2026-08-01T02:03:04Z
        routes:
          - {name: to-app, id: r-1, destination: 10.0.0.0/25, action: translate, created_at: 1970-01-02T00:00:00Z,
             lifecycle_state: pending, health_state: faulted, health_reasons: [odd]}
        clients:
          - {id: c-1, common_name: laptop, username: me, client_ip: 192.168.252.2, remote_ip: 203.0.113.9,
             status: connected, created_at: 1970-01-01T00:00:01Z, disconnected_at: 1970-01-01T00:00:02Z}
    networks:
      - {name: onprem, cidrs: [172.16.0.0/16, 172.17.0.0/16], via: vpn_gateway, expect: unreachable}
    client_sites:
      - {name: home, os: macos, lan: 192.168.1.0/24, address: 192.168.1.20, gateway: 192.168.1.1, interface: en0,
         metric: 25, routes: [{destination: 10.7.0.0/16, gateway: 192.168.1.7, metric: 6}],
         openvpn_directives: [route-nopull]}
    expectations:
      - {to: shop, from: vpn-1, protocol: tcp, port: 8080, expect: direct}
    quotas: {server_routes: 60, network_acl_rules: 300}

    """)

  /// Each written value once, in the order of the file.
  private static var fields: [(key: String, span: Span?, written: String)] {
    let model = decoded.model
    let vpc = model.vpc
    let (subnet, table) = (vpc.subnets.elements[0], vpc.routingTables?.elements.first)
    let route = table?.routes?.elements.first
    let acl = vpc.networkACLs?.elements.first
    let group = vpc.securityGroups?.elements.first
    let prefix = vpc.addressPrefixes?.elements.first
    return [
      ("vpc.name", vpc.name?.span, "tokyo"), ("vpc.id", vpc.id?.span, "r022-vpc"),
      ("vpc.region", vpc.region?.span, "jp-tok"), ("vpc.classic_access", vpc.classicAccess?.span, "yes"),
      ("prefix.name", prefix?.name?.span, "zone1"), ("prefix.cidr", prefix?.cidr.span, "10.0.0.0/16"),
      ("prefix.zone", prefix?.zone?.span, "jp-tok-1"), ("prefixes", vpc.addressPrefixes?.key, "address_prefixes"),
      ("subnet.name", subnet.name.span, "app"), ("subnet.block", subnet.block.span, "10.0.0.0/24"),
      ("subnet.zone", subnet.zone?.span, "jp-tok-2"), ("subnet.table", subnet.routingTable?.span, "workers"),
      ("subnet.acl", subnet.networkACL?.span, "open"), ("subnet.gateway", subnet.publicGateway?.span, "pgw"),
      ("subnet.available", subnet.availableAddresses?.span, "251"), ("subnet.expect", subnet.expect?.span, "any"),
      ("table.name", table?.name.span, "workers"),
      ("table.accept", table?.acceptRoutesFrom?.elements.first?.span, "vpn_server"),
      ("table.accept key", table?.acceptRoutesFrom?.key, "accept_routes_from"),
      ("table.advertise", table?.advertiseRoutesTo?.elements.first?.span, "transit_gateway"),
      ("table.direct link", table?.directLinkIngress?.span, "on"),
      ("table.internet", table?.internetIngress?.span, "off"),
      ("table.transit", table?.transitGatewayIngress?.span, "true"), ("table.zone", table?.zoneIngress?.span, "false"),
      ("table.subnet", table?.subnets.first?.span, "s-1"), ("route.name", route?.name?.span, "out"),
      ("route.destination", route?.destination.span, "10.9.0.0/16"), ("route.zone", route?.zone?.span, "jp-tok-3"),
      ("route.action", route?.action?.span, "deliver"), ("route.hop", route?.nextHop?.span, "10.0.0.9"),
      ("route.priority", route?.priority?.span, "3"), ("route.advertise", route?.advertise?.span, "true"),
      ("route.origin", route?.origin?.span, "user"), ("route.creator", route?.creator?.span, "hand"),
      ("acl.name", acl?.name.span, "open"), ("acl.subnet", acl?.subnets.first?.span, "app"),
      ("group.name", group?.name.span, "web"), ("group.target", group?.targets?.elements.last?.span, "shop"),
    ]
      + filterFields(acl?.rules?.elements ?? [], group?.rules?.elements ?? []) + workloadFields(vpc)
      + serverFields(decoded.server)
      + surroundingFields(model)
  }

  private static func filterFields(_ acl: [ACLRule], _ group: [SecurityGroupRule]) -> [(String, Span?, String)] {
    guard acl.count == 3, group.count == 3 else { return [("rules", nil, "three each")] }
    var remotes: [Span?] = []
    for rule in group {
      switch rule.remote {
      case .prefix(let field): remotes.append(field.span)
      case .group(let reference): remotes.append(reference.span)
      case nil: remotes.append(nil)
      }
    }
    return [
      ("acl.rule", acl[0].span, "web"), ("acl.direction", acl[0].direction.span, "inbound"),
      ("acl.action", acl[0].allows.span, "allow"), ("acl.protocol", acl[0].transport.span, "tcp"),
      ("acl.source", acl[0].source?.span, "10.2.0.0/16"), ("acl.destination", acl[0].destination?.span, "10.0.0.7"),
      ("acl.source min", acl[0].sourcePorts.min?.span, "1024"),
      ("acl.source max", acl[0].sourcePorts.max?.span, "65535"),
      ("acl.destination min", acl[0].destinationPorts.min?.span, "443"),
      ("acl.destination max", acl[0].destinationPorts.max?.span, "8443"), ("acl.type", acl[1].icmpType?.span, "8"),
      ("acl.code", acl[1].icmpCode?.span, "5"), ("acl.source ports", acl[2].sourcePorts.max?.span, "1000-2000"),
      ("acl.destination ports", acl[2].destinationPorts.min?.span, "53"),
      ("group.direction", group[0].direction.span, "inbound"), ("group.protocol", group[0].transport.span, "tcp"),
      ("group.remote", remotes[0], "10.3.0.0/16"), ("group.remote group", remotes[1], "web"),
      ("group.local", group[0].local?.span, "10.0.0.8"), ("group.min", group[0].ports.min?.span, "80"),
      ("group.max", group[0].ports.max?.span, "81"), ("group.ports", group[1].ports.max?.span, "5000-5001"),
      ("group.type", group[2].icmpType?.span, "3"), ("group.code", group[2].icmpCode?.span, "4"),
    ]
  }

  private static func workloadFields(_ vpc: VPC) -> [(String, Span?, String)] {
    let workload = vpc.workloads?.elements.first
    return [
      ("workload.name", workload?.name.span, "shop"), ("workload.kind", workload?.kind?.span, "load_balancer"),
      ("workload.subnet", workload?.subnet?.span, "app"), ("workload.address", workload?.address?.span, "10.0.0.10"),
      ("workload.floating", workload?.floatingIP?.span, "203.0.113.10"),
      ("workload.group", workload?.securityGroups?.elements.first?.span, "sg-1"),
      ("workload.service", workload?.services?.elements.first?.span, "tcp/443"),
      ("default table", vpc.defaultRoutingTable?.span, "rt-1"), ("default acl", vpc.defaultNetworkACL?.span, "acl-1"),
      ("default group", vpc.defaultSecurityGroup?.span, "web"),
    ]
  }

  private static func serverFields(_ server: VPNServer) -> [(String, Span?, String)] {
    let (route, client) = (server.routes?.elements.first, server.clients?.elements.first)
    let authentication = server.authentication?.elements ?? []
    return [
      ("server.name", server.name.span, "client-vpn"), ("pool", server.clientPool?.span, "192.168.252.0/22"),
      ("tunnel", server.tunnelNetwork?.span, "192.168.254.0/23"), ("split", server.splitTunneling?.span, "True"),
      ("server.subnet", server.subnets?.elements.first?.span, "app"),
      ("server.group", server.securityGroups?.elements.first?.span, "web"),
      ("dns", server.dnsServers?.elements.first?.span, "161.26.0.7"), ("idle", server.idleTimeout?.span, "601"),
      ("port", server.port?.span, "1194"), ("protocol", server.transport?.span, "tcp"),
      ("certificate", server.certificate?.span, "crn:server"),
      ("method", authentication.first?.method?.span, "certificate"),
      ("ca", authentication.first?.clientCA?.span, "crn:ca"), ("crl", authentication.first?.crl?.span, "pem"),
      ("provider", authentication.last?.identityProvider?.span, "iam"),
      ("hostname", server.hostname?.span, "vpn.example.com"),
      ("public", server.publicIPs?.elements.first?.span, "203.0.113.1"),
      ("private", server.privateIPs?.elements.first?.span, "10.0.0.4"),
      ("expected", server.expectedClients?.span, "500"),
      ("serves", server.serves?.key, "serves"), ("lifecycle", server.lifecycleState?.span, "stable"),
      ("health", server.healthState?.span, "degraded"), ("reason", server.healthReasons.first?.span, "internal_error"),
      ("created", server.createdAt?.span, "2026-08-01T02:03:04Z"), ("routes", server.routes?.key, "routes"),
      ("server route.name", route?.name?.span, "to-app"),
      ("server route.destination", route?.destination.span, "10.0.0.0/25"),
      ("server route.action", route?.writtenAction?.span, "translate"),
      ("server route.created", route?.createdAt?.span, "1970-01-02T00:00:00Z"),
      ("server route.lifecycle", route?.lifecycleState?.span, "pending"),
      ("server route.health", route?.healthState?.span, "faulted"),
      ("server route.reason", route?.healthReasons.first?.span, "odd"),
      ("client.id", client?.id?.span, "c-1"), ("client.common name", client?.commonName?.span, "laptop"),
      ("client.user", client?.username?.span, "me"), ("client.ip", client?.clientIP?.span, "192.168.252.2"),
      ("client.remote", client?.remoteIP?.span, "203.0.113.9"), ("client.status", client?.status?.span, "connected"),
      ("client.created", client?.createdAt?.span, "1970-01-01T00:00:01Z"),
      ("client.gone", client?.disconnectedAt?.span, "1970-01-01T00:00:02Z"),
    ]
  }

  private static func surroundingFields(_ model: Model) -> [(String, Span?, String)] {
    let (network, site) = (model.networks?.elements.first, model.sites?.elements.first)
    let expectation = model.expectations?.elements.first
    return [
      ("network.name", network?.name.span, "onprem"), ("network.cidr", network?.cidrs.last?.span, "172.17.0.0/16"),
      ("network.via", network?.via.span, "vpn_gateway"), ("network.expect", network?.expect?.span, "unreachable"),
      ("site.name", site?.name.span, "home"), ("site.os", site?.os?.span, "macos"),
      ("site.lan", site?.lan?.span, "192.168.1.0/24"),
      ("site.address", site?.address?.span, "192.168.1.20"), ("site.gateway", site?.gateway?.span, "192.168.1.1"),
      ("site.interface", site?.interface?.span, "en0"), ("site.metric", site?.metric?.span, "25"),
      ("site.route", site?.routes?.elements.first?.destination.span, "10.7.0.0/16"),
      ("site.route.gateway", site?.routes?.elements.first?.gateway?.span, "192.168.1.7"),
      ("site.route.metric", site?.routes?.elements.first?.metric?.span, "6"),
      ("site.directive", site?.directives?.elements.first?.span, "route-nopull"),
      ("expectation.to", expectation?.to.span, "shop"), ("expectation.from", expectation?.from?.span, "vpn-1"),
      ("expectation.protocol", expectation?.transport?.span, "tcp"),
      ("expectation.port", expectation?.port?.span, "8080"),
      ("expectation.expect", expectation?.expect.span, "direct"),
    ]
  }

  @Test func nothingIsWrong() {
    #expect(Self.decoded.problems.isEmpty, "\(Self.decoded.problems)")
  }

  @Test func everyKeyHasItsPlace() {
    for (key, span, written) in Self.fields {
      #expect(Self.decoded.text(span) == written, "\(key)")
    }
  }

  @Test func valuesAreThoseWritten() throws {
    let model = Self.decoded.model
    let server = Self.decoded.server
    #expect(model.quota(.serverRoutes) == 60 && model.quota(.networkACLRules) == 300 && model.quota(.subnets) == 100)
    #expect(server.mode == .split)
    #expect(
      server.clientAddress == IPv4Address(192, 168, 254, 2) && server.gatewayAddress == IPv4Address(192, 168, 254, 1))
    #expect(server.createdAt?.value.seconds == 1_785_549_784)
    #expect(server.routes?.elements.first?.createdAt?.value.seconds == 86_400)
    #expect(server.clients?.elements.first?.createdAt?.value.seconds == 1)
    #expect(server.serves?.elements.count == 2)
    let acl = try #require(model.vpc.networkACLs?.elements.first?.rules?.elements)
    #expect(acl.map(\.allows.value) == [true, false, true])
    #expect(acl[2].sourcePorts.min?.value == 1000 && acl[2].sourcePorts.max?.value == 2000)
    #expect(acl[2].destinationPorts.min?.value == 53 && acl[2].destinationPorts.max?.value == 53)
    #expect(acl[0].destination?.value == IPv4Prefix(IPv4Address(10, 0, 0, 7), length: 32))
    let services = try #require(model.vpc.workloads?.elements.first?.services?.elements.map(\.value))
    #expect(services.map(\.transport) == [.tcp, .udp, .icmp] && services.map(\.port) == [443, 53, nil])
    guard case .workload(0)? = model.expectations?.elements.first?.target else {
      Issue.record("the target is a workload")
      return
    }
  }

  @Test func referencesFindTheirTargets() {
    let model = Self.decoded.model
    let vpc = model.vpc
    #expect(vpc.subnets.elements[0].routingTable?.index == 0 && vpc.subnets.elements[0].networkACL?.index == 0)
    #expect(vpc.routingTables?.elements.first?.subnets.first?.index == 0, "by id")
    #expect(vpc.workloads?.elements.first?.securityGroups?.elements.first?.index == 0, "by id")
    #expect(vpc.defaultRoutingTable?.index == 0 && vpc.defaultNetworkACL?.index == 0)
    #expect(model.expectations?.elements.first?.from?.index == 0, "by id")
  }

  /// The VPC that the API names for a resource; another shape is nothing, and no problem either.
  @Test(arguments: [
    ("main", "main"), ("{id: r022-1, name: main}", "main"), ("{crn: x}", "x"), ("[1]", nil), ("{a: b}", nil),
  ])
  func theVPCOfAResource(_ written: String, _ text: String?) {
    let decoded = Decoded(
      """
      vpc:
        subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, vpc: \(written)}]
        security_groups: [{name: web, vpc: \(written)}]
      vpn_servers: [{name: client-vpn, client_ip_pool: 192.168.252.0/22, vpc: \(written)}]

      """)
    #expect(decoded.problems.isEmpty)
    #expect(decoded.server.vpc?.text == text)
    #expect(decoded.model.vpc.subnets.elements[0].vpc?.text == text)
    #expect(decoded.model.vpc.securityGroups?.elements[0].vpc?.text == text)
  }
}
