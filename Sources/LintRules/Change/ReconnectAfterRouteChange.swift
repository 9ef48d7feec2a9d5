import ClientVPN
import Forwarding
import SourceText

/// Routes of a split tunnel that are not those that connected clients have.
enum ReconnectAfterRouteChange: ChangeRule {
  static let info = RuleInfo(
    code: "VPN901", name: "reconnect-after-route-change", severity: .warning,
    summary: "routes of a split tunnel change, and connected clients keep the rows they have",
    why: """
      In split tunnel a client gets the routes when it connects and never later. Until it reconnects, packets for an \
      added destination leave by its own network, and packets for a removed one enter the tunnel and are dropped. A \
      route inside another one, or a change of the action alone, is in force at once, and so is every route in full \
      tunnel, where nothing is pushed.
      """,
    repair: "Have connected clients reconnect after the change, or disconnect them from the server.",
    source: "IBM VPC documentation, managing VPN routes; measured with OpenVPN 2.6",
    examples: [
      .bad(
        "a route is added while clients are connected",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              routes:
                - {destination: 10.0.0.0/24}
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              routes:
                - {destination: 10.0.0.0/24}
                - {destination: ⟦10.1.0.0/24⟧}
          """),
      .bad(
        "a route is removed",
        from: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              routes: [{destination: 10.0.0.0/24}, {destination: 10.9.0.0/24}]
          """,
        to: """
          vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
          vpn_servers:
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              enable_split_tunneling: true
              ⟦routes⟧: [{destination: 10.0.0.0/24}]
          """),
      .good(
        "a route is added in full tunnel",
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
            - name: client-vpn
              client_ip_pool: 192.168.252.0/22
              routes: [{destination: 10.0.0.0/24}, {destination: 10.1.0.0/24}]
          """),
    ])

  static func check(_ comparison: Comparison, _ report: (Finding) -> Void) {
    for (position, server) in comparison.servers.enumerated() {
      // Whoever is thrown off gets the routes when coming back.
      guard comparison.sessions(ofServer: position) == .reconnect, let server = server.after?.server else { continue }
      let changes = comparison.changes.filter { $0.server == position && $0.sessions == .reconnect }
      if let first = changes.first(where: { $0.after != nil }) ?? changes.first {
        report(lacking(changes, first, server))
      }
    }
  }

  private static func lacking(_ changes: [Change], _ first: Change, _ server: VPNServer) -> Finding {
    var result = finding(
      message(changes, first, server), Cause(server.routesPath, "change"), at: first.after?.span ?? server.routesPlace,
      first.after == nil ? first.title : "\(first.routeInWords) is pushed to who connects after the change")
    for change in changes where change.subject != first.subject || first.after == nil {
      if let place = change.after ?? change.before { result.labels.append(Label(place.span, change.title)) }
    }
    return
      result
      .note(changes.contains { $0.reason == .pushedOnConnect } ? Note.added : nil)
      .note(changes.contains { $0.reason == .rowIsKept } ? Note.removed : nil)
      .help("have connected clients reconnect, or disconnect them from the server after the change")
  }

  private static func message(_ changes: [Change], _ first: Change, _ server: VPNServer) -> String {
    if changes.count > 1 {
      return "connected clients of \(server.inWords) get \(changes.count) changed routes only when they reconnect"
    }
    return first.event == .removed
      ? "connected clients of \(server.inWords) keep the row of \(first.routeInWords) until they reconnect"
      : "connected clients of \(server.inWords) do not get \(first.routeInWords) until they reconnect"
  }

  private enum Note {
    static let added = "until then their packets for an added destination leave by their own network"
    static let removed = "until then their packets for a removed destination enter the tunnel and are dropped"
  }
}

extension Change {
  fileprivate var routeInWords: String {
    name.map { "route `\($0)`" } ?? "route \((after ?? before)?.text ?? "")"
  }
}
