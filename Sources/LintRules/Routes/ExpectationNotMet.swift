import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Something that clients reach against what the model says, or do not reach.
enum ExpectationNotMet: ModelRule {
  static let info = RuleInfo(
    code: "VPN220", name: "expectation-not-met", severity: .error,
    summary: "clients reach something that the model keeps from them, or do not reach what it promises",
    why: """
      A model states what clients must reach and what they must not: declared networks are to be reached unless \
      `expect` says otherwise, and `expectations` name single destinations. A subnet that clients are to reach and \
      do not has rules of its own.
      """,
    repair: """
      Add, change or remove the route that the packet shows, or correct the expectation. In split tunnel connected \
      clients must reconnect to get the change; in full tunnel nothing is pushed, but the server needs the route.
      """,
    source: "README, \"The model file\"",
    examples: [
      .bad(
        "a subnet that clients are kept from, inside a wide route",
        """
        vpc:
          subnets:
            - {name: app, ipv4_cidr_block: 10.0.0.0/24}
            - {name: admin, ipv4_cidr_block: 10.0.1.0/24, expect: ⟦unreachable⟧}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16, action: deliver}]
        """),
      .bad(
        "a network without a route",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        networks:
          - {name: ⟦office⟧, cidrs: [172.16.0.0/12], via: vpn_gateway}
        """),
      .bad(
        "a full tunnel takes everything",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: 0.0.0.0/0, action: translate}
        expectations: [{to: 8.8.8.8, expect: ⟦direct⟧}]
        """),
      .good(
        "what is to stay outside the tunnel does",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        expectations:
          - {to: 8.8.8.8, expect: direct}
          - {to: app, protocol: tcp, port: 443, expect: reachable}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      for surprise in server.surprises(in: analysis.model) { report(finding(about: surprise, server, analysis.model)) }
    }
  }

  private static func finding(about surprise: Surprise, _ analysis: ServerAnalysis, _ model: Model) -> Finding {
    let server = analysis.server
    let (what, aspect, place) = words(for: surprise.subject, in: model)
    let fate = analysis.fates[surprise.witness]
    let route = fate.route.map { analysis.table.routes[$0] }
    return finding(
      "\(fact(surprise, fate.outcome)) \(what) by \(server.inWords)",
      // What lies in the client pool is lost to it, whatever the routes say.
      Cause(
        fate.target == .clientPool ? server.poolPath : server.routesPath, aspect, extent: surprise.stretch.extent),
      at: place,
      "expected \(surprise.intent.rawValue), but \(fate.outcome.inWords)"
    )
    .label(route?.destination.span, "decides for \(surprise.witness)")
    .help(surprise.repair(fate, route, analysis, model))
    .help("if this is meant, write another `expect`")
    .repair(surprise.addition(fate, analysis, model))
    .evidence(
      analysis.evidence(
        to: surprise.witness, in: model, transport: surprise.transport, port: surprise.port,
        workload: surprise.workload))
  }

  private static func words(for subject: Surprise.Subject, in model: Model) -> (String, aspect: String, place: Span) {
    switch subject {
    case .subnet(let index):
      let subnet = model.vpc.subnets.elements[index]
      return (subnet.inWords, "subnets/\(subnet.name.value)", (subnet.expect?.span ?? subnet.name.span))
    case .network(let network):
      return (network.inWords, "networks/\(network.name.value)", network.expect?.span ?? network.name.span)
    case .expectation(let expectation):
      let flow = expectation.flowInWords
      let to = expectation.to.value
      return (
        flow.map { "`\(to)` on \($0)" } ?? "`\(to)`", "expectations/\(to)\(flow.map { "/\($0)" } ?? "")",
        expectation.expect.span
      )
    }
  }

  private static func fact(_ surprise: Surprise, _ outcome: Outcome) -> String {
    switch surprise.intent {
    case .reachable: surprise.isPartial ? "clients reach only part of" : "clients do not reach"
    case .unreachable, .any: surprise.isPartial ? "clients reach part of" : "clients reach"
    case .direct: "clients tunnel packets to"
    }
  }
}
