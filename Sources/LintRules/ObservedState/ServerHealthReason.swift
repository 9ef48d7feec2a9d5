import ClientVPN
import Forwarding
import SourceText

/// What the service says is wrong with a server or its routes.
enum ServerHealthReason: ModelRule {
  static let info = RuleInfo(
    code: "VPN804", name: "server-health-reason", severity: .error,
    summary: "the service gives a reason why the server or a route is not healthy",
    why: """
      The service names what keeps the server from working: a certificate it cannot read, a routing table it cannot \
      write, a subnet without a free address. Until it is mended, clients may not connect or get no answers, and \
      changes of the routes may hang.
      """,
    repair: """
      `cannot_access_client_certificate` and `cannot_access_server_certificate`: check that the certificate and its \
      Secrets Manager instance exist and that the server is authorised to read it. `cannot_create_vpc_route`: delete \
      the VPC route inside the client pool that the server did not create, or make room in the quota. \
      `cannot_reserve_ip_address`: free addresses in the server's subnet. `internal_error`: contact support.
      """,
    source: "IBM VPC documentation, Diagnosing VPN server health",
    examples: [
      .bad(
        "no address for the server",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            subnets: [app]
            enable_split_tunneling: true
            health_state: degraded
            health_reasons: [{code: ⟦cannot_reserve_ip_address⟧, message: IP address exhaustion}]
            routes: [{destination: 10.0.0.0/24}]
        """),
      .bad(
        "a route",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/24, health_state: faulted, health_reasons: [⟦internal_error⟧]}]
        """),
      .good(
        "healthy",
        """
        vpc: {subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]}
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            health_state: ok
            health_reasons: []
            routes: [{destination: 10.0.0.0/24, health_state: ok, health_reasons: []}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    for server in analysis.model.servers {
      for places in byCode(server.healthReasons.map { (server.inWords, $0) }) {
        report(unhealthy(server.inWords, places, Cause(server.path, aspect(places)), server, analysis.model))
      }
      let routes = server.routes?.elements ?? []
      let reported = routes.indices.filter { !routes[$0].healthReasons.isEmpty }.flatMap { index in
        routes[index].healthReasons.map { (routes[index].inWords, $0) }
      }
      for places in byCode(reported) {
        let what = places.count == 1 ? places[0].what : Words.count(places.count, "route")
        let subject = "\(what) of \(server.inWords)"
        report(unhealthy(subject, places, Cause(server.routesPath, aspect(places)), server, analysis.model))
      }
    }
  }

  private typealias Place = (what: String, code: Field<String>)

  /// The places of each code, in the order of the file: one code has one cause and one repair.
  private static func byCode(_ places: [Place]) -> [[Place]] {
    var order: [String] = []
    var groups: [String: [Place]] = [:]
    for place in places where !place.code.value.isEmpty {
      if groups[place.code.value] == nil { order.append(place.code.value) }
      if groups[place.code.value]?.last?.what != place.what { groups[place.code.value, default: []].append(place) }
    }
    return order.compactMap { groups[$0] }
  }

  private static func aspect(_ places: [Place]) -> String { "health_reasons/\(places[0].code.value)" }

  private static func unhealthy(
    _ subject: String, _ places: [Place], _ cause: Cause, _ server: VPNServer, _ model: Model
  ) -> Finding {
    let code = places[0].code
    let reason = HealthReason(rawValue: code.value)
    var result = finding(
      "\(subject) \(places.count == 1 ? "reports" : "report") health reason `\(code.value)`", cause, at: code.span,
      reason?.inWords ?? "the service's word, which vpnlint does not know")
    result.labels += places.dropFirst().map { Label($0.code.span, "\($0.what), for the same reason") }
    return
      result
      .label(reason?.place(in: server), "what it is about")
      .note(reason?.usualCause)
      .note(cause.resource == server.path ? changesHang : nil)
      .help(reason?.repair(model) ?? "read the message beside the code in the answer of the API")
  }

  private static let changesHang =
    "until the server is `stable` and `ok`, a route created or deleted can hang in `pending` or `deleting`"
}
