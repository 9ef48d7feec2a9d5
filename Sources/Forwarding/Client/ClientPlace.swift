public import ClientVPN
public import IPv4Space
import SourceText

/// A client before it connects: its system, its rows and what is around it.
public struct ClientPlace: Sendable {
  /// The operating system.
  public var system: ClientSystem
  /// The rows before connecting, in the system's order.
  public private(set) var rows: [ClientRow]
  /// The addresses of the client.
  public private(set) var ownAddresses: [IPv4Address]
  /// The local network, if known.
  public private(set) var lan: IPv4Prefix?
  /// The default gateway, if known.
  public private(set) var gateway: IPv4Address?
  /// Routers of the LAN that are known to exist.
  public private(set) var routers: Set<IPv4Address>
  /// What the client profile adds.
  public private(set) var profile: ClientProfile

  /// A client of whose surroundings nothing is known but that it reaches the internet.
  public init(system: ClientSystem) {
    self.init(
      system: system,
      rows: [ClientRow(IPv4Prefix(IPv4Address(bits: 0), length: 0), .unknown, interface: system.usualInterface)])
  }

  /// A client whose real table is known. Its order is kept among rows of one destination.
  public init(
    system: ClientSystem, rows: [ClientRow], ownAddresses: [IPv4Address] = [], profile: ClientProfile = ClientProfile()
  ) {
    self.system = system
    self.rows = ClientTable.inOrder(rows, of: system)
    self.profile = profile
    routers = Set(rows.compactMap { if case .address(let address) = $0.gateway { address } else { nil } })
    self.ownAddresses = ownAddresses
    if let address = defaultRow?.nextHop {
      gateway = address
      lan = Self.connected(to: address, in: rows)
    }
  }

  private static func connected(to gateway: IPv4Address, in rows: [ClientRow]) -> IPv4Prefix? {
    let around = rows.filter { row in
      row.isConnected && row.destination.map { $0.contains(gateway) && $0.length < 32 } ?? false
    }
    return around.max { $0.destination?.length ?? 0 < $1.destination?.length ?? 0 }?.destination
  }

  /// A site of the model. What it leaves out is not invented: a default route is there, its gateway not known.
  public init(_ site: ClientSite, system: ClientSystem? = nil) {
    let system = system ?? site.system ?? .linux
    let interface = site.interface?.value ?? system.usualInterface
    let metric = system.hasMetrics ? site.metric?.value ?? 0 : 0
    var rows: [ClientRow] = []
    func add(_ destination: IPv4Prefix, _ gateway: ClientRow.Gateway, _ metric: Int, _ span: Span?) {
      rows.append(ClientRow(destination.canonical, gateway, interface: interface, metric: metric, span: span))
    }
    let routes = site.routes?.elements ?? []
    let everything = IPv4Prefix(IPv4Address(bits: 0), length: 0)
    if site.gateway != nil || !routes.contains(where: { $0.destination.value.length == 0 }) {
      add(everything, site.gateway.map { .address($0.value) } ?? .unknown, metric, site.gateway?.span)
    }
    if let lan = site.lan { add(lan.value, .onLink, metric, lan.span) }
    for route in routes {
      let own = system.hasMetrics ? route.metric?.value ?? 0 : 0
      add(
        route.destination.value, route.gateway.map { .address($0.value) } ?? .onLink, own, route.destination.span)
    }
    self.init(system: system, rows: rows, profile: ClientProfile(site.directives?.elements ?? []))
    lan = site.lan?.value.canonical ?? lan
    ownAddresses = site.address.map { [$0.value] } ?? []
  }

  /// The row of the default gateway: OpenVPN takes the default route of the lowest metric, whatever else leads to the
  /// server (measured).
  var defaultRow: ClientRow? { rows.filter { $0.destination?.length == 0 }.min { $0.metric < $1.metric } }

  /// The row that leads to an address before connecting.
  func row(to address: IPv4Address) -> ClientRow? {
    rows.filter { $0.destination?.contains(address) ?? false }
      .min { ($1.destination?.length ?? 0, $0.metric) < ($0.destination?.length ?? 0, $1.metric) }
  }
}

extension ClientSite {
  /// The operating system, if it is one that is known.
  public var system: ClientSystem? { os.flatMap { ClientSystem(rawValue: $0.value) } }
}
