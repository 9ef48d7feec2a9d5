import ClientVPN
public import Forwarding
import IPv4Space
public import SourceText

extension Trace {
  /// The trace with words, as evidence of a finding.
  public var evidence: Evidence {
    Evidence(
      packet: Evidence.Packet(
        source: packet.source?.description ?? "a client", destination: packet.destination.description,
        transport: packet.transport.rawValue, port: packet.port),
      steps: steps.map { step in
        Evidence.Step(
          stage: step.stage.rawValue, result: step.result,
          because: step.reason.inWords(to: packet.destination) + (step.members.map { "; \($0.inWords)" } ?? ""),
          span: step.span)
      })
  }
}

extension Trace {
  /// How it ends, in words.
  public var outcomeInWords: String {
    guard outcome == .requestBlocked, let last = steps.last, last.result == .stop else { return outcome.inWords }
    if case .vpcRouteDrops = last.reason { return "a route of the VPC drops the packets" }
    return "a filter blocks the packets"
  }
}

extension ServerAnalysis {
  /// The journey of one packet, in words.
  func evidence(
    to address: IPv4Address?, in model: Model, transport: TransportProtocol? = nil, port: UInt16? = nil,
    from site: SiteAnalysis? = nil, workload: Int? = nil
  ) -> Evidence? {
    let transport = transport ?? (port == nil ? .icmp : .tcp)
    return address.flatMap {
      trace(to: $0, in: model, transport: transport, port: port, from: site, workload: workload).evidence
    }
  }
}

extension Trace.Members {
  /// Whose packet a step is about, and what others do.
  fileprivate var inWords: String {
    let whose = "this is the packet of the member in subnet `\(subnet)`"
    return others.isEmpty ? whose : "\(whose); by \(Words.list(others.map { "`\($0)`" })) it gets through"
  }
}

extension StaleSessions.Witness {
  /// The journey of the packet, in words. It ends at once: the client has no row for it.
  func evidence(by client: ClientSession, of server: VPNServer) -> Evidence? {
    (client.clientIP?.value ?? server.clientAddress).map { source in
      let because =
        "the routes for \(address) are newer than the session of \(client.inWords), so the packet stays outside the tunnel"
      return Evidence(
        packet: Evidence.Packet(
          source: source.description, destination: address.description, transport: TransportProtocol.icmp.rawValue,
          port: nil),
        steps: [
          Evidence.Step(
            stage: Stage.clientTable.rawValue, result: .stop, because: because, span: client.createdAt?.span)
        ])
    }
  }
}

extension StageReason {
  func inWords(to destination: IPv4Address) -> String {
    switch self {
    case .fullTunnelTakesEverything: "full tunnel: 0.0.0.0/1 and 128.0.0.0/1 lead into the tunnel"
    case .modeUnknown: "it is not known whether the tunnel is split or full, and so whether the packet enters it"
    case .pushedRoute(let prefix): "the pushed route \(prefix) leads into the tunnel"
    case .pushedPool(let prefix): "the pushed client pool \(prefix) leads into the tunnel"
    case .poolUnknown: "the client pool is not known, and so not whether \(destination) is in it"
    case .noPushedRoute: "no pushed route matches \(destination), so the packet never enters the tunnel"
    case .hostRouteToServer: "a host route keeps packets to the server outside the tunnel"
    case .ownAddress: "\(destination) is the client's own address"
    case .loopback: "\(destination) is the client itself, on every system and whatever the server pushes"
    case .rowIntoTunnel(let prefix, let origin): "\(origin.inWords) \(prefix) leads into the tunnel"
    case .onLink(let prefix, let interface, let precedence):
      "the client's own network \(prefix) on \(interface) \(precedence.inWords), so the packet stays there"
    case .siteRoute(let prefix, let gateway, let precedence):
      "the client's own route \(prefix)\(gateway.map { " by \($0)" } ?? "") \(precedence.inWords), so the packet never enters the tunnel"
    case .defaultRoute(let gateway, .longest):
      "nothing but the client's default route\(gateway.map { " by \($0)" } ?? "") matches \(destination), so the packet never enters the tunnel"
    case .defaultRoute(let gateway, let precedence):
      "the client's default route\(gateway.map { " by \($0)" } ?? "") \(precedence.inWords), so the packet never enters the tunnel"
    case .rowLeavesByLAN(let prefix, let gateway, let interface):
      "row \(prefix) matches, but its next hop\(gateway.map { " \($0)" } ?? "") lies in the client's own network, so the packet leaves by \(interface), unencrypted"
    case .noRow: "no row of the client's table matches \(destination)"
    case .carrierByRow(let prefix, let address):
      "\(prefix.map { "row \($0)" } ?? "the host route to the server") leads the tunnel's own packets\(address.map { " to \($0)" } ?? "") into the tunnel, where they are dropped"
    case .carrierToNobody(let prefix, let gateway):
      "\(prefix.map { "row \($0)" } ?? "the host route to the server") leads the tunnel's own packets to \(gateway.map { "\($0), where there is no router" } ?? "a next hop that does not exist")"
    case .carrierWithoutRow(let address):
      "no row leads to the server\(address.map { " at \($0)" } ?? "")"
    case .carrierOutside: "the tunnel's own packets leave outside the tunnel"
    case .carrierFiltered:
      "filters stop the tunnel's own packets, so no client connects today; from here on as if they did not"
    case .carrierLoops(let prefix):
      "\(prefix.map { "the pushed route \($0) contains" } ?? "the pushed routes together contain") the server's public address, so the tunnel's own packets go into the tunnel and are dropped"
    case .carrierUnknown(let prefix):
      "the server's public addresses are not modelled; if \(prefix) contains one, the tunnel is dead"
    case .routeDelivers(let prefix): "route \(prefix) delivers, the source stays the client's"
    case .routeTranslates(let prefix): "route \(prefix) translates, the source becomes the server's"
    case .routeDrops(let prefix): "route \(prefix) drops the packet"
    case .noServerRoute: "no VPN server route matches \(destination), so the server drops the packet"
    case .actionUnknown(let prefix): "the action of route \(prefix) is not known: it may deliver, translate or drop"
    case .routesIncomplete:
      "the routes of the server are not all known, and so not whether one of them matches \(destination)"
    case .narrowerRouteUnknown(let prefix):
      "route \(prefix) matches, and a narrower route that is not known may do something else with the packet"
    case .vpnGatewayAnswers: "the VPN gateway itself answers"
    case .inVPC: "the address lies in the VPC"
    case .byNetwork(nil, .internet): "on to the internet"
    case .byNetwork(nil, let way): "on to \(way.inWords)"
    case .byNetwork(let name?, let way): "on to \(name), \(way.asPlace)"
    case .nothingThere: "nothing known is at \(destination)"
    case .translatedReturns: "the answer goes to the server's own address in the VPC"
    case .poolIsRouted: "the answer goes to the client pool"
    case .clientAddressInSubnet(let subnet):
      "the client's address also lies in subnet `\(subnet)`, so the answer stays in the VPC"
    case .networkDoesNotKnowPool(let way):
      "\(way?.asPlace ?? "there"), nothing leads an answer back to the client pool"
    case .filterAllows(let filter, let client, let isReply): "\(filter) allows it\(Self.end(client, isReply))"
    case .filterBlocks(let filter, let client, let isReply, let isByRule):
      isByRule
        ? "a rule of \(filter) denies it\(Self.end(client, isReply))"
        : "no rule of \(filter) allows it\(Self.end(client, isReply))"
    case .filterUnknown: "the model does not tell which rules hold here"
    case .leavesVPC: "no route of the VPC holds it up"
    case .routingTableUnknown: "the model does not tell which routing table holds here"
    case .vpcRouteDrops(let table, let prefix):
      "route\(prefix.map { " \($0)" } ?? "") of routing table `\(table)` drops it"
    case .vpcRouteLetsOn(let table, let prefix, let isInVPC):
      isInVPC
        ? "route \(prefix) of routing table `\(table)` delegates, and the address lies in the VPC"
        : "route \(prefix) of routing table `\(table)` lets it go on"
    case .answerLetsOn(let table, let prefix):
      "route \(prefix) of routing table `\(table)` delegates, and the answer goes to the server's own address in the VPC"
    case .vpcRouteHops(let table, let hop):
      "routing table `\(table)` sends it to next hop\(hop.map { " \($0)" } ?? ""), and what that does is not modelled"
    case .answerLedAway(let table, let prefix, let hop):
      "route\(prefix.map { " \($0)" } ?? "") of routing table `\(table)` leads the answer to\(hop.map { " \($0)" } ?? " elsewhere"), which is not the VPN server"
    case .tableRejectsPool(let table):
      "routing table `\(table)` does not accept the server's routes, so nothing leads an answer back to the client pool"
    case .acceptanceUnknown(let table):
      "whether routing table `\(table)` accepts the server's routes is not modelled (`accept_routes_from`)"
    case .zoneUnknown(let table):
      "which routes of routing table `\(table)` hold depends on the zone of the subnet, which is not modelled"
    case .networkUnknown(let way):
      "whether the far side of the \(way.inWords) knows the client pool depends on routing tables, which are not modelled"
    }
  }
}

extension StageReason {
  /// The client's end of a packet, after what a filter does with it.
  fileprivate static func end(_ client: IPv4Address?, _ isReply: Bool) -> String {
    client.map { " \(isReply ? "to" : "from") \($0)" } ?? ""
  }
}

extension RowPrecedence {
  /// What a row does that goes before the VPN's.
  fileprivate var inWords: String {
    switch self {
    case .longest: "matches longest"
    case .lowerMetric(let own, let pushed): "has metric \(own) and goes before the VPN's row with metric \(pushed)"
    case .refusal: "was there first, and the system refused the VPN's row for the same destination"
    }
  }
}

extension ClientRow.Origin {
  /// A row of this origin, before its destination: "the pushed route".
  var inWords: String {
    switch self {
    case .existing: "the client's own route"
    case .tunnel: "the tunnel's own network"
    case .redirect: "the full tunnel's row"
    case .serverHost: "the host route to the server"
    case .pushed: "the pushed route"
    case .pool: "the pushed client pool"
    }
  }
}

extension Network.Way {
  /// The way in words.
  var inWords: String {
    switch self {
    case .vpnGateway: "VPN gateway"
    case .transitGateway: "transit gateway"
    case .directLink: "Direct Link"
    case .classic: "classic access"
    case .service: "the provider's service network"
    case .internet: "the internet"
    }
  }

  /// Where a packet is on this way.
  fileprivate var asPlace: String {
    switch self {
    case .internet: "on the internet"
    case .service: "in the provider's service network"
    case .vpnGateway, .transitGateway, .directLink, .classic: "by \(inWords)"
    }
  }
}
