import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Endpoint gateways to which no route of the server leads.
enum VPESubnetWithoutRoute: ModelRule {
  static let info = RuleInfo(
    code: "VPN604", name: "vpe-subnet-without-route", severity: .error,
    summary: "no VPN server route covers the endpoint gateways in a subnet",
    why: """
      A virtual private endpoint is an address in a subnet of the VPC. In split tunnel a client sends packets to it into \
      the tunnel only if a pushed route contains it, so that what works in full tunnel can fail in split tunnel. The name of \
      the endpoint resolves all the same.
      """,
    repair: """
      Add a route for the subnet of the endpoint gateways, or one of length /32 for each. In split tunnel connected \
      clients must reconnect to get it; in full tunnel nothing is pushed, but the server needs the route to forward.
      """,
    source: "IBM VPC documentation, troubleshooting: client VPN cannot connect to a virtual private endpoint",
    examples: [
      .bad(
        "the subnet of the endpoints is left out",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: endpoints, ipv4_cidr_block: 10.0.1.0/24, expect: any}
          workloads:
            - {name: object-storage, kind: endpoint_gateway, subnet: endpoints, address: 10.0.1.5}
            - {name: registry, kind: endpoint_gateway, subnet: endpoints, address: 10.0.1.6}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            ⟦routes⟧: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a route for each endpoint is enough",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: endpoints, ipv4_cidr_block: 10.0.1.0/24, expect: any}
          workloads:
            - {name: object-storage, kind: endpoint_gateway, subnet: endpoints, address: 10.0.1.5}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: 10.0.1.5/32}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where !server.server.hasUnreadRoutes && !server.carrier.isLooped {
      for missed in server.missedEndpoints(in: analysis.model) {
        report(uncovered(missed, analysis.model.vpc.subnets.elements[missed.subnet], server, analysis.model))
      }
    }
  }

  private static func uncovered(
    _ missed: MissedEndpoints, _ subnet: Subnet, _ analysis: ServerAnalysis, _ model: Model
  ) -> Finding {
    let (server, block) = (analysis.server, subnet.block.value.canonical)
    let names = Words.list(missed.workloads.map { "`\($0.name.value)`" })
    let addresses = missed.workloads.compactMap { $0.address?.value.description }
    let what = addresses.count == missed.workloads.count ? Words.list(addresses) : block.description
    var result = finding(
      "no VPN server route covers endpoint gateway\(missed.workloads.count == 1 ? "" : "s") \(names)",
      Cause(server.routesPath, "\(block)/endpoints", extent: missed.range.extent), at: server.routesPlace,
      "no destination here contains \(what)"
    )
    for workload in missed.workloads.prefix(labelsAtMost) {
      result = result.label(workload.name.span, "in \(subnet.inWords), \(block)")
    }
    return
      result
      .note(
        missed.outcome == .direct
          ? "in split tunnel, packets to it leave by the client's own default gateway; in full tunnel they would enter the tunnel"
          : "packets to it enter the tunnel, and the server drops what no route matches"
      )
      .help(
        "add a route with destination \(block) and action deliver to \(server.inWords), or one of length /32 for each "
          + "endpoint gateway", server.routeChangeHelp
      )
      .repair(RouteAddition.repair(IPv4Set(block), .deliver, to: server))
      .evidence(analysis.evidence(to: missed.range.first, in: model))
  }

  private static let labelsAtMost = 4
}
