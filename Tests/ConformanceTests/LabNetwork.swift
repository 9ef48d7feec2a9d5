import IPv4Space

/// A small internet of network namespaces, none of them linked to the machine's own network.
///
///     client ── home ── 198.18.1 ── inet ── 198.18.2 ── server ══ 198.18.3 (deliver), 198.18.4 (translate) ══ vpc
///                                     └─────────────────────────── 198.18.5 ──────────────────────────────────┘
///
/// The client's home has the LAN's gateway, its other hosts, and the networks behind its other routers. The internet
/// answers for every public address. The VPC answers for every address of its subnets, and for the provider's services
/// if the server has translated the sender. Who answered is told from the TTL: every namespace begins with another.
struct LabNetwork {
  enum Namespace: String, CaseIterable {
    case client, home, inet, server, vpc

    /// The one who answers from there.
    var responder: Record.Responder {
      switch self {
      case .client: .client
      case .home: .lan
      case .inet: .internet
      case .server: .server
      case .vpc: .vpc
      }
    }
  }

  /// The server's routing table for packets out of the tunnel.
  static let tunnelTable = 100
  /// The VPC's routing table for packets whose sender the server has translated.
  private static let translatedTable = 50
  /// Answered for translated senders only.
  private static let services = ["161.26.0.0/16", "166.8.0.0/14"]
  /// Nobody on the internet has these.
  private static let unroutable = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"]
  private static let links = [
    "client lan0 home lan0", "home wan0 inet home0", "server wan0 inet server0", "server deliver0 vpc deliver0",
    "server translate0 vpc translate0", "vpc public0 inet public0",
  ]

  let configuration: LabConfiguration

  /// The TTL that packets begin with, further apart than any way is long.
  static func timeToLive(of responder: Record.Responder) -> Int {
    switch responder {
    case .client: 40
    case .lan: 64
    case .internet: 100
    case .server: 150
    case .vpc: 220
    }
  }

  /// The one whose packets begin with the lowest TTL from `ttl`.
  static func responder(ttl: Int) -> Record.Responder? {
    Record.Responder.allCases.sorted { timeToLive(of: $0) < timeToLive(of: $1) }.first { ttl <= timeToLive(of: $0) }
  }

  /// Shell commands that build it.
  func script() throws -> String {
    var lines = Namespace.allCases.map { "ip netns add \($0)" }
    for link in Self.links.map({ $0.split(separator: " ") }) {
      lines.append("ip link add \(link[1]) netns \(link[0]) type veth peer name \(link[3]) netns \(link[2])")
    }
    for namespace in Namespace.allCases {
      lines += kernelSettings(namespace)
      lines += ["ip -n \(namespace) -batch - <<'END'"] + (try addressesAndRoutes(namespace)) + ["END"]
    }
    return lines.joined(separator: "\n")
  }

  private func kernelSettings(_ namespace: Namespace) -> [String] {
    let start = Self.timeToLive(of: namespace.responder)
    var lines = ["for file in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >$file; done"]
    lines += ["rp_filter", "send_redirects", "accept_redirects"].map {
      "for file in /proc/sys/net/ipv4/conf/*/\($0); do echo 0 >$file; done"
    }
    lines.append("echo \(start) >/proc/sys/net/ipv4/ip_default_ttl")
    if namespace != .client { lines.append("echo 1 >/proc/sys/net/ipv4/ip_forward") }
    if let device = translatingDevice(namespace) {
      lines += ["nft add table ip lab", "nft 'add chain ip lab out { type nat hook postrouting priority 100; }'"]
      lines.append("nft add rule ip lab out oifname \(device) masquerade")
    }
    return ["ip netns exec \(namespace) sh -eu <<'END'"] + lines + ["END"]
  }

  /// The device on whose way out senders are translated.
  private func translatingDevice(_ namespace: Namespace) -> String? {
    switch namespace {
    case .client, .inet: nil
    case .home: "wan0"
    case .server: "translate0"
    case .vpc: "public0"
    }
  }

  private func addressesAndRoutes(_ namespace: Namespace) throws -> [String] {
    let devices =
      ["lo"]
      + Self.links.flatMap { link -> [String] in
        let ends = link.split(separator: " ").map(String.init)
        return (ends[0] == namespace.rawValue ? [ends[1]] : []) + (ends[2] == namespace.rawValue ? [ends[3]] : [])
      }
    let up = devices.map { "link set \($0) up" }
    switch namespace {
    case .client: return up + (try client())
    case .home: return up + (try home())
    case .inet: return up + inet()
    case .server: return up + (try server())
    case .vpc: return up + (try vpc())
    }
  }

  private func client() throws -> [String] {
    let lan = configuration.clientLAN
    let network = try IPv4Prefix(cidr: lan.cidr)
    let own = "addr add \(lan.address)/\(network.length) brd + dev lan0"
    var lines = [own]
    // The kernel gives the row of an address the metric 0; who wants another writes the row himself.
    if lan.metric != 0 {
      let row = "route add \(network.canonical) dev lan0 proto kernel scope link src \(lan.address)"
      lines = ["\(own) noprefixroute", "\(row) metric \(lan.metric)"]
    }
    lines.append("route add default via \(lan.gateway) dev lan0 metric \(lan.metric)")
    return lines + lan.routes.map { "route add \($0.destination) via \($0.gateway) dev lan0 metric \($0.metric)" }
  }

  private func home() throws -> [String] {
    let lan = configuration.clientLAN
    let network = try IPv4Prefix(cidr: lan.cidr)
    var lines = ["addr add \(lan.gateway)/\(network.length) dev lan0", "addr add 198.18.1.2/30 dev wan0"]
    let others = Set(lan.hosts + lan.routes.map(\.gateway)).subtracting([lan.gateway, lan.address])
    lines += others.sorted().map { "addr add \($0)/32 dev lan0" }
    lines.append("route add default via 198.18.1.1")
    // The local table is asked first: what is not answered here has to stand in it too. The way to the server and the
    // LAN stay open whatever lies behind the other routers.
    lines += [
      "route add \(network.canonical) dev lan0 table local", "route add 198.18.1.0/30 dev wan0 table local",
      "route add \(configuration.serverPublicIP) via 198.18.1.1 table local",
    ]
    for route in lan.routes {
      let behind = try IPv4Prefix(cidr: route.destination).canonical
      if behind.length > 0, behind.description != "\(configuration.serverPublicIP)/32" {
        lines.append("route replace local \(behind) dev lo table local")
      }
    }
    return lines
  }

  private func inet() -> [String] {
    let links = [("home0", 1), ("server0", 2), ("public0", 5)]
    var lines = links.map { "addr add 198.18.\($1).1/30 dev \($0)" }
    lines += links.map { "route add 198.18.\($1).0/30 dev \($0) table local" }
    lines.append("route add \(configuration.serverPublicIP) via 198.18.2.2 table local")
    lines.append("route add local 0.0.0.0/0 dev lo table local")
    return lines + (Self.unroutable + Self.services).map { "route add blackhole \($0) table local" }
  }

  private func server() throws -> [String] {
    var lines = [("wan0", 2), ("deliver0", 3), ("translate0", 4)].map { "addr add 198.18.\($1).2/30 dev \($0)" }
    lines.append("addr add \(configuration.serverPublicIP)/32 dev lo")
    lines.append("route add default via 198.18.2.1")
    lines.append("rule add pref 50 iif tun0 lookup \(Self.tunnelTable)")
    lines.append("route add \(configuration.noMatch) default metric 9999 table \(Self.tunnelTable)")
    // Of two routes with one destination the later one counts.
    for route in configuration.routes {
      let destination = try IPv4Prefix(cidr: route.destination).canonical
      switch route.action {
      case .drop: lines.append("route replace blackhole \(destination) table \(Self.tunnelTable)")
      case .deliver: lines.append("route replace \(destination) via 198.18.3.1 table \(Self.tunnelTable)")
      case .translate: lines.append("route replace \(destination) via 198.18.4.1 table \(Self.tunnelTable)")
      }
    }
    return lines
  }

  private func vpc() throws -> [String] {
    var lines = [("deliver0", 3), ("translate0", 4)].map { "addr add 198.18.\($1).1/30 dev \($0)" }
    lines.append("addr add 198.18.5.2/30 dev public0")
    lines.append("route add \(try IPv4Prefix(cidr: configuration.pool).canonical) via 198.18.3.2")
    lines.append("route add blackhole default")
    lines.append("rule add pref 50 from 198.18.4.2 lookup \(Self.translatedTable)")
    lines.append("route add default via 198.18.5.1 table \(Self.translatedTable)")
    for subnet in configuration.vpcSubnets {
      lines.append("route replace local \(try IPv4Prefix(cidr: subnet).canonical) dev lo table local")
    }
    lines += Self.services.map { "route add local \($0) dev lo table local" }
    // The services do not know the pool's addresses; the rule has to come before the local table's own.
    lines += ["rule add pref 10 lookup local", "rule del pref 0"]
    return lines + Self.services.map { "rule add pref 5 iif deliver0 to \($0) blackhole" }
  }
}
