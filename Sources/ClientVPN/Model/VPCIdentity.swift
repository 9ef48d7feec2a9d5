/// What tells one VPC from another: its name and its id, of which a model may know one, both or none.
struct VPCIdentity {
  var name: String?
  var id: String?

  init(_ vpc: VPC) { (name, id) = (vpc.name?.value, vpc.id?.value) }

  init(_ reference: Reference) {
    id = reference.id
    name = reference.text == reference.id ? nil : reference.text
  }

  /// Whether nothing is known.
  var isUnknown: Bool { name == nil && id == nil }

  /// Whether the two are certainly different. A text by itself may be a name or an id.
  func differs(from other: VPCIdentity) -> Bool {
    if let id, let theirs = other.id { return id != theirs }
    guard let name, let theirs = other.name else { return false }
    return name != theirs && name != other.id && theirs != id
  }
}

extension Model {
  /// The VPC in which a server stands: as the API names it for the server, else the VPC of the model; without a name
  /// and an id that of the first subnet of the server that the API names one for.
  private func home(of server: VPNServer) -> VPCIdentity {
    if let own = server.vpc { return VPCIdentity(own) }
    let whole = VPCIdentity(vpc)
    guard whole.isUnknown else { return whole }
    let first = (server.subnets?.elements ?? []).lazy.compactMap(\.index).compactMap {
      self.vpc.subnets.elements[$0].vpc
    }
    return first.first.map(VPCIdentity.init) ?? whole
  }

  /// Subnets of a server that lie in another VPC than the server, by their places among its subnets.
  public func subnetsInOtherVPCs(of server: VPNServer) -> [Int] {
    let (home, whole) = (home(of: server), VPCIdentity(vpc))
    return (server.subnets?.elements ?? []).enumerated().compactMap { place, reference in
      guard let index = reference.index else { return nil }
      let own = vpc.subnets.elements[index].vpc.map(VPCIdentity.init) ?? whole
      return own.differs(from: home) ? place : nil
    }
  }

  /// Whether a security group lies in another VPC than a server.
  public func isInOtherVPC(_ group: SecurityGroup, than server: VPNServer) -> Bool {
    (group.vpc.map(VPCIdentity.init) ?? VPCIdentity(vpc)).differs(from: home(of: server))
  }

  /// Whether a security group lies in another VPC than the model's.
  public func isInOtherVPC(_ group: SecurityGroup) -> Bool {
    group.vpc.map { VPCIdentity($0).differs(from: VPCIdentity(vpc)) } ?? false
  }
}
