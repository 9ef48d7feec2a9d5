import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A server with the default security group, or none.
enum ServerUsesDefaultSecurityGroup: ModelRule {
  static let info = RuleInfo(
    code: "VPN502", name: "server-uses-default-security-group", severity: .error,
    summary: "the server has no security group but the default one, which lets no client in",
    why: """
      The default group of a VPC lets in packets from its own members alone. A server without a group of its own gets it,
      and no client connects.
      """,
    repair: "Attach a security group that allows the server's protocol and port inbound.",
    source: "IBM VPC documentation, configuring security groups and network ACLs for a client-to-site VPN",
    examples: [
      .bad(
        "the default group of a VPC",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          security_groups:
            - name: standard
              is_default: true
              rules:
                - {direction: inbound, protocol: icmp_tcp_udp, remote: standard}
                - {direction: outbound, protocol: icmp_tcp_udp}
        vpn_servers:
          - name: ⟦client-vpn⟧
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "a group of its own",
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
      for block in server.tunnelBlocksToTell {
        guard case .groups(let groups, isDefaultAlone: true) = block.filter else { continue }
        let found = groups.compactMap { analysis.model.vpc.securityGroups?.elements[$0] }
        report(usesDefault(found.first, block, server.server))
      }
    }
  }

  private static func usesDefault(_ group: SecurityGroup?, _ block: TunnelBlock, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) has \(group == nil ? "no security group" : "the default security group alone"), so no client connects",
      block.cause(group.map { [$0] } ?? [], server), at: server.securityGroups?.key ?? server.name.span,
      group.map { "has security group `\($0.name.value)`" } ?? "has no security group"
    )
    .label(group?.name.span, "lets in no \(block.service) from the internet")
    .note(block.openedInWords)
    .note(group == nil ? "nothing that clients send leaves the server either" : nil)
    .help("attach a security group with an inbound rule for \(block.service)")
  }
}
