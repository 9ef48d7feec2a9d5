import IPv4Space
import SourceText
import SourceTree

extension Decoder {
  func readServer(_ node: NodeIndex) -> VPNServer? {
    guard let object = open(node, ServerKey.table, key: "vpn_servers") else { return nil }
    let id = text(object, .id)?.value
    let name = requiredName(object, .name) ?? Field(object.isNotKnown(.name) ? id ?? "" : "", openingPlace(node))
    var server = VPNServer(span: tree.span(node), name: name)
    server.id = id
    server.nameIsUnknown = object.isNotKnown(.name)
    server.vpc = vpcReference(object, .vpc)
    server.clientPool = prefix(object, .clientPool, isRequired: true)
    server.tunnelNetwork = tunnelNetwork(object, in: server.clientPool?.value)
    server.splitTunneling = flag(object, .splitTunneling)
    server.splitTunnelingIsUnknown = object.isNotKnown(.splitTunneling)
    server.listenerIsUnknown = object.isNotKnown(.port) || object.isNotKnown(.transport)
    server.splitTunnelingMisspelt = object.isMisspelt(.splitTunneling)
    server.subnets = references(object, .subnets)
    server.securityGroups = references(object, .securityGroups)
    server.dnsServers = list(object, .dnsServers) { node in address(node, key: "client_dns_server_ips") }
    server.idleTimeout = integer(object, .idleTimeout)
    server.port = integer(object, .port)
    server.transport = text(object, .transport)
    server.certificate = text(object, .certificate, or: .crn)
    server.authentication = list(object, .authentication) { node in readAuthentication(node) }
    server.hostname = text(object, .hostname)
    server.publicIPs = list(object, .publicIPs) { node in address(node, key: "public_ips") }
    server.privateIPs = list(object, .privateIPs) { node in address(node, key: "private_ips") }
    server.expectedClients = integer(object, .expectedClients)
    server.lifecycleState = growingWord(object, .lifecycleState, ModelWords.lifecycleStates)
    server.healthState = growingWord(object, .healthState, ModelWords.healthStates)
    server.healthReasons = reasons(object, .healthReasons)
    server.createdAt = timestamp(object, .createdAt)
    servesOf[server.span] = references(object, .serves)
    readRoutes(object, into: &server)
    server.clients = objects(object, .clients, "client session") { readClient($0) }
    return server
  }

  /// The part of the pool that a member hands out; one outside the pool is reported and not used.
  private func tunnelNetwork(_ object: ObjectReader<ServerKey>, in pool: IPv4Prefix?) -> Field<IPv4Prefix>? {
    guard let network = prefix(object, .tunnelNetwork), let pool, !pool.contains(network.value.canonical) else {
      return prefix(object, .tunnelNetwork)
    }
    let (key, text) = ("tunnel_network", network.value.description)
    report(
      .invalidValue(key: key, text: text, expected: "a part of the client pool \(pool)", nearest: nil), at: network.span
    )
    return nil
  }

  private func readRoutes(_ object: ObjectReader<ServerKey>, into server: inout VPNServer) {
    var unreadable = false
    var missing: Set<ServerRoute.Action> = object.isNotKnown(.routes) ? Set(ServerRoute.Action.allCases) : []
    server.routesKey = object.keyNode(.routes).map(tree.span)
    server.routes = objects(object, .routes, "VPN server route") { node in
      let route = readServerRoute(node, &missing)
      if route == nil { unreadable = true }
      return route
    }
    server.missingActions = missing
    server.routesAreIncomplete = unreadable || object.isNotKnown(.routes)
    server.routesMisspelt = object.isMisspelt(.routes)
  }

  /// nil if it is not known to which addresses the route leads; what it does with packets there is then among `missing`.
  private func readServerRoute(_ node: NodeIndex, _ missing: inout Set<ServerRoute.Action>) -> ServerRoute? {
    guard let object = open(node, ServerRouteKey.table, key: "routes") else {
      missing.formUnion(ServerRoute.Action.allCases)
      return nil
    }
    let action = routeAction(object)
    let states = (
      lifecycle: growingWord(object, .lifecycleState, ModelWords.lifecycleStates),
      health: growingWord(object, .healthState, ModelWords.healthStates)
    )
    guard let destination = prefix(object, .destination, isRequired: true) else {
      if !isIPv6(object, .destination) { missing.insert(action?.value ?? .deliver) }
      return nil
    }
    return ServerRoute(
      name: text(object, .name), id: text(object, .id)?.value, destination: destination, writtenAction: action,
      createdAt: timestamp(object, .createdAt), lifecycleState: states.lifecycle, healthState: states.health,
      healthReasons: reasons(object, .healthReasons))
  }

  /// The action as written; one that is not known, or that could not be read, is none of the usual ones.
  private func routeAction(_ object: ObjectReader<ServerRouteKey>) -> Field<ServerRoute.Action>? {
    if object.isNotKnown(.action) {
      return (object.keyNode(.action).map(tree.span) ?? object.notKnownPlace).map { Field(.unknown, $0) }
    }
    guard let node = value(object, .action) else { return nil }
    return word(object, .action, ServerRoute.Action.self) ?? Field(.unknown, tree.span(node))
  }

  /// Reason codes, or the API's objects with a code.
  private func reasons<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key) -> [Field<String>] {
    texts(object, key, or: .code)?.elements ?? []
  }

  private func readAuthentication(_ node: NodeIndex) -> Authentication? {
    guard let object = open(node, AuthenticationKey.table, key: "client_authentication") else { return nil }
    let crl = text(object, .crl)
    let writtenMethod = value(object, .method)
    let method = writtenMethod.flatMap { node in
      word(node, key: "method", ModelWords.authenticationMethods.map { ($0, $0) })
    }
    return Authentication(
      method: method, methodIsUnread: writtenMethod != nil && method == nil || object.isNotKnown(.method),
      clientCA: text(object, .clientCA, or: .crn),
      partnerIsUnknown: object.isNotKnown(.clientCA) || object.isNotKnown(.identityProvider), crl: crl,
      revocations: crl.flatMap { readRevocations($0.value) },
      identityProvider: text(object, .identityProvider, or: .providerType))
  }

  /// nil for a text of blanks alone, which is no list.
  private func readRevocations(_ text: String) -> Result<RevocationList, RevocationList.Flaw>? {
    if text.allSatisfy(\.isWhitespace) { return nil }
    do throws(RevocationList.Flaw) {
      return .success(try RevocationList(pem: text))
    } catch {
      return .failure(error)
    }
  }

  private func readClient(_ node: NodeIndex) -> ClientSession? {
    guard let object = open(node, ClientKey.table, key: "clients") else { return nil }
    return ClientSession(
      id: text(object, .id), commonName: text(object, .commonName), username: text(object, .username),
      clientIP: address(object, .clientIP), remoteIP: address(object, .remoteIP),
      status: growingWord(object, .status, ModelWords.clientStates),
      createdAt: timestamp(object, .createdAt), disconnectedAt: timestamp(object, .disconnectedAt))
  }
}
