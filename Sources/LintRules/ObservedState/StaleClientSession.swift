import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// Clients that connected to a split-tunnel server before it had some of its routes.
enum StaleClientSession: ModelRule {
  static let info = RuleInfo(
    code: "VPN801", name: "stale-client-session", severity: .warning,
    summary: "clients connected before a route was created, so they were not given it",
    why: """
      In split tunnel a client gets the routes when it connects. A route created later is not handed to it: packets \
      for the destination go out by the client's own network, although the server would forward them. That a client \
      lacks a route is inferred from the times at which session and route were created; equal times count as in time. \
      A session without a status counts as connected unless it has an end, one without a time is left out. A route \
      inside an older one takes nothing away, since the older row leads into the tunnel. A model does not tell of \
      deleted routes: one that was deleted and created again counts as new. Where all that is late are drop routes, \
      the severity is info: nothing is out of reach, only packets that are to be discarded are not.
      """,
    repair: "Have these clients reconnect, or disconnect them from the server so that they connect anew.",
    source: "IBM VPC documentation, Managing VPN routes: using split-tunnel; IBM VPC API, VPN server clients",
    examples: [
      .bad(
        "connected in the morning, and the route came at noon",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.1.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes:
              - {name: to-app, destination: 10.0.0.0/24, created_at: "2026-08-01T02:00:00Z"}
              - {name: to-db, destination: 10.1.0.0/24, created_at: "2026-08-03T12:00:00Z"}
            ⟦clients⟧:
              - {common_name: laptop-17, status: connected, created_at: "2026-08-03T08:00:00Z"}
              - {common_name: laptop-18, status: connected, created_at: "2026-08-03T13:00:00Z"}
        """),
      .good(
        "who is gone, or came later, misses nothing; in full tunnel nobody does",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, created_at: "2026-08-03T12:00:00Z"}]
            clients:
              - {common_name: laptop-17, status: disconnected, created_at: "2026-08-03T08:00:00Z"}
              - {common_name: laptop-18, status: connected, created_at: "2026-08-03T12:00:00Z"}
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.servers {
      if let stale = server.staleSessions { report(notGiven(stale, by: server, analysis.model)) }
    }
  }

  /// One finding a server: whoever reconnects gets all of its routes. The labels name every client and every route.
  private static func notGiven(_ stale: StaleSessions, by analysis: ServerAnalysis, _ model: Model) -> Finding {
    let server = analysis.server
    let clients = (server.clients?.elements ?? [])
    let dropsAlone = stale.routes.allSatisfy { analysis.table.routes[$0.route].action == .drop }
    let who = stale.sessions.map { clients[$0.position] }
    var seen: Set<String> = []
    let names = who.map(\.named).filter { seen.insert($0).inserted }
    let routes = stale.routes.compactMap { created(analysis.table.routes[$0.route]) }
    var result = finding(
      "\(who.count == 1 ? who[0].inWords : "\(who.count) clients") connected before \(subject(stale, analysis))",
      Cause("\(server.path)/clients"), at: server.clients?.key ?? server.name.span,
      "\(stale.sessions.count) of \(Words.count(clients.count, "session")) \(who.count == 1 ? "is" : "are") too old",
      severity: dropsAlone ? .info : nil)
    result.labels += routes.prefix(routesShown)
    result.labels += stale.sessions.compactMap { session in
      clients[session.position].createdAt.map {
        Label($0.span, connected(clients[session.position], session, stale, analysis, model))
      }
    }
    result.labels += routes.dropFirst(routesShown)
    return
      result
      .note(outOfReach(stale, model))
      .note(dropsAlone ? "the routes drop: these clients still send the packets by their own network" : nil)
      .note("in split tunnel routes are pushed when a client connects; who lacks one is inferred from the times")
      .help("have \(Words.list(names)) reconnect")
      .help("or disconnect them from the server; they may connect again with their credentials")
      .evidence(stale.witness.flatMap { $0.evidence(by: clients[$0.session.position], of: server) })
  }

  private static let routesShown = 3

  private static func subject(_ stale: StaleSessions, _ analysis: ServerAnalysis) -> String {
    let count = stale.routes.count
    let isAll = stale.sessions.allSatisfy { stale.routes(missedBy: $0).count == count }
    let routes =
      count == 1 ? analysis.table.routes[stale.routes[0].route].inWords : isAll ? "\(count) routes" : "some routes"
    return "\(routes) of \(analysis.server.inWords) \(count == 1 ? "was" : "were") created"
  }

  private static func created(_ route: ServerRoute) -> Label? {
    route.createdAt.map { Label($0.span, "\(route.inFull), created \($0.value)") }
  }

  private static func connected(
    _ client: ClientSession, _ session: StaleSessions.Session, _ stale: StaleSessions, _ analysis: ServerAnalysis,
    _ model: Model
  ) -> String {
    let missed = model.inWords(stale.subnets(missedBy: session), stale.networks(missedBy: session))
    let lacked = stale.routes(missedBy: session)
    let routes = lacked.prefix(6).map { analysis.table.routes[$0.route].inWords }
    let effect = missed.map { "does not reach \($0)" } ?? "lacks \(Words.list(routes, of: lacked.count))"
    return "\(client.inWords) connected \(session.connectedAt): \(effect)"
  }

  /// "clients from before … do not reach subnet `db`", for each of the times.
  private static func outOfReach(_ stale: StaleSessions, _ model: Model) -> String? {
    let times = Set((stale.subnets + stale.networks).map(\.since)).sorted()
    let parts = times.prefix(3).compactMap { time in
      model.inWords(stale.subnets.filter { $0.since == time }, stale.networks.filter { $0.since == time }).map {
        "clients from before \(time) do not reach \($0)"
      }
    }
    return parts.isEmpty ? nil : "until they reconnect, \(Words.list(parts, of: times.count))"
  }
}
