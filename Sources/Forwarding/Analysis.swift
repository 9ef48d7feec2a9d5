public import ClientVPN
import IPv4Space

/// Everything that is decided about a model: each server's clients, and where their packets go. One value that nobody
/// changes, behind a reference: every rule is handed it, and a copy costs more than most rules.
public final class Analysis: Sendable {
  /// The model.
  public let model: Model
  /// Which addresses belong to what.
  public let plan: AddressPlan
  /// What is attached to what in the VPC.
  public let attachments: Attachments
  /// One entry a server, in the order of the model.
  public let servers: [ServerAnalysis]

  /// Computes the analysis.
  public init(_ model: Model) {
    self.model = model
    let plan = AddressPlan(model)
    self.plan = plan
    let attachments = Attachments(model)
    self.attachments = attachments
    servers = model.servers.indices.map { ServerAnalysis($0, in: model, plan, attachments) }
  }

  /// How much is decided: the stretches of addresses that are told apart and the verdicts, of all servers and sites. The
  /// time that an analysis takes grows with it.
  public var size: Int { servers.reduce(0) { $0 + $1.size } }

  /// What clients of a server reach from a place. nil if the server's pool is not known.
  public func site(at place: ClientPlace, of server: ServerAnalysis, site: Int? = nil) -> SiteAnalysis? {
    SiteAnalysis(server.index, server.judge(in: model), at: place, site: site, in: model, plan, attachments)
  }

  /// The parts of a network that the model leaves out, in a fixed order.
  public var partsNotModelled: [ModelPart] { ModelPart.allCases.filter { !$0.isModelled(in: model) } }
}

/// A part of a network that a model may leave out.
public enum ModelPart: String, Sendable, CaseIterable {
  case addressPrefixes = "address prefixes"
  case routingTables = "routing tables"
  case networkACLs = "network ACLs"
  case securityGroups = "security groups"
  case workloads
  case clientSites = "client sites"

  func isModelled(in model: Model) -> Bool {
    switch self {
    case .addressPrefixes: model.vpc.addressPrefixes != nil
    case .routingTables: model.vpc.routingTables != nil
    case .networkACLs: model.vpc.networkACLs != nil
    case .securityGroups: model.vpc.securityGroups != nil
    case .workloads: model.vpc.workloads != nil
    case .clientSites: model.sites != nil
    }
  }
}
