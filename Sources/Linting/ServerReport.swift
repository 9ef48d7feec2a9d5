import ClientVPN
import Forwarding
import IPv4Space
public import SourceText

/// A part of a network that a model leaves out, so that verdicts do not take it into account.
public struct UnmodelledPart: Equatable, Sendable, Comparable {
  private let part: ModelPart

  init(_ part: ModelPart) { self.part = part }

  /// The part in words: "network ACLs".
  public var name: String { part.rawValue }

  private var order: Int { ModelPart.allCases.firstIndex(of: part) ?? 0 }

  /// The fixed order of reports.
  public static func < (left: UnmodelledPart, right: UnmodelledPart) -> Bool { left.order < right.order }
}

extension [UnmodelledPart] {
  /// Adds those that are not there yet: there are a handful.
  mutating func add(_ parts: [UnmodelledPart]) {
    for part in parts where !contains(part) { append(part) }
  }
}

/// What clients of one server reach. Rows are made when asked for: a large model has many.
public struct ServerReport: Sendable {
  let server: ServerAnalysis
  let analysis: Analysis
  /// Number of the document in its file, from 0.
  public let document: Int

  init(_ server: ServerAnalysis, in analysis: Analysis, document: Int) {
    self.server = server
    self.analysis = analysis
    self.document = document
  }

  /// The verdict for one expectation.
  public struct ExpectationRow: Sendable {
    /// The target as written, what is expected, the verdict and the outcome.
    public let to, expect, verdict, outcome: String
    /// Whether what is expected happens; nil if the model does not tell.
    public let holds: Bool?
    /// Which flows it is about, as written.
    public let transport: String?
    /// Their destination port.
    public let port: Int?
    /// The server that it is about.
    public let from: String?
  }

  /// The verdict for one service of a workload.
  public struct ServiceRow: Sendable {
    /// Name of the workload, the service such as `tcp/443`, the verdict and the outcome.
    public let workload, service, verdict, outcome: String
    /// The same for each member of the server, if they differ.
    public let members: [MemberRow]
  }

  /// A verdict for one member of the server.
  public struct MemberRow: Sendable {
    /// Name of the subnet that the member stands in, the verdict and the outcome.
    public let subnet, verdict, outcome: String
  }

  /// The verdict for each service of each workload, in the order of the model.
  public var services: [ServiceRow] {
    server.services.compactMap { verdict in
      guard let workload = analysis.model.vpc.workloads?.elements[verdict.workload] else { return nil }
      return ServiceRow(
        workload: workload.name.value, service: verdict.service.value.description, verdict: verdict.verdict.rawValue,
        outcome: verdict.outcome.rawValue, members: verdict.members.map { MemberRow($0) })
    }
  }

  /// Where the server is written.
  public var place: Span { server.server.name.span }
  /// Name of the server.
  public var name: String { server.server.name.value }
  /// `split` or `full`.
  public var mode: String { server.mode.rawValue }

  /// What clients reach of whose place nothing is known.
  public var reach: Reach { Reach(analysis.model, server.subnets, server.networks, server.fates, server.openFlows) }

  /// What clients reach from each site, in the order of the model.
  public var sites: [(name: String, reach: Reach)] {
    server.sites.compactMap { site in
      guard let index = site.site, let name = analysis.model.sites?.elements[index].name.value else { return nil }
      return (name, Reach(analysis.model, site.subnets, site.networks, site.fates, site.openFlows))
    }
  }

  /// The verdict for each expectation about this server, in the order of the model.
  public var expectations: [ExpectationRow] {
    server.expectations.compactMap { verdict in
      guard let expectation = analysis.model.expectations?.elements[verdict.expectation] else { return nil }
      return ExpectationRow(
        to: expectation.to.value, expect: expectation.expect.value.rawValue, verdict: verdict.verdict.rawValue,
        outcome: verdict.outcome.rawValue, holds: verdict.holds, transport: expectation.transport?.value.rawValue,
        port: expectation.port?.value, from: expectation.from?.text)
    }
  }
}

extension ServerReport.MemberRow {
  init(_ verdict: MemberVerdict) {
    self.init(subnet: verdict.subnet, verdict: verdict.verdict.rawValue, outcome: verdict.outcome.rawValue)
  }
}
