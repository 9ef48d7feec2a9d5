/// What was observed of a real client and a real server.
struct Record: Codable, Hashable, Sendable {
  /// A row of the client's main routing table.
  struct Row: Codable, Hashable, Sendable {
    /// CIDR notation, 0.0.0.0/0 for the default route.
    var dst: String
    var gateway: String?
    var dev: String
    var `protocol`: String?
    var scope: String?
    var prefsrc: String?
    /// Nil is 0.
    var metric: Int?
  }

  /// What the client's kernel decides for an address.
  struct Decision: Codable, Hashable, Sendable {
    /// The destination of the row that matches.
    var match: String?
    var dev: String?
    var gateway: String?
    var prefsrc: String?
    /// The kernel's words when no row matches.
    var error: String?
  }

  /// The one who answered a ping.
  enum Responder: String, Codable, Sendable, CaseIterable { case client, lan, internet, server, vpc }

  /// What came of one ping.
  struct Ping: Codable, Hashable, Sendable {
    var ok: Bool
    var by: Responder?
    var ttl: Int?
    /// Why it was not answered.
    var why: String?
    /// The sender of an ICMP error.
    var from: String?
  }

  struct Probe: Codable, Hashable, Sendable {
    var dst: String
    var route: Decision
    var ping: Ping
  }

  /// A line of the client's log about a route that went wrong.
  struct Trouble: Codable, Hashable, Sendable {
    var line: String
    var count: Int
  }

  var config: LabConfiguration
  /// Whether the client said that it is connected.
  var connected: Bool
  /// Seconds until then.
  var connectSeconds: Double?
  /// In the kernel's order: of rows with one prefix and metric, the first is in use.
  var tableBefore: [Row]
  var table: [Row]
  /// The options that the client received.
  var pushed: [String]
  var probes: [Probe]
  var trouble: [Trouble]
  /// Whether packets to the server were routed into the tunnel.
  var loop: Bool
  /// Whether the VPN gateway answers a ping that is forced into the tunnel.
  var tunnelAlive: Bool
  /// Whether the table after disconnecting is the one from before.
  var tableRestored: Bool
  /// Seconds for the whole run.
  var seconds: Double

  private enum CodingKeys: String, CodingKey {
    case config, connected, table, pushed, probes, trouble, loop, seconds
    case connectSeconds = "connect_s"
    case tableBefore = "table_before"
    case tunnelAlive = "tunnel_alive"
    case tableRestored = "table_restored"
  }
}
