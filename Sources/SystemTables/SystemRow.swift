public import IPv4Space

/// One row of a routing table, with what is needed to print it again.
public struct SystemRow: Hashable, Sendable {
  /// Where the packets of a row are handed to.
  public enum Gateway: Hashable, Sendable {
    /// The destination itself, on the link of the interface: `link#10`, a hardware address, `On-link`, no `via`.
    case onLink
    /// A router.
    case address(IPv4Address)
    /// A router by its IPv6 address, as written.
    case ipv6(String)
    /// A router whose address was made illegible before the table was handed on, as written.
    case masked(String)
  }

  /// A word of `ip route` after the destination, in that command's spelling, such as `proto kernel`.
  public struct Attribute: Hashable, Sendable {
    /// The word: `proto`, `src`, `mtu`, `linkdown`.
    public var name: String
    /// What follows it; empty for a flag such as `linkdown`.
    public var value: String

    /// Makes an attribute; without a value it is a flag.
    public init(_ name: String, _ value: String = "") {
      self.name = name
      self.value = value
    }
  }

  /// One of several ways of a row that shares its packets out among them.
  public struct NextHop: Hashable, Sendable {
    /// Where the packets are handed to.
    public var gateway: Gateway
    /// Name of the interface; empty if none is given.
    public var interface: String
    /// `weight` and flags.
    public var attributes: [Attribute]

    /// Makes a next hop.
    public init(gateway: Gateway, interface: String, attributes: [Attribute] = []) {
      self.gateway = gateway
      self.interface = interface
      self.attributes = attributes
    }
  }

  /// The destination; may have host bits. Nil if the address was made illegible.
  public var destination: IPv4Prefix?
  /// The destination as written. The two columns of Windows are joined to `10.1.0.0/24`.
  public var destinationText: String
  /// Where packets are handed to; of several next hops the first.
  public var gateway: Gateway
  /// The gateway as written; empty where nothing is written. What macOS writes for a link is written again from here.
  public var gatewayText: String
  /// Name of the interface, of several next hops the first; on Windows its address. Empty for a Linux row without one.
  public var interface: String
  /// Windows and Linux; 0 if there is none.
  public var metric: Int
  /// The flags of macOS, such as `UGSc`; otherwise empty.
  public var flags: String
  /// The last column of macOS: empty, seconds, or `!`.
  public var expire: String
  /// The type that `ip route` writes in front: `blackhole`, `unreachable`, `local`…; empty for `unicast`.
  public var kind: String
  /// Everything else that `ip route` says of the row, in its order.
  public var attributes: [Attribute]
  /// All ways of a Linux row with several; otherwise empty.
  public var nextHops: [NextHop]
  /// The line the row begins in, from 1; 0 for a row that was not read.
  public var line: Int

  /// Makes a row. Texts that are left out are written from the values.
  public init(
    destination: IPv4Prefix?, destinationText: String = "", gateway: Gateway, gatewayText: String = "",
    interface: String, metric: Int = 0, flags: String = "", expire: String = "", kind: String = "",
    attributes: [Attribute] = [], nextHops: [NextHop] = [], line: Int = 0
  ) {
    self.destination = destination
    self.destinationText = destinationText.isEmpty ? destination?.description ?? "" : destinationText
    self.gateway = gateway
    self.gatewayText = gatewayText.isEmpty ? gateway.text : gatewayText
    self.interface = interface
    self.metric = metric
    self.flags = flags
    self.expire = expire
    self.kind = kind
    self.attributes = attributes
    self.nextHops = nextHops
    self.line = line
  }

  /// Whether this is a host row of macOS (flag `H`), which stands beside a network row of length 32.
  public var isHostRow: Bool { flags.utf8.contains(UInt8(ascii: "H")) }

  /// The value of an attribute of `ip route`, empty for a flag; nil if the row has no such attribute.
  public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
}

extension SystemRow.Gateway {
  /// The address as written or in its usual notation; empty if there is none.
  var text: String {
    switch self {
    case .onLink: ""
    case .address(let address): address.description
    case .ipv6(let text), .masked(let text): text
    }
  }
}
