/// What rules of network ACLs and security groups can name.
public struct FilterProfile: Sendable {
  /// Ports of TCP and UDP (IBM VPC API, NetworkACLRule and SecurityGroupRule).
  public let ports: ClosedRange<Int>
  /// Types of ICMP messages (IBM VPC API, NetworkACLRule and SecurityGroupRule).
  public let icmpTypes: ClosedRange<Int>
  /// Codes of ICMP messages (IBM VPC API, NetworkACLRule and SecurityGroupRule).
  public let icmpCodes: ClosedRange<Int>

  /// IBM Cloud VPC.
  public static let ibm = FilterProfile(ports: 1...65535, icmpTypes: 0...254, icmpCodes: 0...255)
}
