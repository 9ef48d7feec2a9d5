public import ClientVPN
public import IPv4Space

/// Routes that would make a difference to what an intent is about.
public struct MissingRoutes: Sendable {
  /// What they lead to, in the order of the model.
  public let destinations: [IPv4Prefix]
  /// The action with which packets arrive and are answered.
  public let action: ServerRoute.Action
  /// Whether they would take the tunnel's own packets in this mode.
  public let wouldLoop: Bool
}

extension ServerAnalysis {
  /// The routes with which clients reach what a surprise is about; nil if routes do not help.
  public func missingRoutes(for surprise: Surprise, in model: Model) -> MissingRoutes? {
    missingRoutes(to: fates[surprise.witness].target, destinations(of: surprise, in: model), in: model)
  }

  /// Destinations with the actions with which clients reach what they miss; what no route helps is left out.
  public func missingRoutes(for missed: Missed, in model: Model) -> [(IPv4Set, ServerRoute.Action)] {
    let blocks = missed.subnets.map { model.vpc.subnets.elements[$0.subnet].block.value }
    let subnets = missingRoutes(to: .subnet, blocks, in: model)
    let networks = missed.networks.compactMap { verdict in
      missingRoutes(
        to: .network(verdict.network), model.networks?.elements[verdict.network].cidrs.map(\.value) ?? [], in: model)
    }
    return ((subnets.map { [$0] } ?? []) + networks).filter { !$0.wouldLoop }
      .map { (IPv4Set($0.destinations), $0.action) }
  }

  /// Routes with these destinations, and the action with which clients then reach the target; nil if none does.
  func missingRoutes(to target: Target, _ destinations: [IPv4Prefix], in model: Model) -> MissingRoutes? {
    let judge = judge(in: model)
    // By transit gateway and Direct Link it may not be known whether `deliver` is answered: `translate` is.
    let actions: [ServerRoute.Action] = [.deliver, .translate]
    let action = actions.first { judge.outcome(target, $0, false) == .reachable }
    guard let action, !destinations.isEmpty else { return nil }
    return MissingRoutes(destinations: destinations, action: action, wouldLoop: wouldLoop(destinations))
  }

  /// The networks that a surprise is about: those of its subject that have addresses with a fate like the witness's.
  public func destinations(of surprise: Surprise, in model: Model) -> [IPv4Prefix] {
    let outcome = fates[surprise.witness].outcome
    let all = prefixes(of: surprise.subject, in: model).map(\.canonical)
    return all.filter { prefix in !fates.stretches(in: prefix.range, limit: 1) { $0.outcome == outcome }.isEmpty }
  }

  private func prefixes(of subject: Surprise.Subject, in model: Model) -> [IPv4Prefix] {
    switch subject {
    case .subnet(let index): return [model.vpc.subnets.elements[index].block.value]
    case .network(let network): return network.cidrs.map(\.value)
    case .expectation(let expectation):
      switch expectation.target {
      case .prefix(let prefix): return [prefix]
      case .subnet(let index): return [model.vpc.subnets.elements[index].block.value]
      case .network(let index): return model.networks?.elements[index].cidrs.map(\.value) ?? []
      case .workload(let index): return model.vpc.workloads.map { prefixes(of: $0.elements[index], in: model) } ?? []
      case nil: return []
      }
    }
  }

  /// The workload's address; for want of one, its subnet.
  private func prefixes(of workload: Workload, in model: Model) -> [IPv4Prefix] {
    if let address = workload.address?.value { return [IPv4Prefix(address, length: 32)] }
    return workload.subnet?.index.map { [model.vpc.subnets.elements[$0].block.value] } ?? []
  }

  private func wouldLoop(_ destinations: [IPv4Prefix]) -> Bool {
    guard server.mode == .split else { return false }
    let pushed = table.destinations.union(IPv4Set(destinations))
    return pushed == .everything || server.publicIPs?.elements.contains { pushed.contains($0.value) } ?? false
  }

  /// The routes that lead to an address, the narrowest first; of equal destinations the one that decides.
  public func routes(to address: IPv4Address) -> [ServerRoute] {
    var routes: [ServerRoute] = []
    var next: Int? = Int(table.longestMatch[address])
    while let index = next, index >= 0 {
      routes.append(table.routes[index])
      next = table.parents[index]
    }
    return routes
  }

  /// The first expectation that keeps something outside the tunnel.
  public func keptOutside(in model: Model) -> Expectation? {
    expectations.lazy.compactMap { model.expectations?.elements[$0.expectation] }.first { $0.expect.value == .direct }
  }
}
