import IPv4Space

// What the keys of networks, client sites, expectations and quotas say.

extension NetworkKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the network.").such(as: "datacenter")
    case .cidrs:
      .list(of: .network, "Its ranges; of several networks with an address the longest range decides.")
        .such(as: "172.16.0.0/16")
    case .via:
      .word(
        Network.Way.allCases.map(\.rawValue),
        "How packets get there from the VPC. Packets to `service` and `internet` must be translated, those delivered find no "
          + "way back.")
    case .expect:
      .word(
        Decoder.subnetIntents.map(\.rawValue),
        "What clients must find: `reachable`, every address; `unreachable`, none; `any`, it does not matter. Left out, "
          + "`reachable`, and `any` for what is reached via the internet.")
    }
  }
}

extension SiteKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the place.").such(as: "home", "office")
    case .os:
      .word(ModelWords.systems, "The client's system, whose rules its routing table follows.").defaulting(to: "linux")
    case .lan: .network("The local network.").such(as: "192.168.1.0/24")
    case .address: .address("The client's own address in the LAN.").such(as: "192.168.1.20")
    case .gateway: .address("The default gateway.").such(as: "192.168.1.1")
    case .interface:
      .text("Name of the interface to the LAN; left out, the usual one of the system.").such(as: "en0", "eth0")
    case .metric:
      .integer("Metric of the default route and of the LAN, the smaller wins; macOS knows none.").defaulting(to: 0)
    case .routes: .objects(.siteRoute, "Routes that the client has beside the default route and the LAN.")
    case .directives:
      .list(
        of: .text(orBelow: []), "Lines of the OpenVPN client profile that change routes or DNS, as they stand there."
      )
      .such(as: "route-nopull", "pull-filter ignore \"redirect-gateway\"")
    }
  }
}

extension SiteRouteKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .destination: .network("Where packets go.").such(as: "10.7.0.0/16")
    case .gateway: .address("Where they are handed to; left out, straight to the LAN.").such(as: "192.168.1.7")
    case .metric: .integer("Metric of the route, the smaller wins; macOS knows none.").defaulting(to: 0)
    }
  }
}

extension ExpectationKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .to:
      KeyMeaning(
        "What packets are sent to: a network, an address, or the name of a subnet, network or workload.", .target
      )
      .such(as: "10.1.0.0/24", "8.8.8.8")
    case .from: .reference("The VPN server that clients are connected to, by name or id; left out, every one.")
    case .transport: .word(TransportProtocol.allCases.map(\.rawValue), "The protocol; left out, any.")
    case .port: .integer("The port, 1 to 65535; left out, any.", in: 1...65535).such(as: 443)
    case .expect:
      .word(
        Intent.allCases.map(\.rawValue),
        "What must hold: `reachable`, every address through the tunnel; `unreachable`, none; `direct`, outside the tunnel; "
          + "`any`, it does not matter.")
    }
  }
}

extension QuotaKey: DescribedKey {
  var meaning: KeyMeaning {
    let quota = Quota.allCases[rawValue]
    let meaning = KeyMeaning.integer(quota.text, in: 0...Int.max)
    return ProviderProfile.ibm.number(of: quota).map { meaning.defaulting(to: .number($0)) } ?? meaning
  }
}

extension Quota {
  /// What is counted, in a sentence.
  public var text: String {
    switch self {
    case .serverRoutes: "How many routes a VPN server may have."
    case .servers: "How many VPN servers may be active in a region."
    case .clients: "How many clients may be connected to a VPN server at once."
    case .subnets: "How many subnets a VPC may have."
    case .addressPrefixes: "How many address prefixes a VPC may have."
    case .networkACLs: "How many network ACLs a VPC may have."
    case .networkACLRules: "How many rules a network ACL may have."
    case .securityGroups: "How many security groups a VPC may have."
    case .securityGroupRules: "How many rules a security group may have."
    case .securityGroupTargets: "How many resources a security group may be attached to."
    case .routingTables: "How many routing tables a VPC may have."
    case .routingTableRoutes: "How many routes a routing table may have."
    case .prefixLengths: "How many different prefix lengths the routes of a custom routing table may have."
    case .advertisedRoutes: "How many routes a VPC may advertise."
    case .prefixesAndAdvertisedRoutes: "How many address prefixes and advertised routes a VPC may have together."
    case .securityGroupServers: "How many VPN servers a security group may be attached to."
    case .revocations: "How many certificates an uploaded list may revoke."
    case .floatingIPs: "How many floating IPs a zone may have."
    }
  }
}
