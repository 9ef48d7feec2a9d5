public import ClientVPN
import IPv4Space
public import SourceText

/// The lines of an OpenVPN client profile that change the routing table (openvpn(8) 2.6; effects measured).
public struct ClientProfile: Sendable {
  /// What a filter does with an option that the server pushes.
  public enum FilterAction: String, Sendable {
    case accept, ignore
    /// The client breaks off.
    case reject
  }

  /// `pull-filter ACTION TEXT`: of the filters whose text an option begins with, the first decides.
  public struct Filter: Sendable {
    /// What it does.
    public let action: FilterAction
    /// How the option begins.
    public let text: String
    /// The line of the profile.
    public let span: Span
  }

  /// Which next hop a route of the profile has.
  enum NextHop: Sendable {
    case vpnGateway, oldGateway
    case address(IPv4Address)
  }

  /// `route NETWORK [NETMASK] [GATEWAY] [METRIC]`
  struct OwnRoute: Sendable {
    /// nil for the server's public address, `remote_host`.
    let destination: IPv4Prefix?
    let nextHop: NextHop
    let metric: Int?
    let span: Span
  }

  /// `redirect-gateway` and `redirect-private` with their flags.
  struct Redirect: Sendable {
    let takesDefault: Bool
    let flags: Set<String>
    let span: Span
  }

  /// A directive that OpenVPN does not know.
  struct Misspelling: Sendable {
    let word: String
    /// The directive that it is nearest to.
    let meant: String
    let span: Span
  }

  /// Directives that are read here but for the shortest, to which too much is near.
  private static let directives = [
    "route-nopull", "route-noexec", "pull-filter", "route-metric", "route-gateway", "route", "redirect-gateway",
    "redirect-private",
  ]

  /// Directives of OpenVPN that are near to one of them and mean something else (openvpn(8) 2.6).
  private static let neighbours = [
    "remote", "route-delay", "route-ipv6", "route-ipv6-gateway", "route-method", "route-pre-down", "route-up",
  ]

  /// `route-nopull`: no pushed route or DNS server is taken.
  public private(set) var noPull: Span?
  /// `route-noexec`: no route is added at all.
  public private(set) var noExec: Span?
  /// Filters, in order.
  public private(set) var filters: [Filter] = []
  /// The first filter of each text, and how many bytes such texts have.
  private var firstFilters: [String: Int] = [:]
  private var filterLengths: Set<Int> = []
  /// `route-metric`: the metric of added routes.
  public private(set) var routeMetric: Field<Int>?
  /// `route-gateway`: another next hop of added routes, unless the server pushes one.
  private(set) var routeGateway: Field<IPv4Address>?
  private(set) var ownRoutes: [OwnRoute] = []
  /// `up`: a script runs when the tunnel comes up, which can apply pushed DNS servers.
  public private(set) var hasUpScript = false
  /// `tun-mtu`, `mssfix`, `fragment` or `link-mtu`: packets are kept below a size.
  public private(set) var limitsPacketSize = false
  private(set) var redirects: [Redirect] = []
  /// Lines that OpenVPN refuses, and that were meant to change routes.
  private(set) var misspelt: [Misspelling] = []

  /// A profile without such lines.
  public init() {}

  /// Reads lines; those without effect on the table, or that OpenVPN would refuse, are passed over.
  init(_ lines: [Field<String>]) {
    for line in lines { read(Self.words(line.value), line.span) }
  }

  /// Where the profile takes in the default route, or asks for the host route to the server alone.
  public var redirectsGateway: Span? { redirects.first(where: \.takesDefault)?.span }
  /// Where the profile asks for a host route to the server.
  public var redirectsPrivate: Span? { redirects.first { !$0.takesDefault }?.span }

  /// The filter that decides about a pushed option; nil if none does.
  func filter(_ option: String) -> Filter? {
    let first = (0...option.utf8.count).lazy.filter(filterLengths.contains)
      .compactMap { firstFilters[String(decoding: option.utf8.prefix($0), as: UTF8.self)] }.min()
    return first.map { filters[$0] }
  }

  private mutating func read(_ words: [String], _ span: Span) {
    guard let name = words.first.map({ $0.hasPrefix("--") ? String($0.dropFirst(2)) : $0 }) else { return }
    let arguments = Array(words.dropFirst())
    switch name {
    case "route-nopull": noPull = noPull ?? span
    case "route-noexec": noExec = noExec ?? span
    case "pull-filter":
      guard arguments.count == 2, let action = FilterAction(rawValue: arguments[0]) else { return }
      firstFilters[arguments[1]] = firstFilters[arguments[1]] ?? filters.count
      filterLengths.insert(arguments[1].utf8.count)
      filters.append(Filter(action: action, text: arguments[1], span: span))
    case "up": hasUpScript = true
    case "tun-mtu", "link-mtu", "mssfix", "fragment": limitsPacketSize = true
    case "route-metric": if let metric = arguments.first.flatMap({ Int($0) }) { routeMetric = Field(metric, span) }
    case "route-gateway":
      if let address = arguments.first.flatMap(Self.address) { routeGateway = Field(address, span) }
    case "route": if let route = Self.route(arguments, span) { ownRoutes.append(route) }
    case "redirect-gateway", "redirect-private":
      redirects.append(Redirect(takesDefault: name == "redirect-gateway", flags: Set(arguments), span: span))
    default:
      if let meant = Self.meant(by: name) { misspelt.append(Misspelling(word: name, meant: meant, span: span)) }
    }
  }

  /// The directive about routes that a word is nearest to; nil if it is another one, or near to none.
  private static func meant(by word: String) -> String? {
    guard !neighbours.contains(word), let nearest = NearestName.of(word, among: directives + neighbours),
      directives.contains(nearest)
    else { return nil }
    return nearest
  }

  private static func route(_ arguments: [String], _ span: Span) -> OwnRoute? {
    let isServer = arguments.first == "remote_host"
    let network = arguments.first.flatMap(address)
    guard isServer || network != nil, let length = maskLength(argument(1, of: arguments)) else { return nil }
    let nextHop: NextHop
    switch argument(2, of: arguments) {
    case nil, "vpn_gateway": nextHop = .vpnGateway
    case "net_gateway": nextHop = .oldGateway
    case let text?:
      guard let address = address(text) else { return nil }
      nextHop = .address(address)
    }
    return OwnRoute(
      destination: network.map { IPv4Prefix($0, length: length) }, nextHop: nextHop,
      metric: argument(3, of: arguments).flatMap { Int($0) }, span: span)
  }

  /// An argument; nil if it is absent or `default`.
  private static func argument(_ index: Int, of arguments: [String]) -> String? {
    index < arguments.count && arguments[index] != "default" ? arguments[index] : nil
  }

  private static func address(_ text: String) -> IPv4Address? { try? IPv4Notation.address(text) }

  private static func maskLength(_ text: String?) -> UInt8? {
    guard let text else { return 32 }
    guard let bits = address(text)?.bits else { return nil }
    let length = (~bits).leadingZeroBitCount
    return bits == IPv4Prefix(IPv4Address(bits: 0), length: UInt8(length)).mask ? UInt8(length) : nil
  }

  /// The words of a line: divided by blanks, quoted by " or ', a comment from # or ; on.
  static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      switch character {
      case _ where isEscaped:
        word = (word ?? "") + String(character)
        isEscaped = false
      case "\\" where quote != "'": isEscaped = true
      case quote: quote = nil
      case _ where quote != nil: word?.append(character)
      case "\"", "'":
        quote = character
        word = word ?? ""
      case " ", "\t", "\r", "\n":
        if let ended = word { words.append(ended) }
        word = nil
      case "#", ";":
        if word == nil { return words }
        word?.append(character)
      default: word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
