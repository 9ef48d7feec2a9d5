import ClientVPN
import Forwarding
import IPv4Space
import SourceText

extension ClientSite {
  /// The site in words.
  var inWords: String { "site `\(name.value)`" }
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

extension LANShadow.Relation {
  /// The server's route, if one takes part.
  var route: Int? {
    switch self {
    case .fullTunnel: nil
    case .inside(let route), .equal(let route): route
    }
  }
}
