import IPv4Space

/// Writes `ip route`: the words in the order of iproute2, a blank before each line break.
enum IPRouteWriter {
  static func write(_ rows: [SystemRow]) -> String {
    var text = ""
    for row in rows {
      text += sentence(row)
      for hop in row.nextHops { text += "\tnexthop " + path(hop.gateway, hop.interface, hop.attributes) + "\n" }
    }
    return text
  }

  private static func sentence(_ row: SystemRow) -> String {
    let kind = row.kind.isEmpty ? "" : row.kind + " "
    var attributes = row.attributes
    if row.metric != 0 { attributes.append(SystemRow.Attribute("metric", String(row.metric))) }
    let gateway = row.nextHops.isEmpty ? row.gateway : .onLink
    let interface = row.nextHops.isEmpty ? row.interface : ""
    return kind + destination(row) + " " + path(gateway, interface, attributes) + "\n"
  }

  /// `default`, an address without `/32`, or a network.
  static func destination(_ row: SystemRow) -> String {
    guard let prefix = row.destination?.canonical else { return row.destinationText }
    switch prefix.length {
    case 0: return "default"
    case 32: return prefix.address.description
    default: return prefix.description
    }
  }

  private static func path(
    _ gateway: SystemRow.Gateway, _ interface: String, _ attributes: [SystemRow.Attribute]
  ) -> String {
    let leading = attributes.filter { IPRouteWord.leading.contains($0.name) }
    var text = leading.map(phrase).joined()
    switch gateway {
    case .onLink: break
    case .ipv6(let address): text += "via inet6 \(address) "
    case .address, .masked: text += "via \(gateway.text) "
    }
    if !interface.isEmpty { text += "dev \(interface) " }
    return text + IPRouteWord.ordered(attributes).map(phrase).joined()
  }

  private static func phrase(_ attribute: SystemRow.Attribute) -> String {
    attribute.value.isEmpty ? attribute.name + " " : "\(attribute.name) \(attribute.value) "
  }
}
