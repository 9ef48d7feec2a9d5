import ClientVPN
import SourceText

/// A subnet that is replaced for the sake of its routing table.
enum TerraformSubnetRoutingTableReplacement: PlanRule {
  static let info = RuleInfo(
    code: "VPN943", name: "terraform-subnet-routing-table-replacement", severity: .error,
    summary: "a plan destroys a subnet because its routing table changes",
    why: """
      The API gives a subnet another routing table in place; the Terraform provider destroys the subnet and makes another \
      one. Everything in the subnet has to be destroyed before, VPN servers and instances too.
      """,
    repair:
      "Leave `routing_table` out of the subnet, and attach the table with `ibm_is_subnet_routing_table_attachment`.",
    source: "Terraform provider IBM-Cloud/ibm 2.5.0, ibm_is_subnet: routing_table forces replacement",
    examples: [
      .bad(
        "another routing table", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_subnet.app", "mode": "managed", "type": "ibm_is_subnet", "name": "app",
           "values": {"name": "app", "ipv4_cidr_block": "10.0.0.0/24"}}]}},
         "resource_changes": [
          {"address": "ibm_is_subnet.app", "mode": "managed", "type": "ibm_is_subnet", "name": "app",
           "change": {"actions": ["delete", "create"], "replace_paths": [["routing_table"]],
            "before": {"name": "app", "routing_table": "r022-a"},
            "after": {"name": "app", ⟦"routing_table"⟧: "r022-b"}}}]}
        """),
      .good(
        "another ACL", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"resources": [
          {"address": "ibm_is_subnet.app", "mode": "managed", "type": "ibm_is_subnet", "name": "app",
           "values": {"name": "app", "ipv4_cidr_block": "10.0.0.0/24"}}]}},
         "resource_changes": [
          {"address": "ibm_is_subnet.app", "mode": "managed", "type": "ibm_is_subnet", "name": "app",
           "change": {"actions": ["update"],
            "before": {"name": "app", "network_acl": "r022-a"},
            "after": {"name": "app", "network_acl": "r022-b"}}}]}
        """),
    ])

  static func check(_ change: PlannedChange, _ report: (Finding) -> Void) {
    guard change.resource == .subnet,
      let attribute = change.replacement(by: "routing_table", "routing_table_crn")
    else { return }
    report(replaced(change, attribute))
  }

  private static func replaced(_ change: PlannedChange, _ attribute: PlannedChange.Attribute) -> Finding {
    finding(
      "\(change.inWords) is destroyed and made anew, because its routing table changes", change, "routing_table",
      at: attribute.span, "the provider cannot change this in place"
    )
    .note("everything in the subnet is destroyed before; the API itself changes the routing table in place")
    .help("leave `\(attribute.name)` out, and attach the table with `ibm_is_subnet_routing_table_attachment`")
  }
}
