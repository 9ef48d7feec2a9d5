import SourceText
import SourceTree

// What a plan does not know until apply: the model is told that it is not known, and why.
extension TerraformModelBuilder {
  /// An argument of a resource and the key of the model that stands for it.
  typealias Argument = (name: String, key: String)

  /// Says of a draft which of its values are not known until apply. `path` leads to what it is made of.
  mutating func markPending(
    _ arguments: [Argument], at path: [String] = [], of position: Int, _ resource: String, _ words: String,
    _ draft: inout Draft
  ) {
    let instance = input.instances[position]
    for (name, key) in arguments
    where input.isPending(path + [name], of: instance) || hasOpenItem(path + [name], instance) {
      let origin = input.origin(of: path + [name], of: instance)
      draft.setNotKnown(key, at: origin.place)
      gaps.add(
        resource, key, "`\(key)` of \(words) is not known until apply",
        "\(origin.reason); what depends on it is undetermined", at: origin.place)
    }
  }

  /// What a model calls the resources that have a name of their own, and where it has them.
  private static let named = [
    TerraformType.vpnServer: (words: "VPN server", list: "vpn_servers"),
    TerraformType.subnet: ("subnet", "vpc/subnets"),
    TerraformType.routingTable: ("routing table", "vpc/routing_tables"),
    TerraformType.networkACL: ("network ACL", "vpc/network_acls"),
    TerraformType.securityGroup: ("security group", "vpc/security_groups"),
    TerraformType.addressPrefix: ("address prefix", "vpc/address_prefixes"), TerraformType.vpc: ("VPC", ""),
  ]

  /// Says of a draft that its name is not known until apply, and stands in for another one.
  mutating func tellName(_ position: Int, _ draft: inout Draft) {
    let (instance, name) = (input.instances[position], networks.names[position])
    guard networks.names.node(position) == nil, input.isPending(["name"], of: instance),
      let (words, list) = Self.named[instance.type]
    else { return }
    let origin = input.origin(of: ["name"], of: instance)
    draft.setNotKnown("name", at: origin.place)
    gaps.add(
      list.isEmpty ? "vpc" : "\(list)/\(name)", "name",
      "the name of \(words) `\(instance.address)` is not known until apply",
      "\(origin.reason); here it is called `\(name)`, after its address", at: origin.place)
  }

  /// Whether a list has an item that is not known: a null stands for it.
  private func hasOpenItem(_ path: [String], _ instance: TerraformInstance) -> Bool {
    guard let list = input.value(at: path, of: instance), json.tree.kind(list) == .sequence else { return false }
    return json.tree.items(list).contains(where: json.isNull)
  }

  /// Sets a list of references. What is not known among them is said, and why.
  mutating func setLinks(
    _ links: [TerraformLink], to type: String, as key: String, _ resource: String, _ words: String,
    at keyPlace: Span? = nil, _ draft: inout Draft
  ) {
    for link in links {
      tell(link, to: type, resource, key, words)
      if link.isUnknown { draft.setNotKnown(key, at: link.place(json)) }
    }
    let known = links.filter { !$0.isUnknown }
    if !known.isEmpty { draft.set(key, known.map { reference($0, type) }, at: keyPlace) }
  }

  /// Sets one reference, or says that it is not known.
  mutating func setLink(
    _ link: TerraformLink?, to type: String, as key: String, _ resource: String, _ words: String, _ draft: inout Draft
  ) {
    tell(link, to: type, resource, key, words)
    guard let link else { return }
    if link.isUnknown {
      draft.setNotKnown(key, at: link.place(json))
    } else {
      draft.set(key, reference(link, type))
    }
  }
}
