import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A pushed route that contains the server's public address.
enum RouteCoversServerPublicIP: ModelRule {
  static let info = RuleInfo(
    code: "VPN223", name: "route-covers-server-public-ip", severity: .error,
    summary: "a pushed route contains a public address of the server, so the tunnel takes its own packets",
    why: """
      In split tunnel nothing keeps the encrypted packets outside the tunnel. A pushed route to the server's own \
      address sends them into it; OpenVPN sees the loop and drops them, and nothing is reached.
      """,
    repair: "Narrow the destination so that it leaves out the server's addresses; connected clients must reconnect.",
    source: "IBM VPC documentation, client VPN planning; troubleshooting traffic flow",
    examples: [
      .bad(
        "the network of the server's public address",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            public_ips: [203.0.113.7]
            routes:
              - {destination: 10.0.0.0/24, action: deliver}
              - {destination: ⟦203.0.113.0/24⟧, action: translate}
        """),
      .bad(
        "a public client pool around the server itself",
        without: ["client-pool-not-private"],
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: ⟦203.0.112.0/22⟧
            enable_split_tunneling: true
            public_ips: [203.0.113.7]
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
      .good(
        "the VPC alone",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            public_ips: [203.0.113.7]
            routes: [{destination: 10.0.0.0/24, action: deliver}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers where server.mode == .split {
      var coveredBy: [Int: [Field<IPv4Address>]] = [:]
      for address in server.server.publicIPs?.elements ?? [] {
        let route = Int(server.table.longestMatch[address.value])
        if route >= 0, server.table.routes[route].network.length > 0 { coveredBy[route, default: []].append(address) }
      }
      for route in coveredBy.keys.sorted() { report(covers(route, coveredBy[route] ?? [], server, analysis.model)) }
      if server.carrier == .loopedByPool, let pool = server.server.clientPool {
        report(covers(pool, server, analysis.model))
      }
    }
  }

  private static func covers(
    _ position: Int, _ addresses: [Field<IPv4Address>], _ analysis: ServerAnalysis, _ model: Model
  ) -> Finding {
    let (server, missed) = (analysis.server, analysis.missed)
    let route = analysis.table.routes[position]
    let wider = analysis.table.parents[position].map { analysis.table.routes[$0] }
    let what = addresses.count == 1 ? "a public address" : "public addresses"
    return finding(
      "\(route.inWords) takes the tunnel's own packets",
      Cause(server.routesPath, route.network.description, extent: route.network.range.extent),
      at: route.destination.span,
      "contains \(Words.list(addresses.map(\.value.description))), \(what) of the server"
    )
    .label(addresses.first?.span, "a public address of the server")
    .label(wider?.destination.span, "contains it too")
    .note("in split tunnel no host route keeps packets to the server outside the tunnel, as full tunnel has it")
    .note(analysis.inWords(missed, in: model))
    .help("narrow the destination so that it leaves out the server's addresses", server.routeChangeHelp)
    .evidence(analysis.evidence(to: missed.witness, in: model))
  }

  /// The pool is pushed like a route.
  private static func covers(_ pool: Field<IPv4Prefix>, _ analysis: ServerAnalysis, _ model: Model) -> Finding {
    let server = analysis.server
    let addresses = (server.publicIPs?.elements ?? []).filter { pool.value.contains($0.value) }
    return finding(
      "the client pool of \(server.inWords) takes the tunnel's own packets",
      Cause(server.poolPath, "public-ips", extent: pool.value.range.extent), at: pool.span,
      "contains \(Words.list(addresses.map(\.value.description))), where the server is reached"
    )
    .label(addresses.first?.span, "a public address of the server")
    .note("in split tunnel the whole pool is pushed to clients, and no host route keeps packets to the server outside")
    .note(analysis.inWords(analysis.missed, in: model))
    .help("choose a client pool of private addresses: all clients are disconnected and get it when they reconnect")
    .evidence(analysis.evidence(to: analysis.missed.witness, in: model))
  }
}
