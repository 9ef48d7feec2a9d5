import ClientVPN
public import Forwarding
public import IPv4Space
import LintRules
public import SourceText

/// A packet followed from a client to its destination and back: what `trace` reports.
public struct JourneyReport: Sendable {
  /// What is asked for.
  public struct Destination: Sendable, Hashable {
    /// The address.
    public let address: IPv4Address
    /// nil for ICMP.
    public let port: UInt16?
    /// The protocol.
    public let transport: TransportProtocol

    /// Makes a destination.
    public init(_ address: IPv4Address, port: UInt16?, transport: TransportProtocol) {
      self.address = address
      self.port = port
      self.transport = transport
    }
  }

  /// The destination.
  public let destination: Destination
  /// Name of the server, with the number of its document if another has one of that name; and which traffic enters its tunnel: `split` or `full`.
  public let server, mode: String
  /// Name of the site; nil if none is known.
  public let site: String?
  /// How it ends, and that in words.
  public let outcome, outcomeInWords: String
  /// Who answers.
  public let answerer: Answerer
  /// The stages.
  public let evidence: Evidence

  /// The journeys of packets to every destination, of each server's clients at each site, or of those that are named; in
  /// the order of the destinations. Throws where the file has no server, as one whose shape is at fault, or no server or
  /// site of the name.
  public static func all(
    _ file: ModelFile, to destinations: [Destination], server: String? = nil, site: String? = nil
  ) throws(ModelFile.Problem) -> [JourneyReport] {
    var reports: [JourneyReport] = []
    let servers = try file.servers(named: server)
    for destination in destinations {
      for server in servers {
        for site in try server.sites(named: site) {
          reports.append(JourneyReport(server, site, destination))
        }
      }
    }
    return reports
  }

  private init(_ server: ModelFile.Server, _ site: SiteAnalysis?, _ destination: Destination) {
    let trace = server.server.trace(
      to: destination.address, in: server.analysis.model, transport: destination.transport, port: destination.port,
      from: site)
    self.destination = destination
    self.server = server.label
    mode = server.server.mode.rawValue
    self.site = site.flatMap { server.name(of: $0) }
    outcome = trace.outcome.rawValue
    outcomeInWords = trace.outcomeInWords
    // Somebody may be there who answers other packets than this one.
    let answers: Set<Outcome> = [.reachable, .direct, .local]
    let whoIsThere =
      site?.answerer(to: destination.address, of: server.server, in: server.analysis)
      ?? server.server.answerer(to: destination.address, in: server.analysis)
    answerer = answers.contains(trace.outcome) ? whoIsThere : .none
    evidence = trace.evidence
  }
}
