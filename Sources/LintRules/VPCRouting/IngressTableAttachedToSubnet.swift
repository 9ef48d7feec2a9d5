import ClientVPN
import Forwarding
import SourceText

/// A routing table for ingress traffic that serves subnets too.
enum IngressTableAttachedToSubnet: ModelRule {
  static let info = RuleInfo(
    code: "VPN412", name: "ingress-table-attached-to-subnet", severity: .error,
    summary: "a routing table for traffic that comes in is attached to a subnet",
    why: """
      The service refuses it: a table serves either subnets or traffic from outside. The default table cannot be an \
      ingress table either, which is a warning, as the documentation does not agree with itself there.
      """,
    repair: "Make a routing table of its own for the traffic that comes in.",
    source: "IBM VPC API, RoutingTablePatch; IBM VPC documentation, about routing tables and routes",
    examples: [
      .bad(
        "a table for both",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, routing_table: both}]
          routing_tables:
            - {name: both, route_transit_gateway_ingress: ⟦true⟧, accept_routes_from: [vpn_server]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "two tables",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - {name: incoming, route_transit_gateway_ingress: true, accept_routes_from: [vpn_server]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for found in analysis.ingressTablesOfSubnets {
      let subnets = found.subnets.map { analysis.model.vpc.subnets.elements[$0] }
      report(attached(analysis.routingTables[found.table], subnets, analysis.isDefault(table: found.table)))
    }
  }

  private static func attached(_ table: RoutingTable, _ subnets: [Subnet], _ isDefault: Bool) -> Finding {
    let sources = table.ingressSources
    let flag = sources.first.flatMap { table.flag(of: $0) }
    let served = subnets.count == 1 ? subnets[0].inWords : Words.count(subnets.count, "subnet")
    var result = finding(
      "\(table.inWords) serves \(served) and traffic from \(Words.list(sources.map(\.inWords)))",
      Cause(table.path, "ingress"), at: flag?.span ?? table.name.span, "traffic that comes in is routed by this table",
      severity: isDefault ? .warning : nil)
    for subnet in subnets.prefix(3) { result = result.label(subnet.block.span, "\(subnet.inWords) has this table") }
    return
      result
      .note(
        isDefault
          ? "by the documentation the default table cannot route traffic that comes in"
          : "the service takes the flag on a table without subnets alone"
      )
      .help("make a routing table of its own for the traffic that comes in")
  }
}
