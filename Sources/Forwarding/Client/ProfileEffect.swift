import ClientVPN
public import SourceText

/// What a line of the client profile does to what the server pushes.
public struct ProfileEffect: Sendable {
  /// The effects that change which packets enter the tunnel.
  public enum Kind: Sendable, Hashable {
    /// The redirect of full tunnel is not taken: what no own route names leaves outside the tunnel.
    case bypassesFullTunnel
    /// Pushed routes are not taken; how many of how many.
    case dropsRoutes(Int, of: Int)
    /// Everything enters the tunnel although the server pushes single routes.
    case takesEverything
    /// The host route to the server is added, which keeps the tunnel's own packets outside.
    case addsServerHost
    /// Added rows get this metric.
    case setsMetric(Int)
    /// This many networks are routed besides those pushed.
    case addsRoutes(Int)
    /// A pushed option makes the client break off.
    case breaksOff(String)
  }

  /// What it does.
  public let kind: Kind
  /// The line of the profile.
  public let span: Span
}

extension SiteAnalysis {
  /// What the lines of the site's client profile change, one effect a line at most, in the order of the lines.
  public func profileEffects(of analysis: ServerAnalysis) -> [ProfileEffect] {
    let profile = place.profile
    if let rejected = table.rejectedOption {
      return profile.filter(rejected).map { [ProfileEffect(kind: .breaksOff(rejected), span: $0.span)] } ?? []
    }
    var effects: [ProfileEffect] = []
    func add(_ kind: ProfileEffect.Kind, _ span: Span?) {
      if let span { effects.append(ProfileEffect(kind: kind, span: span)) }
    }
    if let refusal = profile.refusalOfPushes {
      if analysis.mode == .full, !table.rows.contains(where: { $0.origin == .redirect }) {
        add(.bypassesFullTunnel, refusal)
      }
      let dropped = table.refused.count { $0.reason == .profile || $0.reason == .unreachableGateway }
      let pushed = dropped + table.rows.count { [.pushed, .pool].contains($0.origin) }
      if dropped > 0 { add(.dropsRoutes(dropped, of: pushed), refusal) }
    }
    if analysis.mode == .split {
      add(.takesEverything, profile.redirectsGateway)
      if profile.redirectsGateway == nil { add(.addsServerHost, profile.redirectsPrivate) }
      if let metric = profile.routeMetric, metric.value != 0, place.system.hasMetrics {
        add(.setsMetric(metric.value), metric.span)
      }
    }
    let own = profile.ownNetworks
    if !own.isEmpty { add(.addsRoutes(own.count), own[0].span) }
    return effects.sorted { $0.span.start < $1.span.start }
  }
}

extension ClientProfile {
  /// The line that keeps pushed routes or the redirect away.
  fileprivate var refusalOfPushes: Span? {
    noPull ?? noExec ?? filters.first { $0.action == .ignore && Self.concernsRoutes($0.text) }?.span
  }

  private static func concernsRoutes(_ text: String) -> Bool {
    ["route", "redirect-gateway"].contains { $0.hasPrefix(text) || text.hasPrefix($0) }
  }

  /// The line that keeps pushed DNS servers away.
  public var refusalOfDNS: Span? {
    noPull
      ?? filters.first {
        $0.action == .ignore && ("dhcp-option DNS".hasPrefix($0.text) || $0.text.hasPrefix("dhcp-option DNS"))
      }?
      .span
  }
}
