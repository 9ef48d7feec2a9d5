import ClientVPN
import IPv4Space

/// Where workloads are, as far as the model tells.
struct WorkloadPlacement {
  /// Workloads with a known address, by the subnet that it is in. Of several with one address the first.
  let placed: [Int: [(workload: Int, address: IPv4Address)]]
  /// Workloads of which the address is not known, or another one's, with their subnets; nil if that is not known either.
  let unplaced: [Int: Int?]

  init(_ model: Model) {
    var placed: [Int: [(workload: Int, address: IPv4Address)]] = [:]
    var unplaced: [Int: Int?] = [:]
    var taken: Set<IPv4Address> = []
    let workloads = model.vpc.workloads?.elements ?? []
    let subnets = workloads.contains { $0.address != nil } ? SubnetLookup(model) : nil
    for (index, workload) in workloads.enumerated() {
      let address = workload.address?.value
      let subnet = workload.subnet?.index ?? address.flatMap { subnets?.subnet(of: $0) }
      guard let address else {
        unplaced[index] = .some(subnet)
        continue
      }
      guard let holder = subnets?.subnet(of: address) else { continue }
      if taken.insert(address).inserted {
        placed[holder, default: []].append((index, address))
      } else {
        unplaced[index] = .some(holder)
      }
    }
    self.placed = placed
    self.unplaced = unplaced
  }

  /// Whether an address does not tell that it is the workload's, by its position.
  func isUnplaced(_ workload: Int) -> Bool { unplaced[workload] != nil }
}

/// Which subnet an address is in.
struct SubnetLookup {
  private let subnets: AddressMap<Int32>

  init(_ model: Model) {
    let blocks = model.vpc.subnets.elements.map(\.block.value)
    subnets = AddressMap(longestPrefix: blocks.enumerated().map { ($0.element, Int32($0.offset)) }, otherwise: -1)
  }

  /// Position of the subnet that contains the address.
  func subnet(of address: IPv4Address) -> Int? {
    let subnet = subnets[address]
    return subnet < 0 ? nil : Int(subnet)
  }
}
