import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A network ACL that stops the tunnel's own packets on the way in.
enum ServerACLBlocksTunnelInbound: ModelRule {
  static let info = RuleInfo(
    code: "VPN503", name: "server-acl-blocks-tunnel-inbound", severity: .error,
    summary: "the network ACL of the server's subnet stops the tunnel's own packets on the way in",
    why: """
      Before a client is anybody, its packets pass the network ACL of the server's subnet. If the first rule that matches the
      server's protocol and port denies, or none matches, no client connects. The same holds where it lets in other clients
      than the security groups of the server.
      """,
    repair: "Allow the server's protocol inbound with its port as destination port, before any rule that denies it.",
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
                - {direction: inbound, action: allow, protocol: any, source: 10.0.0.0/8}
                - {direction: outbound, action: allow, protocol: any}
            - {name: open, is_default: true, rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "the security group and the network ACL let in different networks",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any, network_acl: acl-vpn}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          network_acls:
            - name: ⟦acl-vpn⟧
              rules:
                - {direction: inbound, action: allow, protocol: udp, destination_ports: 443, source: 203.0.113.0/24}
                - {direction: inbound, action: allow, protocol: any, source: 10.0.0.0/8}
                - {direction: outbound, action: allow, protocol: any}
            - {name: open, is_default: true, rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]}
          security_groups:
            - name: sg-vpn
              targets: [client-vpn]
              rules:
                - {direction: outbound, protocol: any}
                - {direction: inbound, protocol: udp, ports: 443, remote: 192.0.2.0/24}
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
        guard case .inboundACL(let index, let subnet) = block.filter,
          let acl = analysis.model.vpc.networkACLs?.elements[index]
        else { continue }
        let cause = Cause(acl.path, "tunnel/inbound/\(server.server.name.value)")
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
      "network ACL `\(acl.name.value)` keeps clients from \(server.inWords) on \(block.service)",
      cause, at: acl.name.span,
      "no inbound rule allows \(block.service) from the internet"
    )
    .label(subnet.block.span, "\(subnet.inWords) of the server")
    .note(block.openedInWords)
    .help("add a rule to the ACL: inbound, \(block.service) as destination port, from 0.0.0.0/0")
  }
}
