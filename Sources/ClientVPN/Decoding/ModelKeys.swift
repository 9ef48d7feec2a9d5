// Every key of the model file, object by object (README, "The model file").

enum TopKey: Int, ModelKey {
  case version, provider, vpc, servers, networks, sites, expectations, quotas

  static let table = KeyTable<TopKey>(
    "model",
    [
      .init(.vpc, "vpc", required: true), .init(.servers, "vpn_servers", required: true), .init(.version, "version"),
      .init(.provider, "provider"), .init(.networks, "networks", effect: "so no network beyond the VPC is judged"),
      .init(.sites, "client_sites", effect: "so no client site is judged"),
      .init(.expectations, "expectations", effect: "so none of these expectations is checked"),
      .init(.quotas, "quotas", effect: "so the provider's own quotas hold"),
    ])
}

enum VPCKey: Int, ModelKey {
  case name, id, region, classicAccess, addressPrefixes, subnets, routingTables, networkACLs, securityGroups
  case workloads, defaultRoutingTable, defaultNetworkACL, defaultSecurityGroup

  static let table = KeyTable<VPCKey>(
    "VPC",
    [
      .init(.name, "name"), .init(.subnets, "subnets", required: true), .init(.id, "id"), .init(.region, "region"),
      .init(.classicAccess, "classic_access"),
      .init(.addressPrefixes, "address_prefixes", effect: "so no address prefix is modelled"),
      .init(.routingTables, "routing_tables", effect: "so no routing table is modelled"),
      .init(.networkACLs, "network_acls", effect: "so no network ACL is modelled"),
      .init(.securityGroups, "security_groups", effect: "so no security group is modelled"),
      .init(.workloads, "workloads", effect: "so no workload is modelled"),
      .init(.defaultRoutingTable, "default_routing_table"), .init(.defaultNetworkACL, "default_network_acl"),
      .init(.defaultSecurityGroup, "default_security_group"),
    ])
}

enum AddressPrefixKey: Int, ModelKey {
  case name, cidr, zone, isDefault

  static let table = KeyTable<AddressPrefixKey>(
    "address prefix",
    [
      .init(.name, "name"), .init(.cidr, "cidr", required: true), .init(.zone, "zone"), .init(.isDefault, "is_default"),
    ])
}

enum SubnetKey: Int, ModelKey {
  case name, id, block, zone, routingTable, networkACL, publicGateway, availableAddresses, expect, vpc

  static let table = KeyTable<SubnetKey>(
    "subnet",
    [
      .init(.name, "name", required: true), .init(.block, "ipv4_cidr_block", synonym: "cidr", required: true),
      .init(.zone, "zone"), .init(.id, "id"), .init(.routingTable, "routing_table"),
      .init(.networkACL, "network_acl"), .init(.publicGateway, "public_gateway"),
      .init(.availableAddresses, "available_ipv4_address_count"),
      .init(.expect, "expect", effect: "so the subnet is expected to be reachable"),
      .init(.vpc, "vpc"),
    ])
}

enum RoutingTableKey: Int, ModelKey {
  case name, id, isDefault, acceptRoutesFrom, advertiseRoutesTo, directLink, internet, transitGateway, zone
  case subnets, routes

  static let table = KeyTable<RoutingTableKey>(
    "routing table",
    [
      .init(.name, "name", required: true), .init(.id, "id"), .init(.isDefault, "is_default"),
      .init(.acceptRoutesFrom, "accept_routes_from", effect: "so the table says nothing about accepting VPN routes"),
      .init(.advertiseRoutesTo, "advertise_routes_to"), .init(.directLink, "route_direct_link_ingress"),
      .init(.internet, "route_internet_ingress"), .init(.transitGateway, "route_transit_gateway_ingress"),
      .init(.zone, "route_vpc_zone_ingress"), .init(.subnets, "subnets"), .init(.routes, "routes"),
    ])
}

enum VPCRouteKey: Int, ModelKey {
  case name, destination, zone, action, nextHop, priority, advertise, origin, creator

  static let table = KeyTable<VPCRouteKey>(
    "route",
    [
      .init(.name, "name"), .init(.destination, "destination", required: true), .init(.zone, "zone"),
      .init(.action, "action", effect: "so the route delivers"), .init(.nextHop, "next_hop"),
      .init(.priority, "priority"), .init(.advertise, "advertise"), .init(.origin, "origin"),
      .init(.creator, "creator"),
    ])
}

enum NetworkACLKey: Int, ModelKey {
  case name, id, isDefault, subnets, rules

  static let table = KeyTable<NetworkACLKey>(
    "network ACL",
    [
      .init(.name, "name", required: true), .init(.id, "id"), .init(.isDefault, "is_default"),
      .init(.subnets, "subnets"), .init(.rules, "rules"),
    ])
}

enum ACLRuleKey: Int, ModelKey {
  case name, direction, action, transport, source, destination, sourcePortMin, sourcePortMax, destinationPortMin
  case destinationPortMax, sourcePorts, destinationPorts, type, code

  static let table = KeyTable<ACLRuleKey>(
    "rule",
    [
      .init(.name, "name"), .init(.direction, "direction", required: true), .init(.action, "action", required: true),
      .init(.transport, "protocol", required: true),
      .init(.source, "source", effect: "so the rule holds for any source"),
      .init(.destination, "destination", effect: "so the rule holds for any destination"),
      .init(.sourcePortMin, "source_port_min"), .init(.sourcePortMax, "source_port_max"),
      .init(.destinationPortMin, "destination_port_min"), .init(.destinationPortMax, "destination_port_max"),
      .init(.sourcePorts, "source_ports"), .init(.destinationPorts, "destination_ports"), .init(.type, "type"),
      .init(.code, "code"),
    ])
}

enum SecurityGroupKey: Int, ModelKey {
  case name, id, isDefault, targets, rules, vpc

  static let table = KeyTable<SecurityGroupKey>(
    "security group",
    [
      .init(.name, "name", required: true), .init(.id, "id"), .init(.isDefault, "is_default"),
      .init(.targets, "targets"), .init(.rules, "rules"), .init(.vpc, "vpc"),
    ])
}

enum SecurityGroupRuleKey: Int, ModelKey {
  case name, direction, transport, remote, local, portMin, portMax, ports, type, code

  static let table = KeyTable<SecurityGroupRuleKey>(
    "rule",
    [
      .init(.name, "name"), .init(.direction, "direction", required: true),
      .init(.transport, "protocol", required: true),
      .init(.remote, "remote", effect: "so the rule holds for any remote address"), .init(.local, "local"),
      .init(.portMin, "port_min"), .init(.portMax, "port_max"), .init(.ports, "ports"), .init(.type, "type"),
      .init(.code, "code"),
    ])
}

enum WorkloadKey: Int, ModelKey {
  case name, kind, subnet, address, floatingIP, securityGroups, services

  static let table = KeyTable<WorkloadKey>(
    "workload",
    [
      .init(.name, "name", required: true), .init(.kind, "kind"), .init(.subnet, "subnet"), .init(.address, "address"),
      .init(.floatingIP, "floating_ip"), .init(.securityGroups, "security_groups"), .init(.services, "services"),
    ])
}

enum ServerKey: Int, ModelKey {
  case name, id, clientPool, tunnelNetwork, splitTunneling, subnets, securityGroups, dnsServers, idleTimeout, port
  case transport, certificate, authentication, hostname, publicIPs, privateIPs, expectedClients, serves
  case lifecycleState, healthState, healthReasons, createdAt, routes, clients, vpc

  static let table = KeyTable<ServerKey>(
    "VPN server",
    [
      .init(.name, "name", required: true), .init(.id, "id"),
      .init(.clientPool, "client_ip_pool", required: true), .init(.tunnelNetwork, "tunnel_network"),
      .init(
        .splitTunneling, "enable_split_tunneling", synonym: "split_tunnel",
        effect: "so split tunneling is off and all client traffic enters the tunnel"),
      .init(.subnets, "subnets"), .init(.securityGroups, "security_groups"),
      .init(.dnsServers, "client_dns_server_ips", synonym: "dns_servers", effect: "so clients get no DNS server"),
      .init(
        .idleTimeout, "client_idle_timeout", synonym: "idle_timeout",
        effect: "so idle clients are disconnected after the default 600 seconds"),
      .init(.port, "port", effect: "so the server listens on the default port 443"),
      .init(.transport, "protocol", effect: "so the server speaks the default protocol, udp"),
      .init(.certificate, "certificate"), .init(.authentication, "client_authentication"),
      .init(.hostname, "hostname"), .init(.publicIPs, "public_ips"), .init(.privateIPs, "private_ips"),
      .init(.expectedClients, "expected_clients"),
      .init(.serves, "serves", effect: "so the server is judged for everything"),
      .init(.lifecycleState, "lifecycle_state"), .init(.healthState, "health_state"),
      .init(.healthReasons, "health_reasons"), .init(.createdAt, "created_at"),
      .init(.routes, "routes", effect: "so the server has no routes and forwards nothing"),
      .init(.clients, "clients"), .init(.vpc, "vpc"),
    ])
}

enum ServerRouteKey: Int, ModelKey {
  case name, id, destination, action, createdAt, lifecycleState, healthState, healthReasons

  static let table = KeyTable<ServerRouteKey>(
    "VPN server route",
    [
      .init(.name, "name"), .init(.destination, "destination", required: true),
      .init(.action, "action", effect: "so the route delivers"), .init(.id, "id"), .init(.createdAt, "created_at"),
      .init(.lifecycleState, "lifecycle_state"), .init(.healthState, "health_state"),
      .init(.healthReasons, "health_reasons"),
    ])
}

enum AuthenticationKey: Int, ModelKey {
  case method, clientCA, crl, identityProvider

  static let table = KeyTable<AuthenticationKey>(
    "client authentication",
    [
      .init(.method, "method"), .init(.clientCA, "client_ca"), .init(.crl, "crl"),
      .init(.identityProvider, "identity_provider"),
    ])
}

enum ClientKey: Int, ModelKey {
  case id, commonName, username, clientIP, remoteIP, status, createdAt, disconnectedAt

  static let table = KeyTable<ClientKey>(
    "client session",
    [
      .init(.id, "id"), .init(.commonName, "common_name"), .init(.username, "username"),
      .init(.clientIP, "client_ip"), .init(.remoteIP, "remote_ip"), .init(.status, "status"),
      .init(.createdAt, "created_at"), .init(.disconnectedAt, "disconnected_at"),
    ])
}

enum NetworkKey: Int, ModelKey {
  case name, cidrs, via, expect

  static let table = KeyTable<NetworkKey>(
    "network",
    [
      .init(.name, "name", required: true), .init(.cidrs, "cidrs", required: true), .init(.via, "via", required: true),
      .init(.expect, "expect", effect: "so the default expectation holds"),
    ])
}

enum SiteKey: Int, ModelKey {
  case name, os, lan, address, gateway, interface, metric, routes, directives

  static let table = KeyTable<SiteKey>(
    "client site",
    [
      .init(.name, "name", required: true), .init(.os, "os"), .init(.lan, "lan"), .init(.address, "address"),
      .init(.gateway, "gateway"), .init(.interface, "interface"), .init(.metric, "metric"), .init(.routes, "routes"),
      .init(.directives, "openvpn_directives"),
    ])
}

enum SiteRouteKey: Int, ModelKey {
  case destination, gateway, metric

  static let table = KeyTable<SiteRouteKey>(
    "route",
    [.init(.destination, "destination", required: true), .init(.gateway, "gateway"), .init(.metric, "metric")])
}

enum ExpectationKey: Int, ModelKey {
  case to, from, transport, port, expect

  static let table = KeyTable<ExpectationKey>(
    "expectation",
    [
      .init(.to, "to", required: true), .init(.from, "from", effect: "so the expectation holds for every server"),
      .init(.transport, "protocol"), .init(.port, "port"), .init(.expect, "expect", required: true),
    ])
}

enum QuotaKey: Int, ModelKey {
  case serverRoutes, servers, clients, subnets, addressPrefixes, networkACLs, networkACLRules, securityGroups
  case securityGroupRules, securityGroupTargets, routingTables, routingTableRoutes, prefixLengths, advertisedRoutes
  case prefixesAndAdvertisedRoutes, securityGroupServers, revocations, floatingIPs

  /// In the order of `Quota`, whose raw values are the names.
  static let table = KeyTable<QuotaKey>("quotas", zip(allCases, Quota.allCases).map { .init($0, $1.rawValue) })
}
