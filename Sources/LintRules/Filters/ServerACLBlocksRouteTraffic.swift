import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A network ACL of the server's subnet that stops clients.
enum ServerACLBlocksRouteTraffic: ModelRule {
  static let info = RuleInfo(
    code: "VPN509", name: "server-acl-blocks-route-traffic", severity: .error,
    summary: "the network ACL of the server's subnet stops clients' packets or the answers to them",
    why: """
      The packets that the server forwards leave its subnet through that subnet's network ACL, and the answers come back
      through it. It keeps no state, so both directions need a rule.
      """,
    repair: "Allow both directions between the clients' addresses and the destinations of the server's routes.",
    source: "IBM VPC documentation, configuring security groups and network ACLs for a client-to-site VPN",
    examples: [
      .bad(
        "answers are not let in",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any, network_acl: acl-vpn}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          network_acls:
            - name: ⟦acl-vpn⟧
              rules:
                - {direction: inbound, action: allow, protocol: udp, destination_ports: 443}
                - {direction: outbound, action: allow, protocol: any}
            - name: open
              is_default: true
              rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
      .good(
        "both directions",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any, network_acl: acl-vpn}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1}
          network_acls:
            - name: acl-vpn
              rules:
                - {direction: inbound, action: allow, protocol: any, source: 0.0.0.0/0}
                - {direction: outbound, action: allow, protocol: any, destination: 0.0.0.0/0}
            - name: open
              is_default: true
              rules: [{direction: inbound, action: allow, protocol: any}, {direction: outbound, action: allow, protocol: any}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 172.16.0.0/20
            enable_split_tunneling: true
            subnets: [vpn]
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for block in server.flowBlocksToTell where block.stage == .serverACL || block.stage == .replyServerACL {
        let found = FlowBlockFinding(block: block, server: server, model: analysis.model)
        report(
          finding(
            "\(found.holder) stops \(found.isReply ? "answers" : "packets") \(found.isReply ? "from" : "to") \(found.victims)",
            found,
            help: "allow the destinations of the server's routes in \(found.holder), inbound and outbound"))
      }
    }
  }
}
