import ClientVPN
import IPv4Space
import Linting
import SourceText
import SourceTree
import Testing
import TestSupport

@testable import Importing

/// Plans and states of Terraform.
struct TerraformTests {
  @Test func `addresses are read in steps`() {
    func steps(_ text: String) -> [String] {
      TerraformAddress(text).steps.map { step in step.key.map { "\(step.name)=\($0)" } ?? step.name }
    }
    #expect(steps("ibm_is_subnet.app[0].id") == ["ibm_is_subnet", "app=0", "id"])
    #expect(steps(#"module.net["a.b[1]"].x"#) == ["module", "net=a.b[1]", "x"])
    #expect(steps(#"x["say \"hi\" \\"]"#) == [#"x=say "hi" \"#])
    #expect(steps("").isEmpty)
    #expect(steps("a[") == ["a="])
    #expect(steps("..a..b") == ["a", "b"])
    #expect(steps("a[0][1].b") == ["a=0", "b"])
  }

  @Test func `references that are unknown until apply are resolved`() throws {
    let file = try Repository.file("samples/import/terraform-plan.json")
    let model = try #require(Imported.models(file).first)
    #expect(model.gaps == [])
    #expect(model.vpc.subnets.elements.map { $0.routingTable?.text } == [nil, "db", nil, nil])
    #expect(model.servers[0].subnets?.elements.map(\.text) == ["vpn-1", "vpn-2"])
    #expect(model.vpc.securityGroups?.elements.map { $0.targets?.elements.map(\.text) } == [["team-vpn"], nil])
    #expect(Imported.verdicts(file).contains("team-vpn/app: reachable"))
    #expect(Imported.verdicts(file).contains("team-vpn/db: unreachable"))
  }

  @Test func `modules of any depth with for_each are followed`() throws {
    let file = try Repository.file("samples/import/terraform-modules.json")
    let model = try #require(Imported.models(file).first)
    #expect(model.vpc.name?.value == "main")
    #expect(model.vpc.subnets.elements.map(\.name.value) == ["app-1", "vpn-1", "app-2", "vpn-2"])
    #expect(model.servers[0].subnets?.elements.compactMap(\.index) == [1, 3])
    #expect(model.servers[0].routes?.elements.map { $0.network.description } == ["10.0.0.0/24", "161.26.0.0/16"])
    #expect(model.gaps == [])
  }

  @Test func `what nothing tells is undetermined and says why`() throws {
    let file = try Repository.file("samples/import/terraform-unknown.json")
    let model = try #require(Imported.models(file).first)
    let facts = model.gaps.map { "\($0.fact): \($0.consequence)" }
    #expect(facts.contains { $0.contains("`vpn`") && $0.contains("local.acl") && $0.contains("undetermined") })
    #expect(Imported.verdicts(file) == ["team-vpn/app: undetermined", "team-vpn/vpn: undetermined"])
  }

  @Test func `a rule about the plan points into its changes`() throws {
    let file = try Repository.file("samples/import/terraform-change.json")
    let found = Imported.report(file).findings.filter { $0.finding.rule.hasPrefix("terraform-") }
    #expect(found.count == 6)
    for finding in found { #expect(finding.jsonPath?.hasPrefix("resource_changes[") == true) }
  }

  /// `for_each` over resources: `each.value.id` is the one with the same key.
  @Test func `each.value is the resource with the key of the instance`() throws {
    let plan = Self.plan(
      resources: ["a", "b"].map { (key: String) in
        Self.resource("ibm_is_network_acl", "acl", key: key, #"{"name": "acl-\#(key)", "rules": []}"#)
      }
        + ["a", "b"].map { (key: String) in
          Self.resource(
            "ibm_is_subnet", "net", key: key,
            #"{"name": "net-\#(key)", "ipv4_cidr_block": "10.\#(key == "a" ? 0 : 1).0.0/24"}"#)
        },
      configuration: [
        #"{"type": "ibm_is_network_acl", "name": "acl", "expressions": {}, "for_each_expression": {}}"#,
        #"{"type": "ibm_is_subnet", "name": "net", "for_each_expression": {"references": ["ibm_is_network_acl.acl"]}, "#
          + #""expressions": {"network_acl": {"references": ["each.value.id", "each.value"]}}}"#,
      ])
    let model = try #require(Imported.models(plan).first)
    #expect(model.vpc.subnets.elements.map { $0.networkACL?.text } == ["acl-a", "acl-b"])
  }

  @Test func `a splat is all of them, and one of many is not known`() throws {
    let subnets = [0, 1].map { (number: Int) in
      Self.resource(
        "ibm_is_subnet", "net", key: nil, number: number,
        #"{"name": "net-\#(number)", "ipv4_cidr_block": "10.\#(number).0.0/24"}"#)
    }
    let tables = [0, 1].map { (number: Int) in
      Self.resource("ibm_is_vpc_routing_table", "table", key: nil, number: number, #"{"name": "table-\#(number)"}"#)
    }
    let plan = Self.plan(
      resources: subnets + tables + [
        Self.resource("ibm_is_vpn_server", "vpn", key: nil, #"{"name": "vpn", "client_ip_pool": "172.16.0.0/20"}"#),
        Self.resource("ibm_is_subnet_routing_table_attachment", "one", key: nil, "{}"),
      ],
      configuration: [
        #"{"type": "ibm_is_subnet", "name": "net", "expressions": {}, "count_expression": {"constant_value": 2}}"#,
        #"{"type": "ibm_is_vpn_server", "name": "vpn", "expressions": {"subnets": {"references": ["ibm_is_subnet.net"]}}}"#,
        #"{"type": "ibm_is_subnet_routing_table_attachment", "name": "one", "expressions": "#
          + #"{"subnet": {"references": ["ibm_is_subnet.net[0].id", "ibm_is_subnet.net[0]", "ibm_is_subnet.net"]}, "#
          + #""routing_table": {"references": ["ibm_is_vpc_routing_table.table"]}}}"#,
      ])
    let model = try #require(Imported.models(plan).first)
    #expect(model.servers[0].subnets?.elements.map(\.text) == ["net-0", "net-1"])
    #expect(model.gaps.contains { $0.resource == "vpc/subnets/net-0" && $0.consequence.contains("one of 2") })
    #expect(model.gaps.allSatisfy { $0.resource != "vpc/subnets/net-1" })
  }

  /// References that go in circles, and as many as can be, end.
  @Test(.timeLimit(.minutes(1))) func `references in circles end`() {
    let outputs = (0..<40).map { number in
      let next = (0..<40).map { "\"module.m.o\($0)\"" }.joined(separator: ", ")
      return #""o\#(number)": {"expression": {"references": [\#(next), "var.v"]}}"#
    }.joined(separator: ", ")
    let calls = #"{"m": {"expressions": {"v": {"references": ["module.m.o0"]}}, "module": {"outputs": {\#(outputs)}}}}"#
    let plan = Self.plan(
      resources: [
        Self.resource("ibm_is_vpn_server", "vpn", key: nil, #"{"name": "vpn", "client_ip_pool": "172.16.0.0/20"}"#)
      ],
      configuration: [
        #"{"type": "ibm_is_vpn_server", "name": "vpn", "expressions": {"subnets": {"references": ["module.m.o1"]}}}"#
      ], calls: calls)
    #expect(Imported.models(plan).first?.servers.count == 1)
  }

  /// A large plan reads as the same network in a model file.
  @Test func `a large plan is read as the model of the same network`() {
    let count = 400
    var random = SplitMix64(seed: 7)
    var (resources, configuration, routes, subnets) = ([String](), [String](), [String](), [String]())
    for number in 0..<count {
      let cidr = "10.\(number / 250).\(number % 250).0/24"
      resources.append(
        Self.resource(
          "ibm_is_subnet", "net", key: "k\(number)", #"{"name": "net-\#(number)", "ipv4_cidr_block": "\#(cidr)"}"#))
      subnets.append("{name: net-\(number), ipv4_cidr_block: \(cidr)}")
      guard !random.oneIn(3) else { continue }
      resources.append(
        Self.resource(
          "ibm_is_vpn_server_route", "net", key: "k\(number)", #"{"name": "net-\#(number)", "destination": "\#(cidr)"}"#
        ))
      routes.append("{name: net-\(number), destination: \(cidr)}")
    }
    resources.append(
      Self.resource(
        "ibm_is_vpn_server", "vpn", key: nil,
        #"{"name": "vpn", "client_ip_pool": "172.16.0.0/20", "enable_split_tunneling": true}"#))
    configuration.append(
      #"{"type": "ibm_is_vpn_server_route", "name": "net", "for_each_expression": {}, "expressions": "#
        + #"{"vpn_server": {"references": ["ibm_is_vpn_server.vpn.id", "ibm_is_vpn_server.vpn"]}}}"#)
    let plan = Imported.file(Self.plan(resources: resources, configuration: configuration))
    let model = """
      vpc: {subnets: [\(subnets.joined(separator: ", "))]}
      vpn_servers:
        - name: vpn
          client_ip_pool: 172.16.0.0/20
          enable_split_tunneling: true
          routes: [\(routes.joined(separator: ", "))]
      """
    let yaml = Imported.file(model, name: "model.yaml")
    #expect(Imported.verdicts(plan) == Imported.verdicts(yaml))
    #expect(Imported.findings(plan) == Imported.findings(yaml))
  }

  @Test func `a state tells what is there`() throws {
    let model = try #require(Imported.models(Repository.file("samples/import/terraform-state.json")).first)
    #expect(model.changes.isEmpty)
    #expect(model.vpc.addressPrefixes?.elements.map(\.cidr.value.description) == ["10.244.0.0/18"])
    #expect(model.servers[0].privateIPs?.elements.map(\.value.description) == ["10.244.9.4"])
    #expect(model.servers[0].routes?.elements.first?.id == "r022-r1")
  }

  /// A plan holds its modules, and nothing holds them longer.
  @Test func `modules are given up with their plan`() throws {
    weak var module: TerraformModule?
    func read() throws {
      let file = try Repository.file("samples/import/terraform-modules.json")
      let json = JSONText(SourceTree.read(file))
      let plan = try #require(json.tree.documents.first.flatMap { TerraformInput($0, json) })
      module = plan.configuration?.calls.first?.value.module
      #expect(module != nil)
    }
    try read()
    #expect(module == nil)
  }

  static func resource(_ type: String, _ name: String, key: String?, number: Int? = nil, _ values: String) -> String {
    let index = key.map { #""\#($0)""# } ?? number.map(String.init)
    let address = "\(type).\(name)" + (index.map { "[\($0)]" } ?? "")
    let quoted = address.replacing("\"", with: "\\\"")
    return #"{"address": "\#(quoted)", "mode": "managed", "type": "\#(type)", "name": "\#(name)", "#
      + (index.map { "\"index\": \($0), " } ?? "") + #""values": \#(values)}"#
  }

  static func plan(resources: [String], configuration: [String], calls: String = "{}") -> String {
    """
    {"format_version": "1.2", "planned_values": {"root_module": {"resources": [\(resources.joined(separator: ",\n"))]}},
     "configuration": {"root_module": {"resources": [\(configuration.joined(separator: ",\n"))], "module_calls": \(calls)}}}
    """
  }
}
