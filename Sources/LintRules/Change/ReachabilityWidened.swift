import ClientVPN
import Forwarding
import SourceText

/// What clients did not reach before a change and reach after it.
enum ReachabilityWidened: ChangeRule {
  static let info = RuleInfo(
    code: "VPN905", name: "reachability-widened", severity: .info,
    summary: "clients of the server reach more than before",
    why: """
      Addresses or services that clients did not reach are reached, or the model does not exclude it any more. That may \
      be what the change is for, and it is what a review of security asks about.
      """,
    repair: "Nothing, if it is meant; else take back the change that the finding points at.",
    source: "vpnlint: the two models side by side",
    examples: [
      .bad(
        "a route is added",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              routes: []
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: ⟦client-vpn⟧
              client_ip_pool: 192.168.252.0/22
              routes: [{destination: 10.0.0.0/24}]
          """),
      .good(
        "a route that drops is added",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              routes: []
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              routes: [{destination: 10.0.0.0/24, action: drop}]
          """),
    ])

  static func check(_ comparison: Comparison, _ report: (Finding) -> Void) {
    for reach in comparison.reachInWords {
      guard let gained = reach.gained else { continue }
      report(
        finding(
          "clients of \(reach.server.inWords) gain \(gained)", Cause(reach.server.path, "widened"),
          at: reach.server.name.span, "clients reach more than before"
        ).labels(of: reach.edits.filter { $0.reachability.widens }))
    }
  }
}
