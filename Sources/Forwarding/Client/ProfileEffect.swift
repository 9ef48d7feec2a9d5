public import ClientVPN
public import IPv4Space
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
    /// This many networks are routed into the tunnel besides those pushed.
    case addsRoutes(Int)
    /// This many networks are led around the tunnel.
    case keepsOutside(Int)
    /// A directive that OpenVPN does not know, and the one it is nearest to.
    case isMisspelt(String, String)
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
    var effects = profile.misspelt.map { ProfileEffect(kind: .isMisspelt($0.word, $0.meant), span: $0.span) }
    if let rejected = table.rejectedOption {
      let breaking = profile.filter(rejected).map { ProfileEffect(kind: .breaksOff(rejected), span: $0.span) }
      return effects + (breaking.map { [$0] } ?? [])
    }
    func add(_ kind: ProfileEffect.Kind, _ span: Span?) {
      if let span { effects.append(ProfileEffect(kind: kind, span: span)) }
    }
    if let refusal = profile.refusalOfPushes {
      if analysis.mode == .full, !table.rows.contains(where: { $0.origin == .redirect }) {
        add(.bypassesFullTunnel, refusal)
      }
      let dropped = table.refused.count { refused in
        [.profile, .unreachableGateway].contains(refused.reason) && [.pushed, .pool].contains(refused.row.origin)
      }
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
    let own = ownNetworksInTunnel
    if let first = own.first { add(.addsRoutes(own.count), first.span) }
    let hosts = Set((analysis.server.publicIPs?.elements ?? []).map { IPv4Prefix($0.value, length: 32) })
    let outside = ownNetworks(inTunnel: false)
    if analysis.mode == .split { add(.addsServerHost, outside.first { hosts.contains($0.value) }?.span) }
    let tunnel = tunnelNetworks
    let kept = outside.filter { !hosts.contains($0.value) && tunnel.longest(around: $0.value) != nil }
    if let first = kept.first { add(.keepsOutside(kept.count), first.span) }
    return effects.sorted { $0.span.start < $1.span.start }
  }

  /// Networks that lines of the profile lead into the tunnel.
  public var ownNetworksInTunnel: [Field<IPv4Prefix>] { ownNetworks(inTunnel: true) }

  /// Networks that enter the tunnel: what lies in one would, without a row of its own.
  private var tunnelNetworks: NetworkTable<Void> {
    var networks = NetworkTable<Void>()
    for row in table.rows where row.isTunnel { if let network = row.destination { networks[network.canonical] = () } }
    return networks
  }

  private func ownNetworks(inTunnel isTunnel: Bool) -> [Field<IPv4Prefix>] {
    var seen: Set<IPv4Prefix> = []
    return table.rows.compactMap { row in
      guard row.origin == .pushed, row.serverRoute == nil, row.isTunnel == isTunnel, let span = row.span,
        let destination = row.destination, seen.insert(destination).inserted
      else { return nil }
      return Field(destination, span)
    }.sorted { $0.span.start < $1.span.start }
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
