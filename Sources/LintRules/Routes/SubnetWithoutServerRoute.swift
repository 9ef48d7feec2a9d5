import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A subnet that no route of the VPN server covers.
enum SubnetWithoutServerRoute: ModelRule {
  static let info = RuleInfo(
    code: "VPN201", name: "subnet-without-server-route", severity: .error,
    summary: "no VPN server route covers a subnet, so no client can reach it",
    why: """
      A VPN server forwards only what its routes name. In split tunnel a subnet without a route is not even pushed to \
      the client: packets to it leave by the client's own default gateway. In full tunnel they enter the tunnel and \
      the server drops them.
      """,
    repair: """
      Add a route for the subnet, or say that it is not meant for clients: `expect: unreachable` on the subnet, or \
      `serves` on the server. In split tunnel connected clients must reconnect to get a new route; in full tunnel \
      nothing is pushed, but the server needs the route to forward.
      """,
    source:
      "the article in the README's reading list; IBM VPC documentation, VPN server routes",
    examples: [
      .bad(
        "split tunnel, one of two subnets forgotten",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.1.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦routes⟧:
              - {name: to-app, destination: 10.0.0.0/24, action: deliver}
        """),
      .bad(
        "full tunnel needs the routes too",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: db, ipv4_cidr_block: 10.1.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: false
            ⟦routes⟧:
              - {destination: 10.0.0.0/24, action: deliver}
        """),
      .good(
        "two halves cover a subnet",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {destination: 10.0.0.0/25}
              - {destination: 10.0.0.128/25}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where !server.server.routesMisspelt {
      for verdict in server.missed.subnets
      where verdict.mayLackRoute && server.gap(of: verdict, limit: 2).dropped.isEmpty {
        report(uncovered(analysis.model.vpc.subnets.elements[verdict.subnet], verdict, server, in: analysis))
      }
    }
  }

  private static func uncovered(
    _ subnet: Subnet, _ verdict: SubnetVerdict, _ analysis: ServerAnalysis, in whole: Analysis
  ) -> Finding {
    let server = analysis.server
    let block = subnet.block.value.canonical
    return finding(
      "no VPN server route covers \(subnet.inWords)",
      Cause(server.routesPath, block.description, extent: block.range.extent), at: server.routesPlace,
      "no destination here contains \(block)", severity: verdict.holdsServersAlone ? .info : nil
    )
    .label(subnet.name.span, "\(subnet.inWords), \(block)")
    .label(server.splitTunneling?.span, server.mode == .split ? "split tunnel" : "full tunnel")
    .note(consequence(server.mode))
    .note(analysis.dnsInWords(in: IPv4Set(block), "lies in it: names do not resolve either"))
    .note(verdict.holdsServersAlone ? whole.holdingInWords(subnet: verdict.subnet) : nil)
    .help(
      "add a route with destination \(block) and action deliver to \(server.inWords)", server.routeChangeHelp,
      "if clients are not meant to reach it, write `expect: unreachable` on the subnet"
    )
    .repair(RouteAddition.repair(IPv4Set(block), .deliver, to: server))
    .evidence(analysis.evidence(to: verdict.usable?.first, in: whole.model))
  }

  private static func consequence(_ mode: VPNServer.TunnelMode) -> String? {
    switch mode {
    case .unknown: nil
    case .split: "in split tunnel the route is not pushed: clients send these packets to their own default gateway"
    case .full: "in full tunnel the packets enter the tunnel, and the server drops what no route matches"
    }
  }
}

extension SubnetVerdict {
  /// Whether clients reach none of the subnet for want of a route; drop routes are another matter.
  fileprivate var mayLackRoute: Bool {
    verdict == .unreachable && (outcome == .direct || outcome == .noServerRoute)
  }
}
