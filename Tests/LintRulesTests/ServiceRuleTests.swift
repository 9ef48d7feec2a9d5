import LintRules
import SourceText
import Testing

/// When the rules about DNS and the provider's services speak, and which of them.
struct ServiceRuleTests {
  private static let ours: Set<String> = Set(
    RuleCatalog.pages.filter { $0.group == .dnsAndServices }.map(\.name) + ["expectation-not-met"])

  private static func findings(_ keys: String, _ more: String = "", vpc: String = "") -> [Finding] {
    let text = """
      vpc:
        subnets:
          - {name: app, ipv4_cidr_block: 10.0.0.0/24}
          - {name: db, ipv4_cidr_block: 10.1.0.0/24, expect: any}
      \(vpc.isEmpty ? "" : "  " + vpc)
      vpn_servers:
        - {name: client-vpn, client_ip_pool: 192.168.252.0/22, \(keys)}
      \(more)

      """
    return MarkedText(bytes: Array(text.utf8), places: [], isJSON: false).findings()
  }

  /// The rules of this group that speak, with their severities.
  private static func told(_ keys: String, _ more: String = "", vpc: String = "") -> [String] {
    findings(keys, more, vpc: vpc).filter { ours.contains($0.rule) }.map { "\($0.rule) \($0.severity.rawValue)" }
  }

  private static func split(_ dns: String, _ routes: String...) -> String {
    """
    enable_split_tunneling: true, client_dns_server_ips: [\(dns)], \
    routes: [\((["{destination: 10.0.0.0/24}"] + routes).joined(separator: ", "))]
    """
  }

  private static let services = "{destination: 161.26.0.0/16, action: translate}"
  private static let endpoints = "{destination: 166.8.0.0/14, action: translate}"

  @Test(arguments: [
    ("161.26.0.7, 161.26.0.8", "{destination: 161.26.0.0/16, action: translate}", [String]()),
    ("161.26.0.7", "{destination: 161.26.0.0/16}", ["private-dns-without-service-route error"]),
    ("161.26.0.7", "{destination: 161.26.0.0/16, action: drop}", ["private-dns-without-service-route error"]),
    ("161.26.0.7", "{destination: 161.26.0.7/32, action: translate}", []),
    ("10.9.0.53", "{destination: 10.8.0.0/16}", ["dns-server-unreachable error"]),
    ("10.9.0.53", "{destination: 10.9.0.0/16}", []),
    ("10.1.0.53", "{destination: 10.9.0.0/16}", ["dns-server-unreachable error"]),
    ("10.1.0.53, 10.1.0.54", "{destination: 10.9.0.0/16}", ["dns-server-unreachable error"]),
    (
      "10.1.0.53, 10.9.0.53", "{destination: 10.8.0.0/16}",
      ["dns-server-unreachable error", "dns-server-unreachable error"]
    ),
    ("8.8.8.8, 127.0.0.53", "{destination: 10.9.0.0/16}", []),
    ("8.8.8.8", "{destination: 8.8.8.0/24, action: drop}", ["dns-server-unreachable error"]),
    (
      "161.26.0.10", "{destination: 10.9.0.0/16}",
      ["dns-server-unreachable error", "service-dns-without-endpoint-route info"]
    ),
    (
      "161.26.0.10", "{destination: 161.26.0.0/16}",
      ["service-dns-without-endpoint-route info", "deliver-to-service-endpoints warning"]
    ),
    ("161.26.0.10", "{destination: 161.26.0.0/16, action: translate}", ["service-dns-without-endpoint-route info"]),
    (
      "10.0.0.53", "{destination: 166.8.0.0/14}",
      ["service-endpoint-route-without-dns info", "deliver-to-service-endpoints warning"]
    ),
    ("", "{destination: 166.9.0.0/16, action: translate}", ["service-endpoint-route-without-dns warning"]),
    ("", "{destination: 166.9.0.0/16, action: drop}", []),
    (
      "161.26.0.7, 10.0.0.53, 161.26.0.11", "{destination: 160.0.0.0/4, action: translate}",
      ["dns-servers-too-many error", "dns-resolver-mixed warning"]
    ),
  ])
  func split(_ dns: String, _ route: String, _ rules: [String]) {
    #expect(Self.told(Self.split(dns, route)) == rules)
  }

  @Test(arguments: [
    ("161.26.0.7", "{destination: 10.0.0.0/24}", ["private-dns-without-service-route error"]),
    ("161.26.0.7", "{destination: 0.0.0.0/0, action: translate}", []),
    ("161.26.0.10", "{destination: 0.0.0.0/0, action: translate}", []),
    // What has no route to the internet has none to a public DNS server either, and is told so.
    ("8.8.8.8", "{destination: 10.0.0.0/24}", []),
    ("", "{destination: 0.0.0.0/0, action: translate}", ["full-tunnel-without-dns info"]),
    ("", "{destination: 166.8.0.0/14, action: translate}", ["service-endpoint-route-without-dns warning"]),
  ])
  func full(_ dns: String, _ route: String, _ rules: [String]) {
    #expect(Self.told("client_dns_server_ips: [\(dns)], routes: [{destination: 10.0.0.0/24}, \(route)]") == rules)
  }

  /// Of private zones alone it is documented that nothing answers without translate.
  @Test func aRouteThatDeliversNamesTheDNSServers() throws {
    let found = Self.findings(Self.split("161.26.0.10, 161.26.0.11", "{destination: 161.26.0.0/16}"))
    let finding = try #require(found.first { $0.rule == "deliver-to-service-endpoints" })
    #expect(finding.notes.contains("DNS servers 161.26.0.10 and 161.26.0.11 may give clients no answers"))
    #expect(finding.labels.filter { $0.text.hasPrefix("pushed to clients") }.count == 2)
    #expect(finding.evidence?.packet.destination == "161.26.0.10" && finding.evidence?.packet.port == 53)
  }

  @Test func onlyServersOfPrivateZonesAreCalledSo() throws {
    let found = Self.findings(Self.split("161.26.0.7, 161.26.0.10", "{destination: 10.9.0.0/16}"))
    let finding = try #require(found.first { $0.rule == "private-dns-without-service-route" })
    #expect(finding.message == "clients of VPN server `client-vpn` do not reach DNS servers 161.26.0.7 and 161.26.0.10")
    #expect(finding.notes.contains("names of private zones do not resolve: only 161.26.0.7 can answer for them"))
  }

  @Test func whatIsNotModelledIsNotTold() {
    #expect(Self.told("routes: [{destination: 0.0.0.0/0, action: translate}]").isEmpty)
    #expect(Self.told("enable_split_tunneling: true, routes: [{destination: 166.8.0.0/14, action: translate}]").isEmpty)
    let unread = Self.told(
      "client_dns_server_ips: [not-an-address], routes: [{destination: 0.0.0.0/0, action: translate}]")
    #expect(unread.isEmpty, "\(unread)")
  }

  /// An effect of missing routes is a note of the finding about them.
  @Test func missingRoutesTellOfDNSToo() throws {
    let none = Self.findings("enable_split_tunneling: true, client_dns_server_ips: [161.26.0.7, 8.8.8.8]")
    #expect(none.filter { $0.severity > .info }.map(\.rule) == ["split-tunnel-without-server-routes"])
    #expect(none.contains { $0.notes.contains { $0.hasPrefix("161.26.0.7, pushed to clients") } })
    let browsing = Self.findings("client_dns_server_ips: [8.8.8.8], routes: [{destination: 10.0.0.0/24}]")
    let finding = try #require(browsing.first { $0.rule == "full-tunnel-without-default-route" })
    #expect(finding.notes.contains { $0.hasPrefix("8.8.8.8, pushed to clients") })
  }

  @Test func aSubnetWithoutARouteStandsForItsDNSServer() throws {
    let keys = "enable_split_tunneling: true, client_dns_server_ips: [10.0.0.53], routes: [{destination: 10.9.0.0/24}]"
    let found = Self.findings(keys)
    #expect(found.filter { $0.severity == .error }.map(\.rule) == ["subnet-without-server-route"])
    #expect(found.contains { $0.notes.contains { $0.hasPrefix("10.0.0.53, pushed to clients") } })
  }

  @Test(arguments: [
    ("reachable", ["dns-server-unreachable error"]), ("any", ["dns-server-unreachable error"]),
  ])
  func aNetworkIsRoutedForItsDNSServer(_ expect: String, _ rules: [String]) throws {
    let more = "networks: [{name: office, cidrs: [172.16.0.0/12, 10.50.0.0/16], via: vpn_gateway, expect: \(expect)}]"
    let found = Self.findings(Self.split("172.16.0.53"), more)
    #expect(Self.told(Self.split("172.16.0.53"), more) == rules)
    let help = try #require(found.first { $0.rule == "dns-server-unreachable" }).help
    #expect(
      help.first
        == "add routes with destinations 172.16.0.0/12 and 10.50.0.0/16 and action deliver to VPN server `client-vpn`")
  }

  /// A declared network of services says whether clients need them.
  @Test func servicesThatClientsDoNotNeed() {
    let keys = Self.split("161.26.0.10", Self.services)
    func told(_ expect: String) -> [String] {
      Self.told(keys, "networks: [{name: cse, cidrs: [166.8.0.0/14], via: service, expect: \(expect)}]")
    }
    #expect(told("any").isEmpty)
    #expect(told("reachable") == ["expectation-not-met error"])
  }

  // MARK: Endpoint gateways

  private static let endpoint = "workloads: [{name: cos, kind: endpoint_gateway, subnet: db, address: 10.1.0.9}]"

  @Test(arguments: [
    ("{destination: 10.9.0.0/16}", ["vpe-subnet-without-route error"]), ("{destination: 10.1.0.9/32}", []),
    ("{destination: 10.1.0.0/24}", []), ("{destination: 10.1.0.0/29}", ["vpe-subnet-without-route error"]),
    ("{destination: 10.1.0.9/32, action: drop}", []),
  ])
  func endpointGateways(_ route: String, _ rules: [String]) {
    #expect(Self.told(Self.split("10.0.0.53", route), vpc: Self.endpoint) == rules)
  }

  @Test func aSubnetWithoutARouteStandsForItsEndpoints() {
    let vpc = Self.endpoint.replacing("subnet: db, address: 10.1.0.9", with: "subnet: app")
    let keys = "enable_split_tunneling: true, routes: [{destination: 10.9.0.0/24}]"
    let errors = Self.findings(keys, vpc: vpc).filter { $0.severity == .error }
    #expect(errors.map(\.rule) == ["subnet-without-server-route"])
  }

  // MARK: Filters

  @Test(arguments: [
    ("network_acls: [{name: closed, rules: [], subnets: [app, db]}]", "acl-without-rules"),
    ("security_groups: [{name: closed, rules: [], targets: [client-vpn]}]", "security-group-without-rules"),
  ])
  func aFilterWithoutRulesStandsForWhatItStops(_ vpc: String, _ rule: String) {
    let found = Self.findings("subnets: [db], " + Self.split("10.0.0.53"), vpc: vpc)
    #expect(found.filter { $0.severity == .error }.map(\.rule) == [rule])
  }
}
