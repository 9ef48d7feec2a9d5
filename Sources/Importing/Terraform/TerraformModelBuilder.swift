import ClientVPN
import SourceText
import SourceTree

/// Puts the resources of one VPC of a plan or state together as a model has them.
struct TerraformModelBuilder {
  let networks: TerraformNetworks
  /// Number of the VPC.
  let number: Int
  let vpc: TerraformNetworks.VPCEntry
  /// The VPC itself, if the input has it.
  let vpcInstance: Int?
  /// Rules, routes and attachments by the position of what they belong to.
  let parts: TerraformParts
  var gaps = GapList()
  /// Default resources that the model has, by type: the service makes them with the VPC.
  private(set) var defaults: [String: String] = [:]
  /// Names of instances, which endpoint gateways may have too.
  let instanceNames: Set<String>

  var input: TerraformInput { networks.input }
  var json: JSONText { networks.input.json }
  var resolver: TerraformResolver { networks.resolver }

  init(_ networks: TerraformNetworks, _ number: Int, _ parts: TerraformParts) {
    (self.networks, self.number, self.parts) = (networks, number, parts)
    vpc = networks.vpcs[number]
    vpcInstance = vpc.home.instance
    instanceNames = Set(vpc[TerraformType.instance].map { networks.names[$0] })
  }

  /// The document, and what else is known of it.
  mutating func document() -> (Draft, ImportedDocument) {
    let place = vpcInstance.map { json.tree.span(input.instances[$0].node) } ?? json.span(input.root)
    noteDefaults()
    var draft = Draft(at: place)
    draft.set("vpc", .object(vpcDraft(at: place)))
    draft.set("vpn_servers", vpc[TerraformType.vpnServer].map { server($0) })
    let neighbours = neighbours()
    if !neighbours.isEmpty { draft.set("networks", neighbours) }
    if parts.isOpen(.networks) || input.cutPlace != nil { draft.setNotKnown("networks") }
    var document = ImportedDocument()
    document.gaps = gaps.gaps
    return (draft, document)
  }

  // MARK: Common

  /// A draft of an instance with its name, and its id if it has one. A state has an empty text where nothing is set.
  mutating func named(_ position: Int, id: String = "id") -> FieldCopier {
    var copier = FieldCopier(json, input.instances[position].values, emptyIsUnset: true)
    copier.draft.set("name", nameValue(position, at: nil), at: nil)
    tellName(position, &copier.draft)
    copier.copy(id, as: "id")
    return copier
  }

  /// The name of an instance, where it is set or where another place refers to it.
  func nameValue(_ position: Int, at place: Span?) -> Draft.Value {
    if let node = networks.names.node(position) { return .node(node, at: place) }
    let instance = input.instances[position]
    return .text(
      networks.names[position], at: place ?? json.span(json.value("name", of: instance.node) ?? instance.node))
  }

  /// A reference as a model has it. What the model lacks is an object that says what is meant, so that it counts as there
  /// and not modelled.
  func reference(_ link: TerraformLink, _ type: String) -> Draft.Value {
    switch link {
    case .instance(let position, let place):
      return isModelled(position) ? nameValue(position, at: place) : stranger(networks.names[position], at: place)
    case .vpcDefault(_, let place):
      return defaults[type].map { .text($0, at: place) } ?? stranger("the default of the VPC", at: place)
    case .foreign(let id):
      var draft = Draft(at: json.span(id))
      draft.set("id", .node(id, at: nil))
      return .object(draft)
    case .unknown(let what, _, _, let place): return stranger(what, at: place)
    }
  }

  private func stranger(_ id: String, at place: Span) -> Draft.Value {
    var draft = Draft(at: place)
    draft.set("id", .text(id, at: place))
    return .object(draft)
  }

  private func isModelled(_ position: Int) -> Bool {
    networks.number(of: position) == number
  }

  /// Tells a link that cannot be resolved, or leads to something that the input does not have beside others of its type.
  mutating func tell(
    _ link: TerraformLink?, to type: String, _ resource: String, _ field: String, _ words: String
  ) {
    switch link {
    case .unknown(_, let reason, _, let place)?:
      gaps.add(
        resource, field, "\(words) is not known until apply", "\(reason); what depends on it is undetermined",
        at: place)
    case .foreign(let id)? where !vpc[type].isEmpty:
      gaps.add(
        resource, field, "\(words) is `\(json.tree.text(id))`, which the input does not have",
        "what depends on it is undetermined", at: json.span(id))
    case .vpcDefault(_, let place)? where defaults[type] == nil && !vpc[type].isEmpty:
      gaps.add(
        resource, field, "\(words) is the default one of the VPC, which the input does not have",
        "what depends on it is undetermined", at: place)
    default: break
    }
  }

  // MARK: VPC

  /// What the service makes with a VPC stands in no resource. Of a VPC that the plan creates it is known.
  private mutating func noteDefaults() {
    guard let vpcInstance, parts.created.contains(input.instances[vpcInstance].address) else { return }
    let values = input.instances[vpcInstance].values
    for (type, key, words) in [
      (TerraformType.networkACL, "default_network_acl_name", "default network ACL"),
      (TerraformType.routingTable, "default_routing_table_name", "default routing table"),
      (TerraformType.securityGroup, "default_security_group_name", "default security group"),
    ] where !vpc[type].isEmpty || parts.hasDefault(type, of: vpcInstance) {
      defaults[type] = json.string(key, of: values) ?? words
    }
  }

  private mutating func vpcDraft(at place: Span) -> Draft {
    var draft = vpcFields(at: place)
    draft.set("address_prefixes", prefixes())
    if gaps.gaps.contains(where: { $0.resource == "vpc" && $0.field == "address_prefixes" }) {
      draft.setNotKnown("address_prefixes")
    }
    draft.set("subnets", vpc[TerraformType.subnet].map { subnet($0) })
    if input.cutPlace != nil { draft.setNotKnown("subnets") }
    draft.set("routing_tables", list(TerraformType.routingTable, defaultTable(at: place)) { $0.table($1) })
    draft.set("network_acls", list(TerraformType.networkACL, defaultACL(at: place)) { $0.networkACL($1) })
    draft.set("security_groups", list(TerraformType.securityGroup, defaultGroup(at: place)) { $0.securityGroup($1) })
    let workloads = workloads()
    if !workloads.isEmpty { draft.set("workloads", workloads) }
    return draft
  }

  private mutating func vpcFields(at place: Span) -> Draft {
    switch vpc.home {
    case .instance(let position):
      var copier = named(position)
      copier.copy("classic_access")
      return copier.draft
    case .foreign(let id):
      var draft = Draft(at: place)
      draft.set("id", .text(id, at: place))
      return draft
    case .unknown, .none: return Draft(at: place)
    }
  }

  /// The resources of a type and the default one, if it is known; nil if there is none, so that the kind is not modelled.
  private mutating func list(_ type: String, _ standard: Draft?, _ make: (inout Self, Int) -> Draft) -> [Draft]? {
    guard !vpc[type].isEmpty || standard != nil else { return nil }
    return vpc[type].map { make(&self, $0) } + [standard].compactMap(\.self)
  }

  private mutating func prefixes() -> [Draft]? {
    let explicit = vpc[TerraformType.addressPrefix].map { prefix($0) }
    guard let vpcInstance else { return explicit.isEmpty ? nil : explicit }
    let values = input.instances[vpcInstance].values
    var result = explicit
    if let standard = json.value("default_address_prefixes", of: values), json.tree.kind(standard) == .mapping {
      for zone in json.tree.keys(standard) {
        let cidr = json.tree.value(ofKey: zone)
        guard !explicit.contains(where: { $0.text("cidr", json) == json.tree.text(cidr) }) else { continue }
        var draft = Draft(at: json.tree.span(cidr))
        draft.set("cidr", .node(cidr, at: nil))
        draft.set("zone", .node(zone, at: nil))
        result.append(draft)
      }
    } else if input.instances[vpcInstance].isData {
      tellPrefixes(
        of: vpcInstance, "the address prefixes of VPC `\(networks.names[vpcInstance])` are not in the input",
        "the VPC is read and not made by the plan, which has only those prefixes that are resources of it")
    } else if json.string("address_prefix_management", of: values) != "manual" {
      tellPrefixes(
        of: vpcInstance,
        "the address prefixes that the service makes for VPC `\(networks.names[vpcInstance])` are not known until apply",
        "`address_prefix_management` is not `manual`")
    }
    return result.isEmpty ? nil : result
  }

  private mutating func tellPrefixes(of vpc: Int, _ fact: String, _ reason: String) {
    let instance = input.instances[vpc]
    gaps.add(
      "vpc", "address_prefixes", fact,
      "\(reason): whether subnets and client pools fit into the prefixes is not judged",
      at: json.span(json.value("address_prefix_management", "name", of: instance.values) ?? instance.node))
  }

  private mutating func prefix(_ position: Int) -> Draft {
    var copier = named(position)
    copier.copy("cidr", "zone", "is_default")
    markPending(
      [("cidr", "cidr"), ("zone", "zone")], of: position, "vpc/address_prefixes/\(networks.names[position])",
      "address prefix `\(networks.names[position])`", &copier.draft)
    return copier.draft
  }

  // MARK: Subnets

  private mutating func subnet(_ position: Int) -> Draft {
    var copier = named(position)
    copier.copy("ipv4_cidr_block", "zone")
    if json.value("ipv4_cidr_block", of: input.instances[position].values) == nil { tellSize(position, &copier.draft) }
    attach(
      TerraformType.routingTable, "routing_table", parts.tableAttachments[position], to: position, "routing table",
      &copier.draft)
    attach(
      TerraformType.networkACL, "network_acl", parts.aclAttachments[position], to: position, "network ACL",
      &copier.draft)
    let gateway =
      resolver.link("public_gateway", of: position, to: [TerraformType.publicGateway])
      ?? parts.gatewayAttachments[position]
    setGateway(gateway, of: position, &copier.draft)
    copier.copy("available_ipv4_address_count")
    return copier.draft
  }

  private mutating func setGateway(_ link: TerraformLink?, of position: Int, _ draft: inout Draft) {
    let (key, name) = ("public_gateway", networks.names[position])
    tell(link, to: TerraformType.publicGateway, "vpc/subnets/\(name)", key, "the public gateway of subnet `\(name)`")
    draft.set(key, link.flatMap(gatewayName))
    if let link, link.isUnknown { draft.setNotKnown(key, at: link.place(json)) }
    if parts.isOpen(.gatewayOfSubnet, position) { draft.setNotKnown(key) }
  }

  private mutating func tellSize(_ position: Int, _ draft: inout Draft) {
    let (name, instance) = (networks.names[position], input.instances[position])
    let size = json.value("total_ipv4_address_count", of: instance.values)
    let reason = size.map {
      "the plan gives its size, \(json.tree.text($0)) addresses, and the service chooses the CIDR when it makes the subnet"
    }
    let origin = input.origin(of: ["ipv4_cidr_block"], of: instance)
    let place = size.map { json.span($0) } ?? json.span(json.value("name", of: instance.values) ?? instance.node)
    draft.setNotKnown("ipv4_cidr_block", at: place)
    gaps.add(
      "vpc/subnets/\(name)", "ipv4_cidr_block", "the addresses of subnet `\(name)` are not known until apply",
      "\(reason ?? origin.reason); no verdict takes account of the subnet", at: place)
  }

  private func gatewayName(_ link: TerraformLink) -> Draft.Value? {
    switch link {
    case .instance(let position, let place), .vpcDefault(let position, let place): nameValue(position, at: place)
    case .foreign(let id): .node(id, at: nil)
    case .unknown: nil
    }
  }

  private mutating func attach(
    _ type: String, _ field: String, _ attachment: TerraformLink?, to position: Int, _ words: String,
    _ draft: inout Draft
  ) {
    let own = resolver.link(field, of: position, to: [type])
    // What an attachment does comes after the subnet is made.
    let link = attachment ?? own
    let name = networks.names[position]
    setLink(link, to: type, as: field, "vpc/subnets/\(name)", "the \(words) of subnet `\(name)`", &draft)
    let part = field == "routing_table" ? TerraformParts.Part.tableOfSubnet : .aclOfSubnet
    if parts.isOpen(part, position) { draft.setNotKnown(field) }
  }
}

extension Draft {
  /// The text that a field has, if it stands in the text of the input.
  fileprivate func text(_ key: String, _ json: JSONText) -> String? {
    guard case .node(let node, _) = fields.first(where: { $0.key == key })?.value else { return nil }
    return json.tree.text(node)
  }
}
