import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Security groups that let clients in from some networks alone.
enum TunnelSourceRestricted: ModelRule {
  static let info = RuleInfo(
    code: "VPN510", name: "tunnel-source-restricted", severity: .info, isOffByDefault: true,
    summary: "the server's security groups let clients in from some networks alone",
    why: """
      Whoever connects from elsewhere, from home or on the road, gets no answer to the handshake. This may be meant, which is
      why the rule is off by default.
      """,
    repair: "Widen the inbound rule, or leave it if clients come from these networks alone.",
    source: "IBM VPC documentation, configuring security groups and network ACLs for a client-to-site VPN",
    examples: [
      .bad(
        "the office alone",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          security_groups:
            - name: ⟦sg-vpn⟧
              targets: [client-vpn]
              rules:
                - {direction: outbound, protocol: any}
                - {direction: inbound, protocol: udp, ports: 443, remote: 198.51.100.0/24}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "everywhere",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          security_groups:
            - name: sg-vpn
              targets: [client-vpn]
              rules:
                - {direction: outbound, protocol: any}
                - {direction: inbound, protocol: udp, ports: 443}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      guard let sources = server.tunnelFilters?.restrictedSources else { continue }
      let groups = analysis.attachments.securityGroups(ofServer: server.index) ?? []
      let found = groups.compactMap { analysis.model.vpc.securityGroups?.elements[$0] }
      report(restricted(sources, found, server.server))
    }
  }

  private static func restricted(
    _ sources: IPv4Set, _ groups: [SecurityGroup], _ server: VPNServer
  ) -> Finding {
    finding(
      "clients can connect to \(server.inWords) from some networks alone",
      Cause("\(server.path)/tunnel", "sources"), at: groups.first?.name.span ?? server.name.span,
      "lets in \(Words.ranges(sources.ranges)) alone"
    )
    .help("widen the inbound rule if clients come from elsewhere too")
  }
}
