import SourceTree

/// Kinds of resources of the IBM Cloud VPC and Transit Gateway APIs that say something about a client VPN.
enum IBMKind: CaseIterable {
  case vpc, addressPrefix, subnet, routingTable, vpcRoute, networkACL, securityGroup, instance, networkInterface
  case virtualNetworkInterface, endpointGateway, loadBalancer, publicGateway, floatingIP, vpnServer, serverRoute
  case serverClient, vpnGateway, vpnConnection, transitConnection

  /// `resource_type` of the API's objects; some kinds have none.
  private static let byResourceType: [String: IBMKind] = [
    "vpc": .vpc, "subnet": .subnet, "routing_table": .routingTable, "instance": .instance,
    "network_interface": .networkInterface, "virtual_network_interface": .virtualNetworkInterface,
    "endpoint_gateway": .endpointGateway, "load_balancer": .loadBalancer, "public_gateway": .publicGateway,
    "floating_ip": .floatingIP, "vpn_server": .vpnServer, "vpn_server_route": .serverRoute,
    "vpn_server_client": .serverClient, "vpn_gateway": .vpnGateway, "vpn_gateway_connection": .vpnConnection,
    "security_group": .securityGroup, "network_acl": .networkACL, "address_prefix": .addressPrefix,
    "routing_table_route": .vpcRoute,
  ]

  /// Keys of pages and of collectors' dumps, which hold lists of one kind; nil where the items tell.
  static let byCollection: [String: IBMKind?] = [
    "vpcs": .vpc, "address_prefixes": .addressPrefix, "subnets": .subnet, "routing_tables": .routingTable,
    "network_acls": .networkACL, "security_groups": .securityGroup, "instances": .instance,
    "network_interfaces": .networkInterface, "virtual_network_interfaces": .virtualNetworkInterface,
    "endpoint_gateways": .endpointGateway, "load_balancers": .loadBalancer, "public_gateways": .publicGateway,
    "floating_ips": .floatingIP, "vpn_servers": .vpnServer, "clients": .serverClient, "vpn_gateways": .vpnGateway,
    "transit_connections": .transitConnection, "routes": nil, "connections": nil,
  ]

  /// Lists of dumps that say nothing about a client VPN.
  static let otherCollections: Set = ["iks_clusters", "transit_gateways", "reserved_ips", "operations"]

  /// The last two collections of a path of the API.
  private static let byPath: [String: IBMKind] = [
    "vpcs": .vpc, "vpcs/address_prefixes": .addressPrefix, "subnets": .subnet, "vpcs/routing_tables": .routingTable,
    "routing_tables/routes": .vpcRoute, "vpcs/routes": .vpcRoute, "network_acls": .networkACL,
    "security_groups": .securityGroup, "instances": .instance, "instances/network_interfaces": .networkInterface,
    "virtual_network_interfaces": .virtualNetworkInterface, "endpoint_gateways": .endpointGateway,
    "load_balancers": .loadBalancer, "public_gateways": .publicGateway, "floating_ips": .floatingIP,
    "vpn_servers": .vpnServer, "vpn_servers/routes": .serverRoute, "vpn_servers/clients": .serverClient,
    "vpn_gateways": .vpnGateway, "vpn_gateways/connections": .vpnConnection,
    "transit_gateways/connections": .transitConnection, "connections": .transitConnection,
  ]

  /// Keys that only objects of one kind have together.
  private static let byKeys: [(keys: [String], kind: IBMKind)] = [
    (["client_ip_pool"], .vpnServer), (["ipv4_cidr_block"], .subnet), (["accept_routes_from"], .routingTable),
    (["destination", "next_hop"], .vpcRoute), (["destination", "origin"], .vpcRoute),
    (["destination", "action", "zone"], .vpcRoute), (["destination", "action", "health_state"], .serverRoute),
    (["destination", "action", "href"], .serverRoute), (["client_ip", "status"], .serverClient),
    (["cidr", "has_subnets"], .addressPrefix), (["network_type"], .transitConnection),
    (["default_network_acl", "default_security_group"], .vpc), (["network_interfaces", "zone"], .instance),
    (["network_attachments", "zone"], .instance), (["ips", "target"], .endpointGateway),
    (["rules", "subnets", "id"], .networkACL), (["rules", "targets", "id"], .securityGroup),
    (["rules", "vpc", "id"], .securityGroup), (["connections", "members"], .vpnGateway),
    (["psk"], .vpnConnection), (["ike_policy", "status"], .vpnConnection), (["peer_cidrs"], .vpnConnection),
    (["private_ips", "listeners"], .loadBalancer), (["primary_ip", "security_groups"], .networkInterface),
    (["address", "zone", "href"], .floatingIP),
  ]

  /// The kind of an object: by what it says of itself, by its URL, by the list it stands in, by its keys.
  static func of(_ object: NodeIndex, in collection: IBMKind?, _ json: JSONText) -> IBMKind? {
    guard json.tree.kind(object) == .mapping else { return nil }
    if let type = json.string("resource_type", of: object) {
      // A word that is not known may be a new one for what the list is of.
      if let kind = byResourceType[type] { return kind }
    }
    if let kind = json.string("href", of: object).flatMap({ IBMPath($0).kind }) { return kind }
    return collection ?? byKeys.first { $0.keys.allSatisfy { json.value($0, of: object) != nil } }?.kind
  }

  /// Things of this kind in words, and the key of the model's list of them.
  var words: (plural: String, list: String) {
    switch self {
    case .vpc: ("VPCs", "vpc")
    case .addressPrefix: ("address prefixes", "address_prefixes")
    case .subnet: ("subnets", "subnets")
    case .routingTable: ("routing tables", "routing_tables")
    case .vpcRoute: ("routes", "routes")
    case .networkACL: ("network ACLs", "network_acls")
    case .securityGroup: ("security groups", "security_groups")
    case .instance: ("instances", "workloads")
    case .networkInterface: ("network interfaces", "workloads")
    case .virtualNetworkInterface: ("virtual network interfaces", "workloads")
    case .endpointGateway: ("endpoint gateways", "workloads")
    case .loadBalancer: ("load balancers", "workloads")
    case .publicGateway: ("public gateways", "subnets")
    case .floatingIP: ("floating IPs", "workloads")
    case .vpnServer: ("VPN servers", "vpn_servers")
    case .serverRoute: ("routes", "routes")
    case .serverClient: ("clients", "clients")
    case .vpnGateway: ("VPN gateways", "networks")
    case .vpnConnection: ("connections", "networks")
    case .transitConnection: ("transit connections", "networks")
    }
  }

  /// The kind that a path of the API leads to.
  static func named(_ path: String) -> IBMKind? { byPath[path] }
}

/// The path of a URL of the API: collections and the ids in them.
struct IBMPath {
  private var steps: [(collection: String, id: String?)] = []

  init(_ url: String) {
    let path = url.prefix { $0 != "?" && $0 != "#" }
    guard let version = path.firstRange(of: "/v1/") else { return }
    var names = path[version.upperBound...].split(separator: "/").map(String.init)[...]
    while let collection = names.popFirst() { steps.append((collection, names.popFirst())) }
  }

  /// The kind of what is at the end.
  var kind: IBMKind? {
    guard let last = steps.last else { return nil }
    if steps.count > 1, let kind = IBMKind.named("\(steps[steps.count - 2].collection)/\(last.collection)") {
      return kind
    }
    return steps.count == 1 ? IBMKind.named(last.collection) : nil
  }

  /// The id of what holds the thing at the end.
  var parent: String? { steps.count > 1 ? steps[steps.count - 2].id : nil }

  /// The id in a collection.
  func id(in collection: String) -> String? { steps.last { $0.collection == collection }?.id }
}
