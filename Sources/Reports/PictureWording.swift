import Linting

extension NetworkPicture.State {
  /// The sign and the colour that go with the words.
  var sign: (SVGCanvas.Sign, SVGCanvas.Tone) {
    switch self {
    case .reached: (.check, .good)
    case .keptOut: (.check, .quiet)
    case .missed: (.cross, .bad)
    case .partly: (.alert, .warn)
    case .exposed: (.alert, .bad)
    case .unknown: (.question, .open)
    case .open: (.bar, .quiet)
    }
  }

  /// The state in a few words.
  var inWords: String {
    switch self {
    case .reached: "reached"
    case .keptOut: "kept out, as wanted"
    case .missed: "not reached"
    case .partly: "partly reached"
    case .exposed: "reached, though it must not be"
    case .unknown: "not known"
    case .open(let isReached): isReached ? "reached, not asked for" : "not reached, not asked for"
    }
  }
}

extension NetworkPicture.Item {
  /// The sign and the colour of the item. A subnet that holds a server alone is no alarm.
  var sign: (SVGCanvas.Sign, SVGCanvas.Tone) {
    state == .missed && holdsServerAlone ? (.alert, .warn) : state.sign
  }

  /// Its name, or how many it stands for.
  var title: String {
    let kind = via == nil ? "subnet" : "network"
    return isFolded ? "\(count) \(kind)s" : names.first ?? ""
  }

  /// The names it stands for, as far as they are told.
  var nameList: String { Self.list(names, of: count) }

  /// How it is, and why.
  var verdict: String {
    let server = holdsServer ? holdsServerAlone ? "; holds the VPN server alone" : "; holds the VPN server" : ""
    return "\(state.inWords)\(reason ?? "")\(server)"
  }

  private var reason: String? {
    switch state {
    case .reached: routeWords.map { " by \($0)" }
    case .exposed: routeWords.map { ": by \($0)" }
    case .keptOut, .open: nil
    case .missed, .partly, .unknown: outcome.flatMap { Self.reason($0, routeWords) }.map { ": \($0)" }
    }
  }

  private var routeWords: String? { routes.isEmpty ? nil : Self.list(Array(routes.prefix(2)), of: routeCount) }

  /// Why something is not reached, in a few words.
  private static func reason(_ outcome: String, _ route: String?) -> String? {
    switch outcome {
    case "local": "packets stay in the client's own network"
    case "direct": "no route, packets leave outside the tunnel"
    case "looped": "the tunnel is dead"
    case "no-server-route": "no route, the server drops packets"
    case "server-drop": "\(route ?? "a route") drops packets"
    case "request-blocked": "a filter blocks packets"
    case "reply-blocked": "a filter blocks the answers"
    case "no-return-path": "answers find no way back"
    case "nowhere": "nothing known is there"
    case "undetermined": "the model does not tell"
    default: nil
    }
  }

  /// How packets get there from the VPC.
  var way: String? {
    switch via {
    case "vpn_gateway": "by VPN gateway"
    case "transit_gateway": "by transit gateway"
    case "direct_link": "by Direct Link"
    case "classic": "classic infrastructure"
    case "service": "the provider's services"
    case "internet": "the internet"
    default: nil
    }
  }

  /// The CIDRs, as far as they are told.
  var cidrList: String { Self.list(Array(cidrs.prefix(1)), of: cidrCount) }

  /// "a, b and 3 more".
  static func list(_ names: [String], of count: Int) -> String {
    let shown = names.joined(separator: ", ")
    return count > names.count ? "\(shown) and \(count - names.count) more" : shown
  }
}

extension NetworkPicture.Zone {
  /// How many subnets there are, and how many of them are as wanted.
  var tally: String {
    let noun = subnets == 1 ? "subnet" : "subnets"
    return asWanted == subnets ? "\(subnets) \(noun)" : "\(asWanted) of \(subnets) as wanted"
  }
}

extension NetworkPicture.Site {
  var isAsWanted: Bool { !isDead && lostCount == 0 }

  /// What clients here get.
  var inWords: String {
    if isDead { return "the tunnel is dead here" }
    return lostCount == 0
      ? "takes nothing away" : "takes away \(NetworkPicture.Item.list(lost, of: lostCount))"
  }
}

extension NetworkPicture.Tunnel {
  var sign: (SVGCanvas.Sign, SVGCanvas.Tone) {
    switch self {
    case .up: (.check, .good)
    case .looped, .blocked: (.cross, .bad)
    case .unknown: (.question, .open)
    }
  }

  /// What is wrong with it; nil if nothing is.
  var inWords: String? {
    switch self {
    case .up: nil
    case .looped: "is dead: its own packets are led into it"
    case .blocked: "is dead: filters stop its own packets; what lies behind is shown as if it were up"
    case .unknown: "may be dead: the server's public addresses are not known"
    }
  }
}

extension NetworkPicture.Route {
  /// What it decides for.
  var inWords: String {
    targetCount == 0
      ? "for no subnet or network of the model"
      : "for \(NetworkPicture.Item.list(Array(targets.prefix(2)), of: targetCount))"
  }
}

extension NetworkPicture {
  /// What stands above the subnets of a zone.
  func title(of zone: Zone) -> String {
    if zone.count > 1 { return "\(zone.count) more zones" }
    return zone.name.map { "zone \($0)" } ?? (zones.count == 1 ? "subnets" : "zone not modelled")
  }

  /// What enters the tunnel.
  var tunnelRule: String {
    mode == "split" ? "Only the routes and the pool enter the tunnel." : "Everything enters the tunnel."
  }

  /// The picture in sentences, for those who do not see it.
  var description: String {
    var text = "Clients connect to VPN server \(server) by a \(mode) tunnel"
    text += tunnel.inWords.map { ", which \($0). " } ?? ". "
    let count = routes.count + moreRoutes
    let counted = "\(count) \(count == 1 ? "route" : "routes")"
    text +=
      routesAreKnown
      ? "It has \(counted). " : count == 0 ? "Its routes are not known. " : "\(counted) of it are known, not all. "
    text += "\(subnetsAsWanted) of \(subnetCount) subnets are as the model wants them"
    text += networkCount > 0 ? ", and \(networksAsWanted) of \(networkCount) networks beyond the VPC." : "."
    let troubled = (zones.flatMap(\.items) + networks).filter { !$0.state.isAsWanted }
    for item in troubled.prefix(12) {
      text += " \(item.isFolded ? item.title : item.nameList): \(item.verdict)."
    }
    if troubled.count > 12 { text += " \(troubled.count - 12) more boxes show what is not as wanted." }
    return text
  }

  /// What is not shown singly; nil if everything is.
  var foldedInWords: String? {
    var parts: [String] = []
    if folded > 0 { parts.append("\(folded) subnets and networks of equal state stand together in boxes") }
    if moreRoutes > 0 { parts.append("\(moreRoutes) more \(moreRoutes == 1 ? "route" : "routes")") }
    if moreSites > 0 { parts.append("\(moreSites) more client \(moreSites == 1 ? "site" : "sites")") }
    return parts.isEmpty ? nil : "Folded: \(parts.joined(separator: "; "))."
  }

  var notModelledInWords: String? {
    notModelled.isEmpty ? nil : "Not modelled: \(notModelled.joined(separator: ", "))."
  }
}
