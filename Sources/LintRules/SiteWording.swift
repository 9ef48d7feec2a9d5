public import ClientVPN
public import Forwarding
import IPv4Space
import SourceText

extension ClientSite {
  /// The site in words.
  var inWords: String { "site \(name.value.quoted)" }
  /// Path of the site in the model.
  var path: String { "client_sites/\(name.value)" }
}

extension SiteAnalysis {
  /// The site in the model.
  func model(in analysis: Analysis) -> ClientSite? { site.flatMap { analysis.model.sites?.elements[$0] } }

  /// Path of what a server's clients at the site have.
  func path(_ place: ClientSite, _ server: ServerAnalysis) -> String { "\(place.path)/\(server.server.name.value)" }
}

extension ClientRow {
  /// What the row is and whose: "LAN 192.168.1.0/24 of site `home`", "own route 10.0.0.0/8 of site `office`".
  func owner(at site: ClientSite) -> String {
    let isLAN = gateway == .onLink && destination == site.lan?.value.canonical
    return "\(isLAN ? "LAN" : "own route")\(destination.map { " \($0)" } ?? "") of \(site.inWords)"
  }
}

extension LANShadow {
  /// What becomes of two rows of one destination: at the site's own system first, then where it is otherwise.
  func equalRowInWords(at site: ClientSite) -> String {
    let own = row.gateway == .onLink && row.destination == site.lan?.value.canonical ? "LAN" : "own route"
    let loss = own == "LAN" ? "every host of the LAN is lost" : "the client's own route is out of use"
    let takesOver = "Linux puts the pushed row in front, and \(loss) while connected"
    let refuses = "refuse the pushed row, and packets to these addresses stay outside the tunnel"
    switch equalRow {
    case .ownByMetric(let metric, let pushed)?:
      return
        "the pushed row has metric \(pushed) and the \(own) \(metric): the lower one wins, and these packets stay outside the tunnel"
    case .pushed? where site.system != nil: return "\(takesOver); macOS and Windows \(refuses)"
    case .ownByRefusal? where site.system != nil: return "macOS and Windows \(refuses); \(takesOver)"
    default: return "it depends on the system: macOS and Windows \(refuses); \(takesOver)"
    }
  }
}

extension PoolConflict {
  /// What comes of it, in words.
  public func inWords(_ mode: VPNServer.TunnelMode) -> String {
    let gateway = "the VPN gateway of tunnel network \(tunnelNetwork) is \(vpnGateway), in the LAN"
    switch effect {
    case .leaksToRouter:
      let what = mode == .full ? "everything the client sends" : "what belongs into the tunnel"
      return
        "\(gateway), where a router has that address: \(what) leaves unencrypted, and the client says it is connected"
    case .leavesToNobody:
      let lost = mode == .full ? "neither the VPC nor the internet" : "nothing of the VPC"
      return "\(gateway), and nobody is there: \(lost) is reached"
    case .tunnelDies:
      return
        "the LAN's router lies in tunnel network \(tunnelNetwork): the tunnel's own packets go into the tunnel, and nothing is reached"
    case .lanIsLost: return "the tunnel works, and every address of the LAN is lost while connected"
    case .partIsHidden: return "the tunnel works, and some addresses of the LAN or of the pool cannot be reached"
    }
  }
}

extension LANShadow.Relation {
  /// The server's route, if one takes part.
  var route: Int? {
    switch self {
    case .fullTunnel: nil
    case .inside(let route), .equal(let route): route
    }
  }
}
