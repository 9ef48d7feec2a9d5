import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Security groups of the server that let no client in.
enum ServerSGBlocksTunnel: ModelRule {
  static let info = RuleInfo(
    code: "VPN501", name: "server-sg-blocks-tunnel", severity: .error,
    summary: "no security group of the server lets the tunnel's own packets in",
    why: """
      Clients reach the server on its port and protocol, UDP 443 unless the model says otherwise. If no rule of an attached
      group allows that inbound, no client connects: the handshake times out after a minute.
      """,
    repair:
      "Allow the server's protocol and port inbound from everywhere, or from the networks that clients come from.",
    source: "IBM VPC documentation, configuring security groups and network ACLs for a client-to-site VPN",
    examples: [
      .bad(
        "TCP is opened, and the server listens on UDP",
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
                - {direction: inbound, protocol: tcp, ports: 443}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "UDP 443 is open",
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
        guard case .groups(let groups, isDefaultAlone: false) = block.filter else { continue }
        let found = groups.compactMap { analysis.model.vpc.securityGroups?.elements[$0] }
        report(blocks(found, block, server.server))
      }
    }
  }

  private static func blocks(_ groups: [SecurityGroup], _ block: TunnelBlock, _ server: VPNServer) -> Finding {
    let names = Words.list(groups.map { "`\($0.name.value)`" })
    return finding(
      "no security group of \(server.inWords) lets clients connect on \(block.service)",
      block.cause(groups, server), at: groups.first?.name.span ?? server.name.span,
      "no inbound rule allows \(block.service) from the internet"
    )
    .label(server.port?.span ?? server.transport?.span, "the server listens on \(block.service)")
    .note(block.openedInWords)
    .help("add an inbound rule for \(block.service) to security group \(names)")
  }
}
