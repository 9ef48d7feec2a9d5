import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A default route that drops packets between subnets of the VPC.
enum DropDefaultInWorkloadTable: ModelRule {
  static let info = RuleInfo(
    code: "VPN411", name: "drop-default-in-workload-table", severity: .warning,
    summary: "a default route of a subnet's routing table drops packets to other subnets of the VPC",
    why: """
      A table with a default route never asks the routes of the system. With action drop even packets to other \
      subnets of the VPC are dropped, answers to packets that the VPN server translates among them, unless other \
      routes of the table delegate them.
      """,
    repair: "Add routes with action delegate for the ranges of the VPC, in every zone.",
    source: "IBM VPC documentation, about routing tables and routes",
    examples: [
      .bad(
        "nothing is delegated",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/25, zone: jp-tok-1, routing_table: locked}, {name: db, ipv4_cidr_block: 10.0.0.128/25, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - name: locked
              accept_routes_from: [vpn_server]
              routes: [{destination: 0.0.0.0/0, zone: jp-tok-1, action: ⟦drop⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "the range of the VPC is delegated",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/25, zone: jp-tok-1, routing_table: locked}, {name: db, ipv4_cidr_block: 10.0.0.128/25, zone: jp-tok-1}]
          routing_tables:
            - {name: main, is_default: true, accept_routes_from: [vpn_server]}
            - name: locked
              accept_routes_from: [vpn_server]
              routes:
                - {destination: 0.0.0.0/0, zone: jp-tok-1, action: drop}
                - {destination: 10.0.0.0/24, zone: jp-tok-1, action: delegate}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for drop in analysis.defaultDrops { report(dropping(drop, analysis.model)) }
  }

  private static func dropping(_ drop: DefaultDrop, _ model: Model) -> Finding {
    let subnets = drop.subnets.map { model.vpc.subnets.elements[$0] }
    let route = drop.routes[0]
    var result = finding(
      "default route of \(drop.table.inWords) drops packets to other subnets of the VPC",
      drop.table.cause(of: route.network), at: route.action?.span ?? route.destination.span,
      "drops packets to \(Words.ranges(drop.dropped.ranges))"
    )
    .labels(drop.routes.dropFirst()) { "the same\($0.inZone)" }
    for subnet in subnets.prefix(3) { result = result.label(subnet.block.span, "\(subnet.inWords) has this table") }
    return
      result
      .note("answers to packets that a VPN server translates go to other subnets too")
      .help("add routes with action delegate for the ranges of the VPC, in every zone")
  }
}
