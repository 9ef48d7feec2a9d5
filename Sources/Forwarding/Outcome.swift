public import IPv4Space

/// What becomes of a client's packet and of the answer to it. A closed list (SPEC §2).
public enum Outcome: String, Sendable, CaseIterable {
  /// It arrives, and the answer comes back.
  case reachable
  /// It stays in the client's LAN, or goes by the site's own routes.
  case local
  /// It leaves outside the tunnel.
  case direct
  /// The tunnel is dead: its own packets are routed into it.
  case looped
  /// It enters the tunnel and no route of the server matches.
  case noServerRoute = "no-server-route"
  /// It enters the tunnel and a `drop` route of the server matches.
  case serverDrop = "server-drop"
  case requestBlocked = "request-blocked"
  case replyBlocked = "reply-blocked"
  /// It arrives, and the answer has no way back to the client.
  case noReturnPath = "no-return-path"
  /// It is forwarded, but nothing known is there.
  case nowhere
  /// The model does not tell.
  case undetermined
}

/// The outcome for a whole subnet, network or expectation.
public enum Verdict: String, Sendable {
  case reachable, partly, unreachable, undetermined
}

/// What lies at an address, as far as the model tells.
public enum Target: Hashable, Sendable {
  case subnet
  /// A declared network, by its position.
  case network(Int)
  /// One of the provider's own services.
  case service
  case clientPool
  /// The server's end of the tunnel.
  case vpnGateway
  /// A public address of the server.
  case server
  case internet
  /// The client: loopback addresses never leave it, whatever the server pushes (measured).
  case clientItself
  /// Nothing that is known.
  case nothing
}

/// What happens to packets to some addresses: the same for all of them.
public struct Fate: Hashable, Sendable {
  /// What lies there.
  public let target: Target
  /// The server's route that matches longest, by its position.
  public let route: Int?
  /// How it ends.
  public let outcome: Outcome
  /// How it would end without the filters and routes of the VPC.
  public let outcomeWithoutFlows: Outcome
  /// Number of the passage through filters and routes of the VPC; -1 if packets do not get there or none are modelled.
  let passage: Int32
  /// Whether some flows complete for some clients or members of the server, though none for all.
  public let isPartial: Bool

  /// A fate without filters and routes of the VPC.
  init(target: Target, route: Int?, outcome: Outcome) {
    self.target = target
    self.route = route
    self.outcome = outcome
    outcomeWithoutFlows = outcome
    passage = -1
    isPartial = false
  }

  /// The fate that is the same however the server may be; where it differs, one that is not known.
  static func shared(_ judges: [FateJudge], _ fate: (FateJudge) -> Fate) -> Fate {
    judges.dropFirst().reduce(fate(judges[0])) { $0.shared(with: fate($1)) }
  }

  /// The fate if another one is the same; else one that is not known.
  func shared(with other: Fate) -> Fate {
    outcome == other.outcome ? self : Fate(target: target, route: route, outcome: .undetermined)
  }

  private init(_ fate: Fate, _ outcome: Outcome, isPartial: Bool, passage: Int32) {
    target = fate.target
    route = fate.route
    self.outcome = outcome
    outcomeWithoutFlows = fate.outcomeWithoutFlows
    self.passage = passage
    self.isPartial = isPartial
  }
}

extension Fate {
  /// The fate with a passage taken in, by its number.
  func taking(_ passage: Passage, _ number: Int32) -> Fate {
    let (outcome, isPartial) = outcome(of: .flows, by: passage)
    return Fate(self, outcome, isPartial: isPartial, passage: number)
  }

  /// What becomes of flows to some services at addresses with the fate, of any flow if none are asked for; by one member
  /// of the server alone if it is given by its number.
  func outcome(
    of services: ServiceSet?, _ passages: [Passage], member: Int? = nil
  ) -> (outcome: Outcome, isPartial: Bool) {
    guard passage >= 0, services != nil || member != nil else { return (outcome, isPartial) }
    return outcome(of: services ?? .flows, by: passages[Int(passage)].alone(member))
  }

  /// A known failure weighs more than what is not known, and an earlier one more than a later one.
  private func outcome(of services: ServiceSet, by passage: Passage) -> (outcome: Outcome, isPartial: Bool) {
    let known = passage.outcome(of: services)
    return switch (outcomeWithoutFlows, known.outcome) {
    case (.reachable, _): known
    case (.noReturnPath, .requestBlocked), (.undetermined, .requestBlocked), (.undetermined, .replyBlocked),
      (.undetermined, .noReturnPath):
      (known.outcome, false)
    // The answer meets the ACL of the target's subnet before it is routed, and that of the server's subnet after it.
    case (.noReturnPath, .replyBlocked) where passage.leaving.intersection(services).isEmpty: (.replyBlocked, false)
    default: (outcomeWithoutFlows, false)
    }
  }
}

/// A range of addresses that share an outcome.
public struct FateRange: Sendable {
  /// The addresses.
  public let range: IPv4Range
  /// What happens to packets to them.
  public let fate: Fate
}
