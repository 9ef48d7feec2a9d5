import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A subnet, or a part of one, that a drop route takes.
enum SubnetCoveredOnlyByDrop: ModelRule {
  static let info = RuleInfo(
    code: "VPN208", name: "subnet-covered-only-by-drop", severity: .warning,
    summary: "the longest matching route for a subnet, or for part of one, is a drop route",
    why: """
      Packets of clients enter the tunnel, and the server discards them. A wider route that forwards does not help.
      """,
    repair: """
      Remove or narrow the drop route, or say that the subnet is not meant for clients: `expect: unreachable`. In \
      split tunnel connected clients must reconnect to lose a route; in full tunnel nothing is pushed.
      """,
    source: "IBM VPC documentation, VPN server routes",
    examples: [
      .bad(
        "the one route for a subnet drops",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.1.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 10.1.0.0/24, action: ⟦drop⟧}
        """),
      .good(
        "the model says that clients are kept out",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.1.0.0/24, expect: unreachable}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 10.1.0.0/24, action: drop}
              - {destination: 0.0.0.0/0, action: translate}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where server.table.actions.contains(.drop) {
      for verdict in server.missed.subnets {
        let gap = server.gap(of: verdict)
        let dropped = gap.dropped
        guard let first = dropped.first, let last = dropped.last, let route = server.fates[first.first].route else {
          continue
        }
        let subnet = analysis.model.vpc.subnets.elements[verdict.subnet]
        let bounds = IPv4Range(first.first, last.last)
        report(taken(subnet, verdict, gap, bounds, by: server.table.routes[route], server, in: analysis))
      }
    }
  }

  private static func taken(
    _ subnet: Subnet, _ verdict: SubnetVerdict, _ gap: RouteGap, _ bounds: IPv4Range, by route: ServerRoute,
    _ analysis: ServerAnalysis, in whole: Analysis
  ) -> Finding {
    let server = analysis.server
    let block = subnet.block.value.canonical
    return finding(
      "a drop route takes \(gap.dropped.first == verdict.usable ? "all" : "part") of \(subnet.inWords)",
      Cause(server.routesPath, "\(block)/drop", extent: bounds.extent), at: route.actionPlace,
      "drops \(Words.ranges(gap.dropped, isTruncated: gap.isTruncated))",
      severity: verdict.holdsServersAlone ? .info : nil
    )
    .label(subnet.name.span, "\(subnet.inWords), \(block)")
    .note(verdict.holdsServersAlone ? whole.holdingInWords(subnet: verdict.subnet) : nil)
    .help(
      "remove or narrow \(route.inWords) of \(server.inWords)", server.routeChangeHelp,
      "if clients are not meant to reach it, write `expect: unreachable` on the subnet"
    )
    .evidence(analysis.evidence(to: bounds.first, in: whole.model))
  }
}
