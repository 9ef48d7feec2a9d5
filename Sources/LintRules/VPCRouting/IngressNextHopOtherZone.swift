import ClientVPN
import Forwarding
import SourceText

/// A route of an ingress table whose next hop stands in another zone.
enum IngressNextHopOtherZone: ModelRule {
  static let info = RuleInfo(
    code: "VPN416", name: "ingress-next-hop-other-zone", severity: .error,
    summary: "the next hop of a route in a routing table for incoming traffic lies in another zone",
    why: """
      For traffic that comes in, the next hop stands in the zone of the route. Otherwise the route acts like drop.
      """,
    repair: "Choose a next hop in a subnet of the route's zone, or write the route for the zone of the next hop.",
    source: "IBM VPC API, routing table; IBM VPC documentation, about routing tables and routes",
    examples: [
      .bad(
        "an appliance in zone 2 for packets of zone 1",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}, {name: firewall, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-2, expect: any}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - name: incoming
              route_direct_link_ingress: true
              routes: [{destination: 10.0.0.0/24, zone: jp-tok-1, next_hop: ⟦10.0.1.9⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "an appliance in the zone of the route",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}, {name: firewall, ipv4_cidr_block: 10.0.1.0/24, zone: jp-tok-2, expect: any}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - name: incoming
              route_direct_link_ingress: true
              routes: [{destination: 10.0.0.0/24, zone: jp-tok-2, next_hop: 10.0.1.9}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for found in analysis.ingressHopsInOtherZones {
      report(elsewhere(found.table, found.route, analysis.model.vpc.subnets.elements[found.subnet]))
    }
  }

  private static func elsewhere(_ table: RoutingTable, _ route: VPCRoute, _ subnet: Subnet) -> Finding {
    let zone = subnet.zone?.value ?? ""
    return finding(
      "\(route.inFull) of \(table.inWords) acts like drop: its next hop is in another zone",
      table.cause(route, "next-hop-zone"), at: route.nextHop?.span ?? route.destination.span,
      "in \(subnet.inWords), zone `\(zone)`"
    )
    .label(route.zone?.span, "the route is for this zone")
    .label(subnet.zone?.span, "zone of \(subnet.inWords)")
    .help("choose a next hop in zone `\(route.zone?.value ?? "")`, or write the route for zone `\(zone)`")
  }
}
