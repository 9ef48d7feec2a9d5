public import SourceText

/// What a Terraform plan is about to do to one resource (Terraform, JSON output format, "Change representation").
public struct PlannedChange: Sendable {
  /// Kinds of resources whose changes rules look at.
  public enum Resource: String, Sendable, CaseIterable {
    case vpnServer, serverRoute, subnet, networkACL, networkACLRule
  }

  /// What is done.
  public enum Action: Sendable {
    case none, create, update, delete
    /// Destroyed and made anew, in either order.
    case replace
  }

  /// An attribute of the resource, or of an item of one of its lists.
  public struct Attribute: Sendable {
    /// The name as the plan has it.
    public let name: String
    /// Where the value stands that will be, else that was.
    public let span: Span
    /// Whether the plan names it as a reason to make the resource anew.
    public let forcesReplacement: Bool

    /// Makes an attribute.
    public init(_ name: String, _ span: Span, forcesReplacement: Bool) {
      self.name = name
      self.span = span
      self.forcesReplacement = forcesReplacement
    }
  }

  /// A trap of the provider that the values of the plan show by themselves.
  public enum Trap: Hashable, Sendable {
    /// The server is created with an idle timeout of 0.
    case idleTimeoutZero
    /// The server has no name.
    case nameUnset
    /// The authentication changes and asks for certificates.
    case certificateAuthentication
    /// A rule that denies says no protocol; its name, or its number from 1.
    case denyWithoutProtocol(rule: String)
    /// The rules of the ACL are deleted and made anew.
    case rulesRewritten
    /// Inputs of the module of the server that are left at their defaults.
    case moduleDefaults(module: String, inputs: [String])
  }

  /// The kind of resource.
  public let resource: Resource
  /// The address in the configuration, such as `module.net.ibm_is_vpn_server.vpn`.
  public let address: String
  /// What the model calls the resource.
  public let name: String
  /// What is done.
  public let action: Action
  /// Where the change is written.
  public let span: Span
  /// What changes, in the order of the plan.
  public let attributes: [Attribute]
  /// Traps, with the place of each.
  public let traps: [(trap: Trap, span: Span)]

  /// Makes a change.
  public init(
    _ resource: Resource, address: String, name: String, _ action: Action, at span: Span, attributes: [Attribute],
    traps: [(trap: Trap, span: Span)]
  ) {
    self.resource = resource
    self.address = address
    self.name = name
    self.action = action
    self.span = span
    self.attributes = attributes
    self.traps = traps
  }

  /// The first of some attributes that makes the resource be made anew.
  public func replacement(by names: String...) -> Attribute? {
    guard action == .replace else { return nil }
    return attributes.first { names.contains($0.name) && $0.forcesReplacement }
  }
}
