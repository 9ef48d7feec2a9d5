import LintRules
import TestSupport
import Testing

/// The catalogue, the folders and the pages agree.
struct CatalogTests {
  /// Folders of Sources/LintRules and the groups of the specification.
  private static let groups: [String: RuleGroup] = [
    "Shape": .shape, "Addressing": .addressing, "Routes": .routes, "Client": .client, "VPCRouting": .vpcRouting,
    "Filters": .filters, "DNSAndServices": .dnsAndServices, "Server": .server, "ObservedState": .observedState,
    "Change": .change,
  ]

  /// Rules about settings and baselines, which a model cannot show.
  private static let withoutExamples: Set = ["invalid-setting", "stale-baseline-entry"]

  private static let ruleFiles = Repository.files(below: "Sources/LintRules", withSuffix: ".swift")
    .filter { $0.split(separator: "/").count == 4 }

  @Test(arguments: ruleFiles)
  func fileIsOneRule(_ path: String) throws {
    let parts = path.split(separator: "/").map(String.init)
    let type = String(parts[3].dropLast(".swift".count))
    let entries = RuleCatalog.all.filter { "\($0)" == type }
    try #require(entries.count == 1, "\(type) stands in the catalogue \(entries.count) times")
    #expect(entries[0].info.group == Self.groups[parts[2]], "\(entries[0].info.code) lies in \(parts[2])")
    let lines = try Repository.lines(path)
    #expect(lines.count <= 150, "\(path) has \(lines.count) lines")
    let declarations = lines.filter { $0.hasPrefix("enum \(type): ") }
    #expect(declarations.count == 1, "\(path) declares no \(type)")
    let pages = lines.filter { $0.contains("static let info = RuleInfo(") }
    #expect(pages.count == 1)
  }

  @Test func everyRuleHasAFile() {
    let names = Set(
      Self.ruleFiles.compactMap { $0.split(separator: "/").last?.dropLast(".swift".count) }.map(String.init))
    #expect(Set(RuleCatalog.all.map { "\($0)" }) == names)
  }

  @Test func codesAndNamesAreUnique() {
    let codes = RuleCatalog.pages.map(\.code)
    #expect(codes == codes.sorted(), "codes ascend")
    #expect(Set(RuleCatalog.pages.map(\.name)).count == RuleCatalog.pages.count)
  }

  @Test(arguments: RuleCatalog.pages)
  func pageIsComplete(_ page: RuleInfo) {
    let number = Int(page.code.dropFirst(3))
    #expect(page.code.count == 6 && page.code.hasPrefix("VPN") && number != nil)
    let strange = page.name.filter { !$0.isLowercase && !$0.isNumber && $0 != "-" }
    #expect(strange.isEmpty, "\(page.name) is kebab case")
    for text in [page.summary, page.why, page.repair, page.source] {
      #expect(!text.isEmpty)
      #expect(text.first?.isWhitespace == false && text.last?.isWhitespace == false)
    }
    #expect(!page.summary.contains("\n") && !page.summary.hasSuffix("."))
    #expect(Self.beginsLow(page.summary), "\(page.summary)")
    #expect(page.why.hasSuffix(".") && page.repair.hasSuffix("."), "why and repair are sentences")
    guard !Self.withoutExamples.contains(page.name) else { return }
    let bad = page.examples.filter(\.isBad)
    #expect(!bad.isEmpty && bad.count < page.examples.count, "a bad and a good example")
  }

  /// Every name of the domain notes, section 3, that a model, two models, observed state, a plan of Terraform, or what is
  /// known of clients can decide.
  private static let notes = """
    subnet-without-server-route full-tunnel-without-server-routes split-tunnel-without-server-routes
    stale-client-session full-tunnel-without-default-route split-tunnel-default-route split-tunnel-def1-routes
    route-covers-server-public-ip client-pool-overlaps-address-prefix client-pool-overlaps-reserved-range
    client-pool-prefix-length client-pool-overlaps-route-destination client-pool-overlaps-client-lan
    client-pool-common-home-lan route-shadowed-by-client-lan route-captures-client-lan
    route-equals-existing-client-route workload-table-rejects-vpn-server-routes
    user-route-conflicts-with-client-pool server-sg-blocks-tunnel server-uses-default-security-group
    server-acl-blocks-tunnel-inbound server-acl-blocks-tunnel-outbound server-sg-blocks-destination
    workload-sg-blocks-client-pool workload-sg-blocks-vpn-subnet workload-acl-blocks-vpn
    server-acl-blocks-route-traffic private-dns-without-service-route dns-server-unreachable ha-subnets-same-zone
    route-destination-duplicate deliver-to-service-endpoints deliver-beyond-vpc-without-advertise
    deliver-to-internet subnet-partly-covered-by-routes subnet-covered-only-by-drop vpe-subnet-without-route
    vpe-dns-port-blocked client-pool-overlaps-other-vpc client-pool-overlaps-on-prem client-pool-overlaps-classic
    client-pools-overlap client-pool-overlaps-subnet client-pool-not-private client-pool-host-bits
    client-pool-too-small vpn-subnet-too-small vpn-subnet-no-free-addresses vpn-subnet-shared standalone-server
    server-subnets-count server-subnets-different-vpc service-route-missing-or-extra service-route-next-hop-stale
    service-route-outside-pool service-route-hand-written route-next-hop-is-vpn-server
    user-route-more-specific-than-pool-route drop-default-in-workload-table ingress-table-attached-to-subnet
    ingress-source-duplicate advertise-without-ingress-flag ingress-table-without-vpn-server
    ingress-next-hop-other-zone subnet-outside-address-prefix subnet-zone-mismatch subnet-overlap
    subnet-prefix-length address-prefix-overlap address-prefix-reserved-range address-prefix-length
    address-prefix-classic-conflict default-prefixes-with-interconnect non-rfc1918-prefix-without-delegate-vpc
    route-destination-unrelated route-wider-than-vpc route-destination-public route-host-bits route-redundant
    route-shadowed-by-more-specific route-action-mixed-overlap split-drop-route-captures-traffic
    translate-hides-client-ip migrate-translate-to-deliver classic-needs-return-route
    classic-access-with-transit-gateway classic-access-deprecated dns-servers-too-many dns-resolver-mixed
    service-endpoint-route-without-dns service-dns-without-endpoint-route full-tunnel-without-dns
    linux-cli-ignores-pushed-dns auth-methods-missing certificate-auth-without-client-ca
    username-auth-without-identity-provider auth-fields-mixed username-only-auth client-ca-is-public
    certificate-manager-crn certificate-crn-malformed certificate-expired ca-chain-too-long ca-issuer-url-missing
    client-cert-wrong-eku client-cert-wrong-issuer crl-missing crl-expired crl-too-large
    uploaded-crl-disables-ca-crl secrets-manager-authorization-missing vpn-client-role-missing cbr-blocks-client
    idle-timeout-range idle-timeout-disabled idle-timeout-with-passcode port-range protocol-unknown port-not-443
    sg-acl-port-mismatch tunnel-source-restricted split-tunnel-security-note full-tunnel-load-note
    server-name-invalid route-name-invalid server-not-ready-for-routes route-stuck-pending server-health-reason
    server-suspended security-group-foreign-vpc acl-without-rules security-group-without-rules acl-rule-unreachable
    acl-deny-icmp-tcp-udp protocol-all-legacy icmp-with-ports ports-without-tcp-udp port-min-max-order
    icmp-type-code-range vpn-mtu-hint quota-server-routes quota-advertised-routes quota-prefix-lengths
    route-table-host-bits route-priority-range ecmp-more-than-two next-hop-missing next-hop-not-allowed
    advertise-mixed route-name-reserved ecmp-asymmetric unresolved-reference duplicate-name zone-not-in-region
    dangling-acl unused-server region-server-count clients-near-limit parallel-vpn-servers-same-destination
    reconnect-after-route-change update-disconnects-clients certificate-updated-in-place auth-change-needs-new-profile
    terraform-security-group-forces-replacement terraform-route-replacement
    terraform-subnet-routing-table-replacement terraform-idle-timeout-zero terraform-server-name-unset
    terraform-crl-unsupported terraform-deny-without-protocol terraform-acl-full-rewrite terraform-module-defaults
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  @Test(arguments: notes)
  func everyRuleOfTheNotesIsThereOrLeftOut(_ name: String) {
    let isLeftOut = RuleCatalog.leftOut.contains { $0.name == name }
    #expect((RuleCatalog.page(named: name) != nil) != isLeftOut)
  }

  @Test func whatIsLeftOutSaysWhy() {
    #expect(Set(RuleCatalog.leftOut.map(\.name)).count == RuleCatalog.leftOut.count)
    for rule in RuleCatalog.leftOut {
      #expect(RuleCatalog.page(named: rule.name) == nil, "\(rule.name)")
      #expect(rule.reason.first?.isUppercase == true && rule.reason.hasSuffix("."), "\(rule.name)")
    }
  }

  /// Lower case, but for names that are written in capitals: IPv6, YAML, ACL.
  private static func beginsLow(_ text: String) -> Bool {
    let word = text.prefix { $0 != " " }
    return text.first?.isLowercase ?? false || word.dropFirst().contains(where: \.isUppercase)
      || !(text.first?.isLetter ?? true)
  }

  @Test func pagesAreFoundByNameAndCode() {
    for page in RuleCatalog.pages {
      #expect(RuleCatalog.page(named: page.name)?.code == page.code)
      #expect(RuleCatalog.page(named: page.code.lowercased())?.code == page.code)
    }
    #expect(RuleCatalog.page(named: "no-such-rule") == nil)
  }
}
