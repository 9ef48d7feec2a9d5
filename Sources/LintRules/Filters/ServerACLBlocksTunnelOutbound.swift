import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A network ACL that stops the tunnel's own packets on the way out.
enum ServerACLBlocksTunnelOutbound: ModelRule {
  static let info = RuleInfo(
    code: "VPN504", name: "server-acl-blocks-tunnel-outbound", severity: .error,
    summary: "the network ACL of the server's subnet stops the tunnel's own packets on the way out",
    why: """
      A network ACL keeps no state: the server's answers need an outbound rule with the server's port as source port and the
      clients' ephemeral ports as destination. Without it the handshake never completes.
      """,
    repair: "Allow the server's protocol outbound with its port as source port, before any rule that denies it.",
    source: "IBM VPC documentation, configuring security groups and network ACLs for a client-to-site VPN",
    examples: [
      .bad(
        "rules for the VPC alone",
        without: ["server-acl-blocks-route-traffic"],
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any, network_acl: acl-vpn}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          network_acls:
            - name: ⟦acl-vpn⟧
              rules:
                - {direction: inbound, action: allow, protocol: any}
                - {direction: outbound, action: allow, protocol: any, destination: 10.0.0.0/8}
            - {name: open, is_default: true, rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "open to the internet",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any, network_acl: acl-vpn}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          network_acls:
            - name: acl-vpn
              rules:
                - {direction: inbound, action: allow, protocol: any}
                - {direction: outbound, action: allow, protocol: any}
            - {name: open, is_default: true, rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]}
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
        guard case .outboundACL(let index, let subnet) = block.filter,
          let acl = analysis.model.vpc.networkACLs?.elements[index]
        else { continue }
        let cause = Cause(acl.path, "tunnel/outbound/\(server.server.name.value)")
        report(
          block.together.isEmpty
            ? stops(acl, analysis.model.vpc.subnets.elements[subnet], block, server.server, cause)
            : block.contradiction(Self.self, cause, at: acl, server.server, analysis))
      }
    }
  }

  private static func stops(
    _ acl: NetworkACL, _ subnet: Subnet, _ block: TunnelBlock, _ server: VPNServer, _ cause: Cause
  ) -> Finding {
    finding(
      "network ACL `\(acl.name.value)` stops the answers of \(server.inWords) on \(block.service)",
      cause, at: acl.name.span,
      "no outbound rule allows \(block.service) back to the internet"
    )
    .label(subnet.block.span, "\(subnet.inWords) of the server")
    .note(block.openedInWords)
    .help("add a rule to the ACL: outbound, \(block.service) as source port, to 0.0.0.0/0")
  }
}
