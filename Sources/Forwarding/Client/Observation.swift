public import ClientVPN
public import IPv4Space

/// What a client's real routing table tells about its connection to one server.
public struct Observation: Sendable {
  /// The tunnel that the table shows.
  public struct Tunnel: Sendable {
    /// The member's part of the client pool.
    public let network: IPv4Prefix
    /// The interface of the tunnel.
    public let interface: String
    /// What the server asked for when the client connected: by the rows, and by the model where they do not tell.
    public let mode: VPNServer.TunnelMode

    /// The server's end of the tunnel: the first host of its network.
    public var vpnGateway: IPv4Address { IPv4Address(bits: network.first.bits &+ 1) }
  }

  /// What a line of the client profile has made of what the server pushes.
  public enum ProfileSign: String, Sendable {
    /// The redirect of full tunnel was not taken.
    case bypassesFullTunnel = "bypasses-full-tunnel"
    /// Everything enters the tunnel although the server pushes single routes.
    case takesEverything = "takes-everything"
    /// The client pool, which every split tunnel pushes, was not taken.
    case dropsRoutes = "drops-routes"
  }

  /// What a row is meant for.
  public enum Subject: Sendable, Hashable {
    /// A route of the server, by its position.
    case route(Int)
    case pool
    /// The halves of everything, of full tunnel.
    case redirect
  }

  /// What has become of a route that the server pushes.
  public enum RouteState: Sendable {
    case present
    /// It is there, and the client's own network has its next hop.
    case astray(ClientRow)
    /// Not in the table: the client connected before the route was there, or does not take it.
    case missing
    /// Never taken: bits after the prefix length.
    case refused
    /// Another row of the client has the destination, so that the push failed.
    case displaced(ClientRow)
  }

  /// A route of the server, or the client pool, and its state.
  public struct PushedRoute: Sendable {
    /// The destination.
    public let destination: IPv4Prefix
    /// What it is.
    public let subject: Subject
    /// What has become of it.
    public let state: RouteState
  }

  /// Addresses that belong into the tunnel and go elsewhere.
  public struct Loss: Sendable {
    /// Why they do.
    public enum Reason: Sendable {
      /// A row of the client itself matches longest, or is the first of two.
      case ownRow
      /// The client's own row has the destination, and the pushed one is not in the table.
      case displaced
      /// The row is the VPN's own, and its next hop lies in this network of the client.
      case astray(IPv4Prefix?)
    }

    /// The addresses.
    public let destination: IPv4Prefix
    /// What names them.
    public let subject: Subject
    /// The row that takes them.
    public let row: ClientRow
    /// Why.
    public let reason: Reason

    /// Whether the pushed row is not in the table because of the client's own.
    public var isDisplacement: Bool { if case .displaced = reason { true } else { false } }
  }

  /// A row that takes the tunnel's own packets astray.
  public struct Loop: Sendable {
    /// Why it does.
    public enum Cause: Sendable, Equatable {
      /// A route of the server, by its position, contains the server's address.
      case route(Int)
      /// The client pool contains it.
      case pool
      /// Everything enters the tunnel, and there is no host route to the server.
      case withoutHostRoute
      /// The next hop of the host route lies in the tunnel network.
      case gatewayInTunnel
      /// The next hop is the VPN gateway's address in the client's own network, where nobody has it.
      case nobody
      /// A row that the server does not push.
      case otherRow
      /// No row leads to the server.
      case noRow
    }

    /// The row.
    public let row: ClientRow?
    /// The server's address, if it is known.
    public let address: IPv4Address?
    /// Why.
    public let cause: Cause
  }

  /// Position of the server in the model.
  public let server: Int
  /// Which traffic should enter the tunnel, by the model.
  public let modelMode: VPNServer.TunnelMode
  /// nil if the client is not connected to this server.
  public let tunnel: Tunnel?
  /// What a line of the client profile seems to have done.
  public let profileSign: ProfileSign?
  /// What the server pushes today; empty in full tunnel or without a tunnel, and where the table has another mode.
  public let pushed: [PushedRoute]
  /// Rows of the tunnel that the server does not push any more.
  public let leftOver: [LeftOver]
  /// Networks that enter the tunnel by its rows, besides its own.
  public let entering: [IPv4Prefix]
  /// What goes elsewhere than into the tunnel.
  public let losses: [Loss]
  /// What comes of a pool that overlaps the client's own network, where the rows show it.
  public let poolConflict: PoolConflict?
  /// Whether the tunnel's own packets are led astray; nil if that is so for some of the server's addresses, or these
  /// are not known.
  public let isLooped: Bool?
  /// What leads them there, or may.
  public let loop: Loop?
  /// Where the table seems to be cut off.
  public let cut: Cut?

  /// A row of the tunnel that the server does not push any more.
  public struct LeftOver: Sendable {
    /// The row.
    public let row: ClientRow
    /// Position of a wider route by which the server still forwards all of it; nil if it drops what enters there.
    public let wider: Int?
  }

  /// Rows that a whole table would have are not there.
  public enum Cut: Sendable {
    /// This row leads to the VPN gateway, and no row leads to the tunnel network.
    case tunnelRow(ClientRow)
    /// There is a tunnel, and no row that leads anywhere else but into networks at hand.
    case defaultRow
  }
}

extension Observation {
  /// Judges a table. `rows` are a connected client's, or one's that is not.
  public init(_ rows: [ClientRow], of system: ClientSystem, _ analysis: ServerAnalysis, _ plan: AddressPlan) {
    let finder = TunnelFinder(rows, system, analysis)
    server = analysis.index
    modelMode = analysis.mode
    guard let tunnel = finder.tunnel else {
      self.tunnel = nil
      (profileSign, pushed, leftOver, entering, losses, poolConflict) = (nil, [], [], [], [], nil)
      (isLooped, loop) = (false, nil)
      cut = finder.orphan.map { .tunnelRow($0) }
      return
    }
    self.tunnel = tunnel
    let table = ObservedTable(rows, system, analysis, tunnel)
    let agrees = tunnel.mode == analysis.mode
    pushed = agrees && tunnel.mode == .split ? table.pushedRoutes : []
    profileSign = table.profileSign
    entering = table.entering
    leftOver = agrees && tunnel.mode == .split && profileSign != .dropsRoutes ? table.leftOver : []
    losses = table.astray + (agrees ? table.displaced(pushed) + table.ownRowsThatWin : [])
    (isLooped, loop) = table.carrier(plan)
    poolConflict = table.poolConflict(loop)
    let isMissing = pushed.contains { if case .missing = $0.state { true } else { false } }
    // A table with all that is pushed tells enough, whatever else it lacks.
    cut = table.hasWayOut(plan) || !pushed.isEmpty && !isMissing ? nil : .defaultRow
  }
}
