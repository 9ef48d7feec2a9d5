// What the keys of VPN servers say.

private let profile = ProviderProfile.ibm

/// What the API tells of the state of a server or a route.
private enum StateWording {
  static func lifecycle(_ what: String) -> KeyMeaning {
    .text("How far the service has got with the \(what), in the API's word.")
      .such(as: "stable", "pending", "updating", "waiting", "deleting", "suspended", "failed")
  }

  static func health(_ what: String) -> KeyMeaning {
    .text("Whether the \(what) works, in the API's word.").such(as: "ok", "degraded", "faulted", "inapplicable")
  }

  static func reasons(_ what: String) -> KeyMeaning {
    .list(of: .text(orBelow: InnerKeys.code.names), "Why the \(what) is not healthy, by the API's codes.")
  }
}

extension ServerKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the server.").such(as: "client-vpn")
    case .id: .text("Id of the server at the provider.")
    case .clientPool:
      .network(
        "The addresses that clients get, a network of /\(profile.clientPoolLengths.lowerBound) to "
          + "/\(profile.clientPoolLengths.upperBound) outside every address prefix of the VPC: "
          + "\(profile.poolAddressesPerClient) for each client that may connect at once."
      ).such(as: "192.168.252.0/22")
    case .tunnelNetwork:
      .network(
        "The part of the client pool that the member hands out to which clients connect; left out, its first half.")
    case .splitTunneling:
      .flag(
        "true is split tunnel: only packets to the destinations of the server's routes, and to the pool, enter the tunnel. "
          + "false is full tunnel: all packets do.", default: false)
    case .subnets:
      .references(
        "The subnets that the members of the server stand in, by name or id: one, or two in different zones for high "
          + "availability.")
    case .securityGroups:
      .references("The security groups attached to the server, by name or id; left out, not modelled.")
    case .dnsServers:
      .list(
        of: .address, "The DNS servers that clients are given, at most \(profile.dns.serversAtMost); left out, none."
      )
      .such(as: "161.26.0.7", "161.26.0.8")
    case .idleTimeout:
      .integer(
        "Seconds without traffic after which a client is disconnected, up to \(profile.idleTimeouts.upperBound); 0 is never."
      ).defaulting(to: 600)
    case .port: .integer("The port that clients connect to, 1 to 65535.").defaulting(to: 443)
    case .transport:
      .text("The protocol of the tunnel: \(profile.transports.joined(separator: " or ")).").defaulting(to: "udp")
        .such(as: "udp", "tcp")
    case .certificate: .text("CRN of the server's certificate in Secrets Manager.", or: .crn)
    case .authentication:
      .objects(.authentication, "How clients prove who they are, one or two ways; all must be passed.")
    case .hostname: .text("The name that clients connect to.")
    case .publicIPs:
      .list(
        of: .address,
        "The public addresses of the members. The API does not tell them; the host name resolves to them. Without them it "
          + "is not checked whether the tunnel's own packets stay outside the tunnel."
      ).such(as: "203.0.113.10")
    case .privateIPs: .list(of: .address, "The addresses of the members in their subnets.").such(as: "10.0.9.4")
    case .expectedClients: .integer("How many clients are expected to be connected at once.").such(as: 500)
    case .serves:
      .references(
        "The subnets and networks that the server is there for, by name; left out, it is judged for all of them.")
    case .lifecycleState: StateWording.lifecycle("server")
    case .healthState: StateWording.health("server")
    case .healthReasons: StateWording.reasons("server")
    case .createdAt: .time("When the server was created.")
    case .routes:
      .objects(
        .serverRoute,
        "What the server forwards; without a route it drops packets, in both tunnel modes. Left out, there is none.")
    case .clients: .objects(.client, "The sessions of clients, as the API lists them.")
    case .vpc: KeyMeaning("The VPC that the server stands in, as the API has it.", .anything)
    }
  }
}

extension ServerRouteKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .name: .text("Name of the route.").such(as: "to-app")
    case .destination:
      .network(
        "Where packets go: of several routes that match, the longest decides. In split tunnel it is pushed to clients."
      )
      .such(as: "10.0.0.0/24", "0.0.0.0/0")
    case .action:
      .word(
        ServerRoute.Action.allCases.map(\.rawValue),
        "What becomes of packets: `deliver` forwards them with the client's address as source, `translate` with an address "
          + "of the server's subnet, `drop` discards them."
      ).defaulting(to: .text(ServerRoute.Action.deliver.rawValue))
    case .id: .text("Id of the route at the provider.")
    case .createdAt: .time("When the route was created; clients that connected before do not have it.")
    case .lifecycleState: StateWording.lifecycle("route")
    case .healthState: StateWording.health("route")
    case .healthReasons: StateWording.reasons("route")
    }
  }
}

extension AuthenticationKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .method: .word(ModelWords.authenticationMethods, "By a client certificate, or by user name and passcode.")
    case .clientCA: .text("CRN of the CA that signs client certificates.", or: .crn)
    case .crl: .text("Revoked client certificates, a list in PEM.")
    case .identityProvider: .text("Kind of the identity provider for user names.", or: .providerType).such(as: "iam")
    }
  }
}

extension ClientKey: DescribedKey {
  var meaning: KeyMeaning {
    switch self {
    case .id: .text("Id of the session.")
    case .commonName: .text("Common name of the client certificate.")
    case .username: .text("Name that the user logged in with.")
    case .clientIP: .address("The client's address in the pool.").such(as: "192.168.252.2")
    case .remoteIP: .address("The public address that the client connects from.").such(as: "203.0.113.9")
    case .status: .text("Whether the client is there.").such(as: "connected", "disconnected")
    case .createdAt: .time("When the session began.")
    case .disconnectedAt: .time("When the session ended.")
    }
  }
}
