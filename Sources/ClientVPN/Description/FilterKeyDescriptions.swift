// What the keys of network ACLs and security groups say.

private let profile = FilterProfile.ibm

/// Sentences that rules of both kinds share.
private enum Wording {
  static let transport =
    "The protocol: `any` is every one, `icmp_tcp_udp` those three; others by the API's names, or as `number_` and the "
    + "number."
  static let icmpType =
    "ICMP type, \(profile.icmpTypes.lowerBound) to \(profile.icmpTypes.upperBound), such as 8 for a ping; left out, all. "
    + "With protocol icmp alone."
  static let icmpCode =
    "ICMP code, \(profile.icmpCodes.lowerBound) to \(profile.icmpCodes.upperBound); left out, all. Only beside a type."

  static func port(_ which: String, _ end: String) -> String {
    "The \(end) \(which) port, \(profile.ports.lowerBound) to \(profile.ports.upperBound); left out with its partner, all "
      + "ports. With protocol tcp or udp alone."
  }

  static func ports(_ which: String) -> String {
    "The \(which) ports in short: one, such as 443, or a range, such as 1024-65535. In place of the two ends."
  }
}

extension NetworkACLKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the network ACL.")
    case .id: .text("Id of the network ACL at the provider.")
    case .isDefault: .flag("Whether subnets that name no network ACL have this one.", default: false)
    case .subnets: .references("The subnets that have this ACL, by name or id.")
    case .rules:
      .objects(
        .aclRule,
        "The rules in order: of each direction the first that matches decides. An empty list denies everything.")
    }
  }
}

extension ACLRuleKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the rule.")
    case .direction:
      .word(
        Direction.allCases.map(\.rawValue),
        "Which way the packets go, seen from the subnet: `inbound` into it, `outbound` out of it.")
    case .action: .word([ModelWords.allow, ModelWords.deny], "What becomes of packets that match.")
    case .transport: KeyMeaning(Wording.transport, .filterProtocol(ModelWords.filterProtocols))
    case .source:
      KeyMeaning("Where packets come from, a network or an address; left out, anywhere.", .networkOrAddress)
        .such(as: "0.0.0.0/0", "10.0.0.7")
    case .destination:
      KeyMeaning("Where packets go, a network or an address; left out, anywhere.", .networkOrAddress)
        .such(as: "0.0.0.0/0", "10.0.0.7")
    case .sourcePortMin: .integer(Wording.port("source", "lowest"))
    case .sourcePortMax: .integer(Wording.port("source", "highest"))
    case .destinationPortMin: .integer(Wording.port("destination", "lowest"))
    case .destinationPortMax: .integer(Wording.port("destination", "highest"))
    case .sourcePorts:
      KeyMeaning(Wording.ports("source"), .ports).such(as: 443, "1024-65535")
        .ratherThan("source_port_min", "source_port_max")
    case .destinationPorts:
      KeyMeaning(Wording.ports("destination"), .ports).such(as: 443, "1024-65535")
        .ratherThan("destination_port_min", "destination_port_max")
    case .type: .integer(Wording.icmpType)
    case .code: .integer(Wording.icmpCode)
    }
  }
}

extension SecurityGroupKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the security group.")
    case .id: .text("Id of the security group at the provider.")
    case .isDefault: .flag("Whether resources that name no security group have this one.", default: false)
    case .targets: .references("What the group is attached to: VPN servers and workloads, by name or id.")
    case .rules:
      .objects(.securityGroupRule, "The rules: what any of them describes is allowed. An empty list allows nothing.")
    case .vpc: KeyMeaning("The VPC that the group belongs to, as the API has it.", .anything)
    }
  }
}

extension SecurityGroupRuleKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the rule.")
    case .direction:
      .word(
        Direction.allCases.map(\.rawValue),
        "Who begins: `inbound` the other end, `outbound` what the group is attached to. Answers pass either way.")
    case .transport: KeyMeaning(Wording.transport, .filterProtocol(ModelWords.filterProtocols))
    case .remote:
      KeyMeaning(
        "The other end: a network, an address, or a security group by name or id, which stands for what it is attached to; "
          + "left out, anyone.", .peer
      ).such(as: "0.0.0.0/0")
    case .local:
      KeyMeaning("Addresses at this end, a network or an address; left out, all.", .networkOrAddress)
    case .portMin: .integer(Wording.port("destination", "lowest"))
    case .portMax: .integer(Wording.port("destination", "highest"))
    case .ports:
      KeyMeaning(Wording.ports("destination"), .ports).such(as: 443, "1024-65535").ratherThan("port_min", "port_max")
    case .type: .integer(Wording.icmpType)
    case .code: .integer(Wording.icmpCode)
    }
  }
}
