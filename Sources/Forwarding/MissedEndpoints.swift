public import ClientVPN
public import IPv4Space

/// Endpoint gateways in one subnet to which no route leads.
public struct MissedEndpoints: Sendable {
  /// Position of the subnet.
  public let subnet: Int
  /// The workloads, in the order of the model.
  public internal(set) var workloads: [Workload]
  /// The addresses to which no route leads: those of the endpoints that have one, else the subnet's.
  public internal(set) var range: IPv4Range
  /// What becomes of packets.
  public let outcome: Outcome
}

extension ServerAnalysis {
  /// The endpoint gateways to which no route of the server leads, in subnets that clients are not kept from. An endpoint
  /// without an address is missed where nothing of its subnet is reached.
  public func missedEndpoints(in model: Model) -> [MissedEndpoints] {
    var result: [MissedEndpoints] = []
    var positions: [Int: Int] = [:]
    for workload in model.vpc.workloads?.elements ?? [] where workload.isEndpointGateway {
      guard let subnet = subnet(of: workload, in: model), let missed = missedRange(workload, subnets[subnet]) else {
        continue
      }
      if let index = positions[subnet] {
        result[index].workloads.append(workload)
        result[index].range = IPv4Range(
          min(result[index].range.first, missed.range.first), max(result[index].range.last, missed.range.last))
      } else {
        positions[subnet] = result.count
        result.append(
          MissedEndpoints(subnet: subnet, workloads: [workload], range: missed.range, outcome: missed.outcome))
      }
    }
    return result
  }

  private func subnet(of workload: Workload, in model: Model) -> Int? {
    workload.subnet?.index
      ?? workload.address.flatMap { address in
        model.vpc.subnets.elements.firstIndex { $0.block.value.contains(address.value) }
      }
  }

  private func missedRange(_ workload: Workload, _ verdict: SubnetVerdict) -> (range: IPv4Range, outcome: Outcome)? {
    guard verdict.isServed, verdict.intent != .unreachable else { return nil }
    let lacksRoute = { (outcome: Outcome) in outcome == .direct || outcome == .noServerRoute }
    if let address = workload.address?.value {
      let outcome = fates[address].outcome
      return lacksRoute(outcome) ? (IPv4Range(address, address), outcome) : nil
    }
    guard let usable = verdict.usable, verdict.verdict == .unreachable, lacksRoute(verdict.outcome) else { return nil }
    return (usable, verdict.outcome)
  }
}

extension Workload {
  /// Whether it is the VPC's end of a private endpoint of a service.
  fileprivate var isEndpointGateway: Bool { kind?.value == "endpoint_gateway" }
}
