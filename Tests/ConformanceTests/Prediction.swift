import ClientVPN
import Forwarding
import IPv4Space
import SourceText
import SourceTree

/// Where a record is not what vpnlint predicts, one sentence each.
func differences(_ record: Record) throws -> [String] { try Prediction(record.config).differences(from: record) }

/// What vpnlint says of a configuration of the lab.
struct Prediction {
  private let analysis: Analysis
  private let server: ServerAnalysis
  private let site: SiteAnalysis
  private let lanHosts: Set<String>
  private let configuration: LabConfiguration

  struct Impossible: Error {
    let model: String
  }

  init(_ configuration: LabConfiguration) throws {
    let text = configuration.modelText
    let tree = SourceTree.read(SourceFile(name: "model.yaml", bytes: Array(text.utf8)))
    guard let document = tree.documents.first else { throw Impossible(model: text) }
    analysis = Analysis(Decoder.model(of: document, in: tree))
    guard let server = analysis.servers.first, let site = server.sites.first else { throw Impossible(model: text) }
    self.configuration = configuration
    self.server = server
    self.site = site
    let lan = configuration.clientLAN
    lanHosts = Set(lan.hosts + [lan.gateway, lan.address] + lan.routes.map(\.gateway))
  }

  func differences(from record: Record) -> [String] {
    // No model says that a server pushes more than the service does.
    guard record.config.serverPush.isEmpty else { return [] }
    let rows = site.table.rows.map(Self.words)
    let recorded = record.table.map(Self.words)
    var found = rows == recorded ? [] : ["table\n    predicted \(rows)\n    recorded  \(recorded)"]
    // A VPN gateway with the client's own address is pinged at the client itself, which does not answer in the tunnel.
    let isSelf = server.server.gatewayAddress.map { site.ownAddresses.contains($0) } ?? false
    if !isSelf, site.carrier.isDead == record.tunnelAlive {
      found.append("the tunnel is \(record.tunnelAlive ? "alive" : "dead")")
    }
    return found + record.probes.flatMap(differences)
  }

  private static func words(_ row: ClientRow) -> String {
    words("\(row.destination?.description ?? "?")", row.nextHop?.description, row.interface, row.metric)
  }

  private static func words(_ row: Record.Row) -> String { words(row.dst, row.gateway, row.dev, row.metric ?? 0) }

  private static func words(_ destination: String, _ gateway: String?, _ device: String, _ metric: Int) -> String {
    "\(destination) by \(gateway ?? "link") \(device) \(metric)"
  }

  private func differences(_ probe: Record.Probe) -> [String] {
    guard let address = try? IPv4Notation.address(probe.dst) else {
      return ["\(probe.dst): no address"]
    }
    var found: [String] = []
    let row = site.row(to: address)
    let predicted = row.map { row in
      // The kernel does not name a next hop that is the client itself.
      let nextHop = row.nextHop.flatMap { site.ownAddresses.contains($0) ? nil : $0.description }
      return "\(row.destination?.description ?? "?") \(row.interface) \(nextHop ?? "-")"
    }
    let decided = probe.route.match.map { "\($0) \(probe.route.dev ?? "?") \(probe.route.gateway ?? "-")" }
    if predicted != decided {
      found.append("\(probe.dst): predicted row \(predicted ?? "none"), recorded \(decided ?? "none")")
    }
    var answerer = site.answerer(to: address, of: server, in: analysis)
    // The product takes every address of a LAN for a host; the lab has these alone.
    // Behind a router of the LAN even an address of the LAN's range has a host, if the router's route is narrower.
    let isBehindRouter = configuration.clientLAN.routes.contains { route in
      guard let network = try? IPv4Notation.prefix(route.destination) else { return false }
      return network.contains(address) && network.length > site.place.lan?.length ?? 32
    }
    let isHost = isBehindRouter || lanHosts.contains(probe.dst)
    if answerer == .lan, site.place.lan?.contains(address) ?? false, !isHost { answerer = .none }
    let recorded = probe.ping.by?.answerer ?? .none
    if answerer != recorded { found.append("\(probe.dst): predicted answer by \(answerer), recorded \(recorded)") }
    return found
  }
}

extension Record.Responder {
  fileprivate var answerer: Answerer {
    switch self {
    case .client, .lan: .lan
    case .internet: .internet
    case .server: .vpnServer
    case .vpc: .vpc
    }
  }
}

extension LabConfiguration {
  /// The configuration as a model.
  var modelText: String {
    func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }
    let subnets = vpcSubnets.enumerated().map { "{name: s\($0), ipv4_cidr_block: \($1)}" }
    let routes = routes.map { "{destination: \($0.destination), action: \($0.action.rawValue)}" }
    let own = clientLAN.routes.map { "{destination: \($0.destination), gateway: \($0.gateway), metric: \($0.metric)}" }
    let directives = clientDirectives.map { "'\($0.replacing("'", with: "''"))'" }
    return """
      vpc: {subnets: \(list(subnets))}
      vpn_servers:
        - name: vpn
          client_ip_pool: \(pool)
          tunnel_network: \(memberPool)
          enable_split_tunneling: \(mode == .split)
          public_ips: [\(serverPublicIP)]
          routes: \(list(routes))
      client_sites:
        - name: client
          os: linux
          lan: \(clientLAN.cidr)
          address: \(clientLAN.address)
          gateway: \(clientLAN.gateway)
          interface: lan0
          metric: \(clientLAN.metric)
          routes: \(list(own))
          openvpn_directives: \(list(directives))

      """
  }
}
