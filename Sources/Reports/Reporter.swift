public import Linting

/// Lays a report out. Decides nothing.
public protocol Reporter: Sendable {
  /// Writes the whole report to `out`.
  func write(_ report: Report, to out: inout String)
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
