import ClientVPN
import Forwarding
import SourceText

/// A route of a user with a name that belongs to the service.
enum RouteNameReserved: ModelRule {
  static let info = RuleInfo(
    code: "VPN423", name: "route-name-reserved", severity: .error,
    summary: "the name of a VPC route begins with `ibm-`",
    why: "The service refuses to create the route: these names are for the routes that it writes itself.",
    repair: "Choose another name; if the service wrote the route, write `origin: service` in the model.",
    source: "IBM VPC API, create_vpc_routing_table_route",
    examples: [
      .bad(
        "a route of a user",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes: [{name: ⟦ibm-office⟧, destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a route of the service",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - name: main
              is_default: true
              routes: [{name: ibm-office, destination: 172.30.0.0/16, zone: jp-tok-1, next_hop: 10.0.0.9, origin: service}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let reserved = analysis.model.provider.routing.reservedNames
    for table in analysis.routingTables {
      for route in table.routes?.elements ?? [] where !route.isFromService {
        if let name = route.name, name.value.hasPrefix(reserved) { report(taken(name, route, table, reserved)) }
      }
    }
  }

  private static func taken(
    _ name: Field<String>, _ route: VPCRoute, _ table: RoutingTable, _ reserved: String
  ) -> Finding {
    finding(
      "the service refuses the route name `\(name.value)` in \(table.inWords)", table.cause(route, "name"),
      at: name.span,
      "not a name for a route of a user"
    )
    .note("names that begin with `\(reserved)` are for the routes that the service writes")
    .help("rename the route; if the service wrote it, the model says so with `origin: service`")
  }
}
