import ClientVPN
import Importing
import SourceText
import Testing

/// References that may lead to one thing or to another: the configuration lists them and does not tell how they are used.
struct UnknownLinkTests {
  /// A plan in which an attachment gives subnet `app` a table, tables `t` by keys, and what gives the table.
  private static func plan(_ expression: String, keys: [String], attachment key: String? = nil) -> Plan {
    var plan = Plan()
    for name in keys {
      plan.add(
        "ibm_is_vpc_routing_table", "t", #""name": "t\#(name)""#, ["vpc": "ibm_is_vpc.main.id"], key: name)
    }
    plan.add(
      "ibm_is_subnet_routing_table_attachment", "a", "",
      ["subnet": "ibm_is_subnet.app.id", "routing_table": expression], key: key)
    return plan
  }

  private static func table(_ plan: Plan) -> Reference? {
    Imported.models(plan.text)[0].vpc.subnets.elements.first { $0.name.value == "app" }?.routingTable
  }

  private static let fallback = #"{"references": ["module.c.id", "module.c", "ibm_is_vpc_routing_table.t[\"x\"].id"]}"#

  /// `coalesce(module.c.id, t["x"].id)`: nothing of the module is planned yet, and what it gives decides.
  @Test(arguments: [
    #""outputs": {"id": {"expression": {"references": ["data.ibm_is_vpc_routing_table.q.id"]}}}"#,
    #""outputs": {"id": {"expression": {"references": ["local.x"]}}}"#, #""resources": []"#, "",
  ])
  func `the first of two that is known is not the one that is meant`(module: String) {
    var plan = Self.plan(Self.fallback, keys: ["x", "y"])
    plan.modules = module.isEmpty ? "" : #""c": {"source": "./c", "module": {\#(module)}}"#
    #expect(Self.table(plan)?.isUnknown == true)
    let gap = Imported.models(plan.text)[0].gaps.first { $0.field == "routing_table" }
    #expect(gap?.consequence.contains("one of 2 resources") == true)
  }

  @Test func `what a module takes from a table that is planned is that table`() {
    var plan = Self.plan(#"{"references": ["module.c.id", "module.c"]}"#, keys: ["x"])
    plan.modules =
      #""c": {"source": "./c", "expressions": {"id": {"references": ["ibm_is_vpc_routing_table.t"]}}, "#
      + #""module": {"outputs": {"id": {"expression": {"references": ["var.id"]}}}}}"#
    #expect(Self.table(plan)?.text == "tx")
  }

  /// `t[count.index + 1]` has the references of `t[count.index]`.
  @Test func `a number means the same where there are as many`() {
    let numbered = #"{"references": ["ibm_is_vpc_routing_table.t", "count.index"]}"#
    #expect(Self.table(Self.plan(numbered, keys: ["0", "1"], attachment: "0"))?.isUnknown == true)
    var pairs = Self.plan(numbered, keys: ["0", "1"], attachment: "0")
    pairs.add(
      "ibm_is_subnet_routing_table_attachment", "a", "",
      ["subnet": "ibm_is_subnet.vpn.id", "routing_table": numbered], key: "1")
    #expect(Self.table(pairs)?.isUnknown == false)
  }

  @Test func `a machine stands in one of several subnets`() throws {
    var plan = Plan()
    plan.add(
      "ibm_is_instance", "web", #""name": "web", "primary_network_interface": [{}]"#,
      [
        "primary_network_interface":
          #"[{"subnet": {"references": ["ibm_is_subnet.app.id", "ibm_is_subnet.vpn.id", "var.ha"]}}]"#
      ])
    let web = try #require(Imported.models(plan.text)[0].vpc.workloads?.elements.first)
    #expect(web.subnet?.isUnknown == true)
  }
}
