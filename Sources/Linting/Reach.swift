import ClientVPN
import Forwarding
public import IPv4Space

/// What clients of one server reach from one place. Rows are made when asked for: a large model has many.
public struct Reach: Sendable {
  private let model: Model
  private let subnets: [SubnetVerdict]
  private let networks: [NetworkVerdict]
  private let fates: AddressMap<Fate>

  init(_ model: Model, _ subnets: [SubnetVerdict], _ networks: [NetworkVerdict], _ fates: AddressMap<Fate>) {
    self.model = model
    self.subnets = subnets
    self.networks = networks
    self.fates = fates
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
          isTruncated: uncovered.isTruncated))
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
          isTruncated: uncovered.isTruncated))
    }
  }

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
