import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A client pool that meets the LAN of a client site.
enum ClientPoolOverlapsClientLAN: ModelRule {
  static let info = RuleInfo(
    code: "VPN301", name: "client-pool-overlaps-client-lan", severity: .error,
    summary: "the client pool overlaps the LAN of a client site",
    why: """
      The same addresses are then on both sides of the client. If the VPN gateway's address lies in the LAN, the VPN's \
      rows get the LAN's interface: nothing enters the tunnel, and if a router has that address, everything leaves \
      unencrypted. If the LAN's router lies in the tunnel network, the tunnel swallows its own packets in full tunnel. \
      OpenVPN names none of this and says that it is connected. An overlap that leaves the tunnel at work is a warning: \
      part of the LAN or of the pool cannot be reached.
      """,
    repair: "Choose a client pool that no client site uses; the change disconnects all clients.",
    source: "IBM VPC documentation, planning for client VPN; effects measured with OpenVPN 2.6.14 on Linux",
    examples: [
      .bad(
        "the VPN gateway has the address of the home router",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦192.168.252.0/22⟧
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - {name: home, os: linux, lan: 192.168.252.0/24, address: 192.168.252.40, gateway: 192.168.252.1}
        """),
      .bad(
        "the home router lies in the tunnel network, in full tunnel",
        without: ["full-tunnel-without-default-route"],
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦192.168.252.0/22⟧
            public_ips: [203.0.113.10]
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - {name: office, os: linux, lan: 192.168.0.0/16, address: 192.168.1.4, gateway: 192.168.252.9}
        """),
      .good(
        "the LAN lies elsewhere",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        client_sites:
          - {name: home, os: linux, lan: 192.168.1.0/24, address: 192.168.1.4, gateway: 192.168.1.1}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let advice = PoolAdvice(analysis)
    for server in analysis.servers {
      guard let pool = server.server.clientPool else { continue }
      for site in server.sites {
        guard let conflict = site.poolConflict(of: server), let model = site.model(in: analysis) else { continue }
        report(overlap(conflict, pool, server, model, advice))
      }
    }
  }

  private static func overlap(
    _ conflict: PoolConflict, _ pool: Field<IPv4Prefix>, _ server: ServerAnalysis, _ site: ClientSite,
    _ advice: PoolAdvice
  ) -> Finding {
    finding(
      "client pool \(pool.value.canonical) overlaps the LAN of \(site.inWords)",
      Cause(server.server.poolPath, site.path), at: pool.span, "overlaps LAN \(conflict.lan)",
      severity: conflict.effect >= .lanIsLost ? .warning : .error
    )
    .label(site.lan?.span, "the LAN of \(site.inWords)")
    .note(conflict.inWords(server.mode))
    .help(advice.help(for: server))
  }
}
