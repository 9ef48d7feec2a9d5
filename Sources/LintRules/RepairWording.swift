import ClientVPN
import Forwarding
import IPv4Space
import SourceText

extension Surprise {
  /// What to do so that clients reach, or do not reach, what the model says; nothing if no route helps.
  func repair(
    _ fate: Fate, _ route: ServerRoute?, _ analysis: ServerAnalysis, _ model: Model
  ) -> [String] {
    let server = analysis.server
    switch (intent, fate.outcome) {
    case (.reachable, .direct), (.reachable, .noServerRoute):
      return analysis.missingRoutes(for: self, in: model)?.adding(to: server) ?? declaring(fate)
    case (.reachable, .nowhere): return declaring(fate)
    case (.reachable, .noReturnPath):
      return ["use action translate for \(route?.inWords ?? "the routes"), so that the answers come back"]
    case (.reachable, .serverDrop):
      guard let route else { return [] }
      return route.undropping(analysis.missingRoutes(for: self, in: model), server)
    case (.unreachable, _): return keepingOut(analysis, model)
    case (.direct, _): return keepingOutside(analysis)
    default: return []
    }
  }

  /// The routes that are missing, where nothing but routes is missing.
  func addition(_ fate: Fate, _ analysis: ServerAnalysis, _ model: Model) -> Repair? {
    guard intent == .reachable, fate.outcome == .direct || fate.outcome == .noServerRoute else { return nil }
    return analysis.missingRoutes(for: self, in: model)?.addition(to: analysis.server)
  }

  private func declaring(_ fate: Fate) -> [String] {
    fate.target == .nothing ? ["declare what lies at \(witness): a subnet, or an entry of `networks`"] : []
  }

  private func keepingOut(_ analysis: ServerAnalysis, _ model: Model) -> [String] {
    let forwarding = analysis.routes(to: witness).filter { $0.action != .drop }
    guard !forwarding.isEmpty else { return [] }
    let destinations = analysis.destinations(of: self, in: model)
    let isRouted = analysis.table.networks.contains { destinations.contains($0) }
    let dropping = isRouted ? nil : "add \(MissingRoutes.inWords(destinations, .drop))"
    let removing = "remove or narrow \(Words.list(forwarding.map(\.inWords)))"
    return [removing + (dropping.map { ", or \($0)" } ?? ""), analysis.server.routeChangeHelp]
  }

  /// Split tunnel pushes every route, so that those to the address have to go, and those to everything.
  private func keepingOutside(_ analysis: ServerAnalysis) -> [String] {
    let server = analysis.server
    let leading = analysis.routes(to: witness)
    switch server.mode {
    case .unknown: return []
    case .split:
      if leading.isEmpty { return [] }
      return ["remove or narrow \(Words.list(leading.map(\.inWords)))", server.routeChangeHelp]
    case .full:
      let removing = leading.isEmpty ? "" : ", and remove or narrow \(Words.list(leading.map(\.inWords)))"
      return ["set `enable_split_tunneling: true`\(removing)", VPNServer.modeChangeHelp]
    }
  }
}

extension ServerRoute {
  /// The repair that takes the route out.
  var removal: Repair {
    Repair("remove \(inWords)", .keepsReachability, [.removeItem(around: destination.span)])
  }

  /// The repair that makes the route translate.
  var translation: Repair {
    Repair(
      "use action translate for \(inWords)", .changesReachability,
      [.set(Repair.Field("action", Action.translate.rawValue), beside: destination.span)])
  }

  /// How a route that drops lets packets through: of a destination inside it a narrower route is enough.
  func undropping(_ missing: MissingRoutes?, _ server: VPNServer) -> [String] {
    guard let missing else { return ["remove or narrow \(inWords), which drops", server.routeChangeHelp] }
    let isNarrower = missing.destinations.allSatisfy { $0.length > network.length }
    if isNarrower { return missing.adding(to: server) }
    return ["use action \(missing.action.rawValue) for \(inWords) in place of drop", server.routeChangeHelp]
  }
}

extension MissingRoutes {
  /// What to do so that a server has the routes.
  func adding(to server: VPNServer) -> [String] {
    let adding = "add \(inWords) to \(server.inWords)"
    guard wouldLoop else { return [adding, server.routeChangeHelp] }
    return [
      "set `enable_split_tunneling: false`, and \(adding)",
      "in split tunnel the tunnel's own packets would go into the tunnel too", VPNServer.modeChangeHelp,
    ]
  }

  /// The repair that adds the routes; nil if the tunnel would not survive them.
  func addition(to server: VPNServer) -> Repair? {
    wouldLoop ? nil : RouteAddition.repair(IPv4Set(destinations), action, to: server)
  }

  fileprivate var inWords: String { Self.inWords(destinations, action) }

  /// "a route with destination 10.1.0.0/24 and action deliver".
  fileprivate static func inWords(_ destinations: [IPv4Prefix], _ action: ServerRoute.Action) -> String {
    let list = Words.list(destinations.map(\.description))
    return destinations.count == 1
      ? "a route with destination \(list) and action \(action.rawValue)"
      : "routes with destinations \(list) and action \(action.rawValue)"
  }
}
