import IPv4Space
import SourceText
import SourceTree

extension Decoder {
  func readDocument(_ document: NodeIndex, into model: inout Model) {
    let isNoModel = isNoModel(document)
    if isNoModel { report(.noModel, at: placeOfStranger(document)) }
    // Of a text of another kind it is enough to say what it is not.
    if isNoModel, meantKeys(of: document).isEmpty { return }
    guard let top = open(document, TopKey.table, key: "a model", reportsMissing: !isNoModel) else { return }
    readVersion(top, into: &model)
    if let vpc = requiredValue(top, .vpc) {
      model.vpc = within("vpc", object: "the VPC") { readVPC(vpc) } ?? VPC()
    }
    model.serversKey = top.keyNode(.servers).map { tree.span($0) }
    if let servers = requiredValue(top, .servers) {
      model.servers = elements(servers, key: "vpn_servers", page: "vpn_servers", each: "VPN server") { readServer($0) }
    }
    var networksAreUnknown = top.isNotKnown(.networks)
    model.networks = objects(top, .networks, "network") { readNetwork($0, &networksAreUnknown) }
    model.networksAreUnknown = networksAreUnknown
    model.sites = objects(top, .sites, "client site") { readSite($0) }
    model.expectations = objects(top, .expectations, "expectation") { readExpectation($0) }
    if let quotas = value(top, .quotas) {
      model.quotas = within("quotas", object: "the quotas") { readQuotas(quotas) }
    }
  }

  private func placeOfStranger(_ document: NodeIndex) -> Span {
    guard tree.kind(document) == .sequence else { return openingPlace(document) }
    let span = tree.span(document)
    return Span(file: span.file, start: span.start, end: min(span.start + 1, span.end))
  }

  /// Whether a document has neither of the required keys, nor one that may mean them.
  private func isNoModel(_ document: NodeIndex) -> Bool {
    // A list is what other programs write; in YAML it may be a model with a slip.
    if tree.isJSON, tree.kind(document) == .sequence { return true }
    guard tree.kind(document) == .mapping else { return false }
    let required = TopKey.table.required
    let hasRequired = tree.keys(document).contains { keyNode in
      tree.kind(keyNode) == .scalar && TopKey.table.slot(named: keyNode, in: tree).map(required.contains) ?? false
    }
    return !hasRequired && meantKeys(of: document).isDisjoint(with: [.vpc, .servers])
  }

  /// The keys that stand at the top of a document or are evidently meant there. Merges may bring any.
  private func meantKeys(of document: NodeIndex) -> Set<TopKey> {
    var keys: Set<TopKey> = []
    for keyNode in tree.keys(document) where tree.kind(keyNode) == .scalar {
      let name = tree.text(keyNode)
      if name == "<<" { return Set(TopKey.allCases) }
      guard !PassiveKeys.names.contains(name) || TopKey.table.entry(named: name) != nil else { continue }
      let entry = TopKey.table.entry(named: NearestName.of(name, among: TopKey.table.accepted) ?? name)
      // Files of other programs have versions too, such as "1.0.0"; that of a model is a number.
      if entry?.key == .version, tree.style(tree.value(ofKey: keyNode)) == .quoted { continue }
      if let entry { keys.insert(entry.key) }
    }
    return keys
  }

  private func readVersion(_ top: ObjectReader<TopKey>, into model: inout Model) {
    if let version = integer(top, .version), version.value != 1 {
      report(.unsupportedVersion(String(version.value)), at: version.span)
    }
    if let provider = text(top, .provider), provider.value != model.provider.name {
      report(.unsupportedProvider(provider.value), at: provider.span)
    }
  }

  private func readQuotas(_ node: NodeIndex) -> [String: Int] {
    guard let object = open(node, QuotaKey.table, key: "quotas") else { return [:] }
    var quotas: [String: Int] = [:]
    for entry in QuotaKey.table.entries {
      guard let limit = integer(object, entry.key) else { continue }
      if limit.value < 0 {
        report(
          .invalidValue(key: entry.name, text: String(limit.value), expected: "0 or more", nearest: nil), at: limit.span
        )
      } else {
        quotas[entry.name] = limit.value
      }
    }
    return quotas
  }

  /// nil too for a network that says of itself that its ranges are not known, and it may be anywhere, or how it is reached.
  private func readNetwork(_ node: NodeIndex, _ isUnknown: inout Bool) -> Network? {
    guard let object = open(node, NetworkKey.table, key: "networks") else { return nil }
    if object.isNotKnown(.cidrs) || object.isNotKnown(.via) { isUnknown = true }
    let name = requiredName(object, .name)
    let cidrs = requiredValue(object, .cidrs).map { cidrs in
      elements(cidrs, key: "cidrs", page: "cidrs") { item in prefix(item, key: "cidrs") }
    }
    let via = word(object, .via, Network.Way.self, isRequired: true)
    let expect = intent(object, .expect, allowing: Self.subnetIntents)
    guard let name, let cidrs, let via else { return nil }
    return Network(name: name, cidrs: cidrs, via: via, expect: expect)
  }

  /// What may be expected of a subnet or network.
  static let subnetIntents: [Intent] = [.reachable, .unreachable, .any]

  func intent<Key: ModelKey>(_ object: ObjectReader<Key>, _ key: Key, allowing intents: [Intent]) -> Field<Intent>? {
    value(object, key).flatMap { word($0, key: name(key), intents.map { ($0.rawValue, $0) }) }
  }

  private func readSite(_ node: NodeIndex) -> ClientSite? {
    guard let object = open(node, SiteKey.table, key: "client_sites"), let name = requiredName(object, .name) else {
      return nil
    }
    return ClientSite(
      name: name,
      os: value(object, .os).flatMap { node in
        word(node, key: "os", ModelWords.systems.map { ($0, $0) })
      },
      lan: prefix(object, .lan), address: address(object, .address), gateway: address(object, .gateway),
      interface: text(object, .interface), metric: integer(object, .metric),
      routes: objects(object, .routes, "route") { readSiteRoute($0) },
      directives: texts(object, .directives))
  }

  private func readSiteRoute(_ node: NodeIndex) -> SiteRoute? {
    guard let object = open(node, SiteRouteKey.table, key: "routes") else { return nil }
    let (gateway, metric) = (address(object, .gateway), integer(object, .metric))
    guard let destination = prefix(object, .destination, isRequired: true) else { return nil }
    return SiteRoute(destination: destination, gateway: gateway, metric: metric)
  }

  private func readExpectation(_ node: NodeIndex) -> Expectation? {
    guard let object = open(node, ExpectationKey.table, key: "expectations") else { return nil }
    let from = reference(object, .from)
    let transport = word(object, .transport, TransportProtocol.self)
    let port = integer(object, .port)
    if let port, !(1...65535).contains(port.value) {
      report(.invalidValue(key: "port", text: String(port.value), expected: "1 to 65535", nearest: nil), at: port.span)
    }
    let isUnread =
      transport == nil && value(object, .transport) != nil || port == nil && value(object, .port) != nil
      || port.map { transport?.value == .icmp || !(1...65535).contains($0.value) } ?? false
    let expect = requiredValue(object, .expect).flatMap { node in
      word(node, key: "expect", Intent.allCases.map { ($0.rawValue, $0) })
    }
    guard let to = requiredText(object, .to), let expect else { return nil }
    return Expectation(
      to: to, target: nil, from: from, transport: transport, port: port, hasUnreadFlow: isUnread, expect: expect)
  }
}
