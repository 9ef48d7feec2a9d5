public import Linting

/// Lays a report out. Decides nothing. Files are laid out one by one, so that a run need not keep what it has read.
public protocol Reporter: Sendable {
  /// What the format says of one file.
  associatedtype Part: Sendable

  /// Lays out what was found in one file.
  func part(_ file: FileReport) -> Part

  /// Writes the whole report to `out`, from the parts of its files in their order.
  func write(_ parts: [Part], _ totals: Totals, to out: inout String)
}

extension Reporter {
  /// Writes the whole report to `out`.
  public func write(_ report: Report, to out: inout String) {
    write(report.files.map(part), report.totals, to: &out)
  }
}

/// A format that is the texts of its files one after the other, so that each can be written as soon as it is there.
public protocol FlowingReporter: Reporter where Part == String {
  /// What stands between the texts of two files. A file that the format says nothing of has an empty text, and no place.
  var separator: String { get }
}

extension FlowingReporter {
  /// Writes the texts of the files that have one.
  public func write(_ parts: [String], _ totals: Totals, to out: inout String) {
    out += parts.filter { !$0.isEmpty }.joined(separator: separator)
  }
}

/// The formats of `--format`.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, plain, oneline, json, sarif, junit, github, gitlab, markdown, html

  /// Whether the format shows the fixes of findings.
  public var showsFixes: Bool { ![.oneline, .junit, .github, .gitlab].contains(self) }

  /// The reporter of the format. `style` matters to text alone.
  public func reporter(_ style: TextStyle = TextStyle()) -> any Reporter {
    switch self {
    case .text: TextReporter(style)
    case .plain: PlainReporter()
    case .oneline: OneLineReporter()
    case .json: JSONReporter()
    case .sarif: SARIFReporter()
    case .junit: JUnitReporter()
    case .github: GitHubReporter()
    case .gitlab: GitLabReporter()
    case .markdown: MarkdownReporter()
    case .html: HTMLReporter()
    }
  }
}
