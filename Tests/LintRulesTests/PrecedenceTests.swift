import LintRules
import SourceText
import Testing

/// SPEC §3: of several rules that see the same thing the first named speaks. The last rows are added to its list.
struct PrecedenceTests {
  /// A row of the list: who speaks, and who is silent then. By the names that the numbers stand for.
  struct Row: CustomTestStringConvertible {
    let speaks: String
    let silent: [String]

    init(_ speaks: String, over silent: String...) { (self.speaks, self.silent) = (speaks, silent) }

    var testDescription: String { "\(speaks) over \(silent.joined(separator: ", "))" }
  }

  static let rows = [
    Row(
      "full-tunnel-without-server-routes", over: "subnet-without-server-route", "full-tunnel-without-default-route",
      "subnet-partly-covered-by-routes", "subnet-covered-only-by-drop"),
    Row(
      "split-tunnel-without-server-routes", over: "subnet-without-server-route", "full-tunnel-without-default-route",
      "subnet-partly-covered-by-routes"),
    Row(
      "split-tunnel-default-route", over: "subnet-without-server-route", "route-covers-server-public-ip",
      "deliver-to-internet", "route-destination-public"),
    Row(
      "split-tunnel-def1-routes", over: "subnet-without-server-route", "route-covers-server-public-ip",
      "deliver-to-internet", "route-destination-public"),
    Row("subnet-covered-only-by-drop", over: "subnet-partly-covered-by-routes", "subnet-without-server-route"),
    Row("subnet-partly-covered-by-routes", over: "subnet-without-server-route"),
    Row(
      "client-pool-overlaps-address-prefix", over: "client-pool-overlaps-route-destination",
      "client-pool-overlaps-subnet"),
    Row("client-pool-overlaps-reserved-range", over: "client-pool-not-private"),
    Row("client-pool-prefix-length", over: "client-pool-too-small"),
    Row("subnet-prefix-length", over: "vpn-subnet-too-small"),
    Row("route-destination-duplicate", over: "route-redundant", "route-shadowed-by-more-specific"),
    Row(
      "route-covers-server-public-ip", over: "deliver-to-internet", "route-destination-public",
      "route-destination-unrelated"),
    Row("deliver-to-internet", over: "route-destination-public", "route-destination-unrelated"),
    Row("route-destination-public", over: "route-destination-unrelated"),
    Row("private-dns-without-service-route", over: "dns-server-unreachable", "service-dns-without-endpoint-route"),
    Row("dns-server-unreachable", over: "service-dns-without-endpoint-route"),
    Row("route-shadowed-by-client-lan", over: "route-equals-existing-client-route"),
    Row("acl-without-rules", over: "server-uses-default-security-group", "server-sg-blocks-tunnel"),
    Row("security-group-without-rules", over: "server-uses-default-security-group", "server-sg-blocks-tunnel"),
    Row("server-uses-default-security-group", over: "server-sg-blocks-tunnel"),
    Row("subnet-without-server-route", over: "vpe-subnet-without-route"),
    Row("user-route-conflicts-with-client-pool", over: "user-route-more-specific-than-pool-route"),
    Row("server-health-reason", over: "server-not-ready-for-routes"),
    Row("server-suspended", over: "server-not-ready-for-routes"),
    Row(
      "auth-fields-mixed", over: "certificate-auth-without-client-ca", "username-auth-without-identity-provider",
      "crl-missing", "uploaded-crl-disables-ca-crl"),
    Row("certificate-auth-without-client-ca", over: "crl-missing", "uploaded-crl-disables-ca-crl"),
    Row("crl-expired", over: "uploaded-crl-disables-ca-crl"),
    Row("acl-without-rules", over: "dangling-acl"),
    Row("security-group-without-rules", over: "dangling-security-group", "vpe-dns-port-blocked"),
  ]

  /// Rows about rules that are not built yet wait for them.
  static let built = rows.compactMap { row -> Row? in
    let silent = row.silent.filter { RuleCatalog.page(named: $0) != nil }
    return RuleCatalog.page(named: row.speaks) == nil || silent.isEmpty ? nil : Row(row.speaks, silent)
  }

  private static func finding(
    _ rule: String, _ resource: String, _ aspect: String, _ extent: ClosedRange<UInt32>? = nil,
    severity: Severity? = nil
  ) -> Finding {
    Finding(
      code: RuleCatalog.page(named: rule)?.code ?? "VPN000", rule: rule,
      severity: severity ?? RuleCatalog.page(named: rule)?.severity ?? .error, message: rule,
      cause: Cause(resource, aspect, extent: extent), primary: Label(.beginning(ofFile: 0), "here"))
  }

  private static func remaining(_ findings: Finding...) -> [String] { Precedence.apply(findings).map(\.rule) }

  @Test(arguments: built)
  func firstNamedSpeaks(_ row: Row) {
    for silent in row.silent {
      let speaker = Self.finding(row.speaks, "r", "a", 10...20)
      let met = Self.finding(silent, "r", "b", 20...30)
      #expect(Self.remaining(speaker, met) == [row.speaks])
      #expect(Self.remaining(met, speaker) == [row.speaks], "the order of findings does not matter")
      #expect(Self.remaining(Self.finding(row.speaks, "r", "a"), met) == [row.speaks], "no extent spans everything")
      let apart = Self.finding(silent, "r", "b", 21...30)
      #expect(Self.remaining(speaker, apart) == [row.speaks, silent], "other addresses are another cause")
      let elsewhere = Self.finding(silent, "other", "b", 10...20)
      #expect(Self.remaining(speaker, elsewhere) == [row.speaks, silent], "another resource is another cause")
      #expect(Self.remaining(met) == [silent])
    }
  }

  @Test func silenceIsNeverMutual() {
    for row in Self.built {
      for silent in row.silent {
        let back = Self.remaining(Self.finding(silent, "r", "a", 1...2), Self.finding(row.speaks, "r", "b", 1...2))
        #expect(back == [row.speaks])
      }
    }
  }

  @Test func ofEqualCausesTheHeaviestSpeaks() {
    let error = Self.finding("port-range", "r", "port", severity: .error)
    let info = Self.finding("protocol-unknown", "r", "port", severity: .info)
    #expect(Self.remaining(info, error) == ["port-range"])
    #expect(Self.remaining(error, info) == ["port-range"])
  }

  @Test func ofEqualCausesAndWeightsTheLowerCodeSpeaks() {
    let low = Self.finding("unknown-key", "r", "x", severity: .error)
    let high = Self.finding("port-range", "r", "x", severity: .error)
    #expect(Self.remaining(high, low) == ["unknown-key"])
    #expect(Self.remaining(low, high) == ["unknown-key"])
  }

  /// An expectation is written by hand: only an error says as much as it does.
  @Test func expectationGivesWayToWhatIsAsHeavy() {
    let expectation = Self.finding("expectation-not-met", "r", "e", 1...2, severity: .error)
    let cause = Self.finding("subnet-without-server-route", "r", "s", 1...2, severity: .error)
    #expect(Self.remaining(expectation, cause) == ["subnet-without-server-route"])
    let note = Self.finding("subnet-without-server-route", "r", "s", 1...2, severity: .info)
    #expect(Self.remaining(expectation, note) == ["expectation-not-met", "subnet-without-server-route"])
  }

  // MARK: Whole models

  /// What a model with one cause is told, and nothing else.
  struct OneCause: CustomTestStringConvertible {
    let rule: String
    let server: String
    var subnets = "{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}"
    var more = ""

    var testDescription: String { rule }

    var text: String {
      """
      vpc: {subnets: [\(subnets)]\(more)}
      vpn_servers:
        - {name: client-vpn, \(server)}

      """
    }
  }

  static let models = [
    OneCause(
      rule: "full-tunnel-without-server-routes",
      server: """
        client_ip_pool: 192.168.252.0/22, \
        routes: [{destination: 10.0.0.0/24, action: drop}, {destination: 10.1.0.0/25, action: drop}]
        """),
    OneCause(
      rule: "client-pool-prefix-length",
      server: """
        client_ip_pool: 192.168.252.0/24, expected_clients: 1000, enable_split_tunneling: true, \
        routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}]
        """),
    OneCause(
      rule: "full-tunnel-without-server-routes", server: "client_ip_pool: 192.168.252.0/22, routes: []"),
    OneCause(
      rule: "split-tunnel-without-server-routes",
      server: "client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true"),
    OneCause(
      rule: "split-tunnel-default-route",
      server: """
        client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, public_ips: [203.0.113.5], \
        routes: [{destination: 0.0.0.0/0, action: deliver}]
        """),
    OneCause(
      rule: "split-tunnel-def1-routes",
      server: """
        client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, public_ips: [203.0.113.5], \
        routes: [{destination: 0.0.0.0/1, action: translate}, {destination: 128.0.0.0/1, action: translate}]
        """),
    OneCause(
      rule: "subnet-covered-only-by-drop",
      server: """
        client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, \
        routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24, action: drop}]
        """),
    OneCause(
      rule: "subnet-partly-covered-by-routes",
      server: """
        client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, \
        routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/25}]
        """),
    OneCause(
      rule: "client-pool-overlaps-address-prefix",
      server: """
        client_ip_pool: 10.0.4.0/22, enable_split_tunneling: true, \
        routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}]
        """,
      more: ", address_prefixes: [{cidr: 10.0.0.0/16}, {cidr: 10.1.0.0/16}]"),
    OneCause(
      rule: "route-destination-duplicate",
      server: """
        client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, \
        routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}, {destination: 10.1.0.0/24}]
        """),
    OneCause(
      rule: "route-covers-server-public-ip",
      server: """
        client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, public_ips: [203.0.113.5], \
        routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}, {destination: 203.0.113.0/24, action: deliver}]
        """),
    OneCause(
      rule: "deliver-to-internet",
      server: """
        client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, public_ips: [203.0.113.5], \
        routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}, {destination: 198.51.100.0/24, action: deliver}]
        """),
    OneCause(
      rule: "server-health-reason",
      server: """
        client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, lifecycle_state: pending, \
        health_state: faulted, health_reasons: [{code: cannot_access_server_certificate, message: gone}], \
        routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}]
        """),
    OneCause(
      rule: "server-suspended",
      server: """
        client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true, lifecycle_state: suspended, \
        health_state: inapplicable, routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}]
        """),
  ]

  @Test(arguments: models)
  func oneCauseIsToldOnce(_ model: OneCause) {
    let text = MarkedText(bytes: Array(model.text.utf8), places: [], isJSON: false)
    let found = text.findings().filter { $0.severity > .info }.map { "\($0.rule): \($0.message)" }
    #expect(found.count == 1 && found.first?.hasPrefix("\(model.rule): ") == true, "\(found)")
  }
}

extension PrecedenceTests.Row {
  fileprivate init(_ speaks: String, _ silent: [String]) { (self.speaks, self.silent) = (speaks, silent) }
}
