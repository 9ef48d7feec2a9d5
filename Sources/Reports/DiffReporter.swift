import ClientVPN
import Forwarding
import IPv4Space
import LintRules
public import Linting
import SourceText

/// Lays out what `diff` found.
public struct DiffReporter: Sendable {
  private let style: TextStyle
  private let toolVersion: String

  /// A reporter; `style` matters to text alone.
  public init(_ style: TextStyle = TextStyle(), toolVersion: String) {
    (self.style, self.toolVersion) = (style, toolVersion)
  }

  /// The whole report.
  public func text(_ report: DiffReport, as format: DiffFormat) -> String {
    switch format {
    case .text: DiffText(report, style).text
    case .json: DiffJSON(report).text
    case .markdown: DiffMarkdown(report).text
    case .sarif: findings(report, .sarif)
    case .github: findings(report, .github)
    }
  }

  private func findings(_ report: DiffReport, _ format: ReportFormat) -> String {
    var text = ""
    format.reporter().write(Report([report.findings], toolVersion: toolVersion), to: &text)
    return text
  }
}

/// Turns the places of a comparison into files and lines.
struct DiffPlaces {
  private let report: DiffReport
  private let old, new: LineIndex

  init(_ report: DiffReport) {
    self.report = report
    (old, new) = (LineIndex(report.old), LineIndex(report.new))
  }

  func line(_ value: Change.Value, inNew: Bool) -> Int { (inNew ? new : old).position(value.span.start).line }

  /// The file that a value stands in, of several that were joined.
  func file(_ value: Change.Value, inNew: Bool) -> String { (inNew ? new : old).position(value.span.start).file }

  /// What the old or the new input is called.
  func file(inNew: Bool) -> String { (inNew ? report.new : report.old).name }

  /// "old.yaml:12", "old.yaml:12 -> new.yaml:14".
  func inWords(_ edit: DiffReport.Edit) -> String {
    let places = [edit.before.map { ($0, false) }, edit.after.map { ($0, true) }].compactMap(\.self)
    return places.map { "\(file($0.0, inNew: $0.1)):\(line($0.0, inNew: $0.1))" }.joined(separator: " -> ")
  }
}

extension DiffReport.Edit {
  /// `+`, `-` or `~`.
  var sign: String { before == nil ? "+" : after == nil ? "-" : "~" }
}

extension DiffReport {
  /// What the two files leave out differently, a sentence each.
  var sentencesOnParts: [String] {
    notCompared
      + modelledOnce.map { part, isInNew in
        "\(part) are in \((isInNew ? new : old).name) alone: where they decide, that counts as a change"
      }
  }
}

extension ServerDiff.Row {
  /// "direct -> reachable", and the flows if they are not all.
  var ending: String {
    let words = "\(before?.rawValue ?? "no server") -> \(after?.rawValue ?? "no server")"
    guard let flows else { return words }
    if before != after { return "\(words), \(flows) alone" }
    return kind == .widened ? "now \(flows) too" : "no more \(flows)"
  }

  /// The ranges; if there are more than `most`, their number alone.
  func addresses(most: Int) -> String {
    let all = addresses.networksOrRanges
    return all.count > most ? "\(all.count) ranges" : all.joined(separator: ", ")
  }
}

extension ServerDiff.Place {
  /// Names of what stays as it is: "subnets `app` and `db`"; nil if nothing does.
  var unchanged: String? {
    func list(_ items: [ServerDiff.Item], _ one: String, _ several: String) -> String? {
      let names = items.filter(\.isUnchanged).map(\.name.quoted)
      guard !names.isEmpty else { return nil }
      let shown = names.count > 8 ? names.prefix(7) + ["\(names.count - 7) more"] : names[...]
      return "\(names.count == 1 ? one : several) \(shown.joined(separator: ", "))"
    }
    let count = services.count(where: \.isUnchanged)
    let parts = [
      list(subnets, "subnet", "subnets"), list(networks, "network", "networks"),
      count == 0 ? nil : "\(count) service\(count == 1 ? "" : "s")",
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Services that fare otherwise.
  var changedServices: [ServerDiff.Item] { services.filter { $0.change != .unchanged } }
}

extension ServerDiff.Item {
  /// "tcp/443 of `web`: reachable -> unreachable (request-blocked)".
  var inWords: String {
    func words(_ judgement: VerdictShift.Judgement?) -> String {
      guard let judgement else { return "absent" }
      let why = judgement.verdict == .reachable ? "" : " (\(judgement.outcome.rawValue))"
      return judgement.verdict.rawValue + why
    }
    return "\(service.map { "\($0) of " } ?? "")\(name.quoted): \(words(before)) -> \(words(after))"
  }
}
