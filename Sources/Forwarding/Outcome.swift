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
  /// Number of the passage through filters and routes of the VPC; -1 if packets do not get there or none are modelled.
  var passage: Int32 = -1
  /// Whether some flows complete for some clients or members of the server, though none for all.
  public internal(set) var isPartial = false
}

extension Fate {
  /// What becomes of flows to a service at addresses with the fate; of any flow if none is asked for. Where the passage
  /// is clear, or not known, what was decided without filters holds.
  func outcome(of service: ServiceSet?, _ passages: [Passage]) -> (outcome: Outcome, isPartial: Bool) {
    guard let service, passage >= 0 else { return (outcome, isPartial) }
    let passage = passages[Int(passage)]
    let known = passage.outcome(of: service)
    switch known.outcome {
    // The answer is routed before it meets the ACL of the server's subnet.
    case .replyBlocked where outcome == .noReturnPath && passage.leaving.isSuperset(of: service):
      return (.noReturnPath, known.isPartial)
    case .reachable: return (outcome, isPartial)
    case .undetermined: return (outcome == .reachable ? .undetermined : outcome, isPartial)
    default: return known
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
