import ClientVPN
public import Forwarding
import LintRules
public import SourceText

/// A file whose models are to be asked about, whatever the rules would say of them.
public struct ModelFile: Sendable {
  /// The file.
  public let file: SourceFile
  /// What is wrong with its shape: then it cannot be asked.
  public let report: FileReport
  /// One analysis a document.
  public let analyses: [Analysis]

  /// Reads a file: a model, or a text of another kind that `importing` puts together as one.
  public init(_ file: SourceFile, importing: ModelImport? = nil) {
    self.file = file
    report = Self.shape(of: file, importing: importing)
    analyses = report.isFailing ? [] : ModelText(file, number: 0, importing).models.map(Analysis.init)
  }

  /// What is wrong with the shape of a file.
  public static func shape(of file: SourceFile, importing: ModelImport? = nil) -> FileReport {
    var options = LintOptions()
    options.only = Set(RuleCatalog.pages.filter { $0.code.hasPrefix(shapeGroup) }.map(\.name))
    options.importing = importing
    return Linter(options).lint(file)
  }

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
  }

  /// A server with the analysis of its document.
  public struct Server: Sendable {
    /// The analysis of the whole document.
    public let analysis: Analysis
    /// The server in it.
    public let server: ServerAnalysis

    /// Its name.
    public var name: String { server.server.name.value }

    /// The names of its sites.
    var siteNames: [String] { server.sites.compactMap { name(of: $0) } }

    /// The name of a site; nil for a place that is not in the model.
    public func name(of site: SiteAnalysis) -> String? {
      site.site.flatMap { analysis.model.sites?.elements[$0].name.value }
    }
  }

  /// The servers with a name, or all.
  public func servers(named name: String?) throws(Problem) -> [Server] {
    let all = analyses.flatMap { analysis in analysis.servers.map { Server(analysis: analysis, server: $0) } }
    guard !all.isEmpty else { throw .noServers }
    guard let name else { return all }
    let named = all.filter { $0.name == name || $0.server.server.id == name }
    guard !named.isEmpty else { throw .unknownServer(name, all.map(\.name)) }
    return named
  }

  /// The one server with a name, or the only one there is.
  public func server(named name: String?) throws(Problem) -> Server {
    let servers = try servers(named: name)
    guard servers.count == 1 else { throw .severalServers(servers.map(\.name)) }
    return servers[0]
  }
}

extension ModelFile.Server {
  /// The sites with a name, or all; nil in the list where the model has none.
  public func sites(named name: String?) throws(ModelFile.Problem) -> [SiteAnalysis?] {
    guard let name else { return server.sites.isEmpty ? [nil] : server.sites.map(Optional.some) }
    let named = server.sites.filter { self.name(of: $0) == name }
    guard !named.isEmpty else { throw .unknownSite(name, siteNames) }
    return named.map(Optional.some)
  }

  /// The one site with a name, or the only one there is; nil where the model has none.
  public func site(named name: String?) throws(ModelFile.Problem) -> SiteAnalysis? {
    let sites = try sites(named: name)
    guard sites.count == 1 else { throw .severalSites(siteNames) }
    return sites[0]
  }
}
