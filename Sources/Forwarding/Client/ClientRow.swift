public import IPv4Space
public import SourceText

/// A row of a client's routing table.
public struct ClientRow: Sendable, Hashable {
  /// Where the next hop is.
  public enum Gateway: Sendable, Hashable {
    /// The destination is on the link itself.
    case onLink
    case address(IPv4Address)
    /// There is a gateway, and its address is not known.
    case unknown
    /// Packets are thrown away, as by a `blackhole` row of Linux.
    case nowhere
  }

  /// Where a row comes from. The raw value is the word of reports (SPEC §5).
  public enum Origin: String, Sendable {
    /// It was there before connecting.
    case existing
    /// The tunnel interface brought it.
    case tunnel
    /// Full tunnel takes everything in with it.
    case redirect
    /// It keeps the tunnel's own packets outside the tunnel.
    case serverHost = "server-host"
    /// The server pushed it, or the client profile adds it.
    case pushed
    /// The server pushed it for the client pool.
    case pool
  }

  /// The addresses; nil for a public address of the server that the model does not tell.
  public var destination: IPv4Prefix?
  /// The next hop.
  public var gateway: Gateway
  /// Name of the interface.
  public var interface: String
  /// The metric; 0 where there is none.
  public var metric: Int
  /// Where the row comes from.
  public var origin: Origin
  /// Whether it leads into the tunnel.
  public var isTunnel: Bool
  /// Whether macOS marks it as the route to one host, which is another row than one of /32.
  public var isHost: Bool
  /// Whether gateways in the destination can be reached without a further hop.
  public var isConnected: Bool
  /// Position of the server's route, of a pushed row.
  public var serverRoute: Int?
  /// Position in the table before connecting, if that is a real one.
  public var baseRow: Int?
  /// Where the row stands in a table, if its destination is illegible in part.
  public var listedAs: IPv4Prefix?
  /// What in the model decides about it.
  public var span: Span?

  /// A row that was there before connecting. `baseRow` is its position in a real table.
  public init(
    _ destination: IPv4Prefix, _ gateway: Gateway, interface: String, metric: Int = 0, isHost: Bool = false,
    baseRow: Int? = nil, span: Span? = nil
  ) {
    self.init(
      destination, gateway, interface: interface, metric: metric, origin: .existing, isTunnel: false, span: span)
    self.isHost = isHost
    self.baseRow = baseRow
  }

  init(
    _ destination: IPv4Prefix?, _ gateway: Gateway, interface: String, metric: Int, origin: Origin, isTunnel: Bool,
    span: Span?
  ) {
    self.destination = destination
    self.gateway = gateway
    self.interface = interface
    self.metric = metric
    self.origin = origin
    self.isTunnel = isTunnel
    isHost = false
    isConnected = gateway == .onLink
    self.span = span
  }
}
