// What the keys of the VPC and of what lies in it say.

private let profile = ProviderProfile.ibm

extension TopKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .vpc: .object(.vpc, ModelObject.vpc.text)
    case .servers: .objects(.server, "The client VPN servers of the VPC. An empty list is none.")
    case .version: .integer("Version of the form of this file.", in: 1...1).defaulting(to: 1)
    case .provider:
      .word(ProviderProfile.all.map(\.name), "The cloud whose service the model describes.")
        .defaulting(to: .text(profile.name))
    case .networks:
      .objects(
        .network,
        "What lies beyond the VPC and matters to clients: networks on premises, other VPCs, classic infrastructure, the "
          + "provider's services, the internet.")
    case .sites:
      .objects(
        .site,
        "Where people connect from. For each place the client's routing table is worked out with its own LAN and routes, "
          + "beside the verdicts for a client of whose network nothing is known.")
    case .expectations:
      .objects(.expectation, "What must hold beside what `expect` says of subnets and networks; each one is checked.")
    case .quotas: .object(.quotas, ModelObject.quotas.text)
    }
  }
}

extension VPCKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the VPC.").such(as: "tokyo")
    case .subnets: .objects(.subnet, "The subnets of the VPC. An empty list is none.")
    case .id: .text("Id of the VPC at the provider.")
    case .region: .text("Region by name.", or: .name).such(as: "jp-tok", "us-south", "eu-de")
    case .classicAccess:
      .flag(
        "Whether the VPC is joined to classic infrastructure by classic access, which is deprecated.", default: false)
    case .addressPrefixes:
      .objects(
        .addressPrefix,
        "The address prefixes of the VPC. Left out they are not modelled, so nothing is checked against them.")
    case .routingTables:
      .objects(
        .routingTable,
        "The routing tables of the VPC. Left out they are not modelled, and answers are taken to find back.")
    case .networkACLs:
      .objects(.networkACL, "The network ACLs of the VPC. Left out they are not modelled, and packets pass.")
    case .securityGroups:
      .objects(.securityGroup, "The security groups of the VPC. Left out they are not modelled, and packets pass.")
    case .workloads: .objects(.workload, "What clients want to reach in the VPC, with the services that are judged.")
    case .defaultRoutingTable: .reference("The routing table of subnets that name none: its name or id.")
    case .defaultNetworkACL: .reference("The network ACL of subnets that name none: its name or id.")
    case .defaultSecurityGroup: .reference("The security group of resources that name none: its name or id.")
    }
  }
}

extension AddressPrefixKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the address prefix.")
    case .cidr:
      .network(
        "The addresses, a network of /\(profile.subnetLengths.lowerBound) to /\(profile.subnetLengths.upperBound)."
      )
      .such(as: "10.0.0.0/16")
    case .zone: .text("The zone by name.", or: .name).such(as: "jp-tok-1")
    case .isDefault: .flag("Whether subnets that are asked for by size are cut from it.", default: false)
    }
  }
}

extension SubnetKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the subnet, by which the rest of the file refers to it.").such(as: "app")
    case .block:
      .network(
        "The addresses, a network of /\(profile.subnetLengths.lowerBound) to /\(profile.subnetLengths.upperBound). The "
          + "first \(profile.reservedAtStart) and the last belong to the provider and never count."
      ).such(as: "10.0.0.0/24")
    case .zone: .text("The zone by name.", or: .name).such(as: "jp-tok-1")
    case .id: .text("Id of the subnet at the provider.")
    case .routingTable:
      .reference("The routing table by name or id; left out, the default one. It can be said on the table's side too.")
    case .networkACL:
      .reference("The network ACL by name or id; left out, the default one. It can be said on the ACL's side too.")
    case .publicGateway: .text("The public gateway by name or id; left out, there is none.", or: .nameOrID)
    case .availableAddresses: .integer("How many addresses are free, as the API counts them.")
    case .expect:
      .word(
        Decoder.subnetIntents.map(\.rawValue),
        "What clients must find: `reachable`, every address that a workload can have; `unreachable`, none; `any`, it does "
          + "not matter."
      ).defaulting(to: .text(Intent.reachable.rawValue))
    case .vpc: KeyMeaning("The VPC that the subnet lies in, as the API has it.", .anything)
    }
  }
}

extension RoutingTableKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the routing table.")
    case .id: .text("Id of the routing table at the provider.")
    case .isDefault: .flag("Whether subnets that name no routing table have this one.", default: false)
    case .acceptRoutesFrom:
      .list(
        of: .wordOrBelow("resource_type", ModelWords.acceptedServices),
        "Services that may write routes into the table. Answers to clients by action deliver find back only with "
          + "`vpn_server`. Left out, it is not modelled.")
    case .advertiseRoutesTo:
      .list(
        of: .wordOrBelow("resource_type", ModelWords.advertisementTargets),
        "Where the table's routes are advertised; the flag of the same source must be set.")
    case .directLink: .flag("Whether traffic that comes in by Direct Link is routed by this table.", default: false)
    case .internet: .flag("Whether traffic that comes in from the internet is routed by this table.", default: false)
    case .transitGateway:
      .flag("Whether traffic that comes in by a transit gateway is routed by this table.", default: false)
    case .zone: .flag("Whether traffic that comes in from other zones is routed by this table.", default: false)
    case .subnets: .references("The subnets that have this table, by name or id.")
    case .routes:
      KeyMeaning(
        "The routes of the table. An empty list is none; left out, or as mere references, they are not modelled.",
        .list(.objectOrLink(.vpcRoute)))
    }
  }
}

extension VPCRouteKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the route; `\(profile.routing.reservedNames)` begins those of the provider.")
    case .destination: .network("Where packets go, a network without bits after its length.").such(as: "10.9.0.0/16")
    case .zone: .text("The zone whose packets the route is for, by name.", or: .name).such(as: "jp-tok-1")
    case .action:
      .word(
        ModelWords.vpcRouteActions,
        "What becomes of packets: `deliver` to the next hop, `drop`, `delegate` to the system's routes, or `delegate_vpc` "
          + "to those of them that stay inside."
      ).defaulting(to: "deliver")
    case .nextHop:
      KeyMeaning("Where packets are handed to, an address; as the API's object also a VPN connection.", .nextHop)
        .such(as: "10.0.0.9")
    case .priority:
      .integer(
        "\(profile.routing.priorities.lowerBound) to \(profile.routing.priorities.upperBound): of routes with one "
          + "destination in one zone the smallest number wins."
      ).defaulting(to: 2)
    case .advertise: .flag("Whether the route is advertised where the table's routes are.", default: false)
    case .origin: .word(ModelWords.vpcRouteOrigins, "Who wrote the route.").defaulting(to: "user")
    case .creator: .text("The service that wrote the route, by name, id or kind.", or: .creator).such(as: "vpn_server")
    }
  }
}

extension WorkloadKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the workload.").such(as: "shop")
    case .kind: .word(ModelWords.workloadKinds, "What it is; endpoint gateways answer for the provider's services.")
    case .subnet: .reference("The subnet it stands in, by name or id.")
    case .address: .address("Its address in the subnet.").such(as: "10.0.0.10")
    case .floatingIP: .address("Its public address.").such(as: "203.0.113.10")
    case .securityGroups: .references("The security groups attached to it, by name or id.")
    case .services:
      .list(of: .service, "What it serves; each is judged by itself: a protocol and a port, or `icmp`.")
        .such(as: "tcp/443", "udp/53", "icmp")
    }
  }
}
