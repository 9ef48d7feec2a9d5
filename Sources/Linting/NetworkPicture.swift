import ClientVPN
import Forwarding
import IPv4Space

/// What a picture of one server's network shows: who connects and how, the routes, and everything that clients are meant
/// to reach or to be kept from. What stands for itself and what is folded together is decided here, not in the drawing.
public struct NetworkPicture: Sendable, Equatable {
  /// How something is, measured by what the model wants of it.
  public enum State: Sendable, Equatable, CaseIterable {
    /// Reached, as wanted.
    case reached
    /// Not reached, as wanted.
    case keptOut
    /// Not reached, though wanted.
    case missed
    /// Wanted, and reached in part.
    case partly
    /// Reached at least in part, though it must not be.
    case exposed
    /// The model does not tell.
    case unknown
    /// Nothing is wanted of it; whether it is reached.
    case open(isReached: Bool)

    /// The states without those that nothing is wanted of, in the order of weight, and these.
    public static let allCases: [State] = [
      .missed, .exposed, .partly, .unknown, .keptOut, .reached, .open(isReached: true), .open(isReached: false),
    ]

    /// Whether there is nothing to do about it.
    public var isAsWanted: Bool {
      switch self {
      case .reached, .keptOut, .open: true
      case .missed, .partly, .exposed, .unknown: false
      }
    }
  }

  /// A subnet or a network, or several of one state folded together.
  public struct Item: Sendable, Equatable {
    /// The first names, in the order of the model.
    public var names: [String]
    /// How many it stands for; 1 unless folded.
    public var count = 1
    /// The first CIDRs, canonical; none if folded.
    public var cidrs: [String]
    /// How many CIDRs there are.
    public var cidrCount: Int
    /// How packets get there from the VPC, in the word of the model; nil for a subnet.
    public var via: String?
    /// How it is.
    public var state: State
    /// The outcome of what is not reached; `reachable` if everything is; nil if those folded differ.
    public var outcome: String?
    /// The routes of the server that decide, by name or destination; empty if folded.
    public var routes: [String]
    /// How many routes decide.
    public var routeCount: Int
    /// Whether a VPN server stands in it.
    public var holdsServer: Bool
    /// Whether it holds nothing else, so that not reaching it matters little.
    public var holdsServerAlone: Bool

    /// Whether it stands for several.
    public var isFolded: Bool { count > 1 }
  }

  /// The subnets of one zone.
  public struct Zone: Sendable, Equatable {
    /// The zone; nil if the model does not tell it, or for several zones together.
    public var name: String?
    /// How many zones stand here together; 1 unless there are too many.
    public var count = 1
    /// How many subnets there are, and how many of them are as the model wants them.
    public var subnets, asWanted: Int
    /// The subnets, those that are not as wanted first.
    public var items: [Item]
  }

  /// A place where clients connect from.
  public struct Site: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// `macos`, `linux` or `windows`, and the local network, if the model tells.
    public let system, lan: String?
    /// Whether the tunnel's own packets find no way to the server from here.
    public let isDead: Bool
    /// The first of what clients elsewhere get as wanted and clients here do not.
    public let lost: [String]
    /// How many these are.
    public let lostCount: Int
  }

  /// How the tunnel is.
  public enum Tunnel: Sendable, Equatable {
    case up
    /// Its own packets are led into it.
    case looped
    /// Filters stop its own packets.
    case blocked
    /// Whether it loops depends on the server's public addresses, which the model does not tell.
    case unknown
  }

  /// A route of the server.
  public struct Route: Sendable, Equatable {
    /// The network that packets are sent to, as written, and `deliver`, `translate` or `drop`.
    public let destination, action: String
    /// Its name, if it has one.
    public let name: String?
    /// The first subnets and networks for which it decides.
    public let targets: [String]
    /// How many these are.
    public let targetCount: Int
  }

  /// Number of the document in its file, from 0.
  public let document: Int
  /// Name of the server, and `split` or `full`.
  public let server, mode: String
  /// The client pool, if known, and the address that a client has.
  public let pool, clientAddress: String?
  /// The sites that are shown.
  public let sites: [Site]
  /// How many more there are.
  public let moreSites: Int
  /// How the tunnel is.
  public let tunnel: Tunnel
  /// Public addresses of the server, and the subnets it stands in.
  public let publicIPs, places: [String]
  /// The routes that are shown.
  public let routes: [Route]
  /// How many more there are.
  public let moreRoutes: Int
  /// Whether the model tells all routes.
  public let routesAreKnown: Bool
  /// Name and region of the VPC, if the model tells.
  public let vpc, region: String?
  /// The zones, in the order of the model.
  public let zones: [Zone]
  /// The networks beyond the VPC, those that are not as wanted first.
  public let networks: [Item]
  /// How many networks there are, and how many of them are as the model wants them.
  public let networkCount, networksAsWanted: Int
  /// What the model leaves out, in words.
  public let notModelled: [String]
}

extension NetworkPicture {
  /// How many subnets there are.
  public var subnetCount: Int { zones.reduce(0) { $0 + $1.subnets } }
  /// How many subnets are as the model wants them.
  public var subnetsAsWanted: Int { zones.reduce(0) { $0 + $1.asWanted } }
  /// How many subnets and networks stand folded in boxes with others.
  public var folded: Int { (zones.flatMap(\.items) + networks).reduce(0) { $0 + ($1.isFolded ? $1.count : 0) } }
}

extension ModelFile {
  /// The pictures of the servers with a name, or of all, document by document.
  public func pictures(server name: String?) throws(Problem) -> [NetworkPicture] {
    let chosen = Set(try servers(named: name).map { ObjectIdentifier($0.server) })
    return analyses.enumerated().flatMap { document, analysis in
      analysis.servers.filter { chosen.contains(ObjectIdentifier($0)) }.map {
        NetworkPicture($0, in: analysis, document: document)
      }
    }
  }
}

extension ServerReport {
  /// The picture of the server's network.
  public var picture: NetworkPicture { NetworkPicture(server, in: analysis, document: document) }
}
