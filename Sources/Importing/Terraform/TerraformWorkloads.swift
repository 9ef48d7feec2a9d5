import IPv4Space
import SourceText
import SourceTree

// What clients may want to reach: instances, endpoint gateways and load balancers.
extension TerraformModelBuilder {
  /// The name of a workload: other kinds may have the same.
  func workloadName(_ position: Int) -> String {
    let name = networks.names[position]
    guard instanceNames.contains(name) else { return name }
    return switch input.instances[position].type {
    case TerraformType.instance: name
    case TerraformType.endpointGateway: "\(name)-endpoint-gateway"
    default: "\(name)-load-balancer"
    }
  }

  mutating func workloads() -> [Draft] {
    vpc[TerraformType.instance].flatMap { machine($0) } + vpc[TerraformType.endpointGateway].map { endpointGateway($0) }
      + vpc[TerraformType.loadBalancer].flatMap { loadBalancer($0) }
  }

  /// One workload for each interface.
  private mutating func machine(_ position: Int) -> [Draft] {
    let values = input.instances[position].values
    // A state has both lists, and that which is not used is empty.
    let isAttached = !json.items("primary_network_attachment", of: values).isEmpty
    let inner = isAttached ? ["virtual_network_interface", "0"] : []
    let primary = isAttached ? "primary_network_attachment" : "primary_network_interface"
    let others = isAttached ? "network_attachments" : "network_interfaces"
    var drafts = [workload(position, workloadName(position), at: [primary, "0"] + inner)]
    for (number, interface) in json.items(others, of: values).enumerated() {
      let name = json.string("name", of: interface) ?? String(number + 1)
      drafts.append(workload(position, "\(workloadName(position))/\(name)", at: [others, String(number)] + inner))
    }
    return drafts
  }

  private mutating func workload(_ position: Int, _ name: String, at path: [String]) -> Draft {
    let interface = input.value(at: path, of: input.instances[position])
    let address =
      json.value("address", of: interface.flatMap { json.items("primary_ip", of: $0).first })
      ?? json.value("primary_ipv4_address", of: interface)
    return workload(position, name, "instance", subnet: path + ["subnet"], groups: path + ["security_groups"], address)
  }

  private mutating func endpointGateway(_ position: Int) -> Draft {
    let address = json.value("address", of: json.items("ips", of: input.instances[position].values).first)
    return workload(
      position, workloadName(position), "endpoint_gateway", subnet: ["ips", "0", "subnet"], groups: ["security_groups"],
      address)
  }

  /// One workload for each address; as long as there is none, one for each subnet.
  private mutating func loadBalancer(_ position: Int) -> [Draft] {
    let (values, name) = (input.instances[position].values, workloadName(position))
    func number(_ index: Int) -> String { index == 0 ? name : "\(name)/\(index + 1)" }
    let addresses = json.items("private_ips", of: values).filter { json.string($0) != nil }
    let links = resolver.links(["subnets"], of: position, to: [TerraformType.subnet])
    guard addresses.isEmpty else {
      return addresses.enumerated().map { index, address in
        var draft = workload(position, number(index), "load_balancer", subnet: [], groups: ["security_groups"], address)
        draft.set("subnet", links.first { isAddress(address, in: $0) }.map { reference($0, TerraformType.subnet) })
        return draft
      }
    }
    return (links.isEmpty ? [nil] : links.map(Optional.some)).enumerated().map { index, link in
      var draft = workload(position, number(index), "load_balancer", subnet: [], groups: ["security_groups"], nil)
      setLink(
        link, to: TerraformType.subnet, as: "subnet", "vpc/workloads/\(number(index))",
        "the subnet of `\(number(index))`",
        &draft)
      return draft
    }
  }

  private func isAddress(_ address: NodeIndex, in subnet: TerraformLink) -> Bool {
    guard let position = subnet.position,
      let block = json.string("ipv4_cidr_block", of: input.instances[position].values).flatMap({
        try? IPv4Notation.prefix($0)
      }),
      let parsed = try? IPv4Notation.address(json.tree.text(address))
    else { return false }
    return block.contains(parsed)
  }

  private mutating func workload(
    _ position: Int, _ name: String, _ kind: String, subnet: [String], groups: [String], _ address: NodeIndex?
  ) -> Draft {
    let instance = input.instances[position]
    let (resource, place) = ("vpc/workloads/\(name)", json.span(networks.names.node(position) ?? instance.node))
    var draft = Draft(at: json.tree.span(instance.values))
    draft.set("name", .text(name, at: place))
    draft.set("kind", .text(kind, at: place))
    if !subnet.isEmpty {
      let link = resolver.link(at: subnet, of: position, to: [TerraformType.subnet])
      if link?.position != nil || link?.isUnknown ?? false {
        setLink(link, to: TerraformType.subnet, as: "subnet", resource, "the subnet of `\(name)`", &draft)
      }
    }
    draft.set("address", address.map { .node($0, at: nil) })
    addGroups(of: position, at: groups, resource, "a security group of `\(name)`", &draft)
    return draft
  }
}
