import ArgumentParser
import IPv4Space
import Linting
import Reports

/// `vpnlint trace FILE DESTINATION…`
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Follow packets from a client to their destinations and back, stage by stage.",
    usage: "vpnlint trace [OPTIONS] FILE DESTINATION…",
    discussion: """
      A destination is an IPv4 address, or an address and a port, such as 10.1.0.5:443. Without a port the packet is an \
      ICMP echo. Its protocol can stand before it, such as udp/10.0.0.53:53 or icmp/10.1.0.5, and goes before \
      --protocol. Every server is asked, and every client site, unless one is chosen.
      """)

  @Argument(
    help: "The file of the model, a directory of JSON files of one network, or `-` for standard input.",
    completion: .file())
  var file: String

  @Argument(help: ArgumentHelp("Where packets go.", valueName: "destination"))
  var destinations: [String]

  @Option(
    name: .customLong("protocol"), help: "icmp, tcp or udp; tcp if there is a port.",
    completion: .values(of: TransportProtocol.self), transform: parseTransport)
  var transport: TransportProtocol?

  @Option(help: "The port of destinations that have none of their own.", transform: DestinationArgument.port)
  var port: UInt16?

  @Option(help: ArgumentHelp("Clients of this VPN server.", valueName: "name"))
  var server: String?

  @Option(help: ArgumentHelp("Clients at this client site.", valueName: "name"))
  var site: String?

  @Option(
    help: "text (the default) or json.", completion: .values(of: AnswerFormat.self), transform: parseAnswerFormat)
  var format: AnswerFormat = .text

  @Option(help: "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
  var color: ColourChoice = .auto

  @OptionGroup
  var limitOptions: LimitOptions

  func run() throws {
    let destinations = try destinations.map { try DestinationArgument.read($0, port: port, transport: transport) }
    let model = try ModelQuestion.read(file, limitOptions.limits)
    let journeys = try ModelQuestion.ask { () throws(ModelFile.Problem) in
      try JourneyReport.all(model, to: destinations, server: server, site: site)
    }
    try Output.standard.writeAll(JourneyReporter(model.file, color.style).text(journeys, as: format))
  }
}

/// A destination as an argument: `10.1.0.5`, `10.1.0.5:443` or `udp/10.0.0.53:53`.
enum DestinationArgument {
  static func read(
    _ text: String, port: UInt16?, transport: TransportProtocol?
  ) throws -> JourneyReport.Destination {
    let slash = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if slash.count == 2, let own = TransportProtocol(rawValue: String(slash[0])) {
      return try read(String(slash[1]), port: own == .icmp ? nil : port, transport: own, text)
    }
    return try read(text, port: port, transport: transport, text)
  }

  /// `whole` is the argument as it stands.
  private static func read(
    _ text: String, port: UInt16?, transport: TransportProtocol?, _ whole: String
  ) throws -> JourneyReport.Destination {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if text.count(where: { $0 == ":" }) > 1, !parts[0].contains(".") {
      throw Refusal("`\(whole)` is not a destination: IPv6 is not supported yet")
    }
    let address: IPv4Address
    do throws(IPv4Notation.Problem) {
      address = try IPv4Notation.address(String(parts.first ?? ""))
    } catch {
      throw Refusal("`\(whole)` is not a destination: \(error.hint)")
    }
    if parts.count == 2, parts[1].isEmpty {
      throw Refusal("`\(whole)` has no port after the colon; write one, such as \(address):443")
    }
    let ownPort = try parts.count == 2 ? Self.port(String(parts[1])) : port
    let transport = transport ?? (ownPort == nil ? .icmp : .tcp)
    if transport == .icmp, ownPort != nil {
      throw Refusal("ICMP has no ports; leave out the port of `\(whole)`, or choose --protocol tcp or udp")
    }
    if transport != .icmp, ownPort == nil {
      throw Refusal("`\(whole)` needs a port for \(transport.rawValue), such as \(address):443")
    }
    return JourneyReport.Destination(address, port: ownPort, transport: transport)
  }

  @Sendable static func port(_ text: String) throws -> UInt16 {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let port = UInt16(text), port > 0 else {
      throw Refusal("`\(text)` is not a port; ports are 1 to 65535")
    }
    return port
  }
}

extension IPv4Notation.Problem {
  /// What to write instead.
  fileprivate var hint: String {
    switch self {
    case .ipv6: "IPv6 is not supported yet"
    case .notAnAddress: "a packet goes to one address; leave out the prefix length"
    case .leadingZero(let digits): "`\(digits)` begins with a zero, which some programs read as octal"
    case .octetTooLarge(let octet): "\(octet) is over 255"
    case .notFourOctets, .lengthMissing, .lengthOutOfRange: "write an IPv4 address, such as 10.1.0.5 or 10.1.0.5:443"
    }
  }
}

@Sendable private func parseTransport(_ argument: String) throws -> TransportProtocol {
  guard let transport = TransportProtocol(rawValue: argument) else {
    throw Refusal("there is no protocol `\(argument)`; write icmp, tcp or udp")
  }
  return transport
}
