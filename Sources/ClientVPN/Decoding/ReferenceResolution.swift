import IPv4Space
import SourceText

/// Finds the resources of one kind by name and by id.
struct NameIndex {
  /// The kind in words: "subnet".
  let kind: String
  private var byName: [String: Int] = [:]
  private var byID: [String: Int] = [:]
  /// Names in the order of the file, those of resources that could not be read last.
  private(set) var names: [String] = []
  /// Names and ids of resources that could not be read.
  private var unreadable: Set<String> = []

  init(kind: String, _ resources: [(name: String, id: String?)], unreadable: [Decoder.UnreadableResource]) {
    self.kind = kind
    byName.reserveCapacity(resources.count)
    names.reserveCapacity(resources.count)
    for (index, resource) in resources.enumerated() {
      names.append(resource.name)
      if byName[resource.name] == nil { byName[resource.name] = index }
      if let id = resource.id { byID[id] = index }
    }
    for resource in unreadable {
      names.append(resource.name)
      self.unreadable.formUnion([resource.name] + (resource.id.map { [$0] } ?? []))
    }
  }

  /// Whether a name or id stands for a resource that could not be read.
  func isUnreadable(_ text: String) -> Bool { unreadable.contains(text) }

  subscript(_ reference: Reference) -> Int? {
    if let id = reference.id, let index = byID[id] { return index }
    return self[reference.text]
  }

  subscript(_ text: String) -> Int? { byName[text] ?? byID[text] }
}

extension Decoder {
  /// Ties references to what they name, and reports doubled names and references to nothing.
  func resolveReferences(in model: inout Model) {
    reportDuplicateNames(in: model)
    let indexes = Indexes(model, unreadable)
    resolveVPC(&model.vpc, indexes)
    for server in model.servers.indices {
      let name = model.servers[server].name.value
      within("vpn_servers/\(name)", object: "VPN server `\(name)`") { resolve(&model.servers[server], indexes) }
    }
    for index in model.expectations?.elements.indices ?? 0..<0 {
      if let expectation = model.expectations?.elements[index] {
        let to = expectation.to.value
        model.expectations?.elements[index] = within("expectations/\(to)", object: "expectation `\(to)`") {
          resolved(expectation, indexes)
        }
      }
    }
  }

  /// Made when first asked for: a large model without references needs none.
  private final class Indexes {
    private let model: Model
    private let unreadable: [String: [UnreadableResource]]

    init(_ model: Model, _ unreadable: [String: [UnreadableResource]]) {
      (self.model, self.unreadable) = (model, unreadable)
    }

    lazy var subnets = index("subnet", model.vpc.subnets.elements.map { ($0.name.value, $0.id) })
    lazy var routingTables = index(
      "routing table", (model.vpc.routingTables?.elements ?? []).map { ($0.name.value, $0.id) })
    lazy var networkACLs = index("network ACL", (model.vpc.networkACLs?.elements ?? []).map { ($0.name.value, $0.id) })
    lazy var securityGroups = index(
      "security group", (model.vpc.securityGroups?.elements ?? []).map { ($0.name.value, $0.id) })
    lazy var workloads = index("workload", (model.vpc.workloads?.elements ?? []).map { ($0.name.value, nil) })
    lazy var servers = index("VPN server", model.servers.map { ($0.name.value, $0.id) })
    lazy var networks = index("network", (model.networks?.elements ?? []).map { ($0.name.value, nil) })

    private func index(_ kind: String, _ resources: [(name: String, id: String?)]) -> NameIndex {
      NameIndex(kind: kind, resources, unreadable: unreadable[kind] ?? [])
    }
  }

  // MARK: References

  /// The reference with its target. One to nothing is reported, unless it is an API object: the resource then exists
  /// and is merely not modelled.
  private func resolved(_ reference: Reference, in index: NameIndex, isModelled: Bool = true) -> Reference {
    var reference = reference
    reference.index = index[reference]
    if reference.index == nil, !reference.isAPIObject, isModelled {
      reportUnresolved(reference, kind: index.kind, index)
    }
    return reference
  }

  /// Reports a reference to nothing; one to a resource that could not be read is an effect of what is reported there.
  /// Looking for near names takes time in proportion to their number, so it ends after some.
  private func reportUnresolved(_ reference: Reference, kind: String, _ indexes: NameIndex...) {
    reportUnresolved(Field(reference.text, reference.span), kind: kind, indexes)
  }

  private func reportUnresolved(_ name: Field<String>, kind: String, _ indexes: [NameIndex]) {
    guard !indexes.contains(where: { $0.isUnreadable(name.value) || openKinds.contains($0.kind) }) else { return }
    unresolvedCount += 1
    let count = indexes.reduce(0) { $0 + $1.names.count }
    // Names are put together only where they are looked at.
    let names = unresolvedCount <= 100 || count <= 8 ? indexes.flatMap(\.names) : []
    let nearest = unresolvedCount <= 100 ? NearestName.of(name.value, among: names) : nil
    report(
      .unresolvedReference(
        kind: kind, name: name.value, nearest: nearest, known: count <= 8 ? names : [], count: count),
      at: name.span)
  }

  private func resolveVPC(_ vpc: inout VPC, _ indexes: Indexes) {
    let (hasTables, hasACLs) = (vpc.routingTables != nil, vpc.networkACLs != nil)
    if vpc.subnets.elements.indices.contains(where: { vpc.subnets.elements[$0].hasReferences }) {
      resolveSubnets(&vpc, indexes)
    }
    for table in vpc.routingTables?.elements.indices ?? 0..<0 {
      let references = vpc.routingTables?.elements[table].subnets ?? []
      vpc.routingTables?.elements[table].subnets = references.map { resolved($0, in: indexes.subnets) }
    }
    for acl in vpc.networkACLs?.elements.indices ?? 0..<0 {
      let references = vpc.networkACLs?.elements[acl].subnets ?? []
      vpc.networkACLs?.elements[acl].subnets = references.map { resolved($0, in: indexes.subnets) }
    }
    vpc.defaultRoutingTable = vpc.defaultRoutingTable.map {
      resolved($0, in: indexes.routingTables, isModelled: hasTables)
    }
    vpc.defaultNetworkACL = vpc.defaultNetworkACL.map { resolved($0, in: indexes.networkACLs, isModelled: hasACLs) }
    resolveSecurityGroups(&vpc, indexes)
    for index in vpc.workloads?.elements.indices ?? 0..<0 {
      guard let workload = vpc.workloads?.elements[index] else { continue }
      let subnet = workload.subnet.map { resolved($0, in: indexes.subnets) }
      vpc.workloads?.elements[index].subnet = subnet
      let groups = workload.securityGroups?.elements ?? []
      let isModelled = vpc.securityGroups != nil
      vpc.workloads?.elements[index].securityGroups?.elements = groups.map {
        resolved($0, in: indexes.securityGroups, isModelled: isModelled)
      }
    }
    reportContradictions(vpc)
  }

  /// Called only if a subnet has references: to be ready to write, the list is copied.
  @inline(never)
  private func resolveSubnets(_ vpc: inout VPC, _ indexes: Indexes) {
    let (hasTables, hasACLs) = (vpc.routingTables != nil, vpc.networkACLs != nil)
    for subnet in vpc.subnets.elements.indices where vpc.subnets.elements[subnet].hasReferences {
      vpc.subnets.elements[subnet].routingTable = vpc.subnets.elements[subnet].routingTable.map {
        resolved($0, in: indexes.routingTables, isModelled: hasTables)
      }
      vpc.subnets.elements[subnet].networkACL = vpc.subnets.elements[subnet].networkACL.map {
        resolved($0, in: indexes.networkACLs, isModelled: hasACLs)
      }
    }
  }

  private func resolveSecurityGroups(_ vpc: inout VPC, _ indexes: Indexes) {
    let isModelled = vpc.securityGroups != nil
    vpc.defaultSecurityGroup = vpc.defaultSecurityGroup.map {
      resolved($0, in: indexes.securityGroups, isModelled: isModelled)
    }
    for group in vpc.securityGroups?.elements.indices ?? 0..<0 {
      guard let targets = vpc.securityGroups?.elements[group].targets?.elements else { continue }
      for target in targets where indexes.servers[target] == nil && indexes.workloads[target] == nil {
        if !target.isAPIObject {
          reportUnresolved(target, kind: "VPN server or workload", indexes.servers, indexes.workloads)
        }
      }
    }
    for group in vpc.securityGroups?.elements.indices ?? 0..<0 {
      for rule in vpc.securityGroups?.elements[group].rules?.elements.indices ?? 0..<0 {
        guard case .group(let peer)? = vpc.securityGroups?.elements[group].rules?.elements[rule].remote else {
          continue
        }
        vpc.securityGroups?.elements[group].rules?.elements[rule].remote = .group(
          resolved(peer, in: indexes.securityGroups))
      }
    }
  }

  private func resolve(_ server: inout VPNServer, _ indexes: Indexes) {
    let hasGroups = !indexes.securityGroups.names.isEmpty
    let subnets = server.subnets?.elements ?? []
    server.subnets?.elements = subnets.map { resolved($0, in: indexes.subnets) }
    let groups = server.securityGroups?.elements ?? []
    server.securityGroups?.elements = groups.map {
      resolved($0, in: indexes.securityGroups, isModelled: hasGroups)
    }
    guard let serves = servesOf[server.span] else { return }
    var resources: [ServedResource] = []
    for reference in serves.elements {
      if let subnet = indexes.subnets[reference] {
        resources.append(.subnet(subnet))
      } else if let network = indexes.networks[reference] {
        resources.append(.network(network))
      } else if !reference.isAPIObject {
        reportUnresolved(reference, kind: "subnet or network", indexes.subnets, indexes.networks)
      }
    }
    let isIncomplete = serves.isIncomplete || resources.count < serves.elements.count
    server.serves = ListField(resources, key: serves.key, isIncomplete: isIncomplete)
  }

  /// The expectation with its target: a range or address, else a name.
  private func resolved(_ expectation: Expectation, _ indexes: Indexes) -> Expectation {
    var expectation = expectation
    expectation.from = expectation.from.map { resolved($0, in: indexes.servers) }
    let text = expectation.to.value
    do throws(IPv4Notation.Problem) {
      expectation.target = .prefix(try IPv4Notation.prefixOrAddress(text).canonical)
    } catch {
      expectation.target =
        indexes.subnets[text].map { .subnet($0) } ?? indexes.networks[text].map { .network($0) }
        ?? indexes.workloads[text].map { .workload($0) }
      if expectation.target == nil { reportUnknownTarget(expectation.to, error, indexes) }
    }
    if expectation.hasUnreadFlow { expectation.target = nil }
    return expectation
  }

  private func reportUnknownTarget(_ to: Field<String>, _ problem: IPv4Notation.Problem, _ indexes: Indexes) {
    if problem == .ipv6 { return report(.ipv6(to.value), at: to.span) }
    let beginsLikeAddress = to.value.utf8.first.map { (48...57).contains($0) } ?? false
    if beginsLikeAddress, to.value.contains(".") {
      return report(.invalidCIDR(key: "to", text: to.value, problem), at: to.span)
    }
    reportUnresolved(
      to, kind: "subnet, network or workload", [indexes.subnets, indexes.networks, indexes.workloads])
  }

  // MARK: Names

  private func reportDuplicateNames(in model: Model) {
    let vpc = model.vpc
    reportDuplicates("subnet", vpc.subnets.elements, below: "vpc/subnets") { $0.name }
    reportDuplicates("address prefix", vpc.addressPrefixes?.elements, below: "vpc/address_prefixes") { $0.name }
    reportDuplicates("routing table", vpc.routingTables?.elements, below: "vpc/routing_tables") { $0.name }
    reportDuplicates("network ACL", vpc.networkACLs?.elements, below: "vpc/network_acls") { $0.name }
    reportDuplicates("security group", vpc.securityGroups?.elements, below: "vpc/security_groups") { $0.name }
    reportDuplicates("workload", vpc.workloads?.elements, below: "vpc/workloads") { $0.name }
    reportDuplicates("VPN server", model.servers, below: "vpn_servers") { $0.name }
    reportDuplicates("network", model.networks?.elements, below: "networks") { $0.name }
    reportDuplicates("client site", model.sites?.elements, below: "client_sites") { $0.name }
    for server in model.servers {
      let path = "vpn_servers/\(server.name.value)/routes"
      reportDuplicates("VPN server route", server.routes?.elements, below: path) { $0.name }
    }
  }

  private func reportDuplicates<Element>(
    _ kind: String, _ elements: [Element]?, below path: String, name: (Element) -> Field<String>?
  ) {
    guard let elements, elements.count > 1, Self.mayHaveEqual(elements, name) else { return }
    var first: [String: Span] = Dictionary(minimumCapacity: elements.count)
    for element in elements {
      guard let name = name(element), !name.value.isEmpty else { continue }
      if let earlier = first[name.value] {
        within(path, object: "") {
          report(.duplicateName(kind: kind, name: name.value), at: name.span, other: earlier)
        }
      } else {
        first[name.value] = name.span
      }
    }
  }

  /// Whether two names have one hash: a cheap look, after which most lists need no dictionary of their names.
  private static func mayHaveEqual<Element>(_ elements: [Element], _ name: (Element) -> Field<String>?) -> Bool {
    // A table of hashes, 0 where it is free, at least half of it. Names made to meet in few places go to the dictionary.
    var table = [UInt64](repeating: 0, count: 4 << (Int.bitWidth - elements.count.leadingZeroBitCount - 1))
    var collisions = 0
    for index in elements.indices {
      guard let name = name(elements[index]) else { continue }
      let hash = hash(name.value) | 1
      var place = Int(truncatingIfNeeded: hash >> 8) & (table.count - 1)
      while table[place] != 0 {
        collisions += 1
        if table[place] == hash || collisions > elements.count { return true }
        place = (place + 1) & (table.count - 1)
      }
      table[place] = hash
    }
    return false
  }

  /// FNV-1a.
  private static func hash(_ name: String) -> UInt64 {
    name.withBytes { bytes in
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
      return hash
    }
  }

  // MARK: Attachments

  /// A subnet has one routing table and one ACL, whichever side states it.
  private func reportContradictions(_ vpc: VPC) {
    let tables = vpc.routingTables?.elements ?? []
    let acls = vpc.networkACLs?.elements ?? []
    reportContradictions(
      "routing table", stated: \.routingTable, tables.map { ($0.name.value, $0.subnets) }, vpc)
    reportContradictions("network ACL", stated: \.networkACL, acls.map { ($0.name.value, $0.subnets) }, vpc)
  }

  private func reportContradictions(
    _ kind: String, stated: (Subnet) -> Reference?, _ holders: [(name: String, subnets: [Reference])], _ vpc: VPC
  ) {
    guard holders.contains(where: { !$0.subnets.isEmpty }) else { return }
    var attachment: [Int: (holder: Int, span: Span)] = [:]
    for (subnet, reference) in vpc.subnets.elements.lazy.map(stated).enumerated() {
      if let reference, let holder = reference.index { attachment[subnet] = (holder, reference.span) }
    }
    for (holder, (name, subnets)) in holders.enumerated() {
      for reference in subnets {
        guard let subnet = reference.index else { continue }
        guard let earlier = attachment[subnet] else {
          attachment[subnet] = (holder, reference.span)
          continue
        }
        guard earlier.holder != holder else { continue }
        let subnetName = vpc.subnets.elements[subnet].name.value
        within("vpc/subnets/\(subnetName)", object: "subnet `\(subnetName)`") {
          report(
            .contradictingAttachment(kind: kind, subnet: subnetName, here: name, there: holders[earlier.holder].name),
            at: reference.span, other: earlier.span)
        }
      }
    }
  }
}

extension Subnet {
  fileprivate var hasReferences: Bool { routingTable != nil || networkACL != nil }
}
