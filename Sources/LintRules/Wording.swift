import ClientVPN
public import Forwarding
import IPv4Space
import SourceText

// How things are called in findings, so that every rule calls them alike.

extension VPNServer {
  /// Path of the server in the model.
  var path: String { "vpn_servers/\(name.value)" }
  /// Path of its routes.
  var routesPath: String { "\(path)/routes" }
  /// Path of its client pool.
  var poolPath: String { "\(path)/client_ip_pool" }
  /// The server in words.
  var inWords: String { name.value.isEmpty ? "the VPN server without a name" : "VPN server \(name.value.quoted)" }

  /// What a change between split and full tunnel does to clients.
  static let modeChangeHelp = "the change of the mode disconnects all clients"

  /// What clients do about a change of the routes, in the mode of this server.
  var routeChangeHelp: String {
    switch mode {
    case .split, .unknown:
      "routes are pushed when a client connects: connected clients must reconnect to get the change"
    case .full:
      "in full tunnel no route is pushed and no client has to reconnect, but the server forwards only what a route names"
    }
  }
}

extension Subnet {
  /// Path of the subnet in the model.
  var path: String { "vpc/subnets/\(name.value)" }
  /// The subnet in words.
  var inWords: String { "subnet \(name.value.quoted)" }
}

extension ServerRoute {
  /// The route in words: its name if it has one, else its destination.
  var inWords: String { name.map { "route \($0.value.quoted)" } ?? "route \(destination.value)" }
  /// The route in words, with its destination.
  var inFull: String { name == nil ? inWords : "\(inWords) to \(network)" }
  /// The place that says what the route does: its action, else its destination.
  var actionPlace: Span { writtenAction?.span ?? destination.span }
}

extension ClientSession {
  /// What tells the client apart for people: the name in its certificate, its user, or the session.
  private var name: String? {
    let names = [commonName?.value, username?.value, id?.value, clientIP?.value.description]
    return names.compactMap(\.self).first { !$0.isEmpty }
  }

  /// The client by its name.
  var named: String { name.map { "`\($0)`" } ?? "a client without a name" }
  /// The client in words.
  var inWords: String { name.map { "client \($0.quoted)" } ?? "a client without a name" }
}

extension ServerAnalysis {
  /// What clients are meant to reach and do not: "no client reaches `app`, `db` and network `onprem`"; nil if nothing.
  /// What clients at a site of the model do reach is told apart. `client` is who is meant where no site is known.
  func inWords(_ missed: Missed, in model: Model, client: String = "no client") -> String? {
    var reached: [[Int]: (subnets: [String], networks: [String])] = [:]
    for verdict in missed.subnets {
      let places = sites.indices.filter { sites[$0].subnets[verdict.subnet].verdict == .reachable }
      reached[places, default: ([], [])].subnets.append("`\(model.vpc.subnets.elements[verdict.subnet].name.value)`")
    }
    for verdict in missed.networks {
      let places = sites.indices.filter { sites[$0].networks[verdict.network].verdict == .reachable }
      if let network = model.networks?.elements[verdict.network] {
        reached[places, default: ([], [])].networks.append(network.inWords)
      }
    }
    let sentences = reached.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { places, targets in
      let kind = targets.subnets.isEmpty ? "" : targets.subnets.count == 1 ? "subnet " : "subnets "
      let what = "\(kind)\(Words.list(targets.subnets + targets.networks))"
      if places.isEmpty { return "\(client) reaches \(what)" }
      let names = places.compactMap { sites[$0].site.flatMap { model.sites?.elements[$0].name.value } }
      return
        "only clients at \(names.count == 1 ? "site" : "sites") \(Words.list(names.map { "`\($0)`" })) reach \(what)"
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: "; ")
  }
}

extension ServerAnalysis {
  /// What the model keeps outside the tunnel: "the model keeps `8.8.8.8` outside the tunnel"; nil if nothing. Advice that
  /// would bring it in is none.
  func keptOutsideInWords(in model: Model) -> String? {
    keptOutside(in: model).map { "the model keeps `\($0.to.value)` outside the tunnel" }
  }
}

extension Model {
  /// What older sessions miss: "subnet `db` and part of network `onprem`"; nil if nothing.
  func inWords(
    _ subnets: some Collection<StaleSessions.LatePlace>, _ networks: some Collection<StaleSessions.LatePlace>
  ) -> String? {
    func named(_ place: StaleSessions.LatePlace, _ name: String) -> String {
      place.isPartial ? "part of \(name)" : name
    }
    let names =
      subnets.prefix(6).map { named($0, vpc.subnets.elements[$0.place].inWords) }
      + networks.prefix(max(0, 6 - subnets.count)).compactMap { place in
        self.networks.map { named(place, $0.elements[place.place].inWords) }
      }
    return names.isEmpty ? nil : Words.list(names, of: subnets.count + networks.count)
  }
}

extension Analysis {
  /// Why a subnet without workloads is not judged as others are.
  func holdingInWords(subnet: Int) -> String {
    attachments.occupants.holdsServer(subnet: subnet)
      ? "the subnet holds the VPN server and no workload is modelled in it"
      : "the subnets of a VPN server are not all known: it may stand in this one, in which no workload is modelled"
  }
}

extension AddressPrefix {
  /// The prefix in words.
  var inWords: String {
    name.map { "address prefix \($0.value.quoted) (\(cidr.value))" } ?? "address prefix \(cidr.value)"
  }
  /// The prefix by its name, else by its range.
  var named: String { name.map { "address prefix `\($0.value)`" } ?? "address prefix \(cidr.value)" }
  /// Path of the prefix in the model.
  var path: String { "vpc/address_prefixes/\(name?.value ?? cidr.value.description)" }
}

extension Network {
  /// The network in words.
  var inWords: String { "network \(name.value.quoted)" }
}

extension Expectation {
  /// The flow that is expected, in words: "tcp/443"; nil for any.
  var flowInWords: String? {
    let port = port.map { "/\($0.value)" } ?? ""
    return transport.map { "\($0.value.rawValue)\(port)" } ?? (port.isEmpty ? nil : "tcp\(port)")
  }
}

extension ModelProblem {
  /// Path of the resource in the model.
  var resource: String { path.isEmpty ? "model" : path }
  /// The resource in words, at the beginning of a sentence or after "of": "a subnet" if it has no name.
  var objectInWords: String {
    guard !object.hasSuffix("`"), !object.hasPrefix("the ") else { return object }
    return (object.hasPrefix("a") || object.hasPrefix("e") ? "an " : "a ") + object
  }
  /// What follows the name of a key: " of subnet `app`", or nothing for the model itself.
  var ofObject: String { path.isEmpty ? "" : " of \(objectInWords)" }
}

/// Numbers and lists in words.
enum Words {
  /// "1 address", "251 addresses".
  static func count(_ number: some BinaryInteger, _ singular: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// "`a`, `b` and 3 more": at most `limit` items, and how many are left out.
  static func list(_ items: [String], limit: Int = 6) -> String {
    guard items.count > limit else { return joined(items) }
    return items.prefix(limit).joined(separator: ", ") + " and \(items.count - limit) more"
  }

  /// "`a`, `b` and 3 more": the first items of so many.
  static func list(_ first: [String], of total: Int) -> String {
    total > first.count ? first.joined(separator: ", ") + " and \(total - first.count) more" : joined(first)
  }

  private static func joined(_ items: [String]) -> String {
    items.count < 2 ? items.first ?? "" : items.dropLast().joined(separator: ", ") + " and " + items[items.count - 1]
  }

  /// Ranges as first–last with the count of their addresses: "10.1.0.128–10.1.0.254 (127 addresses)".
  /// If there are more than the given ones (`isTruncated`), the count is a lower bound.
  static func ranges(_ ranges: [IPv4Range], limit: Int = 3, isTruncated: Bool = false) -> String {
    let total = ranges.reduce(0) { $0 + $1.count }
    let bound = isTruncated ? "more than " : ""
    return "\(list(ranges.map(\.description), limit: limit)) (\(bound)\(count(total, "address", "addresses")))"
  }
}

extension Outcome {
  /// What becomes of a packet, in words.
  public var inWords: String {
    switch self {
    case .reachable: "packets arrive through the tunnel, and the answers come back"
    case .local: "packets stay in the client's own network"
    case .direct: "packets leave outside the tunnel"
    case .looped: "the tunnel's own packets go into the tunnel, so nothing arrives"
    case .noServerRoute: "the server drops the packets, because no route of it matches"
    case .serverDrop: "a drop route of the server takes the packets"
    case .requestBlocked: "a filter or a route of the VPC stops the packets"
    case .replyBlocked: "packets arrive, and a filter blocks the answers"
    case .noReturnPath: "packets arrive, and the answers have no way back to the client"
    case .nowhere: "the server forwards the packets, and nothing known is there"
    case .undetermined: "the model does not tell what becomes of the packets"
    }
  }
}
