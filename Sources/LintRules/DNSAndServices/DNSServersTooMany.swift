import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// More DNS servers than a VPN server pushes.
enum DNSServersTooMany: ModelRule {
  static let info = RuleInfo(
    code: "VPN609", name: "dns-servers-too-many", severity: .error,
    summary: "a VPN server has more DNS servers than the two that are documented",
    why: "The documentation allows two, and the console and the command line refuse more.",
    repair: "Keep two DNS servers. The change disconnects all clients.",
    source: "IBM VPC documentation, creating a VPN server",
    examples: [
      .bad(
        "a third one",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [10.0.0.53, 10.0.0.54, ⟦10.0.0.55⟧]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .good(
        "two",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [10.0.0.53, 10.0.0.54]
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let limit = analysis.model.provider.dns.serversAtMost
    for server in analysis.model.servers {
      guard let dns = server.dnsServers?.elements, dns.count > limit else { continue }
      report(tooMany(dns, limit, server))
    }
  }

  private static func tooMany(_ dns: [Field<IPv4Address>], _ limit: Int, _ server: VPNServer) -> Finding {
    finding(
      "\(server.inWords) has \(dns.count) DNS servers, \(dns.count - limit) more than it can push",
      Cause(server.path, "client_dns_server_ips/count"), at: dns[limit].span, "number \(limit + 1)"
    )
    .note("the documentation allows \(limit) DNS servers")
    .help("remove all but \(limit); the change disconnects all clients")
  }
}
