import ClientVPN
import Forwarding
import IPv4Space
import Importing
import Linting
import Reports
import SourceText

/// The commands that ask a model: routes, trace, diagram, and diff of the model with itself and with what stands after a
/// line `====`, if there is one.
enum AnswersTarget {
  static func run(_ bytes: [UInt8]) {
    let (first, second) = halves(bytes)
    let model = ModelFile(SourceFile(name: "net", bytes: first), importing: { Importer.model(from: $0) })
    guard !model.report.isFailing else { return }
    ask(model)
    compare(model, with: first) { expect($0.isEmpty, "a model differs from itself: \($0)") }
    if let second { compare(model, with: second) { _ in } }
  }

  private static func ask(_ model: ModelFile) {
    _ = try? PictureReporter().file(model.pictures(server: nil))
    let destinations = ["10.1.0.5", "192.168.252.1", "8.8.8.8", "161.26.0.10"].compactMap {
      try? IPv4Notation.address($0)
    }
    let wanted = destinations.flatMap {
      [
        JourneyReport.Destination($0, port: nil, transport: .icmp),
        JourneyReport.Destination($0, port: 443, transport: .tcp),
      ]
    }
    let journeys = (try? JourneyReport.all(model, to: wanted, server: nil, site: nil)) ?? []
    let reporter = JourneyReporter(model.file, TextStyle())
    _ = reporter.text(journeys, as: .text)
    expectJSON(reporter.text(journeys, as: .json))
    for server in (try? model.servers(named: nil)) ?? [] { tables(model, server.label) }
  }

  private static func tables(_ model: ModelFile, _ server: String) {
    for system in ClientSystem.allCases {
      guard let report = try? TableReport(model, server: server, site: nil, system: system, base: nil) else { continue }
      let reporter = TableReporter()
      _ = reporter.text(report, as: .text)
      _ = reporter.remarks(report)
      expectJSON(reporter.text(report, as: .json))
    }
  }

  private static func compare(_ old: ModelFile, with bytes: [UInt8], _ check: ([DiffReport.Edit]) -> Void) {
    let file = SourceFile(name: "new", bytes: bytes)
    let new = ModelFile(file, number: ModelFile.newNumber, importing: { Importer.model(from: $0) })
    guard !new.report.isFailing else { return }
    let report = DiffReport(old, new)
    check(report.changes)
    let reporter = DiffReporter(toolVersion: "0")
    for format in DiffFormat.allCases {
      let text = reporter.text(report, as: format)
      if [.json, .sarif].contains(format) { expectJSON(text) }
    }
  }

  private static func halves(_ bytes: [UInt8]) -> ([UInt8], [UInt8]?) {
    guard let range = bytes.firstRange(of: Array("\n====\n".utf8)) else { return (bytes, nil) }
    return (Array(bytes[..<range.lowerBound]), Array(bytes[range.upperBound...]))
  }
}
