public import SourceText

/// One document: a VPC, the VPN servers in it, what lies beyond, and what clients are meant to reach.
///
/// Keys and shapes are those of the model file (README, "The model file"); names follow the IBM Cloud VPC API.
public struct Model: Sendable {
  /// The service that the model describes.
  public var provider = ProviderProfile.ibm
  /// The whole document.
  public let span: Span
  /// The VPC.
  public var vpc = VPC()
  /// The client VPN servers.
  public var servers: [VPNServer] = []
  /// Where the key of their list is written; nil if it is not.
  public var serversKey: Span?
  /// Networks beyond the VPC.
  public var networks: ListField<Network>?
  /// Whether the model says that there may be other networks.
  public var networksAreUnknown = false
  /// Places where people connect from.
  public var sites: ListField<ClientSite>?
  /// What must hold.
  public var expectations: ListField<Expectation>?
  /// Numbers that replace the provider's, by the key of the quota.
  public var quotas: [String: Int] = [:]
  /// What could not be understood, in the order of the file.
  public var problems: [ModelProblem] = []
  /// What the model says that it does not know; of an imported one also what could not be made part of it.
  public var gaps: [ImportGap] = []
  /// Of a model from a plan of Terraform, what the plan is about to do; none in a model file.
  public var changes: [PlannedChange] = []
  /// Of a model from a plan of Terraform, the resources that the plan makes, by the places of what each must have: the
  /// pool of a VPN server, the addresses of a subnet, the destination of a server's route.
  public var making: [Span: PlannedMaking] = [:]

  /// Whether what are lists elsewhere come from sets, which have no order: Terraform keeps DNS servers as such.
  public var setsHaveNoOrder = false

  /// Makes an empty model of a document.
  public init(span: Span) { self.span = span }

  /// The number that holds for a quota.
  public func quota(_ quota: Quota) -> Int { quotas[quota.rawValue] ?? provider.number(of: quota) ?? .max }

  /// The place to point at when a server is missing.
  public var serversPlace: Span { serversKey ?? vpc.name?.span ?? span }

  /// Whether addresses where nothing is known may be those of a subnet or network that the model does not know.
  public var placesAreIncomplete: Bool { networksAreUnknown || vpc.subnetsAreUnknown }
}
