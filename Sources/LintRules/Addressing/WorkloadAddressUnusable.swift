import ClientVPN
import Forwarding
import IPv4Space
import SourceText

/// A workload with an address that it cannot have.
enum WorkloadAddressUnusable: ModelRule {
  static let info = RuleInfo(
    code: "VPN129", name: "workload-address-unusable", severity: .error,
    summary: "the address of a workload lies outside its subnet, or belongs to the provider",
    why: """
      No workload can have this address, so clients that are sent there reach nothing, and what is judged for the \
      workload is judged for a wrong place.
      """,
    repair: "Write an address of the subnet: not one of the first four, and not the last.",
    source: "IBM VPC documentation, about networking: reserved addresses",
    examples: [
      .bad(
        "an address of another subnet",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.0.1.0/24}]
          workloads: [{name: shop, subnet: app, address: ⟦10.0.1.10⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
      .bad(
        "the gateway of the subnet",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}]
          workloads: [{name: shop, subnet: app, address: ⟦10.0.0.1⟧}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
      .good(
        "an address of the subnet",
        """
        vpc:
          subnets: [{name: app, ipv4_cidr_block: 10.0.0.0/24}, {name: db, ipv4_cidr_block: 10.0.1.0/24}]
          workloads: [{name: shop, subnet: app, address: 10.0.0.10}]
        vpn_servers:
          - name: client-vpn
            client_ip_pool: 192.168.252.0/22
            enable_split_tunneling: true
            routes: [{destination: 10.0.0.0/16}]
        """),
    ])

  static func check(_ analysis: Analysis, _ report: (Finding) -> Void) {
    let model = analysis.model
    for workload in model.vpc.workloads?.elements ?? [] {
      guard let address = workload.address, let subnet = workload.subnet?.index else { continue }
      let usable = model.provider.usableAddresses(of: model.vpc.subnets.elements[subnet].block.value.canonical)
      if usable?.contains(address.value) != true {
        report(unusable(address, workload, model.vpc.subnets.elements[subnet]))
      }
    }
  }

  private static func unusable(_ address: Field<IPv4Address>, _ workload: Workload, _ subnet: Subnet) -> Finding {
    let block = subnet.block.value.canonical
    let isInside = block.contains(address.value)
    return finding(
      isInside
        ? "the address of workload `\(workload.name.value)` belongs to the provider"
        : "the address of workload `\(workload.name.value)` lies outside its subnet",
      Cause("vpc/workloads/\(workload.name.value)", "address"), at: address.span,
      isInside ? "one of the five that the provider keeps of \(block)" : "not in \(block)"
    )
    .label(subnet.block.span, "\(subnet.inWords), \(block)")
    .help("write an address of the subnet: not one of the first four, and not the last")
  }
}
