import ClientVPN
import Forwarding
public import IPv4Space

/// What clients of one server reach from one place. Rows are made when asked for: a large model has many.
public struct Reach: Sendable {
  private let model: Model
  private let subnets: [SubnetVerdict]
  private let networks: [NetworkVerdict]
  private let fates: AddressMap<Fate>
  private let flows: OpenFlows?

  init(
    _ model: Model, _ subnets: [SubnetVerdict], _ networks: [NetworkVerdict], _ fates: AddressMap<Fate>,
    _ flows: OpenFlows?
  ) {
    self.model = model
    self.subnets = subnets
    self.networks = networks
    self.fates = fates
    self.flows = flows
  }

  /// Addresses of a subnet that are not reached, with the outcome they share.
  public struct Uncovered: Sendable {
    /// The addresses.
    public let range: IPv4Range
    /// The outcome they share.
    public let outcome: String
  }

  /// The verdict for one subnet or network, all in the words of the JSON report.
  public struct Row: Sendable {
    /// Name of the subnet or network.
    public let name: String
    /// CIDRs, canonical.
    public let cidrs: [String]
    /// What is expected, the verdict, and the outcome of what is not reached.
    public let expect, verdict, outcome: String
    /// What is not reached.
    public let uncovered: [Uncovered]
    /// Whether there are more such ranges than the report lists.
    public let isTruncated: Bool
    /// Protocols and ports that are reached at some address, such as `tcp/443`; nil if no filters are modelled.
    public let flows: [String]?
    /// Whether there are more than the report lists.
    public let hasMoreFlows: Bool
    /// The same for each member of the server, if they differ.
    public let members: [ServerReport.MemberRow]
  }

  /// How many ranges a report lists for one row, and for all rows of a kind: thousands of wide subnets over thousands of
  /// routes would ask for billions.
  private static let mostRanges = (ofRow: 1_000, together: 100_000)

  /// The verdict for each subnet, in the order of the model.
  public func forEachSubnet(_ body: (Row) -> Void) {
    var room = Self.mostRanges.together
    for verdict in subnets {
      let subnet = model.vpc.subnets.elements[verdict.subnet]
      let ranges = verdict.verdict == .reachable ? [] : verdict.usable.map { [$0] } ?? []
      let uncovered = uncovered(ranges, &room)
      body(
        Row(
          name: subnet.name.value, cidrs: [subnet.block.value.canonical.description],
          expect: verdict.isServed ? verdict.intent.rawValue : Intent.any.rawValue, verdict: verdict.verdict.rawValue,
          outcome: verdict.outcome.rawValue, uncovered: uncovered.list,
          isTruncated: uncovered.isTruncated, flows: flows(to: verdict.usable.map { [$0] } ?? []),
          members: verdict.members))
    }
  }

  /// The verdict for each declared network, in the order of the model.
  public func forEachNetwork(_ body: (Row) -> Void) {
    var room = Self.mostRanges.together
    for verdict in networks {
      guard let network = model.networks?.elements[verdict.network] else { continue }
      let ranges = verdict.verdict == .reachable ? [] : verdict.ranges.ranges
      let uncovered = uncovered(ranges, &room)
      body(
        Row(
          name: network.name.value, cidrs: network.cidrs.map { $0.value.canonical.description },
          expect: verdict.isServed ? verdict.intent.rawValue : Intent.any.rawValue, verdict: verdict.verdict.rawValue,
          outcome: verdict.outcome.rawValue, uncovered: uncovered.list,
          isTruncated: uncovered.isTruncated, flows: flows(to: verdict.ranges.ranges), members: verdict.members))
    }
  }

  private func flows(to ranges: [IPv4Range]) -> [String]? { flows.map { $0.flows(to: ranges).words } }

  private func uncovered(_ ranges: [IPv4Range], _ room: inout Int) -> (list: [Uncovered], isTruncated: Bool) {
    let limit = min(Self.mostRanges.ofRow, room)
    var list: [Uncovered] = []
    for range in ranges {
      // One more than fits tells whether something is left out.
      let stretches = fates.unreached(in: range, limit: limit - list.count + 1)
      list += stretches.map { Uncovered(range: $0.range, outcome: $0.fate.outcome.rawValue) }
      if list.count > limit { break }
    }
    let isTruncated = list.count > limit
    room -= min(list.count, limit)
    return (Array(list.prefix(limit)), isTruncated)
  }
}

extension Reach.Row {
  /// How many flows a report lists for one row.
  private static let mostFlows = 64

  fileprivate init(
    name: String, cidrs: [String], expect: String, verdict: String, outcome: String, uncovered: [Reach.Uncovered],
    isTruncated: Bool, flows: [String]?, members: [MemberVerdict]
  ) {
    self.init(
      name: name, cidrs: cidrs, expect: expect, verdict: verdict, outcome: outcome, uncovered: uncovered,
      isTruncated: isTruncated, flows: flows.map { Array($0.prefix(Self.mostFlows)) },
      hasMoreFlows: flows.map { $0.count > Self.mostFlows } ?? false,
      members: members.map { ServerReport.MemberRow($0) })
  }
}

extension ServiceSet {
  /// Each protocol with its ports as reports write it: `icmp`, `tcp/443`, `udp/1-65535`.
  fileprivate var words: [String] {
    let echo = isSuperset(of: .icmpEcho) ? [TransportProtocol.icmp.rawValue] : []
    return echo
      + [TransportProtocol.tcp, .udp].flatMap { transport in
        ports(of: transport).map { ports in
          let last = ports.count == 1 ? "" : "-\(ports.upperBound)"
          return "\(transport.rawValue)/\(ports.lowerBound)\(last)"
        }
      }
  }
}
