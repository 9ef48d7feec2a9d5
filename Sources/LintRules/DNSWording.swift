import ClientVPN
import Forwarding
import IPv4Space
import SourceText

// How DNS servers that clients do not reach are called, so that the rules about them and about their effects agree.

extension UnreachedDNS {
  /// The addresses: "161.26.0.7 and 161.26.0.8".
  var inWords: String { Words.list(addresses.map(\.description)) }

  /// A finding of a rule about these DNS servers.
  func finding(by rule: any Rule.Type, _ kind: String, _ lost: String, _ analysis: ServerAnalysis, _ model: Model)
    -> Finding
  {
    let server = analysis.server
    let route = fate.route.map { analysis.table.routes[$0] }
    let names = "DNS server\(servers.count == 1 ? "" : "s") \(inWords)"
    var result = rule.finding(
      "clients of \(server.inWords) do not reach \(kind)\(names)",
      Cause(server.routesPath, "dns/\(addresses.map(\.description).joined(separator: ","))", extent: extent),
      at: route?.actionPlace ?? server.routesPlace, what(route)
    )
    for dns in servers { result = result.label(dns.span, "pushed to clients") }
    return
      result
      .note(consequence(server))
      .note(lost)
      .help(repair(route, server))
      .repair(change(route, server))
      .evidence(
        analysis.evidence(to: addresses.first, in: model, transport: .udp, port: model.provider.dns.port))
  }

  /// From the lowest to the highest address; all lie in one place.
  private var extent: ClosedRange<UInt32>? {
    guard let lowest = addresses.min(), let highest = addresses.max() else { return nil }
    return IPv4Range(lowest, highest).extent
  }

  /// What is at the place to edit.
  private func what(_ route: ServerRoute?) -> String {
    guard let route else { return "no destination here contains \(inWords)" }
    switch fate.outcome {
    case .serverDrop: return "drops queries to \(inWords)"
    default:
      return (route.writtenAction == nil ? "no action means deliver: " : "") + "the source stays the client's"
    }
  }

  /// What becomes of queries.
  private func consequence(_ server: VPNServer) -> String? {
    switch fate.outcome {
    case .direct: "queries leave by the client's own default gateway, where nothing answers for \(inWords)"
    case .noServerRoute: "queries enter the tunnel, and the server drops what no route matches"
    case .serverDrop: nil
    default: "the documentation asks for action translate on the way to the provider's services"
    }
  }

  /// What the document needs for it, if that is a route or another action of one.
  private func change(_ route: ServerRoute?, _ server: VPNServer) -> Repair? {
    switch fate.outcome {
    case .serverDrop: nil
    case .noReturnPath: route?.translation
    default: missing?.addition(to: server)
    }
  }

  private func repair(_ route: ServerRoute?, _ server: VPNServer) -> [String] {
    switch fate.outcome {
    case .serverDrop: return route?.undropping(missing, server) ?? []
    case .noReturnPath:
      guard let route else { return [] }
      return [
        "use action translate for \(route.network); a route is deleted and created anew to change its action",
        server.routeChangeHelp,
      ]
    default:
      return missing?.adding(to: server) ?? [
        "add a route that contains \(inWords), or push DNS servers that clients reach", server.routeChangeHelp,
      ]
    }
  }
}

extension ServerAnalysis {
  /// The DNS servers that a server without routes takes away too; nil if there are none.
  var unansweredDNSInWords: String? {
    let lost = fates.addresses { $0.outcome != .direct || $0.target != .internet }
    return dnsInWords(in: lost, "is not reached: names do not resolve either")
  }

  /// The DNS servers that a finding about missing routes takes away too: "DNS server 10.1.0.53 of clients lies there";
  /// nil if there are none.
  func dnsInWords(in addresses: IPv4Set, _ fate: String) -> String? {
    let lost = (server.dnsServers?.elements ?? []).map(\.value).filter(addresses.contains)
    if lost.isEmpty { return nil }
    return "\(Words.list(lost.map(\.description))), pushed to clients as DNS server, \(fate)"
  }
}
