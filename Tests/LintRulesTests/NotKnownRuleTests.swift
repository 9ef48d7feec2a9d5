import LintRules
import Linting
import SourceText
import Testing

/// Rules say nothing of what a model does not know.
struct NotKnownRuleTests {
  private static func rules(_ vpc: String, _ server: String = "", _ more: String = "") -> Set<String> {
    let text = """
      vpc:
        subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: vpn, ipv4_cidr_block: 10.0.9.0/28}]
      \(vpc)
      vpn_servers:
        - {name: client-vpn, client_ip_pool: 192.168.252.0/22, enable_split_tunneling: true,
           routes: [{destination: 10.0.0.0/16}, {destination: 172.20.0.0/16}]\(server)}
      \(more)
      """
    let file = SourceFile(name: "model.yaml", bytes: Array(text.utf8))
    return Set(Linter().lint(file).findings.map(\.finding.rule))
  }

  @Test func `a server with a subnet that is not known does not stand alone`() {
    #expect(Self.rules("", ", subnets: [vpn]").contains("standalone-server"))
    #expect(!Self.rules("", ", subnets: [vpn], not_known: [subnets]").contains("standalone-server"))
  }

  @Test func `a name may be one of those that are not known`() {
    #expect(Self.rules("", ", subnets: [other]").contains("unresolved-reference"))
    #expect(!Self.rules("  not_known: [subnets]", ", subnets: [other]").contains("unresolved-reference"))
  }

  @Test func `how a network is reached may not be known`() {
    #expect(Self.rules("").contains("route-destination-unrelated"))
    let network = "networks: [{name: office, cidrs: [172.20.0.0/16], not_known: [via]}]"
    #expect(!Self.rules("", "", network).contains("route-destination-unrelated"))
  }

  @Test func `a table may route what it advertises to`() {
    let table = "  routing_tables: [{name: ingress, accept_routes_from: [], advertise_routes_to: [transit_gateway]"
    #expect(Self.rules("\(table)}]").contains("advertise-without-ingress-flag"))
    let rules = Self.rules("\(table), not_known: [route_transit_gateway_ingress]}]")
    #expect(!rules.contains("advertise-without-ingress-flag") && !rules.contains("dangling-routing-table"))
  }

  @Test func `a group is attached whatever its rules are`() {
    let group = "  workloads: []\n  security_groups: [{name: vpn, rules: [], not_known: [rules]"
    #expect(Self.rules("\(group)}]").contains("dangling-security-group"))
    #expect(!Self.rules("\(group), targets: [client-vpn]}]").contains("dangling-security-group"))
    #expect(
      !Self.rules("\(group.replacing("[rules]", with: "[rules, targets]"))}]").contains("dangling-security-group"))
  }
}
