public import ClientVPN
import IPv4Space
import SourceText

/// In which zones the subnets of a VPC are: as written, else the zone of the address prefix that contains the subnet.
public struct SubnetZones: Sendable {
  private let subnets: [Subnet]
  private let prefixes: [AddressPrefix]
  private let placement: PrefixPlacement

  /// Sorts the address prefixes once.
  public init(_ model: Model) {
    subnets = model.vpc.subnets.elements
    prefixes = model.vpc.addressPrefixes?.elements ?? []
    placement = PrefixPlacement(prefixes.map(\.cidr.value))
  }

  /// The zone of a subnet and the place that tells it; nil if the model does not tell.
  public func zone(ofSubnet subnet: Int) -> Field<String>? {
    let (written, block) = (subnets[subnet].zone, subnets[subnet].block.value)
    return written ?? placement.narrowest(containing: block).flatMap { prefixes[$0].zone }
  }
}
