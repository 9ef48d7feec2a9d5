import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// DNS servers of the provider that know different names.
enum DNSResolverMixed: ModelRule {
  static let info = RuleInfo(
    code: "VPN610", name: "dns-resolver-mixed", severity: .warning,
    summary: "clients get DNS servers of the provider that are there for different names",
    why: """
      161.26.0.7 and 161.26.0.8 are documented for private zones, 161.26.0.10 and 161.26.0.11 for names of the provider's \
      services. A client asks one of its DNS servers, and the other only if that one is silent: which names resolve then \
      depends on the server that a client happens to ask.
      """,
    repair:
      "Push one pair: 161.26.0.7 and 161.26.0.8, or 161.26.0.10 and 161.26.0.11. The change disconnects all clients.",
    source: "IBM VPC documentation, client VPN planning; that clients ask one server at a time is a conclusion",
    examples: [
      .bad(
        "one of each pair",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [161.26.0.7, ⟦161.26.0.10⟧]
            routes: [{destination: 10.0.0.0/24}, {destination: 161.26.0.0/16, action: translate}]
        """),
      .good(
        "a pair",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            client_dns_server_ips: [161.26.0.7, 161.26.0.8]
            routes: [{destination: 10.0.0.0/24}, {destination: 161.26.0.0/16, action: translate}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let provider = analysis.model.provider
    for server in analysis.model.servers {
      let known = (server.dnsServers?.elements ?? []).compactMap { dns in
        provider.dns.names(answeredBy: dns.value).map { (dns: dns, names: $0) }
      }
      guard let first = known.first, let other = known.first(where: { $0.names != first.names }) else { continue }
      report(mixed(first, other, server, provider))
    }
  }

  private typealias Known = (dns: Field<IPv4Address>, names: DNSProfile.Names)

  private static func mixed(
    _ first: Known, _ other: Known, _ server: VPNServer, _ provider: ProviderProfile
  ) -> Finding {
    finding(
      "DNS servers \(first.dns.value) and \(other.dns.value) of \(server.inWords) are for different names",
      Cause(server.path, "client_dns_server_ips/mixed"), at: other.dns.span, "for \(other.names.inWords)"
    )
    .label(first.dns.span, "for \(first.names.inWords)")
    .note("clients usually ask one DNS server at a time, so that names of one kind may not resolve")
    .help(
      "push \(pair(first.names, provider)) or \(pair(other.names, provider)); the change disconnects all clients")
  }

  private static func pair(_ names: DNSProfile.Names, _ provider: ProviderProfile) -> String {
    Words.list(provider.dns.resolvers(for: names).map(\.description))
  }
}

extension DNSProfile.Names {
  /// The names in words.
  fileprivate var inWords: String {
    switch self {
    case .privateZones: "names of private zones"
    case .services: "names of the provider's services"
    }
  }
}
