import ClientVPN
import IPv4Space

/// The filters and routes between the clients on one member of a server and one place in the VPC or beyond it.
struct FlowPath {
  /// What the server does with the packets: then their source is known.
  enum Source: Hashable {
    /// `deliver`: the client pool; nil if it is not known.
    case pool(IPv4Range?)
    /// `translate`: the addresses of the member's subnet but the provider's; nil if the subnets are not modelled.
    case subnet(IPv4Range?)

    var range: IPv4Range? {
      switch self {
      case .pool(let range): range
      case .subnet(let range): range
      }
    }
  }

  /// Number of the member.
  let member: Int
  /// Where the packets come from.
  let source: Source
  /// The ports that clients open connections from.
  let ports: EphemeralPorts
  /// Filters that requests pass, in order.
  var request: [FilterStage] = []
  /// Filters that answers pass before they are routed, in order.
  var leaving: [FilterStage] = []
  /// Filters that answers pass at the server's subnet, in order.
  var returning: [FilterStage] = []
  /// The routing table of the server's subnet; nil if none decides.
  var requestRouting: SubnetRouting?
  /// Whether the packets stay in the VPC. The route of a request to somewhere in it needs a next hop that is not
  /// followed.
  var staysInVPC = true
  /// The routes of answers; nil if none decide.
  var replyRouting: ReplyRouting?
  /// Whether routing tables are modelled, and which one the server's or the target's subnet has is not known.
  var isRequestRoutingUnknown = false
  var isReplyRoutingUnknown = false
  /// The address that a client has in examples.
  var usualClient: IPv4Address?

  init(member: Int, source: Source, ports: EphemeralPorts) {
    self.member = member
    self.source = source
    self.ports = ports
  }

  /// Every filter, in order.
  var filters: [FilterStage] { request + leaving + returning }

  /// The clients' ends that packets may have; any if the source is not known.
  var clients: IPv4Range { source.range ?? .everything }

  /// What becomes of a request by the server's subnet's routing table.
  enum RequestWay: Int {
    case on, dropped, unknown
  }

  func requestWay(to address: IPv4Address) -> RequestWay {
    if isRequestRoutingUnknown { return .unknown }
    guard let requestRouting else { return .on }
    let ways = requestRouting.alternatives.map { requestWay($0[address]) }
    return ways.dropFirst().allSatisfy { $0 == ways[0] } ? ways[0] : .unknown
  }

  private func requestWay(_ choice: VPCRouting.Choice) -> RequestWay {
    switch choice {
    case .drop: .dropped
    case .hop: staysInVPC ? .unknown : .on
    case .system, .injected: .on
    }
  }

  /// An address to show of a stretch of clients' ends: the usual client's, else the first.
  func shown(of stretch: IPv4Range) -> IPv4Address {
    if let usualClient, stretch.contains(usualClient) { return usualClient }
    return stretch.first
  }
}
