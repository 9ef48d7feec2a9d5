import ClientVPN

/// In which subnets servers and workloads stand. Known once for a model, as every verdict on a subnet asks.
public struct SubnetOccupants: Sendable {
  /// The subnets in which some server has an address, by their positions.
  private let withServer: Set<Int>
  /// Whether not all subnets of all servers are known.
  private let serversMayBeAnywhere: Bool
  private let withWorkload: Set<Int>

  init(_ model: Model) {
    withServer = Set(model.servers.flatMap { ($0.subnets?.elements ?? []).compactMap(\.index) })
    serversMayBeAnywhere = model.servers.contains(where: \.subnetsAreUnknown)
    withWorkload = Set((model.vpc.workloads?.elements ?? []).compactMap { $0.subnet?.index })
  }

  /// Whether some server has an address in a subnet, by its position.
  public func holdsServer(subnet: Int) -> Bool { withServer.contains(subnet) }

  /// Whether a server stands in a subnet, or may, and no workload does.
  func mayHoldServersAlone(subnet: Int) -> Bool {
    (serversMayBeAnywhere || holdsServer(subnet: subnet)) && !withWorkload.contains(subnet)
  }
}
