import IPv4Space

/// Writes `route print -4` of an English Windows, from its table on: the rows do not tell the list of interfaces that
/// comes before.
enum RoutePrintWriter {
  private static let ruler = String(repeating: "=", count: 75) + "\n"

  static func write(_ rows: [SystemRow], persistent: [String]) -> String {
    var text = "IPv4 Route Table\n" + ruler + "Active Routes:\n"
    text += "Network Destination        Netmask          Gateway       Interface  Metric\n"
    for row in rows { text += line(row) }
    text += ruler + "Persistent Routes:\n"
    if persistent.isEmpty { return text + "  None\n" }
    text += "  Network Address          Netmask  Gateway Address  Metric\n"
    for route in persistent { text += "  \(line(persistent: route))\n" }
    return text + ruler
  }

  /// Address, mask and gateway end where those of the rows do.
  private static func line(persistent route: String) -> String {
    let words = route.split(separator: " ").map(String.init)
    guard words.count == 4 else { return route }
    return words[0].indented(to: 15) + column(words[1]) + column(words[2]) + words[3].indented(to: 9)
  }

  private static func line(_ row: SystemRow) -> String {
    let (address, mask) = destination(row)
    let columns = [address, mask, row.gateway == .onLink ? "On-link" : row.gateway.text, row.interface]
    return columns.map(column).joined() + String(row.metric).indented(to: 7) + "\n"
  }

  /// A text as wide as its column still keeps a blank before it.
  private static func column(_ text: String) -> String { (" " + text).indented(to: 17) }

  private static func destination(_ row: SystemRow) -> (address: String, mask: String) {
    if let prefix = row.destination?.canonical { return (prefix.address.description, mask(prefix.length)) }
    let parts = row.destinationText.split(separator: "/", maxSplits: 1).map(String.init)
    guard let address = parts.first else { return ("", "") }
    guard parts.count == 2 else { return (address, mask(32)) }
    return (address, UInt8(parts[1]).map(mask) ?? parts[1])
  }

  private static func mask(_ length: UInt8) -> String {
    IPv4Address(bits: IPv4Prefix(IPv4Address(bits: 0), length: length).mask).description
  }
}
