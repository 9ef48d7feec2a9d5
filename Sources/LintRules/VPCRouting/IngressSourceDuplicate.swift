import ClientVPN
import Forwarding
import SourceText

/// Two routing tables for traffic from one source.
enum IngressSourceDuplicate: ModelRule {
  static let info = RuleInfo(
    code: "VPN413", name: "ingress-source-duplicate", severity: .error,
    summary: "two routing tables route traffic from the same source",
    why: "The service refuses the second one: each source of traffic that comes in has at most one table in a VPC.",
    repair: "Take the flag from one of the tables, and put their routes together.",
    source: "IBM VPC documentation, creating a routing table",
    examples: [
      .bad(
        "two tables for the transit gateway",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: one, route_transit_gateway_ingress: true}
            - {name: two, route_transit_gateway_ingress: ⟦true⟧}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a table for each source",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: one, route_transit_gateway_ingress: true, route_direct_link_ingress: false}
            - {name: two, route_transit_gateway_ingress: false, route_direct_link_ingress: true}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for found in analysis.doubledIngressSources { report(doubled(found.source, found.first, found.later)) }
  }

  private static func doubled(_ source: IngressSource, _ first: RoutingTable, _ later: RoutingTable) -> Finding {
    finding(
      "routing tables `\(first.name.value)` and `\(later.name.value)` both route traffic from \(source.inWords)",
      Cause(later.path, source.rawValue), at: later.flag(of: source)?.span ?? later.name.span, "a second table for it"
    )
    .label(first.flag(of: source)?.span, "\(first.inWords) has it already")
    .note("the service takes one table of a VPC for each source")
    .help("set `\(source.rawValue): false` in one of the tables, and put their routes together")
  }
}
