import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A subnet of which the routes name only a part.
enum SubnetPartlyCoveredByRoutes: ModelRule {
  static let info = RuleInfo(
    code: "VPN207", name: "subnet-partly-covered-by-routes", severity: .error,
    summary: "the server's routes cover only part of a subnet",
    why: """
      Clients reach some workloads of the subnet and not others, which looks like a fault of the workload. The first \
      four addresses of a subnet and its last belong to the provider and do not count.
      """,
    repair: """
      Widen a route to the whole subnet, or add one for the rest. In split tunnel connected clients must reconnect to \
      get a new route; in full tunnel nothing is pushed, but the server needs the route to forward.
      """,
    source: "IBM VPC documentation, VPN server routes",
    examples: [
      .bad(
        "a route for half of the subnet",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦routes⟧:
              - {destination: 10.0.0.0/25, action: deliver}
        """),
      .good(
        "two halves cover a subnet",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/25, action: deliver}
              - {destination: 10.0.0.128/25, action: deliver}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where !server.server.routesMisspelt {
      for verdict in server.missed.subnets {
        let gap = server.gap(of: verdict)
        let unrouted = gap.unrouted
        guard let first = unrouted.first, let last = unrouted.last, first != verdict.usable else { continue }
        let subnet = analysis.model.vpc.subnets.elements[verdict.subnet]
        report(partly(subnet, verdict, gap, IPv4Range(first.first, last.last), server, in: analysis))
      }
    }
  }

  private static func partly(
    _ subnet: Subnet, _ verdict: SubnetVerdict, _ gap: RouteGap, _ bounds: IPv4Range,
    _ analysis: ServerAnalysis, in whole: Analysis
  ) -> Finding {
    let server = analysis.server
    let block = subnet.block.value.canonical
    let aspect = gap.unrouted.prefix(3).map(\.description).joined(separator: ",")
    return finding(
      "VPN server routes cover only part of \(subnet.inWords)",
      Cause(server.routesPath, aspect, extent: bounds.extent), at: server.routesPlace,
      "no destination here contains \(Words.ranges(gap.unrouted, isTruncated: gap.isTruncated))",
      severity: verdict.holdsServersAlone ? .info : nil
    )
    .label(subnet.name.span, "\(subnet.inWords), \(block)")
    .note(
      server.mode == .split
        ? "in split tunnel, packets to the rest leave by the client's own default gateway"
        : "in full tunnel, the server drops packets to the rest"
    )
    .note(analysis.dnsInWords(in: IPv4Set(gap.unrouted), "lies in the rest: names do not resolve either"))
    .note(verdict.holdsServersAlone ? whole.holdingInWords(subnet: verdict.subnet) : nil)
    .help("widen a route to \(block), or add routes for the rest of the subnet", server.routeChangeHelp)
    .repair(analysis.table.unrouted(in: block.range).flatMap { RouteAddition.repair($0, .deliver, to: server) })
    .evidence(analysis.evidence(to: bounds.first, in: whole.model))
  }
}
