import ClientVPN
import Forwarding
public import IPv4Space

/// A part of a network that verdicts do not take into account.
public struct UnmodelledPart: Hashable, Sendable, Comparable {
  private let part: ModelPart
  /// Whether the part is in the file, and this version does not judge it.
  public let isInFile: Bool

  init(_ part: ModelPart, isInFile: Bool) {
    self.part = part
    self.isInFile = isInFile
  }

  /// The part in words: "network ACLs".
  public var name: String { part.rawValue }
  /// The part in words, and of a part that is in the file and not judged, that too.
  public var description: String { isInFile ? "\(name) (in the file, not judged)" : name }

  private var order: Int { (ModelPart.allCases.firstIndex(of: part) ?? 0) * 2 + (isInFile ? 1 : 0) }

  /// The fixed order of reports.
  public static func < (left: UnmodelledPart, right: UnmodelledPart) -> Bool { left.order < right.order }
}

/// What clients of one server reach. Rows are made when asked for: a large model has many.
public struct ServerReport: Sendable {
  private let analysis: ServerAnalysis
  private let model: Model
  /// Number of the document in its file, from 0.
  public let document: Int

  init(_ analysis: ServerAnalysis, _ model: Model, document: Int) {
    self.analysis = analysis
    self.model = model
    self.document = document
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

  /// The verdict for one expectation.
  public struct ExpectationRow: Sendable {
    /// The target as written, what is expected, the verdict and the outcome.
    public let to, expect, verdict, outcome: String
    /// Whether what is expected happens; nil if the model does not tell.
    public let holds: Bool?
  }

  /// Name of the server.
  public var name: String { analysis.server.name.value }
  /// `split` or `full`.
  public var mode: String { analysis.mode.rawValue }

  /// How many ranges a report lists for one row, and for all rows of a server: thousands of wide subnets over thousands
  /// of routes would ask for billions.
  private static let mostRanges = (ofRow: 1_000, ofServer: 100_000)

  /// The verdict for each subnet, in the order of the model.
  public func forEachSubnet(_ body: (Row) -> Void) {
    var room = Self.mostRanges.ofServer
    for verdict in analysis.subnets {
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
    var room = Self.mostRanges.ofServer
    for verdict in analysis.networks {
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

  /// The verdict for each expectation about this server, in the order of the model.
  public var expectations: [ExpectationRow] {
    analysis.expectations.compactMap { verdict in
      guard let expectation = model.expectations?.elements[verdict.expectation] else { return nil }
      return ExpectationRow(
        to: expectation.to.value, expect: expectation.expect.value.rawValue, verdict: verdict.verdict.rawValue,
        outcome: verdict.outcome.rawValue, holds: verdict.holds)
    }
  }

  private func uncovered(_ ranges: [IPv4Range], _ room: inout Int) -> (list: [Uncovered], isTruncated: Bool) {
    let limit = min(Self.mostRanges.ofRow, room)
    var list: [Uncovered] = []
    for range in ranges {
      // One more than fits tells whether something is left out.
      let stretches = analysis.unreached(in: range, limit: limit - list.count + 1)
      list += stretches.map { Uncovered(range: $0.range, outcome: $0.fate.outcome.rawValue) }
      if list.count > limit { break }
    }
    let isTruncated = list.count > limit
    room -= min(list.count, limit)
    return (Array(list.prefix(limit)), isTruncated)
  }
}
