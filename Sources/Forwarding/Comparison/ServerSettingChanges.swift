import ClientVPN
import IPv4Space
import SourceText

/// Compares the settings of a VPN server. What one of the models leaves out is not compared, unless the service has a
/// value for it.
struct ServerSettingComparer {
  let collector: ChangeCollector
  let position: Int

  private var comparison: ServerComparison { collector.servers[position] }

  func changes() -> [Change] {
    switch (comparison.before?.server, comparison.after?.server) {
    case (nil, let server?): [whole(.added, server, nil, Self.summary(server), .none, .serverAdded)]
    case (let server?, nil): [whole(.removed, server, Self.summary(server), nil, .disconnect, .serverRemoved)]
    case (let old?, let new?): changes(old, new)
    case (nil, nil): []
    }
  }

  private func changes(_ old: VPNServer, _ new: VPNServer) -> [Change] {
    let (name, newName) = (Change.Value(old.name.value, old.name.span), Change.Value(new.name.value, new.name.span))
    var changes: [Change] = []
    if comparison.isReplaced { changes.append(whole(.replaced, new, name, newName, .newProfile, .serverReplaced)) }
    if name.text != newName.text, !old.nameIsUnknown, !new.nameIsUnknown, !comparison.isReplaced {
      changes.append(whole(.renamed, new, name, newName, effect(of: .name), .nameAlone))
    }
    return changes
      + settings(old, new).filter { collector.knowledge.told($0.key, old, new).isCompared && $0.isChanged }.map {
        change($0, new)
      }
  }

  /// The settings that one of the models alone does not tell.
  func notCompared() -> [Comparison.NotCompared] {
    guard let old = comparison.before?.server, let new = comparison.after?.server else { return [] }
    return settings(old, new).compactMap { setting in
      let silent = collector.knowledge.told(setting.key, old, new).silent ?? silentOnGroups(setting)
      return silent.map {
        Comparison.NotCompared(
          thing: setting.thing, owner: Change.Owner(thing: .server, name: new.name.value), isUnknownInNew: $0 == .new)
      }
    }
  }

  /// Which model leaves out the groups of the server while it has groups, so that they decide what is let through.
  private func silentOnGroups(_ setting: Setting) -> Knowledge.Silent? {
    guard setting.thing == .securityGroups, collector.before.model.vpc.securityGroups != nil,
      collector.after.model.vpc.securityGroups != nil
    else { return nil }
    let sides = [(comparison.before, collector.before), (comparison.after, collector.after)]
    let areTold = sides.map { server, analysis in
      guard let server else { return false }
      return server.server.securityGroups != nil || !analysis.attachments.mayHaveOtherGroups(ofServer: server.index)
    }
    return areTold[0] == areTold[1] ? nil : areTold[0] ? .new : .old
  }

  /// The server as a whole.
  private func whole(
    _ event: Change.Event, _ server: VPNServer, _ before: Change.Value?, _ after: Change.Value?,
    _ sessions: SessionEffect, _ reason: Change.Reason
  ) -> Change {
    let reach = event == .renamed ? .unchanged : event == .replaced ? rest : comparison.change
    return Change(
      thing: .server, event: event, subject: "vpn_servers/\(server.name.value)", name: server.name.value, owner: nil,
      before: before, after: after, sessions: sessions, reason: reason, reachability: reach, server: position)
  }

  private static func summary(_ server: VPNServer) -> Change.Value {
    Change.Value(server.mode == .unknown ? "" : "\(server.mode.rawValue) tunnel", server.name.span)
  }

  private func effect(of setting: ServerSetting) -> SessionEffect {
    collector.after.model.provider.changes.effect(of: setting)
  }

  // MARK: Settings

  private struct Setting {
    let thing: Change.Thing
    /// The key of the model that says it.
    let key: String
    /// nil for what the model knows of the server and nobody sets.
    let setting: ServerSetting?
    let before, after: Change.Value?
    var reach = Reach.none
    /// Where the values in words do not tell whether they are equal.
    var differs: Bool?

    /// What the setting has a say in.
    enum Reach { case none, rest, inVPC }

    var isChanged: Bool {
      guard let before, let after else { return false }
      return differs ?? (before.text != after.text)
    }
  }

  private func settings(_ old: VPNServer, _ new: VPNServer) -> [Setting] {
    let provider = collector.after.model.provider
    func both(_ value: (VPNServer) -> Change.Value?) -> (Change.Value?, Change.Value?) { (value(old), value(new)) }
    func setting(
      _ thing: Change.Thing, _ setting: ServerSetting?, _ key: String, _ values: (Change.Value?, Change.Value?),
      _ reach: Setting.Reach = .none
    ) -> Setting {
      Setting(thing: thing, key: key, setting: setting, before: values.0, after: values.1, reach: reach)
    }
    let lists = (old.authentication?.elements, new.authentication?.elements)
    let authentication = "client_authentication"
    // Groups that the input does not have can be compared by their ids.
    let groups = securityGroups(old, new)
    let groupsKey = groups.0 == nil || groups.1 == nil ? "security_groups" : ""
    var crl = setting(.revocationList, .revocationList, authentication, both(\.revocationListValue))
    crl.differs = lists.0?.compactMap(\.crl?.value) != lists.1?.compactMap(\.crl?.value)
    var dns = setting(.dnsServers, .dnsServers, "client_dns_server_ips", both(\.dnsValue))
    if collector.before.model.setsHaveNoOrder || collector.after.model.setsHaveNoOrder {
      dns.differs = old.dnsAddresses.sorted() != new.dnsAddresses.sorted()
    }
    var subnets = setting(.serverSubnets, .subnets, "subnets", serverSubnets(old, new), .inVPC)
    if standInReplacedSubnet(old, new) { subnets.differs = true }
    return [
      setting(.mode, .mode, "enable_split_tunneling", both(\.modeValue), .rest),
      setting(.clientPool, .clientPool, "client_ip_pool", both(\.poolValue), .rest),
      dns,
      setting(.idleTimeout, .idleTimeout, "client_idle_timeout", both { $0.idleTimeoutValue(provider) }),
      setting(.port, .port, "port", both { $0.portValue(provider) }, .inVPC),
      setting(.transport, .transport, "protocol", both { $0.transportValue(provider) }, .inVPC),
      setting(
        .certificate, .certificate, "certificate", both { $0.certificate.map { Change.Value($0.value, $0.span) } }),
      setting(.authentication, .authentication, authentication, both(\.authenticationValue)), crl, subnets,
      setting(.securityGroups, .securityGroups, groupsKey, groups, .inVPC),
      setting(.tunnelNetwork, nil, "tunnel_network", both(\.tunnelNetworkValue), .rest),
      setting(.publicAddresses, nil, "public_ips", both { Self.addresses($0.publicIPs) }, .rest),
      setting(.privateAddresses, nil, "private_ips", both { Self.addresses($0.privateIPs) }, .inVPC),
    ]
  }

  private func change(_ setting: Setting, _ server: VPNServer) -> Change {
    // Another server has its settings from the beginning.
    let sessions = comparison.isReplaced ? .newProfile : setting.setting.map { effect(of: $0) } ?? .none
    let reason: Change.Reason =
      switch sessions {
      case _ where comparison.isReplaced: .serverReplaced
      case .newProfile: .profileOutdated
      case .disconnect, .reconnect: .serverUpdated
      case .none where setting.setting == nil: .surroundings
      case .none: comparison.tunnel.narrows ? .tunnelClosed : .attachedBesides
      }
    return Change(
      thing: setting.thing, event: .changed, subject: "vpn_servers/\(server.name.value)/\(setting.thing.rawValue)",
      name: nil, owner: Change.Owner(thing: .server, name: server.name.value), before: setting.before,
      after: setting.after, sessions: sessions, reason: reason, reachability: reach(setting.reach), server: position)
  }

  private func reach(_ reach: Setting.Reach) -> ReachChange {
    switch reach {
    case .none: .unchanged
    case .rest: rest
    case .inVPC:
      comparison.places.map { $0.areas.inVPC.change }.reduce(comparison.tunnel) { $0.joined($1) }
    }
  }

  private var rest: ReachChange {
    comparison.places.map { $0.areas.rest.change }.reduce(.unchanged) { $0.joined($1) }
  }

  // MARK: References

  private func serverSubnets(_ old: VPNServer, _ new: VPNServer) -> (Change.Value?, Change.Value?) {
    let partners = collector.matching.subnets.newOfOld
    let names = collector.after.model.vpc.subnets.elements.map(\.name.value)
    let before = old.subnets.map { list in
      list.elements.map { reference in reference.index.flatMap { partners[$0] }.map { names[$0] } ?? reference.text }
    }
    let after = new.subnets.map { list in
      list.elements.map { reference in reference.index.map { names[$0] } ?? reference.text }
    }
    return (Self.names(before, old.subnets?.key), Self.names(after, new.subnets?.key))
  }

  /// Whether the server stands in a subnet that is made anew: then it has to be moved there.
  private func standInReplacedSubnet(_ old: VPNServer, _ new: VPNServer) -> Bool {
    let (mine, theirs) = (collector.before.model.vpc.subnets.elements, collector.after.model.vpc.subnets.elements)
    let now = Set((new.subnets?.elements ?? []).compactMap(\.index))
    return (old.subnets?.elements ?? []).compactMap(\.index).contains { index in
      guard let partner = collector.matching.subnets.newOfOld[index] else { return isRemadeSomewhere(mine[index], new) }
      return now.contains(partner) && collector.knowledge.isReplaced(mine[index], theirs[partner])
    }
  }

  /// Whether a subnet of a server is made anew with addresses that are not known.
  private func isRemadeSomewhere(_ old: Subnet, _ server: VPNServer) -> Bool {
    collector.knowledge.remaking(of: old) != nil
      && (server.subnets?.elements ?? []).contains { $0.index == nil && $0.text == old.name.value }
  }

  /// The groups by their names in the new model; attachments count from whichever side they are stated.
  private func securityGroups(_ old: VPNServer, _ new: VPNServer) -> (Change.Value?, Change.Value?) {
    guard let before = comparison.before, let after = comparison.after else { return (nil, nil) }
    let groups = ServerGroupComparer(collector)
    let pair = groups.names(before.index, old, after.index, new)
    return (
      Self.names(pair?.old, old.securityGroups?.key ?? old.name.span),
      Self.names(pair?.new, new.securityGroups?.key ?? new.name.span)
    )
  }

  private static func names(_ names: [String]?, _ span: Span?) -> Change.Value? {
    guard let names, let span else { return nil }
    return Change.Value(names.isEmpty ? "none" : names.sorted().joined(separator: ", "), span)
  }

  private static func addresses(_ list: ListField<Field<IPv4Address>>?) -> Change.Value? {
    list.flatMap { list in names(list.elements.map(\.value.description), list.key) }
  }
}

extension VPNServer {
  fileprivate var modeValue: Change.Value? { Change.Value(mode.rawValue, splitTunneling?.span ?? name.span) }

  fileprivate var poolValue: Change.Value? {
    clientPool.map { Change.Value($0.value.canonical.description, $0.span) }
  }

  /// Both halves of a pool can be handed out: what a model leaves out follows the pool.
  fileprivate var tunnelNetworkValue: Change.Value? {
    tunnelNetwork.map { Change.Value($0.value.canonical.description, $0.span) }
  }

  fileprivate var dnsAddresses: [String] { (dnsServers?.elements ?? []).map(\.value.description) }

  /// In their order, which is that of their use.
  fileprivate var dnsValue: Change.Value? {
    let addresses = dnsAddresses
    return Change.Value(addresses.isEmpty ? "none" : addresses.joined(separator: ", "), dnsServers?.key ?? name.span)
  }

  fileprivate func idleTimeoutValue(_ provider: ProviderProfile) -> Change.Value? {
    Change.Value("\(idleTimeout?.value ?? provider.usualIdleTimeout) s", idleTimeout?.span ?? name.span)
  }

  fileprivate func portValue(_ provider: ProviderProfile) -> Change.Value? {
    Change.Value("\(port?.value ?? provider.usualPort)", port?.span ?? name.span)
  }

  fileprivate func transportValue(_ provider: ProviderProfile) -> Change.Value? {
    Change.Value(transport?.value ?? provider.usualTransport, transport?.span ?? name.span)
  }

  /// The ways of authentication, in whatever order.
  fileprivate var authenticationValue: Change.Value? {
    guard let authentication else { return nil }
    let ways = authentication.elements.map { way in
      [
        way.method?.value ?? "unknown", way.clientCA.map { "by \($0.value)" },
        way.identityProvider.map { "by \($0.value)" },
      ]
      .compactMap(\.self).joined(separator: " ")
    }
    return Change.Value(ways.isEmpty ? "none" : ways.sorted().joined(separator: " and "), authentication.key)
  }

  fileprivate var revocationListValue: Change.Value? {
    guard let authentication else { return nil }
    let lists = authentication.elements.compactMap(\.crl)
    return Change.Value(lists.isEmpty ? "none" : "a revocation list", lists.first?.span ?? authentication.key)
  }
}
