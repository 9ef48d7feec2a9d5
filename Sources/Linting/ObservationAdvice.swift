import ClientVPN
import Forwarding
import IPv4Space

/// What somebody should do about a client's table.
struct ObservationAdvice {
  typealias Item = ObservationReport.Item

  let server: VPNServer
  /// Whether the server is the one that is meant.
  let isChosen: Bool
  /// nil if the client is not connected.
  let tunnelMode: VPNServer.TunnelMode?
  let missing, refused, leftOver, lost, shadowed: [Item]
  let isLooped: Bool?
  let loopingRow: Item?

  /// A sentence for each thing to do, the weightiest first.
  var sentences: [String] {
    guard let tunnelMode else { return [notConnected] }
    if tunnelMode != server.mode { return [otherMode(tunnelMode)] + loops }
    return loops + reconnect + refusals + ownRows
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

  private var loops: [String] {
    switch isLooped {
    case true?:
      let row = loopingRow.map { "row \($0.row)" } ?? "a row"
      return [
        "disconnect: \(row) leads the tunnel's own packets into the tunnel, so nothing is answered; narrow that route"
      ]
    case nil:
      return loopingRow.map {
        ["add `public_ips` to the model: if \($0.destination) contains an address of the server, the tunnel is dead"]
      } ?? []
    case false?: return []
    }
  }

  private var reconnect: [String] {
    var reasons: [String] = []
    if !missing.isEmpty {
      reasons.append(
        "\(list(missing)) \(missing.count == 1 ? "was" : "were") added after this client connected, or its profile keeps them away"
      )
    }
    if !leftOver.isEmpty {
      reasons.append(
        "\(list(leftOver)) \(leftOver.count == 1 ? "is" : "are") not pushed any more, and the server drops what enters the tunnel there"
      )
    }
    return reasons.isEmpty ? [] : ["reconnect: \(reasons.joined(separator: "; "))"]
  }

  private var refusals: [String] {
    refused.isEmpty ? [] : ["correct \(list(refused)): clients refuse a route with bits after its prefix length"]
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

  private func list(_ items: [Item]) -> String {
    let shown = items.prefix(6).map { "\($0.destination)" }
    let more = items.count - shown.count
    if more > 0 { return shown.joined(separator: ", ") + " and \(more) more" }
    return shown.count < 2 ? shown.joined() : shown.dropLast().joined(separator: ", ") + " and " + (shown.last ?? "")
  }
}
