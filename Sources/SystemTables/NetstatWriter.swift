/// Writes `netstat -nr -f inet` of macOS with its column widths (Apple, network_cmds, netstat.tproj/route.c,
/// `pr_rthdr` and `np_rtentry`).
enum NetstatWriter {
  static func write(_ rows: [SystemRow]) -> String {
    var text = "Routing tables\n\nInternet:\n"
    text += line("Destination", "Gateway", "Flags", "Netif", "Expire")
    for row in rows { text += line(destination(row), gateway(row), flags(row), row.interface, row.expire) }
    return text
  }

  private static func line(
    _ destination: String, _ gateway: String, _ flags: String, _ interface: String, _ expire: String
  ) -> String {
    destination.padded(to: 18) + " " + gateway.padded(to: 18) + " " + flags.padded(to: 10) + " "
      + interface.indented(to: 14) + " " + expire.indented(to: 6) + "\n"
  }

  private static func destination(_ row: SystemRow) -> String {
    row.destination.map { NetstatDestination.text($0, isHost: row.isHostRow) } ?? row.destinationText
  }

  /// A row of another system does not know the number of its link; macOS itself writes names for some.
  private static func gateway(_ row: SystemRow) -> String {
    guard row.gateway == .onLink else { return row.gateway.text }
    return row.flags.isEmpty || row.gatewayText.isEmpty ? row.interface : row.gatewayText
  }

  /// Up, gateway, static and cloning flags that a network row of this kind has.
  private static func flags(_ row: SystemRow) -> String {
    guard row.flags.isEmpty else { return row.flags }
    return row.gateway == .onLink ? "UCS" : "UGSc"
  }
}
