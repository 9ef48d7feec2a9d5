import ClientVPN
import Forwarding
import IPv4Space
import SourceText

extension Trace {
  /// The trace with words, as evidence of a finding.
  var evidence: Evidence {
    Evidence(
      packet: Evidence.Packet(
        source: packet.source.description, destination: packet.destination.description,
        transport: packet.transport.rawValue, port: packet.port),
      steps: steps.map { step in
        Evidence.Step(
          stage: step.stage.rawValue, result: step.result, because: step.reason.inWords(to: packet.destination),
          span: step.span)
      })
  }
}

extension ServerAnalysis {
  /// The journey of one packet, in words.
  func evidence(
    to address: IPv4Address?, in model: Model, transport: TransportProtocol? = nil, port: UInt16? = nil
  ) -> Evidence? {
    address.flatMap {
      trace(to: $0, in: model, transport: transport ?? (port == nil ? .icmp : .tcp), port: port)?.evidence
    }
  }
}

extension StageReason {
  func inWords(to destination: IPv4Address) -> String {
    switch self {
    case .fullTunnelTakesEverything: "full tunnel: 0.0.0.0/1 and 128.0.0.0/1 lead into the tunnel"
    case .pushedRoute(let prefix): "the pushed route \(prefix) leads into the tunnel"
    case .pushedPool(let prefix): "the pushed client pool \(prefix) leads into the tunnel"
    case .noPushedRoute: "no pushed route matches \(destination), so the packet never enters the tunnel"
    case .hostRouteToServer: "a host route keeps packets to the server outside the tunnel"
    case .carrierOutside: "the tunnel's own packets leave outside the tunnel"
    case .carrierLoops(let prefix):
      "\(prefix.map { "the pushed route \($0) contains" } ?? "the pushed routes together contain") the server's public address, so the tunnel's own packets go into the tunnel and are dropped"
    case .carrierUnknown(let prefix):
      "the server's public addresses are not modelled; if \(prefix) contains one, the tunnel is dead"
    case .routeDelivers(let prefix): "route \(prefix) delivers, the source stays the client's"
    case .routeTranslates(let prefix): "route \(prefix) translates, the source becomes the server's"
    case .routeDrops(let prefix): "route \(prefix) drops the packet"
    case .noServerRoute: "no VPN server route matches \(destination), so the server drops the packet"
    case .routesIncomplete: "a route of the server could not be read, so what it forwards is not known"
    case .vpnGatewayAnswers: "the VPN gateway itself answers"
    case .inVPC: "the address lies in the VPC"
    case .byNetwork(let name, let way): "on to \(name), by \(way.inWords)"
    case .nothingThere: "nothing known is at \(destination)"
    case .translatedReturns: "the answer goes to the server's own address in the VPC"
    case .poolIsRouted: "the answer goes to the client pool"
    case .clientAddressInSubnet(let subnet):
      "the client's address also lies in subnet `\(subnet)`, so the answer stays in the VPC"
    case .networkDoesNotKnowPool(let way):
      "\(way.map { "by \($0.inWords)" } ?? "there"), nothing leads an answer back to the client pool"
    case .networkUnknown(let way):
      "whether the far side of the \(way.inWords) knows the client pool depends on routing tables, which are not modelled"
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
    case .internet: "internet"
    }
  }
}
