import ClientVPN
import SourceText

/// A module that is left with inputs at their defaults.
enum TerraformModuleDefaults: PlanRule {
  static let info = RuleInfo(
    code: "VPN949", name: "terraform-module-defaults", severity: .info,
    summary: "the module for client VPN servers is left with inputs at their defaults",
    why: """
      The defaults of terraform-ibm-client-to-site-vpn are a client pool of 10.0.0.0/20, in its solutions a route to all of \
      10.0.0.0/8 and `deliver` for the provider's services too, split tunnel, and an idle timeout of 1800 seconds. They \
      meet the networks of most VPCs.
      """,
    repair: "Set the inputs of the module.",
    source: "terraform-ibm-client-to-site-vpn, variables.tf and solutions/fully-configurable",
    examples: [
      .bad(
        "the pool is left at its default", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"child_modules": [{"address": "module.vpn", "resources": [
          {"address": "module.vpn.ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server",
           "name": "vpn", "values": {"name": "team-vpn", "client_ip_pool": "10.0.0.0/20"}}]}]}},
         "resource_changes": [
          {"address": "module.vpn.ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server",
           "name": "vpn", "change": {"actions": ["create"], "before": null, "after": {"name": "team-vpn"}}}],
         "configuration": {"root_module": {"module_calls": {"vpn": {
           "source": ⟦"terraform-ibm-modules/client-to-site-vpn/ibm"⟧,
           "expressions": {"enable_split_tunneling": {}, "vpn_server_routes": {}, "client_idle_timeout": {}}, "module": {}}}}}}
        """),
      .good(
        "every input is set", json: true,
        """
        {"format_version": "1.2",
         "planned_values": {"root_module": {"child_modules": [{"address": "module.vpn", "resources": [
          {"address": "module.vpn.ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server",
           "name": "vpn", "values": {"name": "team-vpn", "client_ip_pool": "10.0.0.0/20"}}]}]}},
         "resource_changes": [
          {"address": "module.vpn.ibm_is_vpn_server.vpn", "mode": "managed", "type": "ibm_is_vpn_server",
           "name": "vpn", "change": {"actions": ["create"], "before": null, "after": {"name": "team-vpn"}}}],
         "configuration": {"root_module": {"module_calls": {"vpn": {
           "source": "terraform-ibm-modules/client-to-site-vpn/ibm",
           "expressions": {"client_ip_pool": {"constant_value": "10.0.0.0/20"}, "enable_split_tunneling": {},
            "vpn_server_routes": {}, "client_idle_timeout": {}}, "module": {}}}}}}
        """),
    ])

  static func check(_ change: PlannedChange, _ report: (Finding) -> Void) {
    for (trap, span) in change.traps {
      if case .moduleDefaults(let module, let inputs) = trap { report(unset(change, module, inputs, span)) }
    }
  }

  private static func unset(_ change: PlannedChange, _ module: String, _ inputs: [String], _ span: Span) -> Finding {
    let names = Words.list(inputs.map { "`\($0)`" })
    return finding(
      "module `\(module)` makes \(change.inWords) with its own \(names)", change, "module/\(module)", at: span,
      "\(names) left at the default of the module"
    )
    .note("the defaults are pool 10.0.0.0/20, split tunnel, 1800 seconds, and in solutions a route to 10.0.0.0/8")
    .help("set \(names) in the call of the module")
  }
}
