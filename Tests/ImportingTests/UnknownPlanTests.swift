import ClientVPN
import Importing
import Linting
import SourceText
import SourceTree
import Testing

/// What a plan does not know until apply is undetermined, with a reason, and no fault.
struct UnknownPlanTests {
  private static func facts(_ plan: Plan) -> [String] { Imported.models(plan.text).flatMap(\.gaps).map(\.fact) }

  /// Findings that are more than infos.
  private static func faults(_ plan: Plan) -> [String] {
    Imported.report(Imported.file(plan.text)).findings.filter { $0.finding.severity != .info }.map(\.finding.message)
  }

  /// Each setting of a server by a reference that tells nothing, with what the model says of it.
  @Test(arguments: [
    ("enable_split_tunneling", "enable_split_tunneling"), ("port", "port"), ("protocol", "protocol"),
    ("client_dns_server_ips", "client_dns_server_ips"), ("client_idle_timeout", "client_idle_timeout"),
    ("certificate_crn", "certificate"), ("client_authentication", "client_authentication"),
  ])
  func `a setting of the server is not known`(_ argument: String, _ key: String) throws {
    let own = argument == "enable_split_tunneling" ? "" : #", "enable_split_tunneling": true"#
    let plan = Plan(
      server: #""client_ip_pool": "192.168.252.0/22"\#(own)"#,
      ["subnets": "ibm_is_subnet.vpn.id", argument: "local.setting"], unknown: #""\#(argument)": true"#)
    let gap = try #require(Imported.models(plan.text).first?.gaps.first { $0.field == key })
    #expect(gap.fact == "`\(key)` of VPN server `team-vpn` is not known until apply")
    #expect(gap.consequence.contains("local.setting"))
    #expect(Self.faults(plan) == [])
    let yaml = try #require(ModelWriter.model(of: Imported.file(plan.text))?.text)
    #expect(yaml.contains("not_known:\n      - \(key)"))
    let isModeUnknown = argument == "enable_split_tunneling"
    #expect(Imported.models(plan.text)[0].servers[0].mode == (isModeUnknown ? .unknown : .split))
  }

  /// Without the configuration the plan itself says what it does not know.
  @Test func `what the plan calls unknown is so without the configuration too`() {
    var plan = Plan(
      server: Plan.server, unknown: #""enable_split_tunneling": true, "subnets": true"#)
    plan.configuration = []
    #expect(Self.facts(plan).contains("`enable_split_tunneling` of VPN server `team-vpn` is not known until apply"))
    #expect(Self.facts(plan).contains("a subnet of VPN server `team-vpn` is not known until apply"))
    #expect(Self.faults(plan) == [])
  }

  @Test func `a client CA that the same plan makes is no missing one`() {
    let plan = Plan(
      server: #""client_ip_pool": "192.168.252.0/22", "enable_split_tunneling": true, "#
        + #""client_authentication": [{"method": "certificate"}]"#,
      [
        "subnets": "ibm_is_subnet.vpn.id",
        "client_authentication":
          #"[{"method": {"constant_value": "certificate"}, "client_ca_crn": {"references": ["ibm_sm_private_certificate.ca.crn"]}}]"#,
      ], unknown: #""client_authentication": [{"client_ca_crn": true}]"#)
    #expect(!Imported.rules(plan.text).contains("certificate-auth-without-client-ca"))
    #expect(Self.facts(plan) == ["`client_ca` of VPN server `team-vpn` is not known until apply"])
  }

  @Test func `a route is known but for its action`() {
    var plan = Plan(route: false)
    plan.add(
      "ibm_is_vpn_server_route", "app", #""name": "app", "destination": "10.0.0.0/24""#,
      ["vpn_server": "ibm_is_vpn_server.vpn.id", "action": "local.action"], unknown: #""action": true"#)
    let server = Imported.models(plan.text)[0].servers[0]
    #expect(server.routes?.elements.map(\.action) == [.unknown])
    #expect(!server.routesAreIncomplete)
    #expect(Self.facts(plan) == ["`action` of `ibm_is_vpn_server_route.app` is not known until apply"])
  }

  @Test func `an address prefix without its CIDR is no missing key`() {
    var plan = Plan()
    plan.add(
      "ibm_is_vpc_address_prefix", "one", #""name": "one", "zone": "jp-tok-1""#,
      ["vpc": "ibm_is_vpc.main.id", "cidr": "local.cidr"], unknown: #""cidr": true"#)
    #expect(Self.facts(plan) == ["`cidr` of address prefix `one` is not known until apply"])
    #expect(Self.faults(plan) == [])
  }

  @Test func `a subnet given by its size says so`() throws {
    var plan = Plan()
    plan.add(
      "ibm_is_subnet", "db", #""name": "db", "zone": "jp-tok-1", "total_ipv4_address_count": 256"#,
      ["vpc": "ibm_is_vpc.main.id"], unknown: #""ipv4_cidr_block": true"#)
    let model = try #require(Imported.models(plan.text).first)
    let gap = try #require(model.gaps.first)
    #expect(gap.fact == "the addresses of subnet `db` are not known until apply")
    #expect(gap.consequence.contains("its size, 256 addresses"))
    #expect(model.placesAreIncomplete)
  }

  /// A part whose owner is not known may be any one's.
  @Test(arguments: [
    ("ibm_is_vpn_server_route", #""destination": "10.0.0.0/24""#, "vpn_server", "split-tunnel-without-server-routes"),
    (
      "ibm_is_security_group_rule", #""direction": "inbound", "protocol": "udp", "remote": "0.0.0.0/0""#, "group",
      "security-group-without-rules"
    ),
    (
      "ibm_is_network_acl_rule",
      #""direction": "inbound", "action": "allow", "protocol": "udp", "source": "0.0.0.0/0", "destination": "0.0.0.0/0""#,
      "network_acl", "acl-without-rules"
    ),
  ])
  func `a part of nobody may be anybody's`(_ type: String, _ values: String, _ owner: String, _ missing: String) {
    var plan = Plan(
      ["subnets": "ibm_is_subnet.vpn.id", "security_groups": "ibm_is_security_group.vpn.id"], route: false)
    plan.add("ibm_is_security_group", "vpn", #""name": "vpn""#, ["vpc": "ibm_is_vpc.main.id"])
    plan.add("ibm_is_network_acl", "acl", #""name": "acl", "rules": []"#, ["vpc": "ibm_is_vpc.main.id"])
    plan.add(type, "lost", #""name": "lost", \#(values)"#, [owner: "local.owner"])
    #expect(Self.facts(plan).contains { $0.contains("it is not known what `\(type).lost` belongs to") })
    let yaml = ModelWriter.model(of: Imported.file(plan.text))?.text ?? ""
    #expect(yaml.contains("not_known:"))
    let rules = Imported.rules(plan.text)
    #expect(!rules.contains(missing), "\(rules)")
  }

  @Test func `an unknown part of a rule of an ACL makes the ACL unknown`() {
    var plan = Plan()
    plan.add(
      "ibm_is_network_acl", "acl",
      #""name": "acl", "rules": [{"name": "in", "direction": "inbound", "action": "deny", "protocol": "tcp", "#
        + #""source": "0.0.0.0/0", "destination": "0.0.0.0/0"}]"#,
      [
        "vpc": "ibm_is_vpc.main.id",
        "rules": #"[{"protocol": {"constant_value": "tcp"}, "port_min": {"references": ["local.port"]}}]"#,
      ], unknown: #""rules": [{"port_min": true, "port_max": true, "id": true}]"#)
    let acl = Imported.models(plan.text)[0].vpc.networkACLs?.elements[0]
    #expect(acl?.rulesAreUnknown == true)
    // What the configuration leaves to the service is no unknown part.
    #expect(
      Self.facts(plan).filter { $0.contains("_port_") } == [
        "`destination_port_min` of a rule of `ibm_is_network_acl.acl`, `in` is not known until apply"
      ])
  }

  // MARK: Order of rules

  private static func ordered(_ before: [(String, String, String?)]) -> NetworkACL? {
    var plan = Plan()
    plan.add("ibm_is_network_acl", "acl", #""name": "acl""#, ["vpc": "ibm_is_vpc.main.id"])
    for (name, action, next) in before {
      var expressions = ["network_acl": "ibm_is_network_acl.acl.id"]
      expressions["before"] = next.map { "ibm_is_network_acl_rule.\($0).rule_id" }
      plan.add(
        "ibm_is_network_acl_rule", name,
        #""name": "\#(name)", "direction": "inbound", "action": "\#(action)", "protocol": "any", "#
          + #""source": "0.0.0.0/0", "destination": "0.0.0.0/0""#, expressions)
    }
    return Imported.models(plan.text)[0].vpc.networkACLs?.elements[0]
  }

  @Test func `rules of their own stand before those that they name`() {
    let acl = Self.ordered([("a-deny", "deny", nil), ("b-allow", "allow", "a-deny")])
    #expect(acl?.rules?.elements.compactMap(\.name?.value) == ["b-allow", "a-deny"])
    #expect(acl?.rulesAreUnknown == false)
  }

  @Test func `an order that is not told is not known where it matters`() {
    #expect(Self.ordered([("a", "deny", nil), ("b", "allow", nil)])?.rulesAreUnknown == true)
    #expect(Self.ordered([("a", "allow", nil), ("b", "allow", nil)])?.rulesAreUnknown == false)
    #expect(Self.ordered([("a", "deny", "b"), ("b", "allow", "a")])?.rulesAreUnknown == false)
  }

  // MARK: Links

  @Test func `one of a map is not all of it`() throws {
    var plan = Plan(["subnets": #"module.net.ids["vpn"]"#])
    plan.modules =
      #""net": {"source": "./net", "expressions": {}, "module": {"outputs": {"ids": {"expression": {"references": ["ibm_is_subnet.this"]}}}, "#
      + #""resources": [{"mode": "managed", "type": "ibm_is_subnet", "name": "this", "expressions": {}}]}}"#
    let subnets = ["app", "db", "vpn"].enumerated().map { number, key in
      #"{"address": "module.net.ibm_is_subnet.this[\"\#(key)\"]", "mode": "managed", "type": "ibm_is_subnet", "name": "this", "#
        + #""index": "\#(key)", "values": {"name": "net-\#(key)", "ipv4_cidr_block": "10.1.\#(number).0/24"}}"#
    }
    plan.planned =
      #", "child_modules": [{"address": "module.net", "resources": [\#(subnets.joined(separator: ", "))]}]"#
    let model = try #require(Imported.models(plan.text).first)
    #expect(model.servers[0].subnetsAreUnknown)
    #expect(model.servers[0].subnets?.elements.count == 0)
    #expect(model.gaps.contains { $0.consequence.contains("one of 3 resources") })
    #expect(!Imported.rules(plan.text).contains("server-subnets-count"))
    // They are all of one VPC.
    #expect(!model.gaps.contains { $0.fact.contains("the VPC of") })
  }

  @Test func `a list that is known to be shorter is not all that is named`() {
    let plan = Plan(
      server: #"\#(Plan.server), "subnets": [null]"#, ["subnets": "ibm_is_subnet.vpn.id ibm_is_subnet.app.id"])
    #expect(Imported.models(plan.text)[0].servers[0].subnetsAreUnknown)
  }

  /// `[var.ha ? x : y]` has the same references as `[var.ha, x, y]`; neither is the list of x and y.
  @Test func `a condition chooses`() throws {
    let subnets = "ibm_is_subnet.vpn.id ibm_is_subnet.app.id"
    let chosen = try #require(Imported.models(Plan(["subnets": "var.ha \(subnets)"]).text).first)
    #expect(chosen.servers[0].subnetsAreUnknown)
    #expect(chosen.gaps.contains { $0.consequence.contains("one of 2 resources") })
    let listed = try #require(Imported.models(Plan(["subnets": subnets]).text).first)
    #expect(listed.servers[0].subnets?.elements.map(\.text) == ["vpn", "app"])
  }

  @Test func `an unknown attachment leaves no ACL without a subnet`() {
    var plan = Plan()
    let rule =
      #"{"name": "in", "direction": "inbound", "action": "allow", "protocol": "any", "source": "0.0.0.0/0", "destination": "0.0.0.0/0"}"#
    plan.add("ibm_is_network_acl", "acl", #""name": "acl", "rules": [\#(rule)]"#, ["vpc": "ibm_is_vpc.main.id"])
    plan.add(
      "ibm_is_subnet", "db", #""name": "db", "zone": "jp-tok-1", "ipv4_cidr_block": "10.0.1.0/24""#,
      ["vpc": "ibm_is_vpc.main.id", "network_acl": "local.acl"])
    #expect(!Imported.rules(plan.text).contains("dangling-acl"))
    plan.resources.removeLast()
    #expect(Imported.rules(plan.text).contains("dangling-acl"))
  }

  // MARK: The plan as a whole

  @Test func `what a plan forgets stays there`() {
    var plan = Plan(server: #"\#(Plan.server), "enable_split_tunneling": true, "id": "r1""#, route: false)
    plan.changes.append(
      #"{"address": "ibm_is_vpn_server_route.app", "mode": "managed", "type": "ibm_is_vpn_server_route", "name": "app", "#
        + #""change": {"actions": ["forget"], "before": {"destination": "10.0.0.0/24", "vpn_server": "r1"}, "after": null}}"#
    )
    #expect(Imported.models(plan.text)[0].servers[0].routes?.elements.count == 1)
  }

  @Test func `a plan that was broken off is not whole`() {
    var plan = Plan(route: false)
    plan.more = #""errored": true,"#
    #expect(Self.facts(plan).contains { $0.contains("the plan is not whole") })
    #expect(Self.faults(plan) == [])
  }

  @Test func `a plan without a network says so and is judged for its changes`() {
    let plan = """
      {"format_version": "1.2", "planned_values": {"root_module": {"resources": []}}, "resource_changes": []}
      """
    #expect(Imported.report(Imported.file(plan)).findings.map(\.finding.rule) == ["input-incomplete"])
  }

  @Test func `a read VPC has no argument`() {
    var plan = Plan()
    plan.resources[0] = plan.resources[0].replacing(#""mode": "managed""#, with: #""mode": "data""#)
      .replacing("ibm_is_vpc.main\"", with: "data.ibm_is_vpc.main\"").replacing(
        #", "address_prefix_management": "manual""#, with: "")
    let gap = Imported.models(plan.text).flatMap(\.gaps).first { $0.field == "address_prefixes" }
    #expect(gap?.fact == "the address prefixes of VPC `main` are not in the input")
    #expect(gap?.consequence.contains("address_prefix_management") == false)
  }
}
