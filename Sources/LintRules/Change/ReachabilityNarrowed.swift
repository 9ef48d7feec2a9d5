import ClientVPN
import Forwarding
import SourceText

/// What clients reached before a change and do not after it.
enum ReachabilityNarrowed: ChangeRule {
  static let info = RuleInfo(
    code: "VPN904", name: "reachability-narrowed", severity: .info,
    summary: "clients of the server reach less than before",
    why: """
      Addresses or services that clients reached are not reached any more, or the model does not tell any more. That may \
      be what the change is for. Who reconnects loses them; who stays connected may lose them at once.
      """,
    repair: "Nothing, if it is meant; else take back the change that the finding points at.",
    source: "vpnlint: the two models side by side",
    examples: [
      .bad(
        "a route is removed",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              routes: [{destination: 10.0.0.0/24}]
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: ⟦client-vpn⟧
              client_ip_pool: 192.168.252.0/22
              routes: []
          """),
      .good(
        "a route that reached nothing is removed",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              routes: [{destination: 10.0.0.0/24}, {destination: 10.9.0.0/24}]
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              routes: [{destination: 10.0.0.0/24}]
          """),
    ])

  static func check(_ comparison: Comparison, _ report: (Finding) -> Void) {
    for reach in comparison.reachInWords {
      guard let lost = reach.lost else { continue }
      report(
        finding(
          "clients of \(reach.server.inWords) lose \(lost)", Cause(reach.server.path, "narrowed"),
          at: reach.server.name.span, "clients reach less than before"
        ).labels(of: reach.edits.filter { $0.reachability.narrows }))
    }
  }
}
