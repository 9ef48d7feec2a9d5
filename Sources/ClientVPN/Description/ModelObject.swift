/// A kind of object in the model file. The raw value is its name in schemas.
public enum ModelObject: String, Sendable, CaseIterable {
  case model, vpc
  case addressPrefix = "address_prefix"
  case subnet
  case routingTable = "routing_table"
  case vpcRoute = "vpc_route"
  case networkACL = "network_acl"
  case aclRule = "network_acl_rule"
  case securityGroup = "security_group"
  case securityGroupRule = "security_group_rule"
  case workload
  case server = "vpn_server"
  case serverRoute = "vpn_server_route"
  case authentication = "client_authentication"
  case client = "vpn_server_client"
  case network
  case site = "client_site"
  case siteRoute = "client_site_route"
  case expectation, quotas

  /// What an object of this kind is, in a sentence.
  public var text: String {
    switch self {
    case .model: "A VPC, its subnets and its client VPN servers, as vpnlint reads them."
    case .vpc: "The VPC: its subnets, and what else of it the verdicts are to take into account."
    case .addressPrefix: "Addresses of the VPC in one zone, from which its subnets are cut."
    case .subnet: "A subnet of the VPC."
    case .routingTable:
      "A routing table of the VPC. Answers to clients find back by the table of the workload's subnet."
    case .vpcRoute: "A route of a VPC routing table."
    case .networkACL:
      "A network ACL. It keeps no state, so answers need a rule too; the first rule that matches decides, and what no "
        + "rule matches is denied."
    case .aclRule: "A rule of a network ACL."
    case .securityGroup:
      "A security group. It keeps state, so answers pass by themselves; what no rule of any attached group allows is "
        + "denied."
    case .securityGroupRule: "A rule of a security group: what it describes is allowed."
    case .workload: "Something in the VPC that clients want to reach."
    case .server: "A client VPN server."
    case .serverRoute:
      "A route of a VPN server: what the server does with packets to a destination. Without one it drops them, in both "
        + "tunnel modes."
    case .authentication: "A way in which clients prove who they are; they must pass every one that is listed."
    case .client: "A session of a client, as the API lists it."
    case .network: "A network beyond the VPC."
    case .site:
      "A place where people connect from: the client's system, its LAN and the routes it has before it connects."
    case .siteRoute: "A route that a client has before it connects, beside its default route."
    case .expectation: "Something that must hold of the way that clients' packets take."
    case .quotas: "Limits of the account that differ from the provider's usual ones, because support has raised them."
    }
  }

  /// The kind in words: "subnet".
  public var title: String { declaration.title }

  /// Every key that the decoder takes in an object of this kind, those with a meaning alone.
  public var keys: [KeyDescription] { declaration.keys }

  /// The key by which an object of any kind says that it does not know others, with a description.
  public static let notKnown = (
    name: NotKnown.key,
    text:
      "Names of keys of this object of which the value is not known: what depends on them is undetermined. Of a list "
      + "the items that are known may be written. A value that is written beside it is kept and not understood."
  )

  /// Names of further keys that are accepted in any object and not read: they belong to the API's answers.
  public static var passiveKeys: [String] { PassiveKeys.names.sorted() }

  private struct Declaration {
    let title: String
    let keys: [KeyDescription]

    init<Key: DescribedKey>(_: Key.Type) {
      title = Key.table.object
      keys = Key.table.entries.map { entry in
        KeyDescription(
          name: entry.name, synonym: entry.synonym, isRequired: entry.isRequired, meaning: entry.key.meaning)
      }
    }
  }

  private var declaration: Declaration {
    switch self {
    case .model: Declaration(TopKey.self)
    case .vpc: Declaration(VPCKey.self)
    case .addressPrefix: Declaration(AddressPrefixKey.self)
    case .subnet: Declaration(SubnetKey.self)
    case .routingTable: Declaration(RoutingTableKey.self)
    case .vpcRoute: Declaration(VPCRouteKey.self)
    case .networkACL: Declaration(NetworkACLKey.self)
    case .aclRule: Declaration(ACLRuleKey.self)
    case .securityGroup: Declaration(SecurityGroupKey.self)
    case .securityGroupRule: Declaration(SecurityGroupRuleKey.self)
    case .workload: Declaration(WorkloadKey.self)
    case .server: Declaration(ServerKey.self)
    case .serverRoute: Declaration(ServerRouteKey.self)
    case .authentication: Declaration(AuthenticationKey.self)
    case .client: Declaration(ClientKey.self)
    case .network: Declaration(NetworkKey.self)
    case .site: Declaration(SiteKey.self)
    case .siteRoute: Declaration(SiteRouteKey.self)
    case .expectation: Declaration(ExpectationKey.self)
    case .quotas: Declaration(QuotaKey.self)
    }
  }
}
