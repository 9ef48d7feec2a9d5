/// Words of the closed lists that are no types of their own.
enum ModelWords {
  static let systems = ["macos", "linux", "windows"]
  static let workloadKinds = ["instance", "endpoint_gateway", "load_balancer"]
  static let authenticationMethods = ["certificate", "username"]
  /// Services that may write routes into a routing table (IBM VPC API, RoutingTable).
  static let acceptedServices = ["vpn_gateway", "vpn_server"]
  /// Where a routing table can advertise its routes (IBM VPC API, RoutingTable).
  static let advertisementTargets = ["direct_link", "transit_gateway"]
  /// Actions of a route in a VPC routing table (IBM VPC API, Route).
  static let vpcRouteActions = ["deliver", "drop", "delegate", "delegate_vpc"]
  /// States of the life of a server or route, of its health, and of a client's session (IBM VPC API, VPNServer,
  /// VPNServerClient). The lists may grow.
  static let lifecycleStates = ["stable", "pending", "updating", "waiting", "deleting", "suspended", "failed"]
  static let healthStates = ["ok", "degraded", "faulted", "inapplicable"]
  static let clientStates = ["connected", "disconnected"]
  static let vpcRouteOrigins = ["service", "user"]
  static let allow = "allow"
  static let deny = "deny"
  /// Protocols of a filter's rule. The API's list may grow and has `number_<N>` (IBM VPC API, NetworkACLRule).
  static let filterProtocols = [
    "any", "icmp_tcp_udp", "icmp", "tcp", "udp", "all", "ah", "esp", "gre", "ip_in_ip", "l2tp", "rsvp", "sctp", "vrrp",
  ]
}
