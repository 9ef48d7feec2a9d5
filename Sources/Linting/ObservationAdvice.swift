import ClientVPN
import Forwarding
import IPv4Space
import LintRules

/// What somebody should do about a client's table.
struct ObservationAdvice {
  typealias Item = ObservationReport.Item

  let server: VPNServer
  /// Whether the server is the one that is meant.
  let isChosen: Bool
  let seen: Observation
  let missing, refused, leftOver, unjudged, lost, shadowed, displaced: [Item]
  let loopingRow: Item?

  /// A sentence for each thing to do, the weightiest first.
  var sentences: [String] {
    guard let mode = seen.tunnel?.mode else { return [notConnected] }
    let urgent = poolConflict + loops
    if mode != server.mode, server.mode != .unknown { return urgent + [otherMode(mode)] }
    return urgent + reconnect + unknownRoutes + profile + refusals + displacements + ownRows
  }

  private var notConnected: String {
    guard isChosen else { return "connect first: the table has no tunnel network of any VPN server of the model" }
    let networks = server.possibleTunnelNetworks.map(\.description)
    let what = networks.isEmpty ? "tunnel network" : "tunnel network \(networks.joined(separator: " or "))"
    return "connect first: the table has no row for \(what) of `\(server.name.value)`"
  }

  private func otherMode(_ mode: VPNServer.TunnelMode) -> String {
    "reconnect: the client is in \(mode.rawValue) tunnel and the model says \(server.mode.rawValue) tunnel, so it connected before the change"
  }

  // MARK: The tunnel

  private var poolConflict: [String] {
    guard let conflict = seen.poolConflict, let mode = seen.tunnel?.mode else { return [] }
    return [
      "choose a client pool that no client's LAN overlaps, or renumber LAN \(conflict.lan): \(conflict.inWords(mode)); connecting again does not help"
    ]
  }

  private var loops: [String] {
    switch seen.isLooped {
    case true?: seen.poolConflict?.effect == .tunnelDies ? [] : ["disconnect: \(loop), so nothing is answered; \(cure)"]
    case nil: [doubt].compactMap(\.self)
    case false?: []
    }
  }

  private var loop: String {
    let target = seen.loop?.address.map { " to \($0)" } ?? ""
    let row = loopingRow.map { "row \($0.row)" } ?? "a row"
    switch seen.loop?.cause {
    case .noRow: return "no row leads to the server\(target.isEmpty ? "" : target.replacing(" to", with: " at"))"
    case .nobody: return "\(row) leads the tunnel's own packets\(target) to an address of the LAN that no router has"
    default: return "\(row) leads the tunnel's own packets\(target) into the tunnel"
    }
  }

  private var cure: String {
    switch seen.loop?.cause {
    case .route:
      "narrow that route so that it leaves out the server's address, or use full tunnel to take everything in"
    case .pool: "choose a client pool of private addresses"
    case .withoutHostRoute: "a host route to the server is missing, which full tunnel adds: look at the client profile"
    case .nobody: "the route or the client pool has to change"
    case .gatewayInTunnel: "choose a client pool that the LAN's router does not lie in"
    case .otherRow, .noRow, nil: "remove that row, or the line of the client profile that adds it"
    }
  }

  private var doubt: String? {
    guard let loop = seen.loop, let row = loopingRow else { return nil }
    guard let address = loop.address else {
      return
        "add `public_ips` to the model: if \(row.destination) contains an address of the server, the tunnel is dead"
    }
    return
      "\(cure): a client that is connected to the server's address \(address) has a dead tunnel, because row \(row.row) leads the tunnel's own packets into the tunnel; the table does not tell which address it is"
  }

  // MARK: Routes

  private var reconnect: [String] {
    var reasons: [String] = []
    let late = lateRoutes
    if !late.isEmpty {
      reasons.append(
        "\(list(late)) \(late.count == 1 ? "was" : "were") added after this client connected, or the client's profile keeps \(late.count == 1 ? "it" : "them") away"
      )
    }
    let dropped = leftOver.filter { $0.wider == nil }
    if !dropped.isEmpty {
      reasons.append(
        "\(list(dropped)) \(dropped.count == 1 ? "is" : "are") not pushed any more, and the server drops what enters the tunnel there"
      )
    }
    return reasons.isEmpty ? [] : ["reconnect: \(reasons.joined(separator: "; "))"]
  }

  private var unknownRoutes: [String] {
    guard server.routesAreIncomplete else { return [] }
    let rows =
      unjudged.isEmpty ? "" : ", and whether \(list(unjudged)) \(unjudged.count == 1 ? "is one" : "are some") of them"
    return [
      "add the routes of VPN server `\(server.name.value)` to the input: it does not tell them all, so that it is not known what is missing here\(rows)"
    ]
  }

  /// Missing routes that the client may get by connecting again. The pool is pushed from the first day on: where it is
  /// missing with all routes, the client takes none.
  private var lateRoutes: [Item] {
    if seen.profileSign == .dropsRoutes, seen.entering.isEmpty { return [] }
    return missing.filter { $0.destination != server.clientPool?.value.canonical }
  }

  private var profile: [String] {
    switch seen.profileSign {
    case .bypassesFullTunnel?:
      let own = seen.entering.map(\.description)
      let what =
        own.isEmpty ? "nothing but the tunnel's own network" : "only \(listed(own)) and the tunnel's own network"
      return [
        "look for `route-nopull`, `route-noexec` or `pull-filter ignore` in the client profile: it keeps full tunnel away, \(what) \(own.isEmpty ? "enters" : "enter") the tunnel, and everything else leaves outside it; connecting again does not help"
      ]
    case .takesEverything?:
      return [
        "look for `redirect-gateway` in the client profile: the server pushes single routes, and this client sends everything into the tunnel; it reaches the internet only if the server translates 0.0.0.0/0"
      ]
    case .dropsRoutes?:
      return [
        "look for `route-nopull`, `route-noexec` or `pull-filter` in the client profile: the client pool is pushed to every client and is not in the table, so connecting again does not bring it\(lateRoutes.isEmpty && missing.count > 1 ? ", and no route either" : "")"
      ]
    case nil: return []
    }
  }

  private var refusals: [String] {
    refused.isEmpty ? [] : ["correct \(list(refused)): clients refuse a route with bits after its prefix length"]
  }

  private var displacements: [String] {
    guard !displaced.isEmpty else { return [] }
    let isAll = displaced.contains { $0.destination.length == 0 }
    let cure =
      isAll ? "use full tunnel to take everything in" : "use a narrower destination, or remove the client's own row"
    return [
      "\(cure): the client has a row for \(list(displaced)) itself, and the pushed one is not in the table; systems other than Linux refuse it"
    ]
  }

  private var ownRows: [String] {
    var sentences: [String] = []
    if !lost.isEmpty {
      sentences.append("renumber the subnet or the LAN: the client's own network takes \(list(lost)) from the tunnel")
    }
    if !shadowed.isEmpty {
      sentences.append("remove the client's own route, or renumber: it takes \(list(shadowed)) from the tunnel")
    }
    return sentences
  }

  // MARK: Lists

  private func list(_ items: [Item]) -> String { listed(items.map { "\($0.destination)" }) }

  private func listed(_ names: [String]) -> String {
    let shown = names.prefix(6)
    let more = names.count - shown.count
    if more > 0 { return shown.joined(separator: ", ") + " and \(more) more" }
    return shown.count < 2 ? shown.joined() : shown.dropLast().joined(separator: ", ") + " and " + (shown.last ?? "")
  }
}
