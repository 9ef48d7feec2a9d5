import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A split tunnel, where the model says something of the internet that only a full tunnel keeps.
enum SplitTunnelSecurityNote: ModelRule {
  static let info = RuleInfo(
    code: "VPN707", name: "split-tunnel-security-note", severity: .info,
    summary: "the model says whether clients reach the internet, and split tunnel leaves that to the clients",
    why: """
      In split tunnel only what a route names enters the tunnel; the rest of a client's traffic goes its own way, on \
      networks that nobody trusts as exposed as without the VPN. A model that keeps clients from a part of the internet, \
      or wants it reached through the tunnel, asks for more than that.
      """,
    repair: """
      Set `enable_split_tunneling: false`, with a route 0.0.0.0/0 and action translate if clients are to reach the \
      internet; or write `expect: any`, and accept the exposure.
      """,
    source: "IBM VPC documentation, securing the client VPN environment",
    examples: [
      .bad(
        "clients are to be kept from the internet",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: ⟦true⟧
            routes: [{destination: 10.0.0.0/24}]
        networks: [{name: internet, cidrs: [0.0.0.0/0], via: internet, expect: unreachable}]
        """),
      .good(
        "full tunnel",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes: [{destination: 10.0.0.0/24}]
        networks: [{name: internet, cidrs: [0.0.0.0/0], via: internet, expect: unreachable}]
        """),
      .good(
        "the model asks nothing of the internet",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      guard let flag = server.server.splitTunneling, let outside = analysis.internetOutside(of: server) else {
        continue
      }
      report(leaves(outside, flag, server, analysis.model))
    }
  }

  private static func leaves(
    _ outside: InternetOutside, _ flag: Field<Bool>, _ analysis: ServerAnalysis, _ model: Model
  ) -> Finding {
    let server = analysis.server
    let isKept = outside.intent == .unreachable
    let (what, place) = words(for: outside.subject)
    return finding(
      "\(server.inWords) leaves packets to \(what) outside the tunnel",
      Cause(server.routesPath, "enable_split_tunneling", extent: outside.stretch.extent), at: flag.span, "split tunnel"
    )
    .label(place, isKept ? "clients are to be kept from it" : "clients are to reach it through the tunnel")
    .note(
      isKept
        ? "the server keeps clients from nothing that does not enter the tunnel"
        : "on networks that nobody trusts this traffic is as exposed as without the VPN"
    )
    .help(
      isKept
        ? "set `enable_split_tunneling: false`, so that the server drops what no route names"
        : "set `enable_split_tunneling: false` and add a route 0.0.0.0/0 with action translate",
      VPNServer.modeChangeHelp, "if it does not matter, write `expect: any`"
    )
    .evidence(analysis.evidence(to: outside.witness, in: model))
  }

  private static func words(for subject: InternetOutside.Subject) -> (String, place: Span) {
    switch subject {
    case .network(let network): (network.inWords, network.expect?.span ?? network.name.span)
    case .expectation(let expectation): ("`\(expectation.to.value)`", expectation.expect.span)
    }
  }
}
