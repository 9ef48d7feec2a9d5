import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A route into classic infrastructure, where hosts with a public interface answer by the internet.
enum ClassicNeedsReturnRoute: ModelRule {
  static let info = RuleInfo(
    code: "VPN606", name: "classic-needs-return-route", severity: .info,
    summary: "clients reach classic infrastructure, whose hosts may need a static route back",
    why: """
      The default route of a classic host with a public interface leads to the internet. Packets of clients arrive at \
      its private interface, and the answers leave by the public one and are lost, unless the host has a static route to \
      the VPC by its private gateway. The documentation says so of hosts with a public \
      interface alone.
      """,
    repair:
      "On each classic host with a public interface, add a static route to the server's subnets by its private gateway.",
    source: "IBM VPC documentation, troubleshooting: client VPN cannot access a classic virtual server",
    examples: [
      .bad(
        "a route into classic",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}, {destination: ⟦10.187.190.0/26⟧, action: translate}]
        networks: [{name: classic, cidrs: [10.187.190.0/26], via: classic}]
        """),
      .good(
        "clients are not for classic",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        networks: [{name: classic, cidrs: [10.187.190.0/26], via: classic, expect: unreachable}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for routed in server.routesToClassic(in: analysis.model) {
        let networks = routed.networks.compactMap { analysis.model.networks?.elements[$0] }
        report(needsRoute(server.table.routes[routed.route], to: networks, server.server, analysis.model))
      }
    }
  }

  private static func needsRoute(
    _ route: ServerRoute, to networks: [Network], _ server: VPNServer, _ model: Model
  ) -> Finding {
    let blocks = (server.subnets?.elements ?? []).compactMap(\.index).map {
      model.vpc.subnets.elements[$0].block.value.canonical.description
    }
    let back = blocks.isEmpty ? "the server's subnets" : Words.list(blocks)
    return finding(
      "hosts of \(Words.list(networks.map(\.inWords))) with a public interface answer clients by the internet",
      Cause(server.routesPath, "\(route.network)/return", extent: route.network.range.extent),
      at: route.destination.span,
      "leads to classic infrastructure"
    )
    .label(networks.first?.via.span, "reached by classic access")
    .note("packets come from \(back); a host without a route back by its private gateway uses its default route")
    .help("on such hosts, add a static route to \(back) by the private gateway")
  }
}
