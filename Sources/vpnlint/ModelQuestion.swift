import ArgumentParser
import Importing
import Linting
import Reports
import SourceText
import SourceTree

/// What the commands that ask one model have in common.
struct ModelQuestion {
  /// Reads the file of a model, or a directory of JSON files; what is not well formed ends the program with its findings.
  static func read(_ path: String, number: UInt32 = ModelFile.oldNumber, _ limits: SourceLimits) throws -> ModelFile {
    let file = try ModelInput.read(path, limits.size)
    let model = ModelFile(file, number: number, importing: { Importer.model(from: $0) }, limits: limits)
    try refuse(model.report)
    return model
  }

  /// Ends the program with the findings of a file, if some are errors.
  static func refuse(_ report: FileReport) throws {
    guard report.isFailing else { return }
    var text = ""
    ReportFormat.text.reporter().write(Report([report], toolVersion: VPNLint.version), to: &text)
    Output.error.write(text)
    throw Ending(status: .findings)
  }

  /// Runs `body`, turning a question without an answer into a sentence.
  static func ask<Answer>(_ body: () throws(ModelFile.Problem) -> Answer) throws -> Answer {
    do { return try body() } catch { throw Refusal(error.sentence) }
  }
}

/// The end of the program after everything was said.
struct Ending: Error {
  let status: ExitStatus
}

/// Wrong use, told in one sentence.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ sentence: String) { description = SafeText.escaped(sentence) }
}

extension ModelFile.Problem {
  fileprivate var sentence: String {
    switch self {
    case .noServers: "the model has no VPN server"
    case .unknownServer(let name, let known): Self.unknown("VPN server", name, known)
    case .severalServers(let names): Self.several("VPN servers", names, "--server")
    case .unknownSite(let name, let known): Self.unknown("client site", name, known)
    case .severalSites(let names): Self.several("client sites", names, "--site")
    case .unknownPools(let names):
      names.count == 1
        ? "the client pool of VPN server \(Self.list(names)) is not known, and so not which routes its clients have"
        : "the client pools of VPN servers \(Self.list(names)) are not known, and so not which routes their clients have"
    case .tableOfSeveralServers(let names):
      "the table fits \(names.count) VPN servers, \(Self.list(names)); choose one with --server"
    case .tableWithoutTunnel(let line, let row, let server, let networks):
      "the table is cut off: line \(line), row \(row), leads to the VPN gateway of `\(server)`, and a row for tunnel network \(networks.map { "\($0)" }.joined(separator: " or ")) is expected"
    case .tableWithoutDefault(let line):
      "the table is cut off: a default row is expected before line \(line), since the client is connected"
    case .connectedBase(let line, let row, let server):
      "the table of --base is one of a client that is connected to `\(server)` already: line \(line) has row \(row); give the table from before connecting"
    }
  }

  private static func unknown(_ kind: String, _ name: String, _ known: [String]) -> String {
    if let nearest = NearestName.of(name, among: known) {
      return "there is no \(kind) `\(name)`; did you mean `\(nearest)`?"
    }
    let list = known.isEmpty ? "the model has none" : "there is \(list(known))"
    return "there is no \(kind) `\(name)`; \(list)"
  }

  private static func several(_ kind: String, _ names: [String], _ option: String) -> String {
    "the model has \(names.count) \(kind), \(list(names)); choose one with \(option)"
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "`\($0)`" }
    return shown.joined(separator: ", ") + (names.count > shown.count ? " and \(names.count - shown.count) more" : "")
  }
}

/// The format with this name.
@Sendable func parseAnswerFormat(_ argument: String) throws -> AnswerFormat {
  guard let format = AnswerFormat(rawValue: argument) else {
    throw Refusal("there is no format `\(argument)`; the formats are text and json")
  }
  return format
}
