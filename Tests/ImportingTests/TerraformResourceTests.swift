import ClientVPN
import IPv4Space
import Importing
import Linting
import SourceText
import Testing

/// Resources of every kind that is read, in the shapes in which states have them.
struct TerraformResourceTests {
  @Test func `an interface beside an empty list of attachments counts`() throws {
    var plan = Plan()
    plan.add(
      "ibm_is_instance", "web",
      #""name": "web", "primary_network_attachment": [], "network_attachments": [], "#
        + #""primary_network_interface": [{"subnet": "s-1", "primary_ipv4_address": "10.0.0.7", "security_groups": ["g-1"]}], "#
        + #""network_interfaces": [{"name": "eth1", "primary_ipv4_address": "10.0.0.8"}]"#,
      ["vpc": "ibm_is_vpc.main.id"])
    let workloads = try #require(Imported.models(plan.text)[0].vpc.workloads?.elements)
    #expect(workloads.map(\.name.value) == ["web", "web/eth1"])
    #expect(workloads.map { $0.address?.value.description } == ["10.0.0.7", "10.0.0.8"])
  }

  @Test func `a load balancer is a workload`() throws {
    var plan = Plan()
    plan.add("ibm_is_lb", "lb", #""name": "lb""#, ["subnets": "ibm_is_subnet.app.id"])
    let workload = try #require(Imported.models(plan.text)[0].vpc.workloads?.elements.first)
    #expect(workload.kind?.value == "load_balancer")
    #expect(workload.subnet?.text == "app")
  }

  @Test func `connections of transit gateways are told`() throws {
    var plan = Plan()
    plan.add(
      "ibm_tg_connection", "own", #""name": "own", "gateway": "g", "network_type": "vpc""#,
      ["network_id": "ibm_is_vpc.main.resource_crn"])
    plan.add("ibm_tg_connection", "cl", #""name": "cl", "gateway": "g", "network_type": "classic""#, [:])
    plan.add("ibm_tg_connection", "far", #""name": "far", "gateway": "h", "network_type": "directlink""#, [:])
    let model = try #require(Imported.models(plan.text).first)
    #expect(model.networksAreUnknown)
    #expect(model.gaps.contains { $0.resource == "networks/cl" && $0.fact.contains("`classic`") })
    #expect(model.gaps.contains { $0.fact.contains("`ibm_tg_connection.far` joins no VPC of the input") })
  }

  @Test func `what is not read is counted`() {
    var plan = Plan()
    for name in ["a", "b"] { plan.add("ibm_is_floating_ip", name, "\"name\": \"\(name)\"", [:]) }
    let facts = Imported.models(plan.text).flatMap(\.gaps).map(\.fact)
    #expect(facts.contains("`ibm_is_floating_ip` is not read, and the input has 2 of it"))
  }

  /// Older and newer arguments of a connection, both in a state.
  @Test func `ranges behind a gateway are told once`() throws {
    var plan = Plan()
    plan.add("ibm_is_vpn_gateway", "gw", #""name": "gw""#, ["subnet": "ibm_is_subnet.vpn.id"])
    plan.add(
      "ibm_is_vpn_gateway_connection", "office",
      #""name": "office", "peer_cidrs": ["10.9.0.0/16"], "peer": [{"cidrs": ["10.9.0.0/16"]}]"#,
      ["vpn_gateway": "ibm_is_vpn_gateway.gw.id"])
    let network = try #require(Imported.models(plan.text)[0].networks?.elements.first)
    #expect(network.cidrs.count == 1)
    // Nobody said that clients are to reach it.
    #expect(network.intent == .any)
    plan.add(
      "ibm_is_vpn_server_route", "office", #""name": "office", "destination": "10.9.0.0/16""#,
      ["vpn_server": "ibm_is_vpn_server.vpn.id"])
    #expect(Imported.models(plan.text)[0].networks?.elements.first?.intent == .reachable)
  }

  @Test func `an empty text is nothing`() {
    let plan = Plan(
      server: #""client_ip_pool": "192.168.252.0/22", "enable_split_tunneling": true, "#
        + #""client_authentication": [{"method": "username", "identity_provider": "iam", "client_ca_crn": ""}]"#)
    let rules = Imported.rules(plan.text)
    #expect(!rules.contains("auth-fields-mixed") && !rules.contains("certificate-crn-malformed"))
  }

  @Test(arguments: [("username", 0), ("certificate", 1)])
  func `only certificates have a revocation list to lose`(_ before: String, _ count: Int) {
    var plan = Plan()
    plan.changes.append(
      #"{"address": "ibm_is_vpn_server.other", "mode": "managed", "type": "ibm_is_vpn_server", "name": "other", "#
        + #""change": {"actions": ["update"], "before": {"name": "other", "client_authentication": [{"method": "\#(before)"}]}, "#
        + #""after": {"name": "other", "client_authentication": [{"method": "certificate", "client_ca_crn": "crn:x"}]}, "after_unknown": {}}}"#
    )
    #expect(Imported.rules(plan.text).count { $0 == "terraform-crl-unsupported" } == count)
  }
}
