import ClientVPN
public import Forwarding
public import IPv4Space
import LintRules
public import SourceText
public import SourceTree

/// A file whose models are to be asked about, whatever the rules would say of them.
public struct ModelFile: Sendable {
  /// The file.
  public let file: SourceFile
  /// What is wrong with its shape: then it cannot be asked.
  public let report: FileReport
  /// One analysis a document; none if the shape is at fault.
  public let analyses: [Analysis]
  /// Whether it is a text of another kind that was put together as a model.
  let isImported: Bool
  /// What the file may ask for.
  let limits: SourceLimits

  /// Reads a file: a model, or a text of another kind that `importing` puts together as one. `number` is its position among
  /// the files of the question.
  public init(
    _ file: SourceFile, number: UInt32 = oldNumber, importing: ModelImport? = nil,
    limits: SourceLimits = SourceLimits()
  ) {
    self.file = file
    self.limits = limits
    report = Self.shape(of: file, number: number, importing: importing, limits: limits)
    let text = report.isFailing ? nil : ModelText(file, number: number, importing, limits)
    analyses = text?.models.map(Analysis.init) ?? []
    isImported = text?.imported != nil
  }

  /// What is wrong with the shape of a file.
  public static func shape(
    of file: SourceFile, number: UInt32 = oldNumber, importing: ModelImport? = nil,
    limits: SourceLimits = SourceLimits()
  ) -> FileReport {
    var options = LintOptions()
    options.only = Set(RuleCatalog.pages.filter { $0.code.hasPrefix(shapeGroup) }.map(\.name))
    options.importing = importing
    options.limits = limits
    return Linter(options).lint(file, number: number)
  }

  /// The positions of the two files of a comparison.
  public static let (oldNumber, newNumber): (UInt32, UInt32) = (0, 1)

  /// Codes of the rules about the shape of a file.
  private static let shapeGroup = "VPN0"

  /// Why a question has no answer.
  public enum Problem: Error, Sendable {
    /// The model has no server.
    case noServers
    /// No server has the name; those that there are.
    case unknownServer(String, [String])
    /// One server must be chosen from these.
    case severalServers([String])
    /// No site has the name; those that there are.
    case unknownSite(String, [String])
    /// One site must be chosen from these.
    case severalSites([String])
    /// The client pools of these servers are not known, and without them nothing can be said of a client's table.
    case unknownPools([String])
    /// The table fits several servers, of these names.
    case tableOfSeveralServers([String])
    /// A table is cut off: no row leads to any of the tunnel networks of a server, and a row does to its VPN gateway.
    case tableWithoutTunnel(line: Int, row: String, server: String, networks: [IPv4Prefix])
    /// A table is cut off: its first row stands in this line, and the client is connected without a default row.
    case tableWithoutDefault(line: Int)
    /// The table before connecting is one of a client that is connected to a server.
    case connectedBase(line: Int, row: String, server: String)
  }

  /// A server with the analysis of its document.
  public struct Server: Sendable {
    /// The analysis of the whole document.
    public let analysis: Analysis
    /// The server in it.
    public let server: ServerAnalysis
    /// Position of the document in the file.
    public let document: Int
    /// Its name; with the number of the document, from 1, if several documents have a server of that name:
    /// `client-vpn#2`.
    public let label: String

    /// Its name.
    public var name: String { server.server.name.value }

    /// The names of its sites.
    var siteNames: [String] { server.sites.compactMap { name(of: $0) } }

    /// The name of a site; nil for a place that is not in the model.
    public func name(of site: SiteAnalysis) -> String? {
      site.site.flatMap { analysis.model.sites?.elements[$0].name.value }
    }
  }

  /// The servers with a name or id, or all; a name with the number of its document, such as `client-vpn#2`, is one of
  /// them. Throws if there is none.
  public func servers(named name: String?) throws(Problem) -> [Server] {
    let all = allServers
    guard !all.isEmpty else { throw .noServers }
    guard let name else { return all }
    let named = all.filter { $0.name == name || $0.server.server.id == name }
    if !named.isEmpty { return named }
    let labelled = all.filter { $0.label == name || "\($0.name)#\($0.document + 1)" == name }
    guard !labelled.isEmpty else { throw .unknownServer(name, all.map(\.label)) }
    return labelled
  }

  private var allServers: [Server] {
    var documents: [String: Set<Int>] = [:]
    for (document, analysis) in analyses.enumerated() {
      for server in analysis.servers { documents[server.server.name.value, default: []].insert(document) }
    }
    return analyses.enumerated().flatMap { document, analysis in
      analysis.servers.map { server in
        let name = server.server.name.value
        let isShared = documents[name, default: []].count > 1
        return Server(
          analysis: analysis, server: server, document: document, label: isShared ? "\(name)#\(document + 1)" : name)
      }
    }
  }

  /// The one server with a name, or the only one there is. Throws if there is none, or more than one.
  public func server(named name: String?) throws(Problem) -> Server {
    let servers = try servers(named: name)
    guard servers.count == 1 else { throw .severalServers(servers.map(\.label)) }
    return servers[0]
  }
}

extension ModelFile.Server {
  /// The sites with a name, or all; nil in the list where the model has none. Throws if none has the name.
  public func sites(named name: String?) throws(ModelFile.Problem) -> [SiteAnalysis?] {
    guard let name else { return server.sites.isEmpty ? [nil] : server.sites.map(Optional.some) }
    let named = server.sites.filter { self.name(of: $0) == name }
    guard !named.isEmpty else {
      throw server.server.clientPool == nil ? .unknownPools([label]) : .unknownSite(name, siteNames)
    }
    return named.map(Optional.some)
  }

  /// The site whose rows a real table of a system replaces: that of the name, or the only one that can be of the system;
  /// nil if there is none, or if it makes no difference which.
  func site(named name: String?, of system: ClientSystem) throws(ModelFile.Problem) -> SiteAnalysis? {
    if name != nil { return try site(named: name) }
    let fitting = server.sites.filter { site in
      let model = site.site.flatMap { analysis.model.sites?.elements[$0] }
      return model?.system.map { $0 == system } ?? true
    }
    if fitting.count < 2 { return fitting.first }
    let hasDirectives = fitting.contains { site in
      site.site.map { !(analysis.model.sites?.elements[$0].directives?.elements.isEmpty ?? true) } ?? false
    }
    if hasDirectives { throw .severalSites(fitting.compactMap { self.name(of: $0) }) }
    return nil
  }

  /// The one site with a name, or the only one there is; nil where the model has none.
  public func site(named name: String?) throws(ModelFile.Problem) -> SiteAnalysis? {
    let sites = try sites(named: name)
    guard sites.count == 1 else { throw .severalSites(siteNames) }
    return sites[0]
  }
}
