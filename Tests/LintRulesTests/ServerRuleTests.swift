import LintRules
import Linting
import SourceText
import Testing

/// Rules about authentication, certificates and quotas where an example cannot show the edge.
struct ServerRuleTests {
  private static func told(_ text: String, today: CivilDate = CivilDate(year: 2026, month: 8, day: 1)) -> [String] {
    var options = LintOptions()
    options.today = today
    let file = SourceFile(name: "model.yaml", bytes: Array(text.utf8))
    return Linter(options).lint(file).findings.map(\.finding.rule)
  }

  private static func server(_ keys: String, vpc: String = "", more: String = "") -> String {
    """
    vpc:
      name: tokyo
      subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
      \(vpc.split(separator: "\n").joined(separator: "\n  "))
    vpn_servers:
      - name: client-vpn
        client_ip_pool: 192.168.252.0/22
        enable_split_tunneling: true
        \(keys.split(separator: "\n").joined(separator: "\n    "))
        routes: [{destination: 10.0.0.0/24}]
    \(more)

    """
  }

  // MARK: Revocation lists

  /// The next list is due on 2026-01-01T00:00:00Z.
  private static let crl = """
    -----BEGIN X509 CRL-----
    MIG7MGMwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCQ0EXDTI1MDcwMTAwMDAwMFoX
    DTI2MDEwMTAwMDAwMFowKDASAgEBFw0yNTAxMDEwMDAwMDBaMBICAQIXDTI1MDEw
    MTAwMDAwMFowCgYIKoZIzj0EAwIDSAAwRQIhAMmuXdWlK/hv6sTSX9p6x27/v/f+
    qP9KFdC1PPyN9s1bAiB44kL6wdqDI9nlj+oSKk9KhmZKQZECGvbmNo9y8NTedw==
    -----END X509 CRL-----
    """

  private static func certificate(_ more: String) -> String {
    let ca = "crn:v1:bluemix:public:secrets-manager:jp-tok:a/acct:\(guid):secret:\(guid)"
    return server("client_authentication:\n  - method: certificate\n    client_ca: \(ca)\n    \(more)")
  }

  private static let guid = "11111111-2222-4333-8444-555555555555"
  private static var uploaded: String {
    certificate("crl: |\n" + crl.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
  }

  @Test(arguments: [
    (CivilDate(year: 2025, month: 12, day: 31), "uploaded-crl-disables-ca-crl"),
    (CivilDate(year: 2026, month: 1, day: 1), "uploaded-crl-disables-ca-crl"),
    (CivilDate(year: 2026, month: 1, day: 2), "crl-expired"), (CivilDate(year: 2030, month: 2, day: 28), "crl-expired"),
  ])
  func `a list has expired on the day after`(_ today: CivilDate, _ rule: String) {
    #expect(Self.told(Self.uploaded, today: today) == [rule])
  }

  @Test func `a list of blanks is none`() {
    #expect(Self.told(Self.certificate("crl: ' '")) == ["crl-missing"])
  }

  @Test func `a list that cannot be read is told, whatever is in it`() {
    for text in [
      "(uploaded)", "-----BEGIN X509 CRL-----\u{2026}", "-----BEGIN X509 CRL-----AAAA-----END X509 CRL-----",
    ] {
      #expect(Self.told(Self.certificate("crl: '\(text)'")).contains("crl-unreadable"), "\(text)")
    }
  }

  // MARK: Authentication

  @Test(arguments: [
    ("[{method: certificate, identity_provider: iam}]", ["auth-fields-mixed"]),
    ("[{method: username, client_ca: x}]", ["auth-fields-mixed", "certificate-crn-malformed", "username-only-auth"]),
    (
      "[{client_ca: x, identity_provider: iam}]",
      ["auth-fields-mixed", "auth-methods-missing", "certificate-crn-malformed"]
    ),
    ("[{method: certificat}]", ["invalid-value"]), ("[{}]", ["auth-methods-missing"]), ("[]", ["auth-methods-missing"]),
    ("[{method: certificate}]", ["certificate-auth-without-client-ca"]),
    ("[{method: username}]", ["username-auth-without-identity-provider", "username-only-auth"]),
    ("[{method: username, identity_provider: {provider_type: iam}}]", ["username-only-auth"]),
  ])
  func authentication(_ ways: String, _ rules: [String]) {
    #expect(Self.told(Self.server("client_authentication: \(ways)")).sorted() == rules)
  }

  // MARK: VPCs

  @Test(arguments: [
    ("", "", false), ("vpc: {name: tokyo}", "", false), ("vpc: {name: osaka}", "", true),
    ("vpc: {id: r022-1}", "", false),
    ("vpc: tokyo", "", false), ("vpc: osaka", "", true), ("vpc: [1, {a: b}]", "", false),
    ("vpc: {id: r022-1, name: tokyo}", "", false),
    ("", "vpc: {id: r022-2, name: tokyo}", false), ("vpc: {id: r022-1}", "vpc: {id: r022-2}", true),
    ("", "vpc: {name: osaka}", true), ("vpc: {name: osaka}", "vpc: {name: osaka}", false),
  ])
  func `a server stands in the VPC of its subnets`(_ subnet: String, _ server: String, _ isWrong: Bool) {
    let subnets = "[{name: app, ipv4_cidr_block: 10.0.0.0/24\(subnet.isEmpty ? "" : ", \(subnet)")}]"
    let text = Self.server("subnets: [app]\n\(server)")
      .replacing("[{name: app, ipv4_cidr_block: 10.0.0.0/24}]", with: subnets)
    #expect(Self.told(text).contains("server-subnets-different-vpc") == isWrong)
    #expect(!Self.told(text).contains("wrong-type"))
  }

  // MARK: Quotas

  @Test(arguments: [("is_default: false", true), ("is_default: true", false)])
  func `the default group takes any number of targets`(_ flag: String, _ isOver: Bool) {
    let groups = "security_groups: [{name: g, \(flag), targets: [a, b], rules: []}]\nworkloads: [{name: a}, {name: b}]"
    let told = Self.told(Self.server("", vpc: groups, more: "quotas: {security_group_targets: 1}"))
    #expect(told.contains("quota-security-group-targets") == isOver)
  }

  /// A target that is named on both sides is one, and so is one of the API with its id.
  @Test func `targets are counted once`() {
    let groups = """
      security_groups:
        - name: g
          targets: [a, {id: x-1, name: a}, client-vpn, {id: r022-server, name: client-vpn}, {id: other, name: other}]
          rules: []
      workloads: [{name: a, security_groups: [g]}]
      """
    func told(_ quota: Int) -> Bool {
      Self.told(
        Self.server(
          "id: r022-server\nsecurity_groups: [g]", vpc: groups, more: "quotas: {security_group_targets: \(quota)}")
      )
      .contains("quota-security-group-targets")
    }
    #expect(!told(3) && told(2))
  }

  @Test func `a zone of another region is told once, and not beside its prefix`() {
    let vpc = """
      region: jp-tok
      address_prefixes: [{cidr: 10.0.0.0/24, zone: jp-tok-1}]
      routing_tables:
        - name: main
          is_default: true
          accept_routes_from: [vpn_server]
          routes:
            - {destination: 172.30.0.0/16, zone: us-south-1, next_hop: 10.0.0.9}
            - {destination: 172.31.0.0/16, zone: us-south-1, next_hop: 10.0.0.9}
      """
    #expect(Self.told(Self.server("", vpc: vpc)).filter { $0 == "zone-not-in-region" }.count == 1)
    let slip = Self.server("", vpc: "region: jp-tok\naddress_prefixes: [{cidr: 10.0.0.0/24, zone: jp-tok-1}]")
      .replacing(
        "{name: app, ipv4_cidr_block: 10.0.0.0/24}", with: "{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: us-south-1}"
      )
    #expect(Self.told(slip) == ["subnet-zone-mismatch"])
  }

  @Test(arguments: [
    ("z1", "z2", 0), ("jp-tok-1", "z2", 0), ("jp-tok-1", "jp-tok-4", 0), ("eu-fr2-1", "eu-fr2-3", 0),
    ("eu-de-1", "eu-gb-1", 1),
  ])
  func `zones without a region`(_ one: String, _ other: String, _ count: Int) {
    let text = Self.server("")
      .replacing(
        "[{name: app, ipv4_cidr_block: 10.0.0.0/24}]",
        with:
          "[{name: app, ipv4_cidr_block: 10.0.0.0/24, zone: \(one)}, {name: db, ipv4_cidr_block: 10.0.1.0/24, expect: any, zone: \(other)}]"
      )
    #expect(Self.told(text).filter { $0 == "zone-not-in-region" }.count == count)
  }

  // MARK: DNS of endpoint gateways

  private static func endpoint(_ rules: String, dns: String = "161.26.0.7", kind: String = "endpoint_gateway")
    -> [String]
  {
    let vpc = """
      security_groups: [{name: vpn, targets: [client-vpn], rules: [{direction: inbound, protocol: udp, ports: 443}, \(rules)]}]
      workloads: [{name: cos, kind: \(kind), subnet: app, address: 10.0.0.9}]
      """
    return told(
      server("client_dns_server_ips: [\(dns)]", vpc: vpc)
        .replacing(
          "{destination: 10.0.0.0/24}",
          with: "{destination: 10.0.0.0/24}, {destination: 161.26.0.0/16, action: translate}"))
  }

  private static let toSubnet = "{direction: outbound, protocol: any, remote: 10.0.0.0/24}"

  @Test func `queries pass by both protocols`() {
    let rule = "vpe-dns-port-blocked"
    #expect(Self.endpoint(Self.toSubnet).contains(rule))
    #expect(!Self.endpoint(Self.toSubnet, kind: "instance").contains(rule))
    #expect(!Self.endpoint("{direction: outbound, protocol: any}").contains(rule))
    #expect(!Self.endpoint(Self.toSubnet, dns: "10.0.0.53").contains(rule))
    #expect(!Self.endpoint(Self.toSubnet, dns: "8.8.8.8").contains(rule), "outside the tunnel")
    #expect(Self.endpoint("\(Self.toSubnet), {direction: outbound, protocol: tcp, ports: 53}").contains(rule))
    #expect(
      !Self.endpoint("\(Self.toSubnet), {direction: outbound, protocol: icmp_tcp_udp, remote: 161.26.0.0/16}").contains(
        rule))
    // What stops the whole subnet stops its DNS server, and is told once.
    let all = Self.endpoint("{direction: outbound, protocol: any, remote: 192.0.2.0/24}", dns: "10.0.0.53")
    #expect(all.contains("server-sg-blocks-destination") && !all.contains(rule))
  }
}
