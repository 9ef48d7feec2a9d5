import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A network ACL of a workload's subnet that stops clients.
enum WorkloadACLBlocksVPN: ModelRule {
  static let info = RuleInfo(
    code: "VPN508", name: "workload-acl-blocks-vpn", severity: .error,
    summary: "the network ACL of a subnet stops clients' packets or the answers to them",
    why: """
      A network ACL keeps no state: it must let in the packets (from the client pool with deliver, from the server's
      subnets with translate) and let out the answers to the clients' ephemeral ports.
      """,
    repair: "Allow both directions between the clients' addresses and the subnet.",
    source: "IBM VPC documentation, configuring security groups and network ACLs for a client-to-site VPN",
    examples: [
      .bad(
        "answers are not let out",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1, network_acl: acl-app}
          network_acls:
            - name: ⟦acl-app⟧
              rules:
                - {direction: inbound, action: allow, protocol: any, source: 172.16.0.0/20}
                - {direction: outbound, action: allow, protocol: any, destination: 192.0.2.0/24}
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
      .bad(
        "requests are not let in",
        """
        vpc:
          subnets:
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1, network_acl: acl-app}
          network_acls:
            - name: ⟦acl-app⟧
              rules:
                - {direction: inbound, action: allow, protocol: any, source: 192.0.2.0/24}
                - {direction: outbound, action: allow, protocol: any, destination: 172.16.0.0/20}
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
            - {name: vpn, ipv4_cidr_block: 10.0.9.0/24, zone: z1, expect: any}
            - {name: app, ipv4_cidr_block: 10.0.0.0/24, zone: z1, network_acl: acl-app}
          network_acls:
            - name: acl-app
              rules:
                - {direction: inbound, action: allow, protocol: any, source: 172.16.0.0/20}
                - {direction: outbound, action: allow, protocol: any, destination: 172.16.0.0/20}
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
      for block in server.flowBlocksToTell where block.stage == .workloadACL || block.stage == .replyWorkloadACL {
        let found = FlowBlockFinding(block: block, server: server, model: analysis.model)
        report(
          finding(
            "\(found.holder) \(found.isReply ? "stops answers" : "keeps clients") from \(found.victims)",
            found,
            help: "allow \(found.clients) in \(found.holder), inbound and outbound; answers go to ports 32768 to 65535")
        )
      }
    }
  }
}
